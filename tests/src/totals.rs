//! What a model has in all regions together, whatever its resolution.

use std::collections::BTreeSet;

use kzleap_study::model::{CapacityUnit, Model, RegionIx};

/// Sums over all regions: demand by commodity and year, what is in service already by unit and year
/// (without links), emissions from outside, hours of the year, what reserves need.
fn totals(model: &Model) -> Vec<f64> {
    let mut totals = Vec::new();
    for y in model.time.years.ixs() {
        for c in model.commodities.ixs() {
            let demands = model.demands.iter().filter(|demand| demand.commodity == c);
            totals.push(demands.map(|demand| demand.annual[y.get()]).sum());
            let timed = model.demands.iter().filter(|demand| demand.commodity == c);
            let in_slices = timed.filter_map(|demand| {
                let profile = demand.profile.as_ref()?;
                let shares: f64 = model.time.slices.ixs().map(|s| profile.at(s, y)).sum();
                Some(demand.annual[y.get()] * shares)
            });
            totals.push(in_slices.sum());
        }
        let of_links: BTreeSet<_> =
            model.links.iter().filter_map(|link| link.capacity).collect();
        let units: BTreeSet<CapacityUnit> = model.capacities.iter().map(|k| k.unit).collect();
        for unit in units {
            let there = model.capacities.iter_ix();
            let there = there.filter(|(k, data)| data.unit == unit && !of_links.contains(k));
            totals.push(there.map(|(_, capacity)| capacity.residual[y.get()]).sum());
        }
        for e in model.emissions.ixs() {
            let regions = model.regions.ixs();
            totals.push(regions.map(|r| model.exogenous_emissions(e, r, y)).sum());
        }
        totals.push(model.time.slices.ixs().map(|s| model.time.hours(s, y)).sum());
        totals.push(model.reserves.iter().filter_map(|r| r.requirement.needed(y)).sum());
    }
    let days = model
        .time
        .slices
        .iter()
        .map(|slice| slice.hours_per_pass * model.time.day_types[slice.day_type].passes);
    totals.push(days.sum());
    totals
}

/// Holds a model at another resolution to the totals of the model.
///
/// # Panics
/// If one of them differs.
pub fn assert_totals(coarse: &Model, fine: &Model) {
    let (coarse, fine) = (totals(coarse), totals(fine));
    assert_eq!(coarse.len(), fine.len());
    for (coarse, fine) in coarse.iter().zip(&fine) {
        let difference = (coarse - fine).abs();
        assert!(difference <= 1e-12 * fine.abs(), "{coarse} at this resolution, {fine} before");
    }
}

/// Holds a model to names of its own for all that is in a place.
///
/// # Panics
/// If a name is used twice.
pub fn assert_names_are_unique(model: &Model) {
    let unique = |mut names: Vec<String>| {
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
    };
    let place = |name: &str, region: RegionIx| format!("{name} in {}", region.get());
    unique(model.processes.iter().map(|p| place(&p.name, p.region)).collect());
    unique(model.capacities.iter().map(|k| place(&k.name, k.region)).collect());
    unique(model.storages.iter().map(|z| place(&z.name, z.region)).collect());
    unique(model.regions.iter().map(|region| region.name.clone()).collect());
    unique(model.time.slices.iter().map(|slice| slice.name.clone()).collect());
    unique(model.reserves.iter().map(|reserve| reserve.name.clone()).collect());
}
