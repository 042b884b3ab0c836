//! Storages: their capacity, where they stand, and the rules on their size and speed.

use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserTerm};
use kzleap_model::{SliceIx, Storage, YearIx};

use super::map::{StorageMap, StoragePlace};
use super::technology_capacity::{Building, life};
use super::{Making, node_region, region, storage_levels};
use crate::carried::Carried;
use crate::parameters::{Dimension, P};

/// Adds every storage with its capacity.
pub(super) fn add(making: &mut Making<'_>) {
    warn_of_coarse_slices(making);
    for (r, s) in making.in_regions(Dimension::Storage) {
        if !is_used(making, r, s) {
            making.map.storages.push(StorageMap::default());
            continue;
        }
        let data = making.data;
        let key = |y: usize| [r, s, y];
        let life = life(making, P::OperationalLifeStorage, r, s);
        let residual = making.by_year(|y| {
            data.or_zero(P::ResidualStorageCapacity, &key(y))
                + Carried::standing(
                    &making.carried.new_storage,
                    &(r, s),
                    life.unwrap_or(1),
                    making.calendar(y),
                )
        });
        let most = |p: P| making.by_year(|y| data.or(p, &key(y), f64::INFINITY));
        let least = |p: P| making.by_year(|y| data.or_zero(p, &key(y)));
        let building = Building {
            name: making.name(Dimension::Storage, s).to_owned(),
            r,
            life,
            cost: least(P::CapitalCostStorage),
            residual,
            fixed_cost: making.by_year(|_| 0.0),
            least: least(P::TotalAnnualMinCapacityStorage),
            most: most(P::TotalAnnualMaxCapacityStorage),
            least_new: least(P::TotalAnnualMinCapacityInvestmentStorage),
            most_new: most(P::TotalAnnualMaxCapacityInvestmentStorage),
            unit: None,
            interest: least(P::InterestRateStorage),
        };
        let capacity = building.add(making);
        let nodes = places_at_nodes(making, r, s);
        let whole = vec![1.0; making.period.years.len()];
        let places = if nodes.is_empty() { vec![(None, whole)] } else { nodes };
        let places = places
            .into_iter()
            .map(|(node, share)| {
                let chronology = storage_levels::chronology(making, (r, s), node, &share);
                let storage = making.model.storages.push(Storage {
                    name: making.name(Dimension::Storage, s).to_owned(),
                    region: node.map_or_else(|| region(r), |n| node_region(data, n)),
                    capacity,
                    content_per_capacity: 1.0,
                    minimum_level: making
                        .by_year(|y| data.or_zero(P::MinStorageCharge, &key(y))),
                    chronology,
                });
                StoragePlace { storage, node, share }
            })
            .collect();
        making.map.storages.push(StorageMap { capacity: Some(capacity), places });
    }
}

/// NEMO's storages take every slice for an hour, whatever its share of the year.
fn warn_of_coarse_slices(making: &mut Making<'_>) {
    let data = making.data;
    if making.options.correct || data.count(Dimension::Storage) == 0 {
        return;
    }
    let hours: f64 = (data.places.iter().flatten())
        .map(|place| {
            data.groups1[place.group1].multiplier * data.groups2[place.group2].multiplier
        })
        .sum();
    if !data.places.is_empty() && (hours / 8760.0 - 1.0).abs() > 0.01 {
        making.warn(
            "coarse-slices",
            format!("in storages each slice is one hour of its day; they make {hours:.0} hours a year, not 8760"),
            "NEMO calculates so too: the energy a storage needs comes out too small with slices \
             longer than an hour; `--correct` takes their true length",
        );
    }
}

/// Whether anything fills or empties it, or makes capacity of it cost or count.
fn is_used(making: &Making<'_>, r: usize, s: usize) -> bool {
    let data = making.data;
    let moved = [P::TechnologyToStorage, P::TechnologyFromStorage].iter().any(|flags| {
        let table = data.table(*flags);
        table.default == Some(1.0)
            || table.rows_under(&[r]).any(|(key, flag)| key[2] == s && flag == 1.0)
    });
    let least = [P::TotalAnnualMinCapacityStorage, P::TotalAnnualMinCapacityInvestmentStorage];
    moved
        || least
            .iter()
            .any(|p| making.period.years.iter().any(|y| data.or_zero(*p, &[r, s, *y]) > 0.0))
}

/// The nodes that have a share of a storage, and something to fill and something to empty it.
fn places_at_nodes(making: &Making<'_>, r: usize, s: usize) -> Vec<(Option<usize>, Vec<f64>)> {
    let data = making.data;
    let mut places = Vec::new();
    for n in data.nodes_of(r) {
        let share: Vec<f64> = (making.period.years.iter().enumerate())
            .map(|(at, y)| {
                let share = data.or_zero(P::NodalDistributionStorageCapacity, &[n, s, *y]);
                let fills = |flags, ratios| kinds(making, (r, s, n), (flags, ratios), at);
                let filled = fills(P::TechnologyToStorage, P::InputActivityRatio);
                let emptied = fills(P::TechnologyFromStorage, P::OutputActivityRatio);
                if filled.iter().any(|kind| emptied.contains(kind)) {
                    share.max(0.0)
                } else {
                    0.0
                }
            })
            .collect();
        if share.iter().any(|share| *share > 0.0) {
            places.push((Some(n), share));
        }
    }
    places
}

