//! Processes, storages and capacities: what belongs together, and what becomes one.

use std::collections::BTreeMap;

use kzleap_model::{
    Balance, Capacity, CapacityIx, Growth, Investment, Ix, Link, Model, Process, ProcessIx,
    RegionIx, Set, Storage, StorageIx,
};

use super::joining::{Joining, NewPlaces};
use super::places::Places;
use super::rules::{Role, Rules};

/// The new capacities, storages and processes, and what became of the old ones.
pub(super) struct Owners {
    pub(super) capacities: Set<Capacity>,
    pub(super) storages: Set<Storage>,
    pub(super) processes: Set<Process>,
    pub(super) capacity: NewPlaces<Capacity>,
    pub(super) process: NewPlaces<Process>,
}

/// What belongs together, such as a storage with its process and its two capacities.
#[derive(Clone, Debug, Default)]
struct Bundle {
    capacities: Vec<CapacityIx>,
    storages: Vec<StorageIx>,
    processes: Vec<ProcessIx>,
}

/// All that must be the same where things become one: everything but sizes and old regions.
#[derive(PartialEq)]
struct Likeness {
    capacities: Vec<Capacity>,
    storages: Vec<Storage>,
    processes: Vec<Process>,
    roles: Vec<Vec<Role>>,
}

/// Bundles that become one.
struct Class {
    likeness: Likeness,
    bundles: Vec<Bundle>,
}

impl Owners {
    pub(super) fn new(model: &Model, places: &Places, rules: &Rules) -> Self {
        let mut capacities = Joining::new(&model.capacities);
        let mut storages = Joining::new(&model.storages);
        let mut processes = Joining::new(&model.processes);
        for class in classes(model, places, rules) {
            let (first, others) = class.bundles.split_at(1);
            for (first, other) in first.iter().flat_map(|f| others.iter().map(move |o| (f, o)))
            {
                capacities.join(&first.capacities, &other.capacities);
                storages.join(&first.storages, &other.storages);
                processes.join(&first.processes, &other.processes);
            }
        }
        for link in model.links.iter().filter(|link| !stays(model, places, rules, link)) {
            link.capacity.into_iter().for_each(|k| capacities.leave_out(k));
        }
        let (capacities, capacity) = capacities.apply(model, places, &model.capacities);
        let (mut storages, storage) = storages.apply(model, places, &model.storages);
        let (mut processes, process) = processes.apply(model, places, &model.processes);
        for z in storages.ixs() {
            if let Some(k) = capacity.of(storages[z].capacity) {
                storages[z].capacity = k;
            }
        }
        for p in processes.ixs() {
            let data = &mut processes[p];
            data.capacity = data.capacity.and_then(|old| capacity.of(old));
            for mode in &mut data.modes {
                for (z, _) in mode.charges.iter_mut().chain(&mut mode.discharges) {
                    *z = storage.of(*z).unwrap_or(*z);
                }
            }
        }
        Self { capacities, storages, processes, capacity, process }
    }
}

/// Whether a link is still there: it leads out of its region, or its capacity or losses count.
pub(super) fn stays(model: &Model, places: &Places, rules: &Rules, link: &Link) -> bool {
    let within = places.of(link.from) == places.of(link.to);
    let uses_up =
        link.loss > 0.0 && model.commodities[link.commodity].balance == Balance::Exact;
    let counts = link.capacity.is_some_and(|k| !rules.capacities[k.get()].is_empty());
    !within || uses_up || counts
}

/// Bundles that are alike, in the order of the first of each.
fn classes(model: &Model, places: &Places, rules: &Rules) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let mut by_name: BTreeMap<(RegionIx, String), Vec<usize>> = BTreeMap::new();
    for bundle in bundles(model) {
        let likeness = likeness(model, places, rules, &bundle);
        let key = likeness.key();
        let same = by_name.entry(key).or_default();
        let found = same.iter().copied().find(|at| {
            let class = &classes[*at];
            class.likeness == likeness && retire_alike(model, &class.bundles, &bundle)
        });
        if let Some(at) = found {
            classes[at].bundles.push(bundle);
        } else {
            same.push(classes.len());
            classes.push(Class { likeness, bundles: vec![bundle] });
        }
    }
    classes
}

