//! How costs of different years are brought together: the conventions behind the objective.
//!
//! A convention turns money spent on capacity, on keeping it and on running it into present
//! values of the base year. The formulation sees only these coefficients, so an imported model
//! reaches its home tool's objective through the same rows and columns.

mod annuity;
pub mod nemo;
mod osemosys;

pub use annuity::{annuities_present_value, annuity, capital_recovery_factor, share_due};
pub use osemosys::Depreciation;

use crate::fields::{Field, Fields};
use crate::{CapacityIx, Model, RegionIx, Vintage, YearIx};

/// Rates and the convention that uses them.
#[derive(Clone, Debug)]
pub struct Finance {
    /// Which convention.
    pub convention: Convention,
    /// The year present values are of.
    pub base_year: i32,
    /// Social discount rate by region, a ratio a year.
    pub discount_rate: Vec<f64>,
}

impl Fields for Finance {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        // other conventions than the annuity are refused
        let Self { convention: _, base_year: _, discount_rate } = self;
        see(Field::RateOfRegions(discount_rate));
    }
}

/// Which convention turns costs into present values.
#[derive(Clone, Debug, PartialEq)]
pub enum Convention {
    /// Investment is paid as an annuity ([`annuity()`]) at the capacity's own
    /// rate, in every calendar year of the horizon in which it is due; all flows fall in the
    /// middle of the year.
    Annuity,
    /// Investment at the start of the year it is made, salvage at the end of the horizon,
    /// running costs in the middle of the year; every listed year counts once.
    Osemosys {
        /// How salvage is calculated, by region.
        depreciation: Vec<Depreciation>,
        /// Discount rate of a capacity where it is not that of its region (storages).
        own_rate: Vec<(CapacityIx, f64)>,
        /// Depreciation of a capacity where it is not that of its region (storages of the CLEWs
        /// interface).
        own_depreciation: Vec<(CapacityIx, Depreciation)>,
    },
    /// Some calendar years are calculated, and those between follow in straight lines.
    Nemo(nemo::Nemo),
}

impl Model {
    /// Present value of building one unit of a capacity for a milestone year, MUSD per unit.
    ///
    /// Includes whatever the convention does about a life longer than the horizon.
    pub fn investment_present_value(&self, capacity: CapacityIx, built: YearIx) -> f64 {
        match &self.finance.convention {
            Convention::Annuity => annuity::investment(self, capacity, built),
            Convention::Osemosys { .. } => {
                osemosys::investment(self, capacity, built)
                    - self.salvage_present_value(capacity, built)
            }
            Convention::Nemo(terms) => {
                nemo::investment(self, terms, capacity, built)
                    - self.salvage_present_value(capacity, built)
            }
        }
    }

    /// Present value of what one unit is still worth at the end; zero where annuities are used.
    pub fn salvage_present_value(&self, capacity: CapacityIx, built: YearIx) -> f64 {
        match &self.finance.convention {
            Convention::Annuity => 0.0,
            Convention::Osemosys { .. } => osemosys::salvage(self, capacity, built),
            Convention::Nemo(terms) => nemo::salvage(self, terms, capacity, built),
        }
    }

    /// Present value of one MUSD spent in each calendar year of a milestone year's period.
    ///
    /// Also what divides a dual value to give the price of that year.
    pub fn flow_present_value(&self, region: RegionIx, year: YearIx) -> f64 {
        let rate = self.finance.discount_rate[region.get()];
        if let Convention::Nemo(terms) = &self.finance.convention {
            return nemo::following(self, terms, rate, year, nemo::Path::FromItself, |_| 1.0);
        }
        let year = &self.time.years[year];
        mid_year_sum(rate, self.finance.base_year, year.first, year.last)
    }

    /// Present value of one MUSD spent once, in the middle of the first year of a period.
    pub fn spending_present_value(&self, region: RegionIx, year: YearIx) -> f64 {
        let (rate, first) =
            (self.finance.discount_rate[region.get()], self.time.years[year].first);
        mid_year_sum(rate, self.finance.base_year, first, first)
    }

