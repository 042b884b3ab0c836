#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::Energy;
use kzleap_model::{NodeIx, ProcessIx, SliceIx, Solution, Tier, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::columns::Run;
use crate::expressions::{InService, capacity_used, full_load};
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A process at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which run of it.
    pub run: Run,
    /// Which process.
    pub process: ProcessIx,
    /// Of which of its parts, where it has any.
    pub part: Option<usize>,
    /// At which node of its tier; of the run for reserves in which slice.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { run, process, part, node, year } = *self;
        let of = (process, part);
        match run {
            Run::Plan => {
                format!("capacity_adequacy[{}]", names.process_at(of, node, year))
            }
            Run::Standby => {
                let at = names.process_in(of, SliceIx::new(node), year);
                format!("standby_capacity_adequacy[{at}]")
            }
        }
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
            for rated in process.rated() {
                let Some(capacity) = InService::new(model, vars, k, rated.of, y) else {
                    continue;
                };
                for (n, node) in nodes.iter().enumerate() {
                    let available = model.time.node_mean(rated.availability, node, y);
                    if !available.is_finite() {
                        continue; // nothing is said of this node
                    }
                    let most =
                        full_load(model, process.capacity_to_activity, node, y) * available;
                    let mut row = rows.begin::<Energy>(RowKey::CapacityAdequacy(Key {
                        run: Run::Plan,
                        process: p,
                        part: rated.part,
                        node: n,
                        year: y,
                    }));
                    capacity_used(model, vars, (p, rated.part), n, y, &mut row);

                    // Σ_m capacity_use · activity ≤ availability · full load · capacity
                    capacity.subtract(most, &mut row);
                    row.at_most(capacity.given(most));
                }
            }
        }
    }
    for p in &vars.standing_by.processes {
        model.time.years.ixs().for_each(|y| add_standby(rows, *p, y));
    }
}

/// The same of what a process could do for reserves, slice by slice.
fn add_standby(rows: &mut Rows<'_, '_>, p: ProcessIx, y: YearIx) {
    let (model, vars) = (rows.model, rows.vars);
    let (process, time) = (&model.processes[p], &model.time);
    let Some(k) = process.capacity else { return };
    let counted = vars.standing_by.counted.get(&p);
    for rated in process.rated() {
        let Some(capacity) = InService::new(model, vars, k, rated.of, y) else { continue };
        for s in time.slices.ixs() {
            let available = match counted {
                Some(share) => share.at(s, y),
                None => {
                    let node = time.node_of(process.tier, s);
                    time.mean_at(rated.availability, process.tier, node, y)
                }
            };
            if !available.is_finite() {
                continue; // nothing is said of this node
            }
            let slice = time.node(Tier::Slice, s.get());
            let most = full_load(model, process.capacity_to_activity, &slice, y) * available;
            let (part, node) = (rated.part, s.get());
            let key = Key { run: Run::Standby, process: p, part, node, year: y };
            let mut row = rows.begin::<Energy>(RowKey::CapacityAdequacy(key));
            for (m, mode) in process.modes_of(part) {
                if let Some(moved) = vars.run(Run::Standby, p, m, s, y) {
                    row += mode.capacity_use * moved;
                }
            }
            capacity.subtract(most, &mut row);
            row.at_most(capacity.given(most));
        }
    }
}
