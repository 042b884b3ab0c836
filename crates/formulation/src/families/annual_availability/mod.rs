#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{ProcessIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::{InService, capacity_used};
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A process over a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which process.
    pub process: ProcessIx,
    /// Of which of its parts, where it has any.
    pub part: Option<usize>,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let process = names.process_part((self.process, self.part));
        let year = names.year(self.year);
        format!("annual_availability[{process},{year}]")
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what a plant can do
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (p, process) in model.processes.iter_ix() {
        let Some(k) = process.capacity else { continue };
        for rated in process.rated() {
            let Some(available) = rated.annual_availability else { continue };
            for y in model.time.years.ixs() {
                let Some(capacity) = InService::new(model, vars, k, rated.of, y) else {
                    continue;
                };
                let most = Per::<Energy, Power>::new(process.capacity_to_activity)
                    * available[y.get()];
                let key = Key { process: p, part: rated.part, year: y };
                let mut row = rows.begin::<Energy>(RowKey::AnnualAvailability(key));
                for n in 0..model.time.node_count(process.tier) {
                    capacity_used(model, vars, (p, rated.part), n, y, &mut row);
                }

                // Σ_m Σ_s capacity_use · activity ≤ annual_availability · full load · capacity
                capacity.subtract(most, &mut row);
                row.at_most(capacity.given(most));
            }
        }
    }
}
