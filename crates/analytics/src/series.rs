//! The yearly series that are correlated and projected.

use serde::Serialize;

use crate::balance::{Balance, ByYear};
use crate::drivers::Drivers;
use crate::fuel::Fuel;
use crate::indicators::Indicators;

/// A yearly series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Series {
    /// Its name for people.
    pub name: String,
    /// Its unit; `%` for shares, which stay between 0 and 100.
    pub unit: String,
    /// Values by year.
    pub values: ByYear,
}

impl Series {
    /// The values of the last years without a gap.
    pub fn unbroken(&self) -> (Vec<i32>, Vec<f64>) {
        let mut tail: Vec<(i32, f64)> = Vec::new();
        for (year, value) in self.values.iter().rev() {
            if tail.last().is_some_and(|(later, _)| later - year != 1) {
                break;
            }
            tail.push((*year, *value));
        }
        tail.into_iter().rev().unzip()
    }
}

/// Indicators whose series are taken, in this order.
const TAKEN: &[&str] = &["primary_energy", "final_use", "generation", "co2"];
/// A share that is taken.
const SHARE: &str = "renewable_electricity";

/// What a balance holds in series of at least `years` years without a gap: energy, its fuels,
/// emissions, a share, and last the drivers.
pub fn series(
    balance: &Balance<'_>,
    drivers: &Drivers,
    indicators: &Indicators,
    years: usize,
) -> Vec<Series> {
    let known = |key: &str| indicators.known.iter().find(|indicator| indicator.key == key);
    let mut all: Vec<Series> = Vec::new();
    let mut add = |name: String, unit: &str, values: ByYear| {
        let series = Series { name, unit: unit.to_owned(), values };
        if series.unbroken().0.len() >= years {
            all.push(series);
        }
    };
    for indicator in TAKEN.iter().filter_map(|key| known(key)) {
        add(indicator.name.clone(), &indicator.unit, indicator.values.clone());
        if indicator.key == TAKEN[0] {
            for fuel in [Fuel::Coal, Fuel::Oil, Fuel::Gas] {
                let of = |year: i32| Some((year, *balance.primary(year)?.get(&fuel)?));
                let values: ByYear = balance.years().filter_map(of).collect();
                add(format!("Primary energy: {}", fuel.name()), "PJ", values);
            }
        }
    }
    if let Some(indicator) = known(SHARE) {
        add(indicator.name.clone(), &indicator.unit, indicator.values.clone());
    }
    let of = |driver: &dyn Fn(i32) -> Option<f64>| -> ByYear {
        balance.years().filter_map(|year| Some((year, driver(year)?))).collect()
    };
    add(crate::DRIVERS[0].to_owned(), "million", of(&|year| drivers.population(year)));
    let money = format!("bn {}", drivers.money);
    add(crate::DRIVERS[1].to_owned(), &money, of(&|year| drivers.gdp(year)));
    all
}
