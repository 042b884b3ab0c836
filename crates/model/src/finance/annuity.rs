//! The native convention: investment is paid as an annuity in the middle of each year.

use super::mid_year_sum;
use crate::{CapacityIx, Investment, Model, YearIx};

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

impl Investment {
    /// What is paid in the middle of each year of the economic life for one MUSD of overnight
    /// cost, MUSD a year, under the native convention.
    ///
    /// The level payment whose present value at the cost of capital, at the start of the first
    /// year of service, is that MUSD. As payments fall in the middle of the year, it is the
    /// capital recovery factor (payments at the ends of years) over `(1 + rate)^(1/2)`.
    pub fn annuity(&self) -> f64 {
        let (rate, years) = (self.cost_of_capital, f64::from(self.economic_life));
        capital_recovery_factor(rate, years) / libm::sqrt(1.0 + rate)
    }
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
    investment.overnight_cost[built.get()]
        * investment.annuity()
        * mid_year_sum(rate, model.finance.base_year, first, last)
}

#[cfg(test)]
mod tests {
    use super::super::mid_year_sum;
    use crate::Investment;

    fn annuity(cost_of_capital: f64, economic_life: i32) -> f64 {
        Investment {
            overnight_cost: vec![1.0],
            technical_life: economic_life,
            economic_life,
            cost_of_capital,
            lower: vec![0.0],
            upper: vec![f64::INFINITY],
            growth: None,
            unit_size: None,
        }
        .annuity()
    }

    #[test]
    fn paid_off_at_its_own_rate_an_investment_costs_its_overnight_cost() {
        for rate in [-0.02, 1e-13, 0.05, 0.12, 0.3] {
            let present = annuity(rate, 20) * mid_year_sum(rate, 2025, 2025, 2044);
            assert!((present - 1.0).abs() < 1e-9, "{rate}: {present}");
        }
    }

    #[test]
    fn without_interest_it_is_paid_off_in_equal_parts() {
        assert_eq!(annuity(0.0, 20), 0.05);
    }
}
