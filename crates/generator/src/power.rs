//! A national model of electricity alone, in words that other tools share.

use kzleap_model::chronology::{Cycle, repeating};
use kzleap_model::{CommodityKind, Model};

use crate::national::SELF_DISCHARGE_PER_HOUR;
use crate::{Size, national};

/// [`national`] without what PyPSA's own components cannot say: no heat, no limit on growth, no
/// reserve, lines without losses and costs, storages that come back to where they were every day.
pub fn power(size: Size, seed: u64) -> Model {
    let mut model = national(size, seed);
    model.reserves = Default::default();
    let is_electricity = |c| model.commodities[c].kind == Some(CommodityKind::Electricity);
    model.demands.retain(|demand| is_electricity(demand.commodity));
    for p in model.processes.ixs() {
        model.processes[p].modes.retain(|mode| mode.name != "heat");
    }
    for k in model.capacities.ixs() {
        if let Some(investment) = &mut model.capacities[k].investment {
            investment.growth = None;
        }
    }
    for l in model.links.ixs() {
        let link = &mut model.links[l];
        link.loss = 0.0;
        link.variable_cost = kzleap_model::Series::Constant(0.0);
    }
    for s in model.storages.ixs() {
        model.storages[s].chronology =
            repeating(&model.time, Cycle::Day, SELF_DISCHARGE_PER_HOUR);
    }
    model
}
