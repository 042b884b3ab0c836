//! Rows of transformation: what comes out against what goes in.

use std::collections::BTreeMap;

use super::{Finding, percent};
use crate::balance::{Balance, InOut};
use crate::findings::figure;
use crate::fuel::Fuel;
use crate::row::{Row, detail};
use crate::table::{Entry, Kind};

/// Highest efficiency of a power plant of any fuel: the best combined cycles reach 0.64.
const POWER: f64 = 0.65;
/// Lowest efficiency of boilers as a whole that can be believed.
const BOILER: f64 = 0.3;
/// Most that a heat pump gives for each unit of electricity.
const HEAT_PUMP: f64 = 6.0;
/// Most that a fuel gives in a plan, on its lower heating value: boilers condense the flue gas.
const CONDENSING: f64 = 1.15;
/// Below this a row is too small to judge, PJ.
const SMALL: f64 = 1e-3;
/// What rounding may add to a ratio.
const ROUNDING: f64 = 1e-3;

/// What a row of transformation is, by what it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plant {
    Power,
    Chp,
    Boiler,
    Other,
}

fn plant(row: &InOut<'_>) -> Plant {
    if row.makes(Fuel::Electricity) && row.makes(Fuel::Heat) {
        Plant::Chp
    } else if row.only_makes(Fuel::Electricity) {
        Plant::Power
    } else if row.only_makes(Fuel::Heat) {
        Plant::Boiler
    } else {
        Plant::Other
    }
}

/// Rows of transformation whose efficiency no plant can have.
pub(super) fn efficiencies(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    for year in balance.years() {
        let rows = balance.transformations(year);
        for (name, row) in rows.iter().filter(|(_, row)| !row.only_passes_on()) {
            // statistics of some countries write what goes in under one row, what comes out under
            // another of the same name; both are here
            if let Some(finding) = judge(balance, year, name, row) {
                found.push(finding);
            }
        }
    }
}

fn judge(balance: &Balance<'_>, year: i32, name: &str, row: &InOut<'_>) -> Option<Finding> {
    let input: f64 = row.inputs.values().sum();
    let output: f64 = row.outputs.values().sum();
    let first = first_entry(balance, year, name)?;
    let finding = |value: f64, unit: &str, message: String| {
        let mut finding = Finding::of("efficiency", first, value, message);
        (finding.commodity, finding.unit) = (String::new(), unit.to_owned());
        Some(finding)
    };
    let row_name = format!("transformation/{name}, {year}");
    if input < SMALL {
        // a plan lets water, wind and sun make power from nothing
        let from_nothing = balance.kind == Kind::Statistics && output > SMALL;
        let what = || listed(&row.outputs);
        return from_nothing
            .then(|| {
                let message = format!("{row_name}: makes {} from nothing", what());
                finding(output, "PJ", message)
            })
            .flatten();
    }
    let plant = plant(row);
    // water, wind and sun count as the electricity they make, and are no measure of a plant
    let direct = row.direct();
    let (fuel, made) = (input - direct, output - direct);
    if fuel < SMALL {
        return None;
    }
    let ratio = made / fuel;
    let limit = limit(balance.kind, plant, row, fuel);
    let made_of = format!("{} PJ from {} PJ", figure(made), figure(fuel));
    let apart = if direct > 0.0 { ", without water, wind and sun" } else { "" };
    if ratio > limit + ROUNDING {
        let message = format!(
            "{row_name}: {made_of} is an efficiency of {}{apart}; {} give {} at most",
            percent(ratio),
            plant.people(),
            percent(limit)
        );
        return finding(ratio, "1", message);
    }
    if plant == Plant::Boiler && ratio < BOILER {
        let message = format!(
            "{row_name}: {made_of} is an efficiency of {}; boilers give {} at least",
            percent(ratio),
            percent(BOILER)
        );
        return finding(ratio, "1", message);
    }
    None
}

/// The most a row can give for each PJ it takes.
fn limit(kind: Kind, plant: Plant, row: &InOut<'_>, fuel: f64) -> f64 {
    let of_fuel = match (kind, plant) {
        (_, Plant::Power) => POWER,
        (Kind::Plan, Plant::Boiler | Plant::Chp) => CONDENSING,
        _ => 1.0,
    };
    // electricity may drive heat pumps where heat is all that is made
    if plant == Plant::Boiler {
        let electric = row.takes(Fuel::Electricity).min(fuel);
        return (electric * HEAT_PUMP + (fuel - electric) * of_fuel) / fuel;
    }
    of_fuel
}

fn listed(outputs: &BTreeMap<&str, f64>) -> String {
    let each: Vec<String> = outputs
        .iter()
        .map(|(name, value)| format!("{} PJ of {name}", figure(*value)))
        .collect();
    each.join(", ")
}

fn first_entry<'a>(balance: &Balance<'a>, year: i32, name: &str) -> Option<&'a Entry> {
    let is = |entry: &&&Entry| entry.row == Row::Transformation && detail(&entry.flow) == name;
    balance.in_year(year).iter().find(is).copied()
}

impl Plant {
    /// What such plants are called.
    const fn people(self) -> &'static str {
        match self {
            Self::Power => "power plants",
            Self::Chp => "plants of heat and power",
            Self::Boiler => "boilers",
            Self::Other => "plants",
        }
    }
}
