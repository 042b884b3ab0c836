//! The names and indices of otoole's result tables.

/// A result table: its name and its index columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultName {
    /// Name of the file, without `.csv`.
    pub name: &'static str,
    /// Header of the index columns; `VALUE` follows.
    pub indices: &'static [&'static str],
}

const fn result(name: &'static str, indices: &'static [&'static str]) -> ResultName {
    ResultName { name, indices }
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
pub const RESULTS: [ResultName; 43] = [
    result("AccumulatedNewCapacity", &[R, T, Y]),
    result("AccumulatedNewStorageCapacity", &[R, S, Y]),
    result("AnnualEmissions", &[R, E, Y]),
    result("AnnualFixedOperatingCost", &[R, T, Y]),
    result("AnnualTechnologyEmission", &[R, T, E, Y]),
    result("AnnualTechnologyEmissionByMode", &[R, T, E, M, Y]),
    result("AnnualVariableOperatingCost", &[R, T, Y]),
    result("CapitalInvestment", &[R, T, Y]),
    result("CapitalInvestmentStorage", &[R, S, Y]),
    result("Demand", &[R, L, F, Y]),
    result("DiscountedCapitalInvestment", &[R, T, Y]),
    result("DiscountedCapitalInvestmentStorage", &[R, S, Y]),
    result("DiscountedCostByStorage", &[R, S, Y]),
    result("DiscountedCostByTechnology", &[R, T, Y]),
    result("DiscountedOperationalCost", &[R, T, Y]),
    result("DiscountedSalvageValue", &[R, T, Y]),
    result("DiscountedSalvageValueStorage", &[R, S, Y]),
    result("DiscountedTechnologyEmissionsPenalty", &[R, T, Y]),
    result("NewCapacity", &[R, T, Y]),
    result("NewStorageCapacity", &[R, S, Y]),
    result("NumberOfNewTechnologyUnits", &[R, T, Y]),
    result("ProductionByTechnology", &[R, L, T, F, Y]),
    result("ProductionByTechnologyAnnual", &[R, T, F, Y]),
    result("RateOfActivity", &[R, L, T, M, Y]),
    result("RateOfProductionByTechnology", &[R, L, T, F, Y]),
    result("RateOfProductionByTechnologyByMode", &[R, L, T, M, F, Y]),
    result("RateOfUseByTechnology", &[R, L, T, F, Y]),
    result("RateOfUseByTechnologyByMode", &[R, L, T, M, F, Y]),
    result("SalvageValue", &[R, T, Y]),
    result("SalvageValueStorage", &[R, S, Y]),
    result("StorageLevelDayTypeFinish", &[R, S, "SEASON", "DAYTYPE", Y]),
    result("StorageLevelDayTypeStart", &[R, S, "SEASON", "DAYTYPE", Y]),
    result("StorageLevelSeasonStart", &[R, S, "SEASON", Y]),
    result("StorageLevelYearFinish", &[R, S, Y]),
    result("StorageLevelYearStart", &[R, S, Y]),
    result("TotalAnnualTechnologyActivityByMode", &[R, T, M, Y]),
    result("TotalCapacityAnnual", &[R, T, Y]),
    result("TotalDiscountedCost", &[R, Y]),
    result("TotalTechnologyAnnualActivity", &[R, T, Y]),
    result("TotalTechnologyModelPeriodActivity", &[R, T]),
    result("Trade", &[R, R, L, F, Y]),
    result("UseByTechnology", &[R, L, T, F, Y]),
    result("UseByTechnologyAnnual", &[R, T, F, Y]),
];
