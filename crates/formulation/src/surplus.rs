//! What is made and not used, where it matters who made it.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_model::policy::{Sense, Share};
use kzleap_model::{Balance as Surplus, CommodityIx, Model, ProcessIx, RegionIx};

use crate::balances::{Balance, Flow};

/// A balance in which energy that a share rule counts may be thrown away.
pub(crate) struct Place<'b, 'm> {
    /// Position of the balance.
    pub(crate) balance: usize,
    /// Who of those that the rule holds down may have made what is thrown away there.
    pub(crate) others: Vec<&'b Flow<'m>>,
}

/// The balances in which waste matters to a rule; none if it counts what is made.
pub(crate) fn places<'b, 'm>(
    model: &Model,
    balances: &'b [Balance<'m>],
    rule: &Share,
) -> Vec<Place<'b, 'm>> {
    let Some(commodity) = counted_use(model, rule) else { return Vec::new() };
    let part: BTreeSet<ProcessIx> = rule.part.iter().map(|(p, ..)| *p).collect();
    let whole: BTreeSet<ProcessIx> = rule.whole.iter().map(|(p, _)| *p).collect();
    let homes: BTreeSet<RegionIx> = whole.iter().map(|p| model.processes[*p].region).collect();
    let held_down = |p: &ProcessIx| part.contains(p) != (rule.sense == Sense::AtLeast);
    let place = |(at, balance): (usize, &'b Balance<'m>)| Place {
        balance: at,
        others: (balance.made.iter())
            .filter(|flow| whole.contains(&flow.process) && held_down(&flow.process))
            .collect(),
    };
    (balances.iter().enumerate())
        .filter(|(_, balance)| balance.commodity == commodity)
        .filter(|(_, balance)| homes.contains(&balance.region))
        .map(place)
        .collect()
}

/// The commodity of which a rule counts what is used, if some may be left over.
fn counted_use(model: &Model, rule: &Share) -> Option<CommodityIx> {
    let (_, commodity) = rule.whole.first()?;
    let speaks = model.time.years.ixs().any(|y| rule.of_use(y).is_some());
    let exact = model.commodities[*commodity].balance == Surplus::Exact;
    (speaks && !exact).then_some(*commodity)
}

/// For each balance in which it matters who made what is thrown away, who may have done so;
/// `None` for all others.
///
/// It matters for what a share rule counts, and where links may bring what must be used
/// ([`kzleap_model::Mode::to_be_used`]). What comes out of a storage or over a link nobody has made
/// there, so it is not thrown away.
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
    for rule in model.shares.iter() {
        let Some(commodity) = counted_use(model, rule) else { continue };
        let regions = rule.whole.iter().map(|(p, _)| model.processes[*p].region);
        homes.entry(commodity).or_default().extend(regions);
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

/// Whether it may cost something to have too much of a commodity: it must all be used, or what is
/// left over counts against somebody.
pub(crate) fn may_cost(model: &Model, commodity: CommodityIx) -> bool {
    let mut modes = model.processes.iter().flat_map(|process| &process.modes);
    model.commodities[commodity].balance == Surplus::Exact
        || model.shares.iter().any(|rule| counted_use(model, rule) == Some(commodity))
        || modes.any(|mode| mode.to_be_used.contains(&commodity))
}
