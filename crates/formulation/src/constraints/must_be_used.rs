#![doc = include_str!("must_be_used.md")]

use kzleap_model::units::Energy;

use crate::build::Rows;
use crate::expressions::flow_times;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, wasters) in rows.wasters.iter().enumerate() {
        let Some(wasters) = wasters else { continue };
        let (region, commodity) = (rows.balances[at].region, rows.balances[at].commodity);
        let tier = model.commodities[commodity].tier;
        for y in model.time.years.ixs() {
            for n in 0..model.time.node_count(tier) {
                let Some(surplus) = vars.surplus(at, n, y) else { continue };
                let mut row = rows.begin::<Energy>(RowKey::MustBeUsed(region, commodity, n, y));
                row += 1.0 * surplus;
                for flow in wasters {
                    flow_times(-1.0, model, vars, flow, (tier, n, y), &mut row);
                }

                // surplus ≤ Σ made by those who may throw it away
                row.at_most(0.0);
            }
        }
    }
}
