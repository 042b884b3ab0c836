#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::Energy;
use kzleap_model::{Model, NodeIx, ProcessIx, SliceIx, Solution, YearIx, stated};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::{InService, capacity_used, full_load};
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides, owned_paths, process_text};

/// A process at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which process.
    pub process: ProcessIx,
    /// Of which of its parts, where it has any.
    pub part: Option<usize>,
    /// At which node of its tier.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { process, part, node, year } = *self;
        format!("minimum_load[{}]", names.process_at((process, part), node, year))
    }

    fn number(&self, formulation: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        let Self { process, node, year, .. } = *self;
        let varies = (formulation.model.processes[process].minimum_load.as_ref())
            .is_some_and(kzleap_model::Series::varies_by_slice);
        let kind = RuleKind::MinimumLoad(process, varies.then_some(node), year);
        Some((kind, Enters::Factor))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (p, process) in model.processes.iter_ix() {
        let Some(k) = process.capacity else { continue };
        let nodes = model.time.nodes(process.tier);
        for rated in process.rated() {
            let Some(minimum) = rated.minimum_load else { continue };
            for y in model.time.years.ixs() {
                let Some(capacity) = InService::new(model, vars, k, rated.of, y) else {
                    continue;
                };
                for (n, node) in nodes.iter().enumerate() {
                    let least = full_load(model, process.capacity_to_activity, node, y)
                        * model.time.node_mean(minimum, node, y);
                    let mut row = rows.begin::<Energy>(RowKey::MinimumLoad(Key {
                        process: p,
                        part: rated.part,
                        node: n,
                        year: y,
                    }));
                    capacity_used(model, vars, (p, rated.part), n, y, &mut row);

                    // Σ_m capacity_use · activity ≥ minimum_load · full load · capacity
                    capacity.subtract(least, &mut row);
                    row.at_least(capacity.given(least));
                }
            }
        }
    }
}

/// Least output, a share of capacity; by node where it differs between them.
pub(crate) fn facts(model: &Model, p: ProcessIx, node: Option<NodeIx>, y: YearIx) -> Facts {
    let process = &model.processes[p];
    let value = process.minimum_load.as_ref().map_or(0.0, |load| match node {
        None => load.at(SliceIx::new(0), y),
        Some(node) => model.time.mean_at(load, process.tier, node, y),
    });
    let when = node
        .map_or_else(String::new, |node| format!(" {}", Names(model).node(process.tier, node)));
    let year = model.time.years[y].milestone;
    Facts {
        word: "minimum_load",
        name: format!("minimum load of {}{when} {year}", process_text(model, p)),
        value: Sides::both(value),
        range: (0.0, f64::INFINITY),
        ratio: true,
        two_sides: false,
        building: false,
        unit: String::new(),
        region: Some(process.region),
        year: Some(y),
        paths: Sides::both(owned_paths(&process.name, stated::MINIMUM_LOAD)),
        parameter: Sides::both(None),
    }
}
