//! The native convention: investment is paid as an annuity.

use super::mid_year_sum;
use crate::{CapacityIx, Model, YearIx};

/// The yearly payment that pays off one unit of money over `years` at `rate`.
///
/// `rate / (1 - (1 + rate)^-years)`, which is `1 / years` where the rate is zero.
///
/// ```
/// let payment = kzleap_model::finance::capital_recovery_factor(0.10, 20.0);
/// assert!((payment - 0.117_459_6).abs() < 1e-6);
/// assert_eq!(kzleap_model::finance::capital_recovery_factor(0.0, 20.0), 0.05);
/// ```
pub fn capital_recovery_factor(rate: f64, years: f64) -> f64 {
    if rate.abs() < 1e-12 {
        return 1.0 / years;
    }
    rate / (1.0 - libm::pow(1.0 + rate, -years))
}

/// Every payment that falls within the horizon, discounted at the social rate.
///
/// Payments begin in the first calendar year of the period the capacity is built for, and end
/// with the economic life or the horizon. As what comes after the horizon is not paid for and not
/// used, there is no salvage.
pub(super) fn investment(model: &Model, capacity: CapacityIx, built: YearIx) -> f64 {
    let capacity = &model.capacities[capacity];
    let Some(investment) = &capacity.investment else { return 0.0 };
    let Some(horizon_end) = model.time.years.iter().map(|year| year.last).max() else {
        return 0.0;
    };
    let first = model.time.years[built].first;
    let last = horizon_end.min(first + investment.economic_life - 1);
    let rate = model.finance.discount_rate[capacity.region.get()];
    model.annuity(capacity, built) * mid_year_sum(rate, model.finance.base_year, first, last)
}
