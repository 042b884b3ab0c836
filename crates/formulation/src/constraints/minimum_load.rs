#![doc = include_str!("minimum_load.md")]

use kzleap_model::units::Energy;

use crate::build::Rows;
use crate::expressions::{capacity_used, full_load};
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (p, process) in model.processes.iter_ix() {
        let (Some(k), Some(minimum)) = (process.capacity, &process.minimum_load) else {
            continue;
        };
        let nodes = model.time.nodes(process.tier);
        for y in model.time.years.ixs() {
            let Some(capacity) = vars.capacity(k, y) else { continue };
            for (n, node) in nodes.iter().enumerate() {
                let least = full_load(model, process.capacity_to_activity, node, y)
                    * model.time.node_mean(minimum, node, y);
                let mut row = rows.begin::<Energy>(RowKey::MinimumLoad(p, n, y));
                capacity_used(model, vars, p, n, y, &mut row);

                // Σ_m capacity_use · activity ≥ minimum_load · full load · capacity
                row -= least * capacity;
                row.at_least(0.0);
            }
        }
    }
}
