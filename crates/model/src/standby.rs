//! What is run a second time, for the reserves that follow the load.
//!
//! Storages whose credit is not given are, and plants whose fuel must be delivered as it is burned,
//! with all that delivers it. Where a fuel is in store, or can be had without limit, nothing is asked
//! of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::policy::{ActivityWindow, ReserveRequirement};
use crate::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use crate::{
    CapacityIx, CommodityIx, LinkIx, Model, Process, ProcessIx, RegionIx, Series, SliceIx,
    StorageIx, YearIx,
};

/// A commodity in a region.
type Place = (RegionIx, CommodityIx);

/// What is on standby for reserves that follow the load.
#[derive(Clone, Debug, Default)]
pub struct Standby {
    /// Processes that stand by: storages, plants by their fuel, and what delivers it.
    pub processes: BTreeSet<ProcessIx>,
    /// Their capacities.
    pub capacities: BTreeSet<CapacityIx>,
    /// Links that deliver fuel.
    pub links: BTreeSet<LinkIx>,
    /// Fuels that must be delivered as they are burned, and whose delivery has a limit.
    pub fuels: BTreeSet<Place>,
    /// Of a plant that a reserve counts, the share of its capacity that counts at most.
    pub counted: BTreeMap<ProcessIx, Series>,
}

impl Standby {
    /// What is on standby in a model.
    pub fn new(model: &Model) -> Self {
        let mut found = Self::default();
        let follows = |requirement| matches!(requirement, &ReserveRequirement::Load { .. });
        if !model.reserves.iter().any(|reserve| follows(&reserve.requirement)) {
            return found;
        }
        let supply = Supply::new(model);
        let mut open: Vec<ProcessIx> = Vec::new();
        for reserve in model.reserves.iter() {
            let ReserveRequirement::Load { load, available, storages, .. } =
                &reserve.requirement
            else {
                continue;
            };
            open.extend(storages);
            let credited = (reserve.members.iter())
                .map(|(k, credit)| (*k, Series::ByYear(credit.clone())));
            let shares: BTreeMap<CapacityIx, Series> =
                credited.chain(available.iter().cloned()).collect();
            for (p, process) in model.processes.iter_ix() {
                let share = process.capacity.and_then(|k| shares.get(&k));
                let most = process.most_output(load.commodity);
                let Some(share) = share.filter(|_| {
                    most > 0.0
                        && load.regions.contains(&process.region)
                        && !process.is_storage()
                        && supply.must_be_delivered(p)
                }) else {
                    continue;
                };
                let gigawatts =
                    most * process.capacity_to_activity / (PJ_PER_GWH * HOURS_PER_YEAR);
                found.counted.insert(p, share.map(|counted| counted / gigawatts));
                open.push(p);
            }
        }
        while let Some(p) = open.pop() {
            if found.processes.insert(p) {
                found.capacities.extend(model.processes[p].capacity);
                let home = supply.home(p);
                let inputs = model.processes[p].modes.iter().flat_map(|mode| &mode.inputs);
                inputs.for_each(|(c, _)| found.need((home, *c), &supply, &mut open));
            }
        }
        found
    }

    /// The storages that its processes fill and empty.
    pub fn storages(&self, model: &Model) -> BTreeSet<StorageIx> {
        let modes = self.processes.iter().flat_map(|p| &model.processes[*p].modes);
        modes
            .flat_map(|mode| mode.charges.iter().chain(&mode.discharges))
            .map(|(storage, _)| *storage)
            .collect()
    }

    /// What a process that is on standby brings of the commodity of a reserve in a mode, less what it
    /// takes, for one unit of activity. What has no capacity is not firm: it only takes.
    pub fn given(process: &Process, mode: usize, c: CommodityIx, s: SliceIx, y: YearIx) -> f64 {
        let mode = &process.modes[mode];
        let sum = |flows: &[(CommodityIx, Series)]| -> f64 {
            let of = flows.iter().filter(|(of, _)| *of == c);
            of.map(|(_, ratio)| ratio.at(s, y)).sum()
        };
        let made = if process.capacity.is_some() { sum(&mode.outputs) } else { 0.0 };
        made - sum(&mode.inputs)
    }

    fn need(&mut self, place: Place, supply: &Supply<'_>, open: &mut Vec<ProcessIx>) {
        let mut places = vec![place];
        while let Some(place) = places.pop() {
            if supply.is_free(place)
                || supply.held.contains(&place)
                || !self.fuels.insert(place)
            {
                continue;
            }
            open.extend(supply.makers.get(&place).into_iter().flatten());
            for (l, from) in supply.arriving.get(&place).into_iter().flatten() {
                self.links.insert(*l);
                places.push((*from, place.1));
            }
        }
    }
}

