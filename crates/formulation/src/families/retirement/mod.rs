#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Per, Power};
use kzleap_model::{CapacityIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A vintage of a capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which capacity.
    pub capacity: CapacityIx,
    /// For which milestone year it was built; `None` is residual capacity.
    pub vintage: Option<YearIx>,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let capacity = names.capacity(self.capacity);
        format!("retirement[{capacity},{}]", names.vintage(self.vintage))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // follows from other numbers
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (k, capacity) in model.capacities.iter_ix() {
        let vintages = std::iter::once(None).chain(model.time.years.ixs().map(Some));
        for v in vintages {
            if !vars.retirements(k).any(|(of, _, _)| of == v) {
                continue;
            }
            let key = RowKey::Retirement(Key { capacity: k, vintage: v });
            let retired = vars.retirements(k).filter(|(of, _, _)| *of == v);
            match v.and_then(|v| vars.new_capacity(k, v)) {
                // Σ_y retired[v,y] ≤ new[v]
                Some(new) => {
                    let mut row = rows.begin::<Power>(key);
                    retired.for_each(|(_, _, retired)| row += 1.0 * retired);
                    row -= 1.0 * new;
                    row.at_most(0.0);
                }
                // residual capacity thins out by itself: count shares of what was left
                // Σ_y retired[y] / residual[y] ≤ 1
                None => {
                    let mut row = rows.begin::<f64>(key);
                    for (_, at, retired) in retired {
                        let left = capacity.residual[at.get()];
                        row += Per::<f64, Power>::new(1.0 / left) * retired;
                    }
                    row.at_most(1.0);
                }
            }
        }
    }
}
