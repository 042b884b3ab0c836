//! What falls due in one year of each period.

use std::collections::BTreeMap;

use kzleap_model::finance::{annuity, share_due};
use kzleap_model::{Convention, Model, RegionIx, YearIx};

use crate::Accounts;
use crate::costs::{Cost, CostKind, CostOwner};

/// The name of capital cost, which takes the place of investment in yearly cost.
pub const CAPITAL: &str = "capital";

/// A year's cost of one kind, region and category.
#[derive(Clone, Copy, Debug)]
pub struct AnnualCost<'a> {
    /// Kind of cost; an investment stands for its annuities.
    pub kind: CostKind,
    /// Where it is paid.
    pub region: RegionIx,
    /// What reports gather it under.
    pub category: &'a str,
    /// Position of the milestone year.
    pub year: usize,
    /// MUSD a year.
    pub value: f64,
}

impl AnnualCost<'_> {
    /// The name of the kind in files: [`CAPITAL`] takes the place of investment.
    pub const fn name(&self) -> &'static str {
        match self.kind {
            CostKind::Investment => CAPITAL,
            kind => kind.name(),
        }
    }
}

/// Yearly costs that are not zero, by kind, region, category and year.
pub(crate) fn annual_costs<'a>(accounts: &Accounts<'a>) -> Vec<AnnualCost<'a>> {
    let model = accounts.model;
    let mut sums: BTreeMap<(CostKind, RegionIx, &'a str, usize), f64> = BTreeMap::new();
    for cost in accounts.costs() {
        let category = accounts.name_and_category(cost).1;
        for (year, value) in falls_due(model, cost) {
            *sums.entry((cost.kind, cost.region, category, year)).or_insert(0.0) += value;
        }
    }
    sums.into_iter()
        .filter(|(_, value)| *value != 0.0)
        .map(|((kind, region, category, year), value)| AnnualCost {
            kind,
            region,
            category,
            year,
            value,
        })
        .collect()
}

/// When a cost falls due: positions of milestone years, with MUSD in a year of each.
pub(crate) fn falls_due(model: &Model, cost: &Cost) -> Vec<(usize, f64)> {
    let annuities = |terms: (f64, f64)| {
        let due = |y: YearIx| (y.get(), due(model, terms, cost.year, cost.amount, y));
        model.time.years.ixs().map(due).collect()
    };
    match (cost.kind, cost.owner) {
        (
            CostKind::Investment | CostKind::ConstructionInterest | CostKind::Subsidy,
            CostOwner::Capacity(k),
        ) => {
            let investment = model.capacities[k].investment.as_ref();
            let terms = investment.map(|of| (of.cost_of_capital, of.economic_life));
            terms.map_or_else(Vec::new, annuities)
        }
        (CostKind::Investment, CostOwner::Retrofit(at)) => {
            let retrofit = &model.retrofits[at];
            annuities((retrofit.cost_of_capital, retrofit.economic_life))
        }
        (CostKind::Decommissioning, _) => {
            let period = &model.time.years[YearIx::new(cost.year)];
            vec![(cost.year, cost.amount / period.length())]
        }
        _ => vec![(cost.year, cost.amount)],
    }
}

/// What is due in each year of a period for money spent on capacity built for another, MUSD a
/// year. A subsidy is money spent that lowers the annuities, so it is due like them.
fn due(
    model: &Model,
    (cost_of_capital, economic_life): (f64, f64),
    built: usize,
    overnight: f64,
    in_year: YearIx,
) -> f64 {
    let (from, period) = (&model.time.years[YearIx::new(built)], &model.time.years[in_year]);
    if model.finance.convention != Convention::Annuity {
        return if built == in_year.get() { overnight / period.length() } else { 0.0 };
    }
    let due = |year: i32| share_due(cost_of_capital, economic_life, year - from.first);
    let payments: f64 = (period.first.max(from.first)..=period.last).map(due).sum();
    overnight * annuity(cost_of_capital, economic_life) * payments / period.length()
}
