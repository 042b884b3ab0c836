//! Processes, storages and capacities: what belongs together, and what becomes one.

use std::collections::BTreeMap;

use kzleap_model::{
    Balance, Capacity, CapacityIx, Field, Fields, Ix, LinkIx, Model, Process, ProcessIx,
    RegionIx, Retrofit, Set, Storage, StorageIx,
};

use super::joining::{Joining, NewPlaces};
use super::places::Places;
use super::rules::{Role, Rules};

/// The capacities, storages and processes that are left, still said of the old ones, and what became
/// of these.
pub(super) struct Owners {
    pub(super) capacities: Set<Capacity>,
    pub(super) storages: Set<Storage>,
    pub(super) processes: Set<Process>,
    pub(super) capacity: NewPlaces<Capacity>,
    pub(super) storage: NewPlaces<Storage>,
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
    retrofits: Vec<Retrofit>,
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
        for (_, link) in model.links.iter_ix().filter(|(l, _)| !stays(model, places, rules, *l))
        {
            link.capacity.into_iter().for_each(|k| capacities.leave_out(k));
        }
        let (capacities, capacity) = capacities.apply(model, places, &model.capacities);
        let (storages, storage) = storages.apply(model, places, &model.storages);
        let (processes, process) = processes.apply(model, places, &model.processes);
        Self { capacities, storages, processes, capacity, storage, process }
    }
}

/// Whether a link is still there: it leads out of its region, or its capacity, its flow, its losses or
/// its emissions count.
pub(super) fn stays(model: &Model, places: &Places, rules: &Rules, l: LinkIx) -> bool {
    let link = &model.links[l];
    let within = places.of(link.from) == places.of(link.to);
    let uses_up =
        link.loss > 0.0 && model.commodities[link.commodity].balance == Balance::Exact;
    let counts = link.capacity.is_some_and(|k| !rules.capacities[k.get()].is_empty());
    !within || uses_up || counts || !link.emissions.is_empty() || rules.links.contains(&l)
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
    for retrofit in &model.retrofits {
        tie(retrofit.from.get(), retrofit.to.get());
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
    let mut blur = |field: Field<'_>| match field {
        Field::Region(region) => *region = places.of(*region),
        Field::Capacity(k) => *k = position(&bundle.capacities, *k),
        Field::Storage(z) => *z = position(&bundle.storages, *z),
        other => other.size().into_iter().for_each(|size| size.fill(0.0)),
    };
    let mut capacities: Vec<_> =
        bundle.capacities.iter().map(|k| model.capacities[*k].clone()).collect();
    capacities.fields(&mut blur);
    let mut storages: Vec<_> =
        bundle.storages.iter().map(|z| model.storages[*z].clone()).collect();
    storages.fields(&mut blur);
    let mut processes: Vec<_> =
        bundle.processes.iter().map(|p| model.processes[*p].clone()).collect();
    processes.fields(&mut blur);
    let within = |of: &&Retrofit| bundle.capacities.contains(&of.from);
    let mut retrofits: Vec<_> = model.retrofits.iter().filter(within).cloned().collect();
    retrofits.fields(&mut blur);
    let roles = bundle.capacities.iter().map(|k| rules.capacities[k.get()].clone());
    let of_processes = bundle.processes.iter().map(|p| rules.processes[p.get()].clone());
    let roles = roles.chain(of_processes).collect();
    Likeness { capacities, storages, processes, retrofits, roles }
}

fn position<T>(all: &[Ix<T>], one: Ix<T>) -> Ix<T> {
    all.iter().position(|other| *other == one).map_or(one, Ix::new)
}

impl Likeness {
    /// Where it is and what it is called: only the same can be alike.
    fn key(&self) -> (RegionIx, String) {
        let process = self.processes.first().map(|process| (process.region, &process.name));
        let capacity =
            self.capacities.first().map(|capacity| (capacity.region, &capacity.name));
        let storage = self.storages.first().map(|storage| (storage.region, &storage.name));
        let (region, name) = process.or(capacity).or(storage).unzip();
        (region.unwrap_or_else(|| Ix::new(0)), name.cloned().unwrap_or_default())
    }
}

/// Whether what is in service already dwindles alike, where it may also be retired early.
///
/// A plan retires shares of existing capacity: of two that dwindle each in its own way the sum has
/// no such share.
fn retire_alike(model: &Model, class: &[Bundle], bundle: &Bundle) -> bool {
    bundle.capacities.iter().enumerate().all(|(at, k)| {
        let new = &model.capacities[*k];
        let leaves_early =
            new.early_retirement || model.retrofits.iter().any(|of| of.from == *k);
        !leaves_early
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