/// Kinds of transmission of the fuels by which technologies at a node move a storage.
fn kinds(
    making: &Making<'_>,
    (r, s, n): (usize, usize, usize),
    (flags, ratios): (P, P),
    at: usize,
) -> Vec<u8> {
    let data = making.data;
    let y = making.period.years[at];
    let mut found = Vec::new();
    for (key, flag) in data.table(flags).rows_under(&[r]) {
        let (t, m) = (key[1], key[3]);
        if flag != 1.0
            || key[2] != s
            || data.or_zero(P::NodalDistributionTechnologyCapacity, &[n, t, y]) <= 0.0
        {
            continue;
        }
        for f in 0..data.count(Dimension::Fuel) {
            if let Some(kind) = making.map.nodal(data, r, f, at)
                && data.or_zero(ratios, &[r, t, f, m, y]) != 0.0
            {
                found.push(kind);
            }
        }
    }
    found
}

/// Adds the rules on full-load hours and on the speed of charging and discharging.
pub(super) fn add_rules(making: &mut Making<'_>) {
    for (r, s) in making.in_regions(Dimension::Storage) {
        let storage = making.map.storage(making.data, r, s).clone();
        if storage.capacity.is_none() {
            continue;
        }
        add_full_load_hours(making, (r, s), &storage);
        for place in &storage.places {
            let rates = [
                (P::StorageMaxChargeRate, "charge_rate"),
                (P::StorageMaxDischargeRate, "discharge_rate"),
            ];
            for (p, name) in rates {
                let Some(most) = making.data.get(p, &[r, s]) else { continue };
                let charging = p == P::StorageMaxChargeRate;
                add_rate(making, (r, s), place, charging, name, most);
            }
        }
    }
}

/// What is added to a storage holds so many hours of what is added to empty it.
fn add_full_load_hours(making: &mut Making<'_>, (r, s): (usize, usize), storage: &StorageMap) {
    let data = making.data;
    let Some(capacity) = storage.capacity else { return };
    for (at, y) in making.years() {
        let Some(hours) = data.get(P::StorageFullLoadHours, &[r, s, y]) else { continue };
        let term = |quantity, weight| UserTerm::new(quantity, at, weight);
        let mut terms = vec![term(Quantity::New(capacity), 1.0)];
        let mut any = false;
        for t in 0..data.count(Dimension::Technology) {
            let empties = (0..data.count(Dimension::Mode))
                .any(|m| data.get(P::TechnologyFromStorage, &[r, t, s, m]) == Some(1.0));
            let to_activity = data.get(P::CapacityToActivityUnit, &[r, t]);
            let (true, Some(to_activity)) = (empties, to_activity) else { continue };
            any = true;
            if let Some(k) = making.map.technology(data, r, t).capacity {
                terms.push(term(Quantity::New(k), -to_activity * hours / 8760.0));
            }
        }
        if any {
            let name = making.name(Dimension::Storage, s);
            let name = format!("full_load_hours.{name}.{}", making.calendar(y));
            making.rule(name, terms, Sense::Equal, 0.0);
        }
    }
}

fn add_rate(
    making: &mut Making<'_>,
    (r, s): (usize, usize),
    place: &StoragePlace,
    charging: bool,
    name: &str,
    most: f64,
) {
    let data = making.data;
    let mut moving = Vec::new();
    for t in 0..data.count(Dimension::Technology) {
        for process in &making.map.technology(data, r, t).processes {
            for (at, mode) in making.model.processes[process.process].modes.iter().enumerate() {
                let list = if charging { &mode.charges } else { &mode.discharges };
                if list.iter().any(|(storage, _)| *storage == place.storage) {
                    moving.push((process.process, at));
                }
            }
        }
    }
    if moving.is_empty() {
        return;
    }
    for (at, y) in making.years() {
        for (slice, l) in making.map.slices.clone().into_iter().enumerate() {
            let split = data.or_zero(P::YearSplit, &[l, y]);
            let quantity = |(p, mode)| Quantity::ActivityInSlice(p, mode, SliceIx::new(slice));
            let terms =
                moving.iter().map(|mover| UserTerm::new(quantity(*mover), at, 1.0)).collect();
            let storage = making.name(Dimension::Storage, s);
            let name = format!("{name}.{storage}.{}", making.name(Dimension::Slice, l));
            making.rule(name, terms, Sense::AtMost, most * split);
        }
    }
}

/// The year of the scenario before one of the group, if that is calculated with it.
pub(super) fn follows(making: &Making<'_>, at: YearIx) -> bool {
    at.get().checked_sub(1).is_some_and(|before| {
        let years = &making.period.years;
        making.calendar(years[before]) + 1 == making.calendar(years[at.get()])
    })
}
