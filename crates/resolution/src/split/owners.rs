//! Processes, storages and capacities of the parts, and what becomes of all that names them.

use std::collections::BTreeMap;

use kzleap_model::{
    Capacity, CapacityIx, CommodityIx, Field, Fields, Ix, Model, OwnerShare, Process, Set,
    Storage,
};

use super::parts::{Parts, Piece};

/// The new capacities, storages and processes.
pub(super) struct Owners {
    pub(super) capacities: Set<Capacity>,
    pub(super) storages: Set<Storage>,
    pub(super) processes: Set<Process>,
}

/// The copies of each old item, one for each part that has it, in the order of the parts.
pub(super) struct Copies<T>(Vec<Vec<Option<Ix<T>>>>);

impl<T> Copies<T> {
    const fn new() -> Self {
        Self(Vec::new())
    }

    /// The copies of an item.
    fn of(&self, old: Ix<T>) -> Vec<Ix<T>> {
        self.0[old.get()].iter().flatten().copied().collect()
    }

    /// The copy of an item in the part at this place, if it has one.
    fn at(&self, old: Ix<T>, place: usize) -> Option<Ix<T>> {
        self.0[old.get()][place]
    }
}

/// All of something.
pub(super) const WHOLE: OwnerShare = OwnerShare { limits: 1.0, residual: 1.0 };

/// Where an item, or a rule, is said again.
#[derive(Clone, Copy)]
pub(super) enum Said {
    /// Of the part at this place alone, with its share in sizes.
    InPart(usize, OwnerShare),
    /// Of all parts, with its sizes as they are; what is in one place is in the hub.
    OfAll,
    /// Likewise; values by region are those of a commodity.
    OfAllIn(CommodityIx),
}

/// What the old regions and all that is in them become.
pub(super) struct Became<'p, 's> {
    parts: &'p Parts<'s>,
    capacity: Copies<Capacity>,
    storage: Copies<Storage>,
    process: Copies<Process>,
    /// Positions of the new subsidies.
    pub(super) subsidy: Vec<Vec<usize>>,
}

impl Became<'_, '_> {
    /// An item in the part at this place; `None` if something it is tied to is not there.
    pub(super) fn in_part<T: Fields + Clone>(
        &self,
        item: &T,
        place: usize,
        share: OwnerShare,
    ) -> Option<T> {
        let mut copy = item.clone();
        let mut there = true;
        copy.fields(&mut |field| there &= self.change(Said::InPart(place, share), field));
        there.then_some(copy)
    }

    /// What becomes of a field; whether what it names is there.
    pub(super) fn change(&self, said: Said, field: Field<'_>) -> bool {
        let place = match said {
            Said::InPart(place, _) => place,
            Said::OfAll | Said::OfAllIn(_) => 0,
        };
        match field {
            Field::Region(region) => *region = self.parts.of(*region)[place].region,
            Field::Capacity(k) => match self.capacity.at(*k, place) {
                Some(copy) => *k = copy,
                None => return false,
            },
            Field::Storage(z) => match self.storage.at(*z, place) {
                Some(copy) => *z = copy,
                None => return false,
            },
            Field::Regions(members) => {
                members
                    .change(&|old| self.parts.of(old).iter().map(|new| new.region).collect());
            }
            Field::Capacities(members) => members.change(&|k| match said {
                Said::InPart(place, _) => self.capacity.at(k, place).into_iter().collect(),
                Said::OfAll | Said::OfAllIn(_) => self.capacity.of(k),
            }),
            Field::Processes(members) => members.change(&|p| match said {
                Said::InPart(place, _) => self.process.at(p, place).into_iter().collect(),
                Said::OfAll | Said::OfAllIn(_) => self.process.of(p),
            }),
            Field::Subsidies(members) => {
                *members = members.iter().flat_map(|old| self.subsidy[*old].clone()).collect();
            }
            Field::SizeOfHorizon(value) => {
                if let Said::InPart(_, share) = said {
                    share_out(std::slice::from_mut(value), share.limits);
                }
            }
            Field::Size(values) => {
                if let Said::InPart(_, share) = said {
                    share_out(values, share.limits);
                }
            }
            Field::Standing(values) => {
                if let Said::InPart(_, share) = said {
                    share_out(values, share.residual);
                }
            }
            Field::Sizes(values) => {
                let share = |piece: &Piece<'_>| match said {
                    Said::OfAllIn(commodity) => piece.demand(commodity),
                    Said::OfAll | Said::InPart(..) => piece.share(),
                };
                let each = std::mem::take(values);
                for (region, whole) in &each {
                    for piece in self.parts.of(*region).iter().filter(|p| share(p) > 0.0) {
                        values.push((piece.region, shared(whole, share(piece))));
                    }
                }
            }
            Field::Rates(values) => {
                let each = std::mem::take(values);
                for (region, rate) in &each {
                    let pieces = self.parts.of(*region).iter();
                    values.extend(pieces.map(|piece| (piece.region, rate.clone())));
                }
            }
            Field::RateOfRegions(rates) => {
                *rates = self.parts.origins().map(|old| rates[old]).collect();
            }
            Field::Link(_) | Field::Links(_) => {} // links keep their positions
            // nothing to do with regions
            Field::Mean(_)
            | Field::PartOfYear(_)
            | Field::Chronology(_)
            | Field::Rate(_)
            | Field::Rule(_) => {}
        }
        true
    }
}

