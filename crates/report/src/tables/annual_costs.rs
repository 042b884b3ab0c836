//! `annual_costs`: what the system costs in one year of each period.

use std::collections::BTreeMap;

use kzleap_model::solution::{CostKind, CostOwner};
use kzleap_model::{CapacityIx, Convention, Model, RegionIx, Solution, YearIx};

use super::{milestone, money_unit};
use crate::owners::owners;
use crate::sheet::{Cell, Column, NOISE, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column {
        key: "kind",
        meaning: "kind of cost; `capital`: annuities due on what the plan built (where the model \
                  pays at once: overnight cost over the years of the period)",
    },
    col::REGION,
    col::CATEGORY,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "in each year of the period, in money of the model" },
];

/// The name of capital cost, which takes the place of investment in yearly cost.
pub const CAPITAL: &str = "capital";

/// A year's cost of one kind, region and category.
#[derive(Clone, Copy, Debug)]
pub struct AnnualCost<'a> {
    /// Kind of cost: [`CAPITAL`] or the name of a [`CostKind`].
    pub kind: &'static str,
    /// Where it is paid.
    pub region: RegionIx,
    /// What reports gather it under.
    pub category: &'a str,
    /// Position of the milestone year.
    pub year: usize,
    /// MUSD a year.
    pub value: f64,
}

/// Yearly cost by kind, region, category and year; rows without any are left out.
pub fn sheet<'a>(model: &'a Model, solution: &'a Solution) -> Sheet<'a> {
    let mut sheet = Sheet::new("annual_costs", "Cost of the system in one year", COLUMNS);
    let unit = format!("{}/a", money_unit(model));
    for cost in annual_costs(model, solution) {
        sheet.row([
            text(cost.kind),
            text(&model.regions[cost.region].name),
            text(cost.category),
            text(unit.clone()),
            Cell::Year(milestone(model, cost.year)),
            Cell::Number(cost.value),
        ]);
    }
    sheet
}

/// Yearly costs that are not zero, by kind, region, category and year.
pub fn annual_costs<'a>(model: &'a Model, solution: &'a Solution) -> Vec<AnnualCost<'a>> {
    let owners = owners(model);
    let mut sums: BTreeMap<(usize, RegionIx, &'a str, usize), f64> = BTreeMap::new();
    for cost in &solution.costs {
        let category = super::costs::name_and_category(model, &owners, cost).1;
        if let (CostKind::Investment, CostOwner::Capacity(k)) = (cost.kind, cost.owner) {
            for y in model.time.years.ixs() {
                let due = capital(model, solution, k, cost.year, cost.amount, y);
                *sums.entry((0, cost.region, category, y.get())).or_insert(0.0) += due;
            }
        } else {
            let kind = CostKind::ALL.iter().position(|kind| *kind == cost.kind).unwrap_or(0);
            *sums.entry((kind, cost.region, category, cost.year)).or_insert(0.0) += cost.amount;
        }
    }
    sums.into_iter()
        .filter(|(_, value)| value.abs() > NOISE)
        .map(|((kind, region, category, year), value)| AnnualCost {
            kind: if kind == 0 { CAPITAL } else { CostKind::ALL[kind].name() },
            region,
            category,
            year,
            value,
        })
        .collect()
}

/// What is due in each year of a period for capacity built for another, MUSD a year.
fn capital(
    model: &Model,
    solution: &Solution,
    capacity: CapacityIx,
    built: usize,
    overnight: f64,
    in_year: YearIx,
) -> f64 {
    let (from, period) = (&model.time.years[YearIx::new(built)], &model.time.years[in_year]);
    if model.finance.convention != Convention::Annuity {
        return if built == in_year.get() { overnight / period.length() } else { 0.0 };
    }
    let Some(investment) = &model.capacities[capacity].investment else { return 0.0 };
    let end = from.first + investment.economic_life; // first year without payment
    let years = ((period.last + 1).min(end) - period.first.max(from.first)).max(0);
    solution.new_capacity[(capacity.get(), built)]
        * investment.annuity(YearIx::new(built))
        * f64::from(years)
        / period.length()
}
