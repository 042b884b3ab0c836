//! What is not served of a step of demand that is decided once a year: PJ a year.

use std::collections::BTreeMap;

use kzleap_lp::{Bounds, Col};
use kzleap_model::units::Energy;
use kzleap_model::{Demand, Model, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A step of a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Position of the demand in the model.
    pub demand: usize,
    /// Position of the step in the demand.
    pub step: usize,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { demand, step, year } = *self;
        let demand = &names.0.demands[demand];
        format!(
            "forgone[{},{},{},{},{}]",
            names.region(demand.region),
            names.commodity(demand.commodity),
            demand.name,
            demand.steps[step].name,
            names.year(year)
        )
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let years = formulation.model.time.years.len();
        let by_year = solution.forgone.entry((self.demand, self.step));
        by_year.or_insert_with(|| vec![0.0; years])[self.year.get()] = value;
    }
}

/// The columns by demand, step and year.
pub(super) type Forgone = BTreeMap<(usize, usize, YearIx), Col>;

impl Variables {
    /// What is not served of each step of a demand that is decided once a year.
    pub fn forgone<'a>(
        &'a self,
        (at, demand): (usize, &'a Demand),
        year: YearIx,
    ) -> impl Iterator<Item = Var<Energy>> + 'a {
        let steps = demand.yearly_steps();
        let column = move |(step, _)| self.forgone.get(&(at, step, year));
        steps.filter_map(column).map(|col| Var::new(*col))
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for (demand, data) in model.demands.iter().enumerate() {
        for (step, of_step) in data.yearly_steps() {
            for year in model.time.years.ixs() {
                let y = year.get();
                let most = of_step.share[y] * data.annual[y];
                if most > 0.0 {
                    let cost = of_step.worth[y] * model.flow_present_value(data.region, year);
                    let key = ColumnKey::Forgone(Key { demand, step, year });
                    let col = columns.add(key, cost, Bounds::between(0.0, most));
                    columns.vars.forgone.insert((demand, step, year), col);
                }
            }
        }
    }
}