/// Copies everything that exists into the parts.
pub(super) fn copy<'p, 's>(model: &Model, parts: &'p Parts<'s>) -> (Owners, Became<'p, 's>) {
    let mut owners =
        Owners { capacities: Set::new(), storages: Set::new(), processes: Set::new() };
    let (capacity, storage, process) = (Copies::new(), Copies::new(), Copies::new());
    let mut became = Became { parts, capacity, storage, process, subsidy: Vec::new() };
    // load that may be shifted is where the demand is
    let shifted: BTreeMap<CapacityIx, CommodityIx> = (model.demands.iter())
        .flat_map(|demand| demand.shift.iter().map(|p| (*p, demand.commodity)))
        .filter_map(|(p, commodity)| Some((model.processes[p].capacity?, commodity)))
        .collect();
    let of_links: Vec<CapacityIx> =
        model.links.iter().filter_map(|link| link.capacity).collect();
    for (old, capacity) in model.capacities.iter_ix() {
        let pieces = parts.of(capacity.region).iter().enumerate();
        let copies = pieces.map(|(place, piece)| {
            let copy = if of_links.contains(&old) {
                became.in_part(capacity, place, WHOLE).filter(|_| place == 0)
            } else {
                let share = match shifted.get(&old) {
                    Some(commodity) => {
                        let demand = piece.demand(*commodity);
                        OwnerShare { limits: demand, residual: demand }
                    }
                    None => piece.owner(&capacity.name),
                };
                capacity_in(capacity, &became, place, share)
            };
            copy.map(|copy| owners.capacities.push(copy))
        });
        let copies = copies.collect();
        became.capacity.0.push(copies);
    }
    for storage in &model.storages {
        let copies = (0..parts.of(storage.region).len()).map(|place| {
            let copy = became.in_part(storage, place, WHOLE)?;
            Some(owners.storages.push(copy))
        });
        let copies = copies.collect();
        became.storage.0.push(copies);
    }
    for process in &model.processes {
        let pieces = parts.of(process.region).iter().enumerate();
        let copies = pieces.map(|(place, piece)| {
            let share = piece.owner(&process.name);
            // one without capacity can do nothing where it has no share
            let idle = process.capacity.is_none() && share.limits <= 0.0;
            let copy = became.in_part(process, place, share).filter(|_| !idle)?;
            Some(owners.processes.push(copy))
        });
        let copies = copies.collect();
        became.process.0.push(copies);
    }
    (owners, became)
}

/// What a part has of a capacity; `None` if nothing is there and nothing may be built, though
/// elsewhere in the region something does or may.
fn capacity_in(
    capacity: &Capacity,
    became: &Became<'_, '_>,
    place: usize,
    share: OwnerShare,
) -> Option<Capacity> {
    let mut copy = became.in_part(capacity, place, share)?;
    copy.lower = least(capacity, share.limits, share.residual);
    if share.limits <= 0.0 {
        // where nothing is built, what exists needs no limit
        copy.investment = None;
        copy.upper.fill(f64::INFINITY);
    }
    (is_something(&copy) || !is_something(capacity)).then_some(copy)
}

/// The least capacity of a part, by year: as far as it asks for what exists, where that is.
fn least(capacity: &Capacity, limits: f64, residual: f64) -> Vec<f64> {
    let of_year = |(lower, standing): (&f64, &f64)| {
        let kept = lower.min(*standing);
        one(kept, residual) + one(lower - kept, limits)
    };
    capacity.lower.iter().zip(&capacity.residual).map(of_year).collect()
}

fn is_something(capacity: &Capacity) -> bool {
    let any = |values: &[f64]| values.iter().any(|value| *value > 0.0);
    let build = capacity.investment.as_ref().is_some_and(|build| any(&build.upper));
    build || any(&capacity.residual) || any(&capacity.lower)
}

/// A share of values: any share of no limit is no limit, but no share of it is nothing.
pub(super) fn shared(values: &[f64], share: f64) -> Vec<f64> {
    values.iter().map(|value| one(*value, share)).collect()
}

/// Likewise, in place.
fn share_out(values: &mut [f64], share: f64) {
    values.iter_mut().for_each(|value| *value = one(*value, share));
}

/// A share of one value, likewise.
pub(super) fn one(value: f64, share: f64) -> f64 {
    if share > 0.0 { value * share } else { 0.0 }
}
