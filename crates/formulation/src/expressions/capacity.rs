//! How much of a capacity is used, and how much energy it could make.

use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{Model, Node, NodeIx, ProcessIx, YearIx};

use crate::Variables;
use crate::row::LpRow;

/// Energy one unit of capacity makes when it runs through a node without pause.
pub fn full_load(
    model: &Model,
    capacity_to_activity: f64,
    node: &Node,
    year: YearIx,
) -> Per<Energy, Power> {
    Per::new(capacity_to_activity * model.time.node_share(node, year))
}

/// A process, and one of its parts where only the modes of that count.
pub type Users = (ProcessIx, Option<usize>);

/// Adds `Σ_m capacity_use[m] · activity[p,m,n,y]`.
pub fn capacity_used(
    model: &Model,
    vars: &Variables,
    users: Users,
    node: NodeIx,
    year: YearIx,
    row: &mut LpRow<'_, Energy>,
) {
    capacity_used_times(Per::<Energy, Energy>::new(1.0), model, vars, (users, node, year), row);
}

/// Adds `factor · Σ_m capacity_use[m] · activity[p,m,n,y]`.
pub fn capacity_used_times<U>(
    factor: Per<U, Energy>,
    model: &Model,
    vars: &Variables,
    ((p, part), node, year): (Users, NodeIx, YearIx),
    row: &mut LpRow<'_, U>,
) {
    for (m, mode) in model.processes[p].modes_of(part) {
        if let Some(activity) = vars.activity(p, m, node, year) {
            *row += (factor * mode.capacity_use) * activity;
        }
    }
}
