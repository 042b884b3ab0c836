//! Energy a process makes, or uses, in a mode: PJ a year.

use kzleap_lp::Bounds;
use kzleap_model::units::Energy;
use kzleap_model::{Model, Node, NodeIx, ProcessIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::expressions::InService;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A mode of a process at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which process.
    pub process: ProcessIx,
    /// Which of its modes.
    pub mode: usize,
    /// At which node of its tier.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { process, mode, node, year } = *self;
        let tier = names.0.processes[process].tier;
        format!(
            "activity[{},{},{}]",
            names.mode(process, mode),
            names.node(tier, node),
            names.year(year)
        )
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let Self { process, mode, node, year } = *self;
        solution.activity[process.get()][(mode, node, year.get())] = value;
    }
}

/// Running a process for one PJ in each year of the period, MUSD per PJ a year.
pub fn cost(model: &Model, p: ProcessIx, mode: usize, node: &Node, y: YearIx) -> f64 {
    let process = &model.processes[p];
    let cost = &process.modes[mode].variable_cost;
    model.running_cost_present_value(process.region, y, |y| model.time.node_mean(cost, node, y))
}

impl Variables {
    /// Activity of a process; `None` where it cannot run.
    pub fn activity(
        &self,
        process: ProcessIx,
        mode: usize,
        node: NodeIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        let modes = &self.activity[process.get()][year.get()];
        at(modes.get(mode).copied().flatten(), node)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for (p, process) in model.processes.iter_ix() {
        let nodes = model.time.nodes(process.tier);
        let mut by_year = Vec::new();
        for y in model.time.years.ixs() {
            let possible: Vec<bool> = (process.rated().iter())
                .map(|rated| {
                    let vars = &columns.vars;
                    let stands = |k| InService::new(model, vars, k, rated.of, y).is_some();
                    let unlimited =
                        |node| !model.time.node_mean(rated.availability, node, y).is_finite();
                    process.capacity.is_none_or(stands) || nodes.iter().any(unlimited)
                })
                .collect();
            let mut first_of_modes = Vec::new();
            for (mode, data) in process.modes.iter().enumerate() {
                let mut first = None;
                for (node, slices) in nodes.iter().enumerate().filter(|_| possible[data.part]) {
                    let key = ColumnKey::Activity(Key { process: p, mode, node, year: y });
                    let cost = cost(model, p, mode, slices, y);
                    let col = columns.add(key, cost, Bounds::NON_NEGATIVE);
                    first = first.or(Some(col));
                }
                first_of_modes.push(first);
            }
            by_year.push(first_of_modes);
        }
        columns.vars.activity.push(by_year);
    }
}
