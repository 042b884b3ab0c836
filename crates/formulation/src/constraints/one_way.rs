#![doc = include_str!("one_way.md")]

use kzleap_model::units::{Energy, Per};

use crate::build::Rows;
use crate::expressions::full_load;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, one_way) in model.network.one_way.iter().enumerate() {
        let link = &model.links[one_way.link];
        let nodes = model.time.nodes(model.commodities[link.commodity].tier);
        for y in model.time.years.ixs() {
            for (n, node) in nodes.iter().enumerate() {
                let Some(forward) = vars.direction(at, n, y) else { continue };
                let full = full_load(model, link.capacity_to_activity, node, y).get();
                for direction in 0..2 {
                    let Some(flow) = vars.flow(one_way.link, direction, n, y) else { continue };
                    let available = model.time.node_mean(link.availability(direction), node, y);
                    let most = Per::<Energy, f64>::new(full * available * one_way.most);
                    let mut row = rows.begin::<Energy>(RowKey::OneWay(at, direction, n, y));
                    row += 1.0 * flow;
                    if direction == 0 {
                        // flow ≤ most · forward
                        row -= most * forward;
                        row.at_most(0.0);
                    } else {
                        // flow back ≤ most · (1 - forward)
                        row += most * forward;
                        row.at_most(most.get());
                    }
                }
            }
        }
    }
}
