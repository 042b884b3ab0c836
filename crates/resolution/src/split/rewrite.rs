//! A model said again of the parts of its regions.

use kzleap_model::demand_tree::{Branch, Driver};
use kzleap_model::policy::ActivityLimit;
use kzleap_model::support::Subsidy;
use kzleap_model::{Demand, Fields, Model, OwnerShare, Retrofit};

use super::owners::{Became, Owners, Said, WHOLE};
use super::parts::Parts;

/// The model with its new regions and what is in them, but without movement between them.
pub(super) fn rewrite(
    model: &Model,
    parts: &Parts<'_>,
    owners: Owners,
    mut became: Became<'_, '_>,
) -> Model {
    let subsidies = subsidies(model, parts, &mut became);
    let Owners { capacities, storages, processes } = owners;
    let demands = demands(model, parts, &became);
    let activity_limits = activity_limits(model, parts, &became);
    let branches = model.demand_tree.branches.iter().map(|branch| of_parts(branch, &became));
    let mut result = model.apart_from_what_stands();
    result.fields(&mut |field| {
        became.change(Said::OfAll, field);
    });
    result.regions = parts.regions.clone();
    result.capacities = capacities;
    result.storages = storages;
    result.processes = processes;
    result.demands = demands;
    result.demand_tree.branches = branches.collect();
    result.demand_tree.drivers =
        model.demand_tree.drivers.iter().flat_map(|d| drivers(model, parts, d)).collect();
    result.activity_limits = activity_limits;
    result.support.subsidies = subsidies;
    result.retrofits =
        model.retrofits.iter().flat_map(|of| retrofits(model, parts, of, &became)).collect();
    result
}

/// A retrofit in every part that has what is converted.
fn retrofits(
    model: &Model,
    parts: &Parts<'_>,
    retrofit: &Retrofit,
    became: &Became<'_, '_>,
) -> Vec<Retrofit> {
    let region = model.capacities[retrofit.from].region;
    let places = 0..parts.of(region).len();
    places.filter_map(|place| became.in_part(retrofit, place, WHOLE)).collect()
}

/// The demands of parts that have a share of them.
fn demands(model: &Model, parts: &Parts<'_>, became: &Became<'_, '_>) -> Vec<Demand> {
    let mut demands = Vec::new();
    for demand in &model.demands {
        for (place, piece) in parts.of(demand.region).iter().enumerate() {
            let share = piece.demand(demand.commodity);
            if share > 0.0 {
                let share = OwnerShare { limits: share, residual: share };
                demands.extend(became.in_part(demand, place, share));
            }
        }
    }
    demands
}

/// A limit on one process is shared out; one on several stays one, over all parts.
fn activity_limits(
    model: &Model,
    parts: &Parts<'_>,
    became: &Became<'_, '_>,
) -> Vec<ActivityLimit> {
    let mut limits = Vec::new();
    for limit in &model.activity_limits {
        let [(p, _)] = limit.processes.as_slice() else {
            let mut limit = limit.clone();
            limit.fields(&mut |field| {
                became.change(Said::OfAll, field);
            });
            limits.push(limit);
            continue;
        };
        let process = &model.processes[*p];
        for (place, piece) in parts.of(process.region).iter().enumerate() {
            let copy = became.in_part(limit, place, piece.owner(&process.name));
            limits.extend(copy.filter(|copy| !copy.processes.is_empty()));
        }
    }
    limits
}

/// Subsidies of all parts; where each old one went is put down for their budgets.
fn subsidies(model: &Model, parts: &Parts<'_>, became: &mut Became<'_, '_>) -> Vec<Subsidy> {
    let mut subsidies: Vec<Subsidy> = Vec::new();
    for subsidy in &model.support.subsidies {
        let first = subsidies.len();
        let places = 0..parts.of(model.capacities[subsidy.capacity].region).len();
        subsidies.extend(places.filter_map(|place| became.in_part(subsidy, place, WHOLE)));
        became.subsidy.push((first..subsidies.len()).collect());
    }
    subsidies
}

/// What a branch needs, shared out as demand for its commodity is.
fn of_parts(branch: &Branch, became: &Became<'_, '_>) -> Branch {
    let mut branch = branch.clone();
    let said = branch.commodity.map_or(Said::OfAll, Said::OfAllIn);
    branch.fields(&mut |field| {
        became.change(said, field);
    });
    branch
}

/// A driver of the regions that stay, and one of each region that is split.
fn drivers(model: &Model, parts: &Parts<'_>, driver: &Driver) -> Vec<Driver> {
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
        match region {
            Some(old) if parts.is_split(*old) => {
                let region = &model.regions[*old];
                apart.push(Driver {
                    name: format!("{name}@{}", region.name),
                    kind: *kind,
                    label: format!("{label}, {}", region.label),
                    unit: unit.clone(),
                    extensive: *extensive,
                    values: vec![(None, values.clone())],
                });
            }
            Some(old) => kept.values.push((Some(parts.hub(*old)), values.clone())),
            None => kept.values.push((None, values.clone())),
        }
    }
    let kept = Some(kept).filter(|kept| !kept.values.is_empty());
    kept.into_iter().chain(apart).collect()
}
