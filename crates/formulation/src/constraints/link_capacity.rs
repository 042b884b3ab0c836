#![doc = include_str!("link_capacity.md")]

use kzleap_model::units::Energy;

use crate::build::Rows;
use crate::expressions::full_load;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (l, link) in model.links.iter_ix() {
        let Some(k) = link.capacity else { continue };
        let nodes = model.time.nodes(model.commodities[link.commodity].tier);
        for y in model.time.years.ixs() {
            let Some(capacity) = vars.capacity(k, y) else { continue };
            for direction in 0..2 {
                for (n, node) in nodes.iter().enumerate() {
                    let available = model.time.node_mean(link.availability(direction), node, y);
                    let Some(flow) = vars.flow(l, direction, n, y).filter(|_| available > 0.0)
                    else {
                        continue; // the column is fixed at zero
                    };
                    let most = full_load(model, link.capacity_to_activity, node, y) * available;
                    let key = RowKey::LinkCapacity(l, direction, n, y);
                    let mut row = rows.begin::<Energy>(key);

                    // flow ≤ availability · full load · capacity
                    row += 1.0 * flow;
                    row -= most * capacity;
                    row.at_most(0.0);
                }
            }
        }
    }
}
