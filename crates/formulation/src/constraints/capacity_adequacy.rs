#![doc = include_str!("capacity_adequacy.md")]

use kzleap_model::units::Energy;

use crate::build::Rows;
use crate::expressions::{capacity_used, full_load};
use crate::keys::RowKey;

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
                let mut row = rows.begin::<Energy>(RowKey::CapacityAdequacy(p, n, y));
                capacity_used(model, vars, p, n, y, &mut row);

                // Σ_m capacity_use · activity ≤ availability · full load · capacity
                row -= most * capacity;
                row.at_most(0.0);
            }
        }
    }
}
