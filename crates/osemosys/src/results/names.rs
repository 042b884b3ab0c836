//! The names and indices of otoole's result tables, and what fills each.

use super::context::Context;
use super::{Sink, activity, capacity, costs, emissions, storage};

/// What gives every value of a table to a sink.
type Fill = fn(&Context<'_>, &mut Sink<'_>);

/// A result table: its name, its index columns and what fills it.
#[derive(Clone, Copy, Debug)]
pub struct ResultTable {
    /// Name of the file, without `.csv`.
    pub name: &'static str,
    /// Header of the index columns; `VALUE` follows.
    pub indices: &'static [&'static str],
    pub(super) fill: Fill,
}

const fn result(
    name: &'static str,
    indices: &'static [&'static str],
    fill: Fill,
) -> ResultTable {
    ResultTable { name, indices, fill }
}

const R: &str = "REGION";
const L: &str = "TIMESLICE";
const T: &str = "TECHNOLOGY";
const F: &str = "FUEL";
const E: &str = "EMISSION";
const M: &str = "MODE_OF_OPERATION";
const S: &str = "STORAGE";
const Y: &str = "YEAR";

/// Every result table that is written.
pub const RESULTS: [ResultTable; 43] = [
    result("AccumulatedNewCapacity", &[R, T, Y], capacity::accumulated),
    result("AccumulatedNewStorageCapacity", &[R, S, Y], storage::accumulated),
    result("AnnualEmissions", &[R, E, Y], emissions::annual),
    result("AnnualFixedOperatingCost", &[R, T, Y], costs::fixed),
    result("AnnualTechnologyEmission", &[R, T, E, Y], emissions::by_technology),
    result("AnnualTechnologyEmissionByMode", &[R, T, E, M, Y], emissions::by_mode),
    result("AnnualVariableOperatingCost", &[R, T, Y], costs::variable),
    result("CapitalInvestment", &[R, T, Y], costs::capital),
    result("CapitalInvestmentStorage", &[R, S, Y], storage::capital),
    result("Demand", &[R, L, F, Y], activity::demand),
    result("DiscountedCapitalInvestment", &[R, T, Y], costs::discounted_capital),
    result("DiscountedCapitalInvestmentStorage", &[R, S, Y], storage::discounted_capital),
    result("DiscountedCostByStorage", &[R, S, Y], storage::discounted_cost),
    result("DiscountedCostByTechnology", &[R, T, Y], costs::discounted_by_technology),
    result("DiscountedOperationalCost", &[R, T, Y], costs::discounted_operation),
    result("DiscountedSalvageValue", &[R, T, Y], costs::discounted_salvage),
    result("DiscountedSalvageValueStorage", &[R, S, Y], storage::discounted_salvage),
    result("DiscountedTechnologyEmissionsPenalty", &[R, T, Y], costs::discounted_penalty),
    result("NewCapacity", &[R, T, Y], capacity::new),
    result("NewStorageCapacity", &[R, S, Y], storage::new),
    result("NumberOfNewTechnologyUnits", &[R, T, Y], capacity::units),
    result("ProductionByTechnology", &[R, L, T, F, Y], activity::made),
    result("ProductionByTechnologyAnnual", &[R, T, F, Y], activity::made_annual),
    result("RateOfActivity", &[R, L, T, M, Y], activity::rate),
    result("RateOfProductionByTechnology", &[R, L, T, F, Y], activity::rate_made),
    result(
        "RateOfProductionByTechnologyByMode",
        &[R, L, T, M, F, Y],
        activity::rate_made_by_mode,
    ),
    result("RateOfUseByTechnology", &[R, L, T, F, Y], activity::rate_used),
    result("RateOfUseByTechnologyByMode", &[R, L, T, M, F, Y], activity::rate_used_by_mode),
    result("SalvageValue", &[R, T, Y], costs::salvage),
    result("SalvageValueStorage", &[R, S, Y], storage::salvage),
    result(
        "StorageLevelDayTypeFinish",
        &[R, S, "SEASON", "DAYTYPE", Y],
        storage::day_type_finish,
    ),
    result(
        "StorageLevelDayTypeStart",
        &[R, S, "SEASON", "DAYTYPE", Y],
        storage::day_type_start,
    ),
    result("StorageLevelSeasonStart", &[R, S, "SEASON", Y], storage::season_start),
    result("StorageLevelYearFinish", &[R, S, Y], storage::year_finish),
    result("StorageLevelYearStart", &[R, S, Y], storage::year_start),
    result("TotalAnnualTechnologyActivityByMode", &[R, T, M, Y], activity::annual_by_mode),
    result("TotalCapacityAnnual", &[R, T, Y], capacity::total),
    result("TotalDiscountedCost", &[R, Y], costs::total),
    result("TotalTechnologyAnnualActivity", &[R, T, Y], activity::annual),
    result("TotalTechnologyModelPeriodActivity", &[R, T], activity::period),
    result("Trade", &[R, R, L, F, Y], activity::trade),
    result("UseByTechnology", &[R, L, T, F, Y], activity::used),
    result("UseByTechnologyAnnual", &[R, T, F, Y], activity::used_annual),
];
