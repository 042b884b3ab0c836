//! Subsidy taken for capacity built for the period: MUSD.

use kzleap_lp::Bounds;
use kzleap_model::units::Money;
use kzleap_model::{CapacityIx, Model, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at, new_capacity};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A subsidy in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Position of the subsidy in the model.
    pub at: usize,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        format!("subsidy[{},{}]", names.subsidy(self.at), names.year(self.year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        solution.subsidy[(self.at, self.year.get())] = value;
    }
}

/// Taking one MUSD of a subsidy for capacity built for a period: what it saves is below zero.
pub fn cost(model: &Model, k: CapacityIx, y: YearIx) -> f64 {
    let overnight = (model.capacities[k].investment.as_ref())
        .map_or(0.0, |investment| investment.overnight_cost[y.get()]);
    if overnight > 0.0 { -new_capacity::cost(model, k, y) / overnight } else { 0.0 }
}

impl Variables {
    /// Subsidy taken; `None` where nothing can be built for it.
    pub fn subsidy(&self, subsidy: usize, year: YearIx) -> Option<Var<Money>> {
        at(self.subsidy[subsidy][year.get()], 0)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for (at, subsidy) in model.support.subsidies.iter().enumerate() {
        let mut by_year = Vec::new();
        for year in model.time.years.ixs() {
            let new = columns.vars.new_capacity(subsidy.capacity, year);
            by_year.push(new.filter(|_| subsidy.rate[year.get()] > 0.0).map(|_| {
                let cost = cost(model, subsidy.capacity, year);
                columns.add(ColumnKey::Subsidy(Key { at, year }), cost, Bounds::NON_NEGATIVE)
            }));
        }
        columns.vars.subsidy.push(by_year);
    }
}
