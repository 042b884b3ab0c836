//! The identity of Kaya: carbon dioxide = population × GDP per capita × energy intensity of GDP ×
//! carbon intensity of energy (Kaya and Yokobori 1997).

use serde::Serialize;

use crate::balance::Balance;
use crate::drivers::Drivers;
use crate::emissions::Emissions;

/// Names of the factors for people, in the order of the identity.
pub const FACTORS: [&str; 4] =
    ["population", "GDP per capita", "energy intensity of GDP", "carbon intensity of energy"];

/// The identity in one year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Kaya {
    /// Calendar year.
    pub year: i32,
    /// Mt.
    pub co2: f64,
    /// Million people.
    pub population: f64,
    /// Billion of money.
    pub gdp: f64,
    /// PJ.
    pub primary_energy: f64,
}

impl Kaya {
    /// Million people; thousand money per capita; MJ for each of money; kg/GJ.
    pub fn factors(&self) -> [f64; 4] {
        [
            self.population,
            self.gdp / self.population,
            self.primary_energy / self.gdp,
            1000.0 * self.co2 / self.primary_energy,
        ]
    }

    /// The four factors multiplied, Mt: the emissions themselves.
    pub fn product(&self) -> f64 {
        self.factors().iter().product::<f64>() / 1000.0
    }
}

/// The identity in every year in which all of it is known.
pub fn kaya(balance: &Balance<'_>, drivers: &Drivers, co2: &Emissions) -> Vec<Kaya> {
    balance
        .years()
        .filter_map(|year| {
            let primary_energy: f64 = balance.primary(year)?.values().sum();
            let kaya = Kaya {
                year,
                co2: co2.total(year)?,
                population: drivers.population(year)?,
                gdp: drivers.gdp(year)?,
                primary_energy,
            };
            (kaya.primary_energy > 0.0).then_some(kaya)
        })
        .collect()
}
