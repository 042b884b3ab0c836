//! What is left of a commodity for end users.

use kzleap_model::units::Energy;
use kzleap_model::{Model, NodeIx, Tier, YearIx};

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
    for (flows, sign) in [(&balance.made, 1.0), (&balance.used, -1.0)] {
        for flow in flows {
            flow_times(sign, model, vars, flow, (tier, node, year), row);
        }
    }
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

/// Adds `factor` times what a mode makes or uses at a node of a tier.
pub fn flow_times(
    factor: f64,
    model: &Model,
    vars: &Variables,
    flow: &Flow<'_>,
    (tier, node, year): (Tier, NodeIx, YearIx),
    row: &mut LpRow<'_, Energy>,
) {
    let share = flow.share.as_ref().map_or(1.0, |share| share[year.get()]);
    if share == 0.0 {
        return;
    }
    let process_tier = model.processes[flow.process].tier;
    for inner in model.time.nodes_within(process_tier, tier, node) {
        if let Some(activity) = vars.activity(flow.process, flow.mode, inner, year) {
            let ratio = model.time.mean_at(flow.ratio, process_tier, inner, year);
            *row += (factor * share * ratio) * activity;
        }
    }
}
