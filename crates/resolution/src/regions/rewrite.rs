//! A model said again of its merged regions.

use kzleap_model::demand_tree::Driver;
use kzleap_model::policy::{Reserve, ReserveRequirement};
use kzleap_model::statistics::{Measured, Statistic};
use kzleap_model::{
    ByYear, Capacity, Field, Fields, Ix, Link, LinkIx, Model, Process, RegionIx, Set, Storage,
    Support,
};

use super::joining::NewPlaces;
use super::owners::{Owners, stays};
use super::places::Places;
use super::rules::{Rules, activity_limits};
use crate::sums::add_up;

/// The model with its new regions and what is in them.
pub(super) fn rewrite(model: &Model, places: &Places, rules: &Rules, owners: Owners) -> Model {
    let Owners { capacities, storages, processes, capacity, storage, process } = owners;
    let (links, link) = links(model, places, rules);
    let (support, subsidy) = support(model, &capacity);
    let became = Became { places, capacity, storage, process, link, subsidy };
    let mut merged = model.apart_from_what_stands();
    merged.capacities = capacities;
    merged.storages = storages;
    merged.processes = processes;
    merged.links = links;
    merged.network.lines.retain(|line| became.link[line.link.get()].is_some());
    merged.demands.clone_from(&model.demands);
    merged.activity_limits = activity_limits(model, |p| became.process.of(p).unwrap_or(p));
    merged.reserves = reserves(model, places, rules);
    merged.support = support;
    merged.statistics.retain(|statistic| is_told(model, statistic, &became));
    merged.demand_tree.drivers =
        model.demand_tree.drivers.iter().flat_map(|d| drivers(model, places, d)).collect();
    merged.demand_tree.branches.clone_from(&model.demand_tree.branches);
    merged.retrofits.clone_from(&model.retrofits);
    merged.fields(&mut |field| became.change(field));
    let all = std::mem::take(&mut merged.retrofits);
    for retrofit in all {
        if !merged.retrofits.contains(&retrofit) {
            merged.retrofits.push(retrofit);
        }
    }
    merged.regions = places.regions.clone();
    merged
}

/// What the old regions and all that is in them became.
struct Became<'p> {
    places: &'p Places,
    capacity: NewPlaces<Capacity>,
    storage: NewPlaces<Storage>,
    process: NewPlaces<Process>,
    link: Vec<Option<LinkIx>>,
    subsidy: Vec<Option<usize>>,
}

impl Became<'_> {
    /// What becomes of a field.
    fn change(&self, field: Field<'_>) {
        let place = |region: RegionIx| self.places.of(region);
        match field {
            Field::Region(region) => *region = place(*region),
            // they go only with what they are of
            Field::Capacity(k) => *k = self.capacity.of(*k).unwrap_or(*k),
            Field::Storage(z) => *z = self.storage.of(*z).unwrap_or(*z),
            Field::Link(l) => *l = self.link[l.get()].unwrap_or(*l),
            Field::Regions(members) => members.change(&|region| vec![place(region)]),
            Field::Capacities(members) => {
                members.change(&|k| self.capacity.of(k).into_iter().collect());
            }
            Field::Processes(members) => {
                members.change(&|p| self.process.of(p).into_iter().collect());
            }
            Field::Links(members) => {
                members.change(&|link| self.link[link.get()].into_iter().collect());
            }
            Field::Subsidies(members) => {
                let mut new: Vec<usize> = Vec::new();
                for subsidy in members.iter().filter_map(|old| self.subsidy[*old]) {
                    if !new.contains(&subsidy) {
                        new.push(subsidy);
                    }
                }
                *members = new;
            }
            Field::Sizes(values) => *values = sums(values, place),
            // the same in all of a group
            Field::Rates(values) => {
                let first = |of: RegionIx| self.places.firsts().any(|first| first == of.get());
                values.retain(|(region, _)| first(*region));
                values.iter_mut().for_each(|(region, _)| *region = place(*region));
            }
            Field::RateOfRegions(rates) => {
                *rates = self.places.firsts().map(|region| rates[region]).collect();
            }
            // what became one has the sum of their sizes already
            Field::Size(_) | Field::SizeOfHorizon(_) | Field::Standing(_) => {}
            // nothing to do with regions
            Field::Mean(_)
            | Field::PartOfYear(_)
            | Field::Chronology(_)
            | Field::Rate(_)
            | Field::Rule(_) => {}
        }
    }
}

/// Values by new region, those of one region added up.
fn sums(
    values: &[(RegionIx, ByYear)],
    place: impl Fn(RegionIx) -> RegionIx,
) -> Vec<(RegionIx, ByYear)> {
    let mut sums: Vec<(RegionIx, ByYear)> = Vec::new();
    for (region, values) in values {
        let place = place(*region);
        match sums.iter_mut().find(|(there, _)| *there == place) {
            Some((_, sum)) => add_up(sum, values),
            None => sums.push((place, values.clone())),
        }
    }
    sums
}

/// The links that stay, still between the old regions, and what became of each.
fn links(model: &Model, places: &Places, rules: &Rules) -> (Set<Link>, Vec<Option<LinkIx>>) {
    let mut left = Set::new();
    let became = model.links.iter().enumerate().map(|(l, link)| {
        stays(model, places, rules, LinkIx::new(l)).then(|| left.push(link.clone()))
    });
    let became = became.collect();
    (left, became)
}

