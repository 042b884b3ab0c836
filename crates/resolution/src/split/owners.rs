//! Processes, storages and capacities of the parts.

use kzleap_model::{
    Capacity, CapacityIx, Growth, Investment, Ix, Model, OwnerShare, Process, ProcessIx, Set,
    Storage, StorageIx,
};

use super::parts::{Parts, Piece};

/// The new capacities, storages and processes, and what the old ones became.
pub(super) struct Owners {
    pub(super) capacities: Set<Capacity>,
    pub(super) storages: Set<Storage>,
    pub(super) processes: Set<Process>,
    pub(super) capacity: Copies<Capacity>,
    pub(super) process: Copies<Process>,
}

/// The copies of each old item, one for each part that has it, in the order of the parts.
pub(super) struct Copies<T>(Vec<Vec<Option<Ix<T>>>>);

impl<T> Copies<T> {
    fn new() -> Self {
        Self(Vec::new())
    }

    /// The copies of an item.
    pub(super) fn of(&self, old: Ix<T>) -> impl Iterator<Item = Ix<T>> + '_ {
        self.0[old.get()].iter().flatten().copied()
    }

    /// The copies of several items.
    pub(super) fn all(&self, old: &[Ix<T>]) -> Vec<Ix<T>> {
        old.iter().flat_map(|old| self.of(*old)).collect()
    }

    /// The copy of an item in the part at this place, if it has one.
    pub(super) fn at(&self, old: Ix<T>, place: usize) -> Option<Ix<T>> {
        self.0[old.get()][place]
    }
}

impl Owners {
    pub(super) fn new(model: &Model, parts: &Parts<'_>) -> Self {
        let mut owners = Self {
            capacities: Set::new(),
            storages: Set::new(),
            processes: Set::new(),
            capacity: Copies::new(),
            process: Copies::new(),
        };
        let of_links: Vec<CapacityIx> =
            model.links.iter().filter_map(|link| link.capacity).collect();
        for (old, capacity) in model.capacities.iter_ix() {
            let pieces = parts.of(capacity.region);
            let copies = pieces.iter().enumerate().map(|(place, piece)| {
                let copy = if of_links.contains(&old) {
                    let hub = Capacity { region: piece.region, ..capacity.clone() };
                    (place == 0).then_some(hub)
                } else {
                    in_part(capacity, piece)
                };
                copy.map(|copy| owners.capacities.push(copy))
            });
            owners.capacity.0.push(copies.collect());
        }
        let mut storage: Copies<Storage> = Copies::new();
        for (_, data) in model.storages.iter_ix() {
            let pieces = parts.of(data.region);
            let copies = pieces.iter().enumerate().map(|(place, piece)| {
                let capacity = owners.capacity.at(data.capacity, place)?;
                let copy = Storage { region: piece.region, capacity, ..data.clone() };
                Some(owners.storages.push(copy))
            });
            storage.0.push(copies.collect());
        }
        for (_, process) in model.processes.iter_ix() {
            let pieces = parts.of(process.region);
            let copies = pieces.iter().enumerate().map(|(place, piece)| {
                let copy = process_in(process, place, piece, (&owners.capacity, &storage))?;
                Some(owners.processes.push(copy))
            });
            owners.process.0.push(copies.collect());
        }
        owners
    }
}

/// A process in the part at this place, where the capacities and storages of it stand; `None` if
/// it can do nothing there.
fn process_in(
    process: &Process,
    place: usize,
    piece: &Piece<'_>,
    (capacities, storages): (&Copies<Capacity>, &Copies<Storage>),
) -> Option<Process> {
    let mut copy = Process { region: piece.region, ..process.clone() };
    match process.capacity {
        Some(capacity) => copy.capacity = Some(capacities.at(capacity, place)?),
        None if piece.owner(&process.name).limits <= 0.0 => return None,
        None => {}
    }
    let moved = |old: &(StorageIx, f64)| Some((storages.at(old.0, place)?, old.1));
    for mode in &mut copy.modes {
        for side in [&mut mode.charges, &mut mode.discharges] {
            *side = side.iter().map(moved).collect::<Option<_>>()?;
        }
    }
    Some(copy)
}

/// What a part has of a capacity; `None` if nothing stands there and nothing may be built, though
/// elsewhere in the region something does or may.
fn in_part(capacity: &Capacity, piece: &Piece<'_>) -> Option<Capacity> {
    let OwnerShare { limits, residual } = piece.owner(&capacity.name);
    let build = capacity.investment.as_ref().filter(|_| limits > 0.0);
    let copy = Capacity {
        region: piece.region,
        residual: shared(&capacity.residual, residual),
        investment: build.map(|investment| Investment {
            lower: shared(&investment.lower, limits),
            upper: shared(&investment.upper, limits),
            growth: investment
                .growth
                .map(|growth| Growth { seed: growth.seed * limits, ..growth }),
            ..investment.clone()
        }),
        lower: least(capacity, limits, residual),
        // where nothing is built, what stands needs no limit
        upper: if limits > 0.0 {
            shared(&capacity.upper, limits)
        } else {
            vec![f64::INFINITY; capacity.upper.len()]
        },
        ..capacity.clone()
    };
    (is_something(&copy) || !is_something(capacity)).then_some(copy)
}

/// The least capacity of a part, by year: as far as it asks for what stands, where that stands.
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

/// A share of one value, likewise.
pub(super) fn one(value: f64, share: f64) -> f64 {
    if share > 0.0 { value * share } else { 0.0 }
}

/// The copies of processes of which a limit speaks, each with the mode that counts.
pub(super) fn members(
    process: &Copies<Process>,
    old: &[(ProcessIx, Option<usize>)],
) -> Vec<(ProcessIx, Option<usize>)> {
    let copies = old.iter().flat_map(|(p, mode)| process.of(*p).map(move |new| (new, *mode)));
    copies.collect()
}
