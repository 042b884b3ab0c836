//! What is left of a commodity for end users.

use kzleap_model::units::Energy;
use kzleap_model::{Model, NodeIx, YearIx};

use crate::Variables;
use crate::balances::{Balance, Flow};
use crate::row::LpRow;

/// Adds `Σ made - Σ used + Σ arriving · (1 - loss) - Σ leaving` at a node of the commodity's tier.
pub fn net_supply(
    model: &Model,
    vars: &Variables,
    balance: &Balance<'_>,
    node: NodeIx,
    year: YearIx,
    row: &mut LpRow<'_, Energy>,
) {
    let tier = model.commodities[balance.commodity].tier;
    let time = &model.time;
    let mut add = |flows: &[Flow<'_>], sign: f64| {
        for flow in flows {
            let share = flow.share.as_ref().map_or(1.0, |share| share[year.get()]);
            if share == 0.0 {
                continue;
            }
            let process_tier = model.processes[flow.process].tier;
            for inner in time.nodes_within(process_tier, tier, node) {
                if let Some(activity) = vars.activity(flow.process, flow.mode, inner, year) {
                    let ratio = time.mean_at(flow.ratio, process_tier, inner, year);
                    *row += (sign * share * ratio) * activity;
                }
            }
        }
    };
    add(&balance.made, 1.0);
    add(&balance.used, -1.0);
    for (link, direction) in &balance.arriving {
        if let Some(flow) = vars.flow(*link, *direction, node, year) {
            *row += (1.0 - model.links[*link].loss) * flow;
        }
    }
    for (link, direction) in &balance.leaving {
        if let Some(flow) = vars.flow(*link, *direction, node, year) {
            *row -= 1.0 * flow;
        }
    }
}