/// Who brings what, and of what there is enough.
struct Supply<'m> {
    model: &'m Model,
    /// Of the loads of reserves.
    held: BTreeSet<Place>,
    makers: BTreeMap<Place, Vec<ProcessIx>>,
    /// Links that bring it, with the region they bring it from.
    arriving: BTreeMap<Place, Vec<(LinkIx, RegionIx)>>,
    /// What somebody without a limit brings.
    ample: BTreeSet<Place>,
}

impl<'m> Supply<'m> {
    fn new(model: &'m Model) -> Self {
        let mut supply = Self {
            model,
            held: BTreeSet::new(),
            makers: BTreeMap::new(),
            arriving: BTreeMap::new(),
            ample: BTreeSet::new(),
        };
        for reserve in model.reserves.iter() {
            if let ReserveRequirement::Load { load, .. } = &reserve.requirement {
                supply.held.extend(load.regions.iter().map(|r| (*r, load.commodity)));
            }
        }
        for (p, process) in model.processes.iter_ix() {
            let home = supply.home(p);
            for (c, _) in process.modes.iter().flat_map(|mode| &mode.outputs) {
                let makers = supply.makers.entry((home, *c)).or_default();
                if makers.last() != Some(&p) {
                    makers.push(p);
                }
            }
        }
        for (l, link) in model.links.iter_ix() {
            for (direction, (from, to)) in
                [(link.from, link.to), (link.to, link.from)].into_iter().enumerate()
            {
                if !link.availability(direction).is_zero() {
                    let arriving = supply.arriving.entry((to, link.commodity)).or_default();
                    arriving.push((l, from));
                }
            }
        }
        let limited = limited(model);
        while supply.widen(&limited) {}
        supply
    }

    /// Adds what follows to be ample; whether anything did.
    fn widen(&mut self, limited: &BTreeSet<(ProcessIx, usize)>) -> bool {
        let before = self.ample.len();
        for (p, process) in self.model.processes.iter_ix() {
            if process.capacity.is_some() {
                continue;
            }
            let home = self.home(p);
            for (m, mode) in process.modes.iter().enumerate() {
                let of_storage = !mode.discharges.is_empty();
                let free = mode.inputs.iter().all(|(c, _)| self.is_free((home, *c)));
                if free && !of_storage && !limited.contains(&(p, m)) {
                    self.ample.extend(mode.outputs.iter().map(|(c, _)| (home, *c)));
                }
            }
        }
        let mut brought = Vec::new();
        for ((to, c), links) in &self.arriving {
            let free = |(l, from): &(LinkIx, RegionIx)| {
                self.model.links[*l].capacity.is_none() && self.is_free((*from, *c))
            };
            brought.extend(links.iter().any(free).then_some((*to, *c)));
        }
        self.ample.extend(brought);
        self.ample.len() > before
    }

    fn home(&self, p: ProcessIx) -> RegionIx {
        self.model.network.home(self.model.processes[p].region)
    }

    /// Whether nothing need be asked of its delivery.
    fn is_free(&self, place: Place) -> bool {
        let in_store = !self.model.commodities[place.1].is_delivered();
        !self.held.contains(&place) && (in_store || self.ample.contains(&place))
    }

    fn must_be_delivered(&self, p: ProcessIx) -> bool {
        let home = self.home(p);
        let mut inputs = self.model.processes[p].modes.iter().flat_map(|mode| &mode.inputs);
        inputs.any(|(c, _)| !self.is_free((home, *c)))
    }
}

/// Modes that bring what must be delivered as it is burned, and have a limit of the year.
fn limited(model: &Model) -> BTreeSet<(ProcessIx, usize)> {
    let mut found = BTreeSet::new();
    for limit in &model.activity_limits {
        let ActivityWindow::EachYear { upper, .. } = &limit.window else { continue };
        if upper.iter().all(|most| most.is_infinite()) {
            continue;
        }
        for (p, only) in &limit.processes {
            for (m, mode) in model.processes[*p].modes.iter().enumerate() {
                let mut outputs = mode.outputs.iter();
                let in_time = outputs.any(|(c, _)| model.commodities[*c].just_in_time);
                if in_time && only.is_none_or(|only| only == m) {
                    found.insert((*p, m));
                }
            }
        }
    }
    found
}