    /// Present value of taking down one unit of a capacity that goes out of service in a period,
    /// MUSD.
    pub fn decommissioning_present_value(&self, k: CapacityIx, year: YearIx) -> f64 {
        let capacity = &self.capacities[k];
        capacity.decommissioning_cost.as_ref().map_or(0.0, |cost| {
            cost[year.get()] * self.spending_present_value(capacity.region, year)
        })
    }

    /// Present value of retiring one unit of a capacity early in a period, beside taking it down,
    /// MUSD.
    pub fn retirement_present_value(&self, k: CapacityIx, year: YearIx) -> f64 {
        let capacity = &self.capacities[k];
        capacity.early_retirement_cost.as_ref().map_or(0.0, |cost| {
            cost[year.get()] * self.spending_present_value(capacity.region, year)
        })
    }

    /// Present value of a yearly cost of one unit of a quantity of `year`, MUSD per unit.
    ///
    /// `cost` is the cost a year by milestone year: a convention that moves in straight lines
    /// from one milestone year to the next charges a quantity at the prices of both.
    pub fn running_cost_present_value(
        &self,
        region: RegionIx,
        year: YearIx,
        cost: impl Fn(YearIx) -> f64,
    ) -> f64 {
        match &self.finance.convention {
            Convention::Annuity | Convention::Osemosys { .. } => {
                cost(year) * self.flow_present_value(region, year)
            }
            Convention::Nemo(terms) => {
                let rate = self.finance.discount_rate[region.get()];
                nemo::following(self, terms, rate, year, nemo::Path::FromItself, cost)
            }
        }
    }

    /// Present value of keeping one unit of a vintage of a capacity through a period, MUSD per unit.
    pub fn keeping_cost_present_value(
        &self,
        k: CapacityIx,
        vintage: Vintage,
        year: YearIx,
    ) -> f64 {
        let capacity = &self.capacities[k];
        let of_new = vintage.and_then(|v| capacity.fixed_cost_of_new.get(v.get()));
        let by_year = of_new.unwrap_or(&capacity.fixed_cost);
        let cost = |y: YearIx| by_year[y.get()];
        match &self.finance.convention {
            Convention::Annuity | Convention::Osemosys { .. } => {
                cost(year) * self.flow_present_value(capacity.region, year)
            }
            Convention::Nemo(terms) => {
                let rate = self.finance.discount_rate[capacity.region.get()];
                nemo::following(self, terms, rate, year, nemo::path_of(terms, k), cost)
            }
        }
    }
}

/// `Σ (1 + rate)^-(t - base + 1/2)` over the calendar years `first..=last`; zero if there are none.
pub(crate) fn mid_year_sum(rate: f64, base: i32, first: i32, last: i32) -> f64 {
    if last < first {
        return 0.0;
    }
    let years = f64::from(last - first + 1);
    let first_factor = libm::pow(1.0 + rate, -(f64::from(first - base) + 0.5));
    if rate.abs() < 1e-12 {
        return years * first_factor;
    }
    // a geometric sum with ratio 1 / (1 + rate)
    first_factor * (1.0 - libm::pow(1.0 + rate, -years)) * (1.0 + rate) / rate
}

#[cfg(test)]
mod tests {
    use super::mid_year_sum;

    #[test]
    fn the_closed_form_is_the_sum() {
        for rate in [0.0, 1e-13, 0.05, 0.3] {
            let sum: f64 = (2025..=2034)
                .map(|t| (1.0_f64 + rate).powf(-(f64::from(t - 2023) + 0.5)))
                .sum();
            let closed = mid_year_sum(rate, 2023, 2025, 2034);
            assert!((closed / sum - 1.0).abs() < 1e-12, "{rate}: {closed} {sum}");
        }
    }
}
