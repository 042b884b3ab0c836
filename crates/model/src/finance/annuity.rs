//! The native convention: investment is paid as an annuity in the middle of each year.

use super::mid_year_sum;
use crate::{CapacityIx, Model, RegionIx, YearIx};

/// The yearly payment, at the ends of `years`, that pays off one unit of money at `rate`.
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
/// As what comes after the horizon is not paid for and not used, there is no salvage.
pub(super) fn investment(model: &Model, capacity: CapacityIx, built: YearIx) -> f64 {
    let capacity = &model.capacities[capacity];
    let Some(investment) = &capacity.investment else { return 0.0 };
    let terms = (investment.cost_of_capital, investment.economic_life);
    let cost = investment.overnight_cost[built.get()] * (1.0 + investment.interest);
    annuities_present_value(model, capacity.region, terms, (cost, built))
}

/// Present value of the payments for an overnight cost, at a cost of capital over an economic life.
///
/// Payments begin in the first calendar year of the period, and end with the economic life or the
/// horizon.
pub fn annuities_present_value(
    model: &Model,
    region: RegionIx,
    (cost_of_capital, economic_life): (f64, f64),
    (overnight, begun): (f64, YearIx),
) -> f64 {
    let Some(horizon_end) = model.time.years.iter().map(|year| year.last).max() else {
        return 0.0;
    };
    let first = model.time.years[begun].first;
    let (rate, base) = (model.finance.discount_rate[region.get()], model.finance.base_year);
    let whole = whole_years(economic_life);
    let mut payments = mid_year_sum(rate, base, first, horizon_end.min(first + whole - 1));
    if first + whole <= horizon_end {
        let year = first + whole;
        payments += share_due(cost_of_capital, economic_life, whole)
            * mid_year_sum(rate, base, year, year);
    }
    overnight * annuity(cost_of_capital, economic_life) * payments
}

/// What is paid in the middle of each year of the economic life for one MUSD of overnight cost,
/// MUSD a year, under the native convention.
///
/// The level payment whose present value at the cost of capital, at the start of the first year of
/// service, is that MUSD. As payments fall in the middle of the year, it is the capital recovery
/// factor (payments at the ends of years) over `(1 + rate)^(1/2)`.
pub fn annuity(rate: f64, years: f64) -> f64 {
    capital_recovery_factor(rate, years) / libm::sqrt(1.0 + rate)
}

/// The share of that payment which is due in a calendar year of service, 0 being the first.
///
/// It is 1 but in a last year of which only a part `f` belongs to the life: there, what is left to
/// pay, `(1 - (1 + rate)^-f) · (1 + rate) / rate`, so that a life of 12.5 years is paid off exactly
/// too.
pub fn share_due(rate: f64, economic_life: f64, year_of_service: i32) -> f64 {
    let left = economic_life - f64::from(year_of_service);
    if left >= 1.0 || rate.abs() < 1e-12 {
        return left.clamp(0.0, 1.0);
    }
    (1.0 - libm::pow(1.0 + rate, -left.max(0.0))) * (1.0 + rate) / rate
}

/// How many whole years a life has.
#[expect(clippy::cast_possible_truncation, reason = "held to the range of years")]
fn whole_years(life: f64) -> i32 {
    life.floor().clamp(0.0, 10_000.0) as i32
}

#[cfg(test)]
mod tests {
    use super::super::mid_year_sum;
    use super::{annuity, share_due};

    /// A life of 12.5 years: twelve payments and what is left in the thirteenth year.
    #[test]
    fn a_part_of_a_year_is_paid_off_exactly() {
        for rate in [0.0, 0.05, 0.3] {
            let due = |n: i32| {
                share_due(rate, 12.5, n) * mid_year_sum(rate, 2025, 2025 + n, 2025 + n)
            };
            let present = annuity(rate, 12.5) * (0..20).map(due).sum::<f64>();
            assert!((present - 1.0).abs() < 1e-12, "{rate}: {present}");
            assert!(share_due(rate, 12.5, 12) > 0.49 && share_due(rate, 12.5, 12) < 0.6);
            assert_eq!(share_due(rate, 12.5, 13), 0.0);
        }
    }

    #[test]
    fn paid_off_at_its_own_rate_an_investment_costs_its_overnight_cost() {
        for rate in [-0.02, 1e-13, 0.05, 0.12, 0.3] {
            let present = annuity(rate, 20.0) * mid_year_sum(rate, 2025, 2025, 2044);
            assert!((present - 1.0).abs() < 1e-9, "{rate}: {present}");
        }
    }

    #[test]
    fn without_interest_it_is_paid_off_in_equal_parts() {
        assert_eq!(annuity(0.0, 20.0), 0.05);
    }
}