/// Everything connected by processes and storages; the capacities of links stand alone.
fn bundles(model: &Model) -> Vec<Bundle> {
    let (capacities, storages) = (model.capacities.len(), model.storages.len());
    let all = capacities + storages + model.processes.len();
    let mut group: Vec<usize> = (0..all).collect();
    let mut tie = |one: usize, other: usize| {
        let (from, to) = (group[one].max(group[other]), group[one].min(group[other]));
        group.iter_mut().filter(|at| **at == from).for_each(|at| *at = to);
    };
    for (z, storage) in model.storages.iter_ix() {
        tie(capacities + z.get(), storage.capacity.get());
    }
    for (p, process) in model.processes.iter_ix() {
        let own = capacities + storages + p.get();
        process.capacity.into_iter().for_each(|k| tie(own, k.get()));
        for (z, _) in process.modes.iter().flat_map(|m| m.charges.iter().chain(&m.discharges)) {
            tie(own, capacities + z.get());
        }
    }
    let mut bundles: BTreeMap<usize, Bundle> = BTreeMap::new();
    for (at, group) in group.into_iter().enumerate() {
        let bundle = bundles.entry(group).or_default();
        if at < capacities {
            bundle.capacities.push(Ix::new(at));
        } else if at < capacities + storages {
            bundle.storages.push(Ix::new(at - capacities));
        } else {
            bundle.processes.push(Ix::new(at - capacities - storages));
        }
    }
    bundles.into_values().collect()
}

fn likeness(model: &Model, places: &Places, rules: &Rules, bundle: &Bundle) -> Likeness {
    let capacity_within = |k: CapacityIx| position(&bundle.capacities, k);
    let storage_within = |z: StorageIx| position(&bundle.storages, z);
    let capacities = bundle.capacities.iter().map(|k| {
        let capacity = model.capacities[*k].clone();
        Capacity {
            region: places.of(capacity.region),
            residual: Vec::new(),
            lower: Vec::new(),
            upper: Vec::new(),
            investment: capacity.investment.map(|investment| Investment {
                lower: Vec::new(),
                upper: Vec::new(),
                growth: investment.growth.map(|growth| Growth { seed: 0.0, ..growth }),
                ..investment
            }),
            ..capacity
        }
    });
    let storages = bundle.storages.iter().map(|z| {
        let storage = model.storages[*z].clone();
        let capacity = capacity_within(storage.capacity);
        Storage { region: places.of(storage.region), capacity, ..storage }
    });
    let processes = bundle.processes.iter().map(|p| {
        let mut process = model.processes[*p].clone();
        process.region = places.of(process.region);
        process.capacity = process.capacity.map(capacity_within);
        for mode in &mut process.modes {
            for (z, _) in mode.charges.iter_mut().chain(&mut mode.discharges) {
                *z = storage_within(*z);
            }
        }
        process
    });
    let roles = bundle.capacities.iter().map(|k| rules.capacities[k.get()].clone());
    let of_processes = bundle.processes.iter().map(|p| rules.processes[p.get()].clone());
    Likeness {
        capacities: capacities.collect(),
        storages: storages.collect(),
        processes: processes.collect(),
        roles: roles.chain(of_processes).collect(),
    }
}

fn position<T>(all: &[Ix<T>], one: Ix<T>) -> Ix<T> {
    all.iter().position(|other| *other == one).map_or(one, Ix::new)
}

impl Likeness {
    /// Where it stands and what it is called: only the same can be alike.
    fn key(&self) -> (RegionIx, String) {
        let process = self.processes.first().map(|process| (process.region, &process.name));
        let capacity =
            self.capacities.first().map(|capacity| (capacity.region, &capacity.name));
        let storage = self.storages.first().map(|storage| (storage.region, &storage.name));
        let (region, name) = process.or(capacity).or(storage).unzip();
        (region.unwrap_or_else(|| Ix::new(0)), name.cloned().unwrap_or_default())
    }
}

/// Whether what stands already dwindles alike, where it may also be retired early.
///
/// A plan retires shares of what stands: of two that dwindle each in its own way the sum has no
/// such share.
fn retire_alike(model: &Model, class: &[Bundle], bundle: &Bundle) -> bool {
    bundle.capacities.iter().enumerate().all(|(at, k)| {
        let new = &model.capacities[*k];
        !new.early_retirement
            || class.iter().all(|other| {
                let other = &model.capacities[other.capacities[at]];
                proportional(&new.residual, &other.residual)
            })
    })
}

fn proportional(one: &[f64], other: &[f64]) -> bool {
    let (sum, sum_of_other): (f64, f64) = (one.iter().sum(), other.iter().sum());
    let size = sum * sum_of_other;
    one.iter().zip(other).all(|(a, b)| (a * sum_of_other - b * sum).abs() <= 1e-12 * size)
}
