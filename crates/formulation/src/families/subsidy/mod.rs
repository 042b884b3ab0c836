#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Money, Per, Power};
use kzleap_model::{Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Earning, Family, Full, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// What is taken for a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Of the subsidy at this position in the model.
    Limit(usize, YearIx),
    /// From the budget at this position in the model.
    Budget(usize, YearIx),
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        match *self {
            Self::Limit(at, y) => {
                format!("subsidy_limit[{},{}]", names.subsidy(at), names.year(y))
            }
            Self::Budget(at, y) => {
                let budget = &names.0.support.budgets[at].name;
                format!("subsidy_budget[{budget},{}]", names.year(y))
            }
        }
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // no plan need take a subsidy
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        match *self {
            Self::Budget(at, _) => {
                Some((Earning::Limit, names.0.support.budgets[at].name.clone()))
            }
            Self::Limit(..) => None,
        }
    }

    fn full(&self, _: &Formulation<'_>, _: Row) -> Option<(Full, YearIx, f64)> {
        match *self {
            Self::Budget(at, year) => Some((Full::SubsidyBudget(at), year, 1.0)),
            Self::Limit(..) => None,
        }
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, subsidy) in model.support.subsidies.iter().enumerate() {
        for y in model.time.years.ixs() {
            let Some(taken) = vars.subsidy(at, y) else { continue };
            let Some(new) = vars.new_capacity(subsidy.capacity, y) else { continue };
            let mut row = rows.begin::<Money>(RowKey::Subsidy(Key::Limit(at, y)));

            // subsidy ≤ rate · new
            row += 1.0 * taken;
            row -= Per::<Money, Power>::new(subsidy.rate[y.get()]) * new;
            row.at_most(0.0);
        }
    }
    for (at, budget) in model.support.budgets.iter().enumerate() {
        for y in model.time.years.ixs() {
            let Some(limit) = budget.limit[y.get()] else { continue };
            let mut row = rows.begin::<Money>(RowKey::Subsidy(Key::Budget(at, y)));
            for taken in budget.subsidies.iter().filter_map(|s| vars.subsidy(*s, y)) {
                row += 1.0 * taken;
            }

            // Σ subsidy ≤ limit
            row.at_most(limit);
        }
    }
}
