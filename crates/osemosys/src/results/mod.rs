//! Results as otoole's CSV files, so that existing plots and scripts run unchanged.
//!
//! Every file holds the values that are not zero, one a row, under the index columns and
//! `VALUE`.

mod activity;
mod capacity;
mod context;
mod costs;
mod emissions;
mod names;
mod storage;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use kzleap_model::{Model, Solution};

use crate::data::Data;
use crate::to_model::Map;

use context::Context;
pub use names::{RESULTS, ResultName};

/// Values no larger than this count as zero.
const SMALLEST: f64 = 1e-11;

/// Takes each value of a table with the names of its indices.
type Sink<'s> = dyn FnMut(&[&str], f64) + 's;

/// Gives every value of a result table that is not zero to `sink`, with its indices.
pub fn each(
    table: &ResultName,
    (data, map): (&Data, &Map),
    (model, solution): (&Model, &Solution),
    sink: &mut Sink<'_>,
) {
    let context = Context::new(data, map, model, solution);
    fill(table, &context, sink);
}

/// Writes every result table into a folder, which is made if it is not there.
///
/// # Errors
/// If the folder or a file cannot be written.
pub fn write(
    folder: &Path,
    (data, map): (&Data, &Map),
    (model, solution): (&Model, &Solution),
) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let context = Context::new(data, map, model, solution);
    for table in &RESULTS {
        let file = File::create(folder.join(format!("{}.csv", table.name)))?;
        let mut file = BufWriter::new(file);
        writeln!(file, "{},VALUE", table.indices.join(","))?;
        let mut written = Ok(());
        fill(table, &context, &mut |names, value| {
            if written.is_ok() {
                let names: Vec<_> = names.iter().map(|name| cell(name)).collect();
                written = writeln!(file, "{},{value}", names.join(","));
            }
        });
        written?;
        file.flush()?;
    }
    Ok(())
}

/// A name as a cell, in quotes where it needs them.
pub(crate) fn cell(name: &str) -> std::borrow::Cow<'_, str> {
    if name.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", name.replace('"', "\"\"")).into()
    } else {
        name.into()
    }
}

fn fill(table: &ResultName, context: &Context<'_>, sink: &mut Sink<'_>) {
    let sink: &mut Sink<'_> = &mut |names: &[&str], value: f64| {
        if value.abs() > SMALLEST {
            sink(names, value);
        }
    };
    match table.name {
        "AccumulatedNewCapacity" => capacity::accumulated(context, sink),
        "AccumulatedNewStorageCapacity" => storage::accumulated(context, sink),
        "AnnualEmissions" => emissions::annual(context, sink),
        "AnnualFixedOperatingCost" => costs::fixed(context, sink),
        "AnnualTechnologyEmission" => emissions::by_technology(context, sink),
        "AnnualTechnologyEmissionByMode" => emissions::by_mode(context, sink),
        "AnnualVariableOperatingCost" => costs::variable(context, sink),
        "CapitalInvestment" => costs::capital(context, sink),
        "CapitalInvestmentStorage" => storage::capital(context, sink),
        "Demand" => activity::demand(context, sink),
        "DiscountedCapitalInvestment" => costs::discounted_capital(context, sink),
        "DiscountedCapitalInvestmentStorage" => storage::discounted_capital(context, sink),
        "DiscountedCostByStorage" => storage::discounted_cost(context, sink),
        "DiscountedCostByTechnology" => costs::discounted_by_technology(context, sink),
        "DiscountedOperationalCost" => costs::discounted_operation(context, sink),
        "DiscountedSalvageValue" => costs::discounted_salvage(context, sink),
        "DiscountedSalvageValueStorage" => storage::discounted_salvage(context, sink),
        "DiscountedTechnologyEmissionsPenalty" => costs::discounted_penalty(context, sink),
        "NewCapacity" => capacity::new(context, sink),
        "NewStorageCapacity" => storage::new(context, sink),
        "NumberOfNewTechnologyUnits" => capacity::units(context, sink),
        "ProductionByTechnology" => activity::made(context, sink),
        "ProductionByTechnologyAnnual" => activity::made_annual(context, sink),
        "RateOfActivity" => activity::rate(context, sink),
        "RateOfProductionByTechnology" => activity::rate_made(context, sink),
        "RateOfProductionByTechnologyByMode" => activity::rate_made_by_mode(context, sink),
        "RateOfUseByTechnology" => activity::rate_used(context, sink),
        "RateOfUseByTechnologyByMode" => activity::rate_used_by_mode(context, sink),
        "SalvageValue" => costs::salvage(context, sink),
        "SalvageValueStorage" => storage::salvage(context, sink),
        "StorageLevelDayTypeFinish" => storage::day_type_finish(context, sink),
        "StorageLevelDayTypeStart" => storage::day_type_start(context, sink),
        "StorageLevelSeasonStart" => storage::season_start(context, sink),
        "StorageLevelYearFinish" => storage::year_finish(context, sink),
        "StorageLevelYearStart" => storage::year_start(context, sink),
        "TotalAnnualTechnologyActivityByMode" => activity::annual_by_mode(context, sink),
        "TotalCapacityAnnual" => capacity::total(context, sink),
        "TotalDiscountedCost" => costs::total(context, sink),
        "TotalTechnologyAnnualActivity" => activity::annual(context, sink),
        "TotalTechnologyModelPeriodActivity" => activity::period(context, sink),
        "Trade" => activity::trade(context, sink),
        "UseByTechnology" => activity::used(context, sink),
        "UseByTechnologyAnnual" => activity::used_annual(context, sink),
        _ => {}
    }
}
