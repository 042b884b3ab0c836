//! What is made and not used, where it matters who made it.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_model::policy::{Counted, Sense, Share};
use kzleap_model::{Balance as Surplus, CommodityIx, Model, ProcessIx, RegionIx};

use crate::balances::{Balance, Flow};

/// A balance in which energy that a share rule counts may be thrown away.
pub(crate) struct Place<'b, 'm> {
    /// Position of the balance.
    pub(crate) balance: usize,
    /// Whether what is made there counts in the rule; else the balance is one that links reach
    /// from where it does.
    pub(crate) counts: bool,
    /// Who may have made what is thrown away there: the processes the rule holds down, and all
    /// that it does not speak of.
    pub(crate) others: Vec<&'b Flow<'m>>,
}

/// The balances in which waste matters to a rule; none if it counts what is made.
pub(crate) fn places<'b, 'm>(
    model: &Model,
    balances: &'b [Balance<'m>],
    rule: &Share,
) -> Vec<Place<'b, 'm>> {
    let Some((_, commodity)) = rule.whole.first().filter(|_| rule.counts == Counted::Used)
    else {
        return Vec::new();
    };
    if model.commodities[*commodity].balance == Surplus::Exact {
        return Vec::new();
    }
    let part: BTreeSet<ProcessIx> = rule.part.iter().map(|(p, ..)| *p).collect();
    let whole: BTreeSet<ProcessIx> = rule.whole.iter().map(|(p, _)| *p).collect();
    let homes: BTreeSet<RegionIx> = whole.iter().map(|p| model.processes[*p].region).collect();
    let reached = reached(model, *commodity, homes.clone());
    let held_down = |p: &ProcessIx| part.contains(p) != (rule.sense == Sense::AtLeast);
    let place = |(at, balance): (usize, &'b Balance<'m>)| Place {
        balance: at,
        counts: homes.contains(&balance.region),
        others: (balance.made.iter())
            .filter(|flow| !model.processes[flow.process].is_storage())
            .filter(|flow| !whole.contains(&flow.process) || held_down(&flow.process))
            .collect(),
    };
    (balances.iter().enumerate())
        .filter(|(_, balance)| balance.commodity == *commodity)
        .filter(|(_, balance)| reached.contains(&balance.region))
        .map(place)
        .collect()
}

/// For each balance in which something may not be thrown away ([`kzleap_model::Mode::to_be_used`]),
/// who may have made what is; `None` for all others.
pub(crate) fn free_to_waste<'b, 'm>(
    model: &Model,
    balances: &'b [Balance<'m>],
) -> Vec<Option<Vec<&'b Flow<'m>>>> {
    let mut homes: BTreeMap<CommodityIx, BTreeSet<RegionIx>> = BTreeMap::new();
    for process in model.processes.iter() {
        for commodity in process.modes.iter().flat_map(|mode| &mode.to_be_used) {
            homes.entry(*commodity).or_default().insert(process.region);
        }
    }
    for (commodity, homes) in &mut homes {
        *homes = reached(model, *commodity, std::mem::take(homes));
    }
    let is_free = |flow: &&Flow<'_>, commodity: CommodityIx| {
        let process = &model.processes[flow.process];
        !process.is_storage() && !process.modes[flow.mode].to_be_used.contains(&commodity)
    };
    (balances.iter())
        .map(|balance| {
            let asked = homes.get(&balance.commodity)?.contains(&balance.region)
                && model.commodities[balance.commodity].balance == Surplus::Surplus;
            let free = balance.made.iter().filter(|flow| is_free(flow, balance.commodity));
            asked.then(|| free.collect())
        })
        .collect()
}

/// Regions between which links can bring a commodity, over others too, from some regions.
fn reached(
    model: &Model,
    commodity: CommodityIx,
    mut reached: BTreeSet<RegionIx>,
) -> BTreeSet<RegionIx> {
    let links = || model.links.iter().filter(|link| link.commodity == commodity);
    loop {
        let before = reached.len();
        for link in links() {
            if reached.contains(&link.from) || reached.contains(&link.to) {
                reached.extend([link.from, link.to]);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}