/// Reserves, of the old capacities, those that are twins added up.
fn reserves(model: &Model, places: &Places, rules: &Rules) -> Set<Reserve> {
    let mut sums: Vec<(usize, Reserve)> = Vec::new();
    for (at, reserve) in model.reserves.iter().enumerate() {
        let leader = rules.reserves[at];
        let Some((_, sum)) = sums.iter_mut().find(|(first, _)| *first == leader) else {
            sums.push((at, reserve.clone()));
            continue;
        };
        let Reserve { name, members, requirement } = reserve;
        if !sum.name.split('+').any(|part| part == name) {
            sum.name = format!("{}+{name}", sum.name);
        }
        sum.members.extend(members.iter().cloned());
        add_requirement(&mut sum.requirement, requirement);
    }
    for (_, reserve) in &mut sums {
        // the load of a part of what became one region is not known any more
        if let ReserveRequirement::Firm { load, .. } = &mut reserve.requirement
            && !whole(&load.regions, model.regions.ixs(), |region| Some(places.of(region)))
        {
            load.regions.clear();
        }
    }
    sums.into_iter().map(|(_, reserve)| reserve).collect()
}

fn add_requirement(sum: &mut ReserveRequirement, one: &ReserveRequirement) {
    match (sum, one) {
        (
            ReserveRequirement::Firm { load, peak, margin },
            ReserveRequirement::Firm { load: of, peak: more, margin: other },
        ) => {
            load.regions.extend(&of.regions);
            // the margin on both peaks together
            for y in 0..peak.len() {
                let beyond = margin[y] * peak[y] + other[y] * more[y];
                peak[y] += more[y];
                margin[y] = if peak[y] > 0.0 { beyond / peak[y] } else { 0.0 };
            }
        }
        (
            ReserveRequirement::Load { load, available, storages, .. },
            ReserveRequirement::Load { load: of, available: other, storages: more, .. },
        ) => {
            load.regions.extend(&of.regions);
            available.extend(other.iter().cloned());
            storages.extend(more);
        }
        _ => {} // only of one kind
    }
}

/// Subsidies, each once for what became one with the same budgets, and what became of each.
fn support(model: &Model, capacity: &NewPlaces<Capacity>) -> (Support, Vec<Option<usize>>) {
    let mut support = Support { subsidies: Vec::new(), budgets: model.support.budgets.clone() };
    let mut kept: Vec<(Ix<Capacity>, Vec<usize>)> = Vec::new();
    let mut became: Vec<Option<usize>> = Vec::new();
    for (at, subsidy) in model.support.subsidies.iter().enumerate() {
        let budgets = model.support.budgets.iter().enumerate();
        let budgets: Vec<usize> =
            budgets.filter(|(_, b)| b.subsidies.contains(&at)).map(|(b, _)| b).collect();
        let new = capacity.of(subsidy.capacity).map(|new| (new, budgets));
        became.push(new.map(|new| {
            kept.iter().position(|other| *other == new).unwrap_or_else(|| {
                support.subsidies.push(subsidy.clone());
                kept.push(new);
                kept.len() - 1
            })
        }));
    }
    (support, became)
}

/// Whether a statistic can still be compared: not that of a part of what became one.
fn is_told(model: &Model, statistic: &Statistic, became: &Became<'_>) -> bool {
    let regions = || {
        let to = |region| Some(became.places.of(region));
        whole(&statistic.regions, model.regions.ixs(), to)
    };
    let processes =
        |of: &[Ix<Process>]| whole(of, model.processes.ixs(), |p| became.process.of(p));
    match &statistic.of {
        Measured::Supply { .. } | Measured::Use { .. } => regions(),
        Measured::Generation { processes: of, .. } => processes(of),
        Measured::Emissions { processes: of, rows, .. } => {
            processes(of) && (rows.is_empty() || regions())
        }
        Measured::Capacity { capacities } => {
            whole(capacities, model.capacities.ixs(), |k| became.capacity.of(k))
        }
    }
}

/// Whether nothing became one with some of these but they themselves.
fn whole<T>(
    of: &[Ix<T>],
    all: impl Iterator<Item = Ix<T>>,
    to: impl Fn(Ix<T>) -> Option<Ix<T>>,
) -> bool {
    let became: Vec<Ix<T>> = of.iter().filter_map(|old| to(*old)).collect();
    let mut others = all.filter(|old| !of.contains(old)).filter_map(to);
    !others.any(|new| became.contains(&new))
}

/// A driver stays apart where it differs.
fn drivers(model: &Model, places: &Places, driver: &Driver) -> Vec<Driver> {
    let Driver { name, label, kind, unit, extensive, values } = driver;
    let mut kept = Driver {
        name: name.clone(),
        label: label.clone(),
        kind: *kind,
        unit: unit.clone(),
        extensive: *extensive,
        values: Vec::new(),
    };
    let mut apart = Vec::new();
    for (region, values) in values {
        let Some(region) = region else {
            kept.values.push((None, values.clone()));
            continue;
        };
        let place = places.of(*region);
        let same = driver.values.iter().all(|(other, of_other)| {
            other.is_none_or(|other| places.of(other) != place) || of_other == values
        });
        if !same {
            let data = &model.regions[*region];
            apart.push(Driver {
                name: format!("{name}@{}", data.name),
                kind: *kind,
                label: format!("{label}, {}", data.label),
                unit: unit.clone(),
                extensive: *extensive,
                values: vec![(Some(place), values.clone())],
            });
        } else if kept.values.iter().all(|(there, _)| *there != Some(place)) {
            kept.values.push((Some(place), values.clone()));
        }
    }
    let kept = Some(kept).filter(|kept| !kept.values.is_empty());
    kept.into_iter().chain(apart).collect()
}
