//! OSeMOSYS's convention: pay at once, take back the salvage value at the end.
//!
//! Source: `osemosys.txt` of OSeMOSYS_GNU_MathProg (2024-04), equations CC1, SV1-SV4.

use super::{Convention, capital_recovery_factor};
use crate::{CapacityIx, Model, YearIx};

/// How the salvage value falls over the life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depreciation {
    /// Sinking fund (`DepreciationMethod` 1).
    SinkingFund,
    /// Straight line (`DepreciationMethod` 2).
    StraightLine,
}

/// Overnight cost at the start of the year, with the difference between the capacity's own rate
/// and the discount rate spread over its life (`CapitalRecoveryFactor · PvAnnuity`).
pub(super) fn investment(model: &Model, capacity: CapacityIx, built: YearIx) -> f64 {
    let rate = rate(model, capacity);
    let since_base = model.time.years[built].milestone - model.finance.base_year;
    financed_cost(model, capacity, built) / libm::pow(1.0 + rate, f64::from(since_base))
}

/// What is left at the end of the last year, discounted to the base year.
pub(super) fn salvage(model: &Model, capacity: CapacityIx, built: YearIx) -> f64 {
    let Some(investment) = &model.capacities[capacity].investment else { return 0.0 };
    let milestones = || model.time.years.iter().map(|year| year.milestone);
    let (Some(first), Some(last)) = (milestones().min(), milestones().max()) else {
        return 0.0;
    };
    let built_in = model.time.years[built].milestone;
    let (used, life) = (f64::from(last - built_in + 1), investment.economic_life);
    if life <= used {
        return 0.0;
    }
    let rate = rate(model, capacity);
    let straight = depreciation(model, capacity) == Depreciation::StraightLine;
    let left = if straight || rate.abs() < 1e-12 {
        1.0 - used / life
    } else {
        1.0 - (libm::pow(1.0 + rate, used) - 1.0) / (libm::pow(1.0 + rate, life) - 1.0)
    };
    financed_cost(model, capacity, built) * left
        / libm::pow(1.0 + rate, f64::from(1 + last - first))
}

fn financed_cost(model: &Model, capacity: CapacityIx, built: YearIx) -> f64 {
    let capacity = &model.capacities[capacity];
    let Some(investment) = &capacity.investment else { return 0.0 };
    let life = investment.economic_life;
    let discount = model.finance.discount_rate[capacity.region.get()];
    let own = investment.cost_of_capital;
    let overnight = investment.overnight_cost[built.get()];
    if (own - discount).abs() < 1e-15 {
        return overnight;
    }
    // PvAnnuity: the first of the payments falls at the start
    let present_value_of_annuity = (1.0 + discount) / capital_recovery_factor(discount, life);
    let payment = capital_recovery_factor(own, life) / (1.0 + own);
    overnight * payment * present_value_of_annuity
}

fn depreciation(model: &Model, capacity: CapacityIx) -> Depreciation {
    let Convention::Osemosys { depreciation, own_depreciation, .. } = &model.finance.convention
    else {
        return Depreciation::SinkingFund;
    };
    let region = model.capacities[capacity].region.get();
    let own = own_depreciation.iter().find(|(ix, _)| *ix == capacity);
    own.map_or(depreciation[region], |(_, own)| *own)
}

fn rate(model: &Model, capacity: CapacityIx) -> f64 {
    if let Convention::Osemosys { own_rate, .. } = &model.finance.convention
        && let Some((_, rate)) = own_rate.iter().find(|(ix, _)| *ix == capacity)
    {
        return *rate;
    }
    model.finance.discount_rate[model.capacities[capacity].region.get()]
}
