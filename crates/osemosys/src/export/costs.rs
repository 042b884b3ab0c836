//! Costs of a model that pays by annuities, as OSeMOSYS must be given them.
//!
//! Where the cost of capital is the discount rate and payment lasts as long as the plant, the
//! annuities that fall within the horizon are worth the overnight cost less the salvage value of a
//! sinking fund: with `v = 1 / (1 + rate)`, `N` years to the horizon and a life of `L`, both are
//! `(1 - v^N) / (1 - v^L)` of the overnight cost. Elsewhere `CapitalCost` is what makes building
//! worth the same. A period of several years costs what its listed year costs, times the weight of
//! its years.

use kzleap_model::finance::{Convention, Depreciation};
use kzleap_model::{Capacity, CapacityIx, Investment, Model, RegionIx, Year, YearIx};

/// Differences of so little, relative, come from the last digits.
const ROUNDING: f64 = 1e-12;

/// What OSeMOSYS would make of costs, against what the model does.
#[derive(Clone, Debug)]
pub(super) struct Costs<'m> {
    model: &'m Model,
    /// The model under OSeMOSYS's accounting, where building costs one; `None` if that is its own.
    counted: Option<Model>,
}

impl<'m> Costs<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let own = matches!(model.finance.convention, Convention::Osemosys { .. });
        Self { model, counted: (!own).then(|| counted(model)) }
    }

    /// A yearly cost with the weight of the years it stands for.
    pub(super) fn running(&self, region: RegionIx, mut cost: Vec<f64>) -> Vec<f64> {
        let Some(counted) = &self.counted else { return cost };
        for y in self.model.time.years.ixs() {
            let value = self.model.flow_present_value(region, y);
            cost[y.get()] *= near(value / counted.flow_present_value(region, y), 1.0);
        }
        cost
    }

    /// `CapitalCost` by the year of building.
    pub(super) fn building(&self, k: CapacityIx, investment: &Investment) -> Vec<f64> {
        let overnight = &investment.overnight_cost;
        let Some(counted) = &self.counted else { return overnight.clone() };
        let cost = |y: YearIx| {
            let value = self.model.investment_present_value(k, y);
            near(value / counted.investment_present_value(k, y), overnight[y.get()])
        };
        self.model.time.years.ixs().map(cost).collect()
    }

    /// `DiscountRateIdv`: financing is in `CapitalCost` where the model pays annuities.
    pub(super) fn rate_of_building(&self, region: RegionIx, investment: &Investment) -> f64 {
        match self.counted {
            None => investment.cost_of_capital,
            Some(_) => self.model.finance.discount_rate[region.get()],
        }
    }

    /// `OperationalLife`: OSeMOSYS rounds it up by itself where capacity is in service.
    pub(super) const fn life(&self, investment: &Investment) -> f64 {
        match self.counted {
            None => investment.economic_life,
            Some(_) => investment.technical_life,
        }
    }

    /// Whether any `CapitalCost` is other than the overnight cost.
    pub(super) fn differ_from_overnight(&self) -> bool {
        self.model.capacities.iter_ix().any(|(k, capacity)| {
            let investment = capacity.investment.as_ref();
            investment.is_some_and(|of| self.building(k, of) != of.overnight_cost)
        })
    }

    /// Whether a unit is in service during a part of a period only, which OSeMOSYS cannot say.
    pub(super) fn ends_within_a_period(&self, capacity: &Capacity) -> bool {
        let years = &self.model.time.years;
        let part = |built: YearIx, y: YearIx| {
            let share = capacity.share_alive(years, built, y);
            share > ROUNDING && share < 1.0 - ROUNDING
        };
        years.ixs().any(|built| years.ixs().any(|y| built <= y && part(built, y)))
    }

    /// How many calendar years every period has, if all have as many.
    pub(super) fn years_of_a_period(&self) -> Option<f64> {
        let mut lengths = self.model.time.years.iter().map(Year::length);
        let first = lengths.next()?;
        lengths.all(|length| (length - first).abs() < ROUNDING).then_some(first)
    }
}

/// A model under OSeMOSYS's accounting, in which building a unit costs one.
fn counted(model: &Model) -> Model {
    let mut counted = model.clone();
    let years = model.time.years.iter().map(|year| year.milestone);
    counted.finance.base_year = years.clone().min().unwrap_or(model.finance.base_year);
    counted.time.years =
        years.map(|year| Year { milestone: year, first: year, last: year }).collect();
    counted.finance.convention = Convention::Osemosys {
        depreciation: vec![Depreciation::SinkingFund; model.regions.len()],
        own_rate: Vec::new(),
        own_depreciation: Vec::new(),
    };
    for k in model.capacities.ixs() {
        let region = model.capacities[k].region.get();
        if let Some(investment) = &mut counted.capacities[k].investment {
            investment.overnight_cost.fill(1.0);
            investment.economic_life = investment.technical_life;
            investment.cost_of_capital = model.finance.discount_rate[region];
        }
    }
    counted
}

/// The value, or what it is but for its last digits.
fn near(value: f64, expected: f64) -> f64 {
    if (value - expected).abs() <= ROUNDING * expected.abs() { expected } else { value }
}
