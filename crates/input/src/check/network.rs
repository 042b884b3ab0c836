//! What leads from one commodity to another in a year: processes that can run and links that can
//! carry.

use std::collections::BTreeMap;

use kzleap_model::{CommodityIx, Mode, Model, RegionIx, Series, YearIx};

use super::reach::Reach;

/// A commodity in a region.
type At = (CommodityIx, RegionIx);

/// A mode of a process, or a way of a link: what it takes and what it gives, for one unit of activity.
struct Way {
    inputs: Vec<(At, f64)>,
    outputs: Vec<(At, f64)>,
}

/// All that can run or carry in a year.
pub(super) struct Network(Vec<Way>);

impl Network {
    pub(super) fn new(model: &Model, year: YearIx) -> Self {
        let years = &model.time.years;
        let stands = |capacity: Option<_>| {
            capacity.is_none_or(|k| model.capacities[k].possible(years, year))
        };
        let running = model.processes.iter().filter(|p| !p.is_storage() && stands(p.capacity));
        let mut ways: Vec<Way> = running
            .flat_map(|process| {
                process.modes.iter().map(|mode| way(model, mode, process.region, year))
            })
            .collect();
        for link in model.links.iter().filter(|link| stands(link.capacity)) {
            let (from, to) = ((link.commodity, link.from), (link.commodity, link.to));
            for (availability, from, to) in
                [(&link.availability, from, to), (&link.reverse_availability, to, from)]
            {
                if !availability.is_zero() {
                    // what is lost on the way only makes it less
                    ways.push(Way { inputs: vec![(from, 1.0)], outputs: vec![(to, 1.0)] });
                }
            }
        }
        Self(ways)
    }

    /// Adds all that can be had of what can be had.
    pub(super) fn spread(&self, reach: &mut Reach) {
        loop {
            let before = reach.len();
            for way in &self.0 {
                if way.is_fed(reach) {
                    reach.extend(way.outputs.iter().map(|(at, _)| *at));
                }
            }
            if reach.len() == before {
                return;
            }
        }
    }

    /// What can be had beyond that if a way is taken of which more comes back than it takes, as oil
    /// is lifted with the gas that comes with it; `None` if there is no such way.
    pub(super) fn feeds_itself(&self, reach: &Reach) -> Option<Reach> {
        self.0.iter().filter(|way| !way.is_fed(reach)).find_map(|way| {
            let mut more = reach.clone();
            more.extend(way.outputs.iter().map(|(at, _)| *at));
            self.spread(&mut more);
            if !way.is_fed(&more) {
                return None;
            }
            let back = self.made_of(way, &more);
            let lacking = way.inputs.iter().filter(|(at, _)| !reach.contains(at));
            let gains =
                |(at, taken): &(At, f64)| back.get(at).is_some_and(|given| given > taken);
            lacking.clone().all(gains).then_some(more)
        })
    }

    /// The most that can be made of what one way gives, of each commodity alone, where what else is
    /// needed can be had.
    fn made_of(&self, way: &Way, reach: &Reach) -> BTreeMap<At, f64> {
        let mut made: BTreeMap<At, f64> = way.outputs.iter().copied().collect();
        // what gains on every round grows without end: as many rounds as there are ways are enough
        for _ in 0..self.0.len() {
            let mut grows = false;
            for next in self.0.iter().filter(|next| next.is_fed(reach)) {
                for (from, taken) in next.inputs.iter().filter(|(_, taken)| *taken > 0.0) {
                    let Some(there) = made.get(from).copied() else { continue };
                    for (to, given) in &next.outputs {
                        let amount = there * given / taken;
                        if amount > made.get(to).copied().unwrap_or(0.0) {
                            made.insert(*to, amount);
                            grows = true;
                        }
                    }
                }
            }
            if !grows || made.values().any(|amount| *amount > ENOUGH) {
                break;
            }
        }
        made
    }
}

/// More than any way takes of what it gives.
const ENOUGH: f64 = 1e12;

impl Way {
    /// Whether all that it takes can be had.
    fn is_fed(&self, reach: &Reach) -> bool {
        self.inputs.iter().all(|(at, _)| reach.contains(at))
    }
}

fn way(model: &Model, mode: &Mode, region: RegionIx, year: YearIx) -> Way {
    let mean = |series: &Series| {
        let whole = model.time.nodes(kzleap_model::Tier::Annual).into_iter().next();
        whole.map_or(0.0, |whole| model.time.node_mean(series, &whole, year))
    };
    let of = |flows: &[(CommodityIx, Series)]| {
        flows.iter().map(|(c, ratio)| ((*c, region), mean(ratio))).collect()
    };
    Way { inputs: of(&mode.inputs), outputs: of(&mode.outputs) }
}
