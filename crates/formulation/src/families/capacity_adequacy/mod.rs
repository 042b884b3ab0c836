#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::Energy;
use kzleap_model::{NodeIx, ProcessIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::{capacity_used, full_load};
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A process at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which process.
    pub process: ProcessIx,
    /// At which node of its tier.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { process, node, year } = *self;
        format!("capacity_adequacy[{}]", names.process_at(process, node, year))
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
        let nodes = model.time.nodes(process.tier);
        for y in model.time.years.ixs() {
            let Some(capacity) = vars.capacity(k, y) else { continue };
            for (n, node) in nodes.iter().enumerate() {
                let available = model.time.node_mean(&process.availability, node, y);
                if !available.is_finite() {
                    continue; // nothing is said of this node
                }
                let most = full_load(model, process.capacity_to_activity, node, y) * available;
                let mut row = rows.begin::<Energy>(RowKey::CapacityAdequacy(Key {
                    process: p,
                    node: n,
                    year: y,
                }));
                capacity_used(model, vars, p, n, y, &mut row);

                // Σ_m capacity_use · activity ≤ availability · full load · capacity
                row -= most * capacity;
                row.at_most(0.0);
            }
        }
    }
}
