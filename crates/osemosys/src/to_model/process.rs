//! Technologies as processes.

use kzleap_model::{EmissionIx, Mode, Process, Series, Tier};

use super::series::{by_slice_and_year, by_year};
use super::{Making, Technology, capacity, commodity, region};
use crate::data::Data;
use crate::parameters::{P, SetId};

/// Adds the process and the capacity of a technology in a region, as far as they do anything.
pub(super) fn add(making: &mut Making<'_>, r: usize, t: usize) -> Technology {
    let data = making.data;
    let (positions, modes) = modes(making, r, t);
    if modes.is_empty() {
        let capacity = capacity::stands(data, r, t).then(|| capacity::add(making, r, t));
        return Technology { process: None, capacity, modes: Vec::new() };
    }
    let capacity = capacity::matters(data, r, t).then(|| capacity::add(making, r, t));
    let name = making.name(SetId::Technology, t).to_owned();
    let process = Process {
        label: name.clone(),
        category: name.clone(),
        family: None,
        captures: false,
        flow: None,
        name,
        region: region(r),
        tier: Tier::Slice,
        modes,
        capacity,
        capacity_to_activity: data.get(P::CapacityToActivityUnit, &[r, t]),
        parts: Vec::new(),
        availability: availability(data, r, t),
        annual_availability: capacity.and_then(|_| annual_availability(data, r, t)),
        annual_minimum_load: None,
        minimum_load: None,
        ramp_per_hour: None,
    };
    let process = making.model.processes.push(process);
    Technology { process: Some(process), capacity, modes: positions }
}

/// The modes in which a technology has any input, output, emission or storage; their positions
/// in the data, and what they do.
fn modes(making: &Making<'_>, r: usize, t: usize) -> (Vec<usize>, Vec<Mode>) {
    let data = making.data;
    let count = data.count(SetId::Mode);
    let mut modes: Vec<Mode> =
        data.set(SetId::Mode).names().iter().map(|name| Mode::new(name.clone())).collect();
    let mut used = vec![false; count];
    for (at, row) in data.table(P::InputActivityRatio).rows(&[r, t]) {
        modes[at[1]].inputs.push((commodity(at[0]), by_year(row)));
        used[at[1]] = true;
    }
    for (at, row) in data.table(P::OutputActivityRatio).rows(&[r, t]) {
        modes[at[1]].outputs.push((commodity(at[0]), by_year(row)));
        used[at[1]] = true;
    }
    for (at, row) in data.table(P::EmissionActivityRatio).rows(&[r, t]) {
        modes[at[1]].emissions.push((EmissionIx::new(at[0]), by_year(row)));
        used[at[1]] = true;
    }
    for (p, fills) in [(P::TechnologyToStorage, true), (P::TechnologyFromStorage, false)] {
        for (at, row) in data.table(p).rows(&[r, t]) {
            let Some(storage) = making.map.storage(data, r, at[0]) else { continue };
            for (m, factor) in row.into_iter().enumerate().filter(|(_, factor)| *factor > 0.0) {
                let list = if fills { &mut modes[m].charges } else { &mut modes[m].discharges };
                list.push((storage, factor));
                used[m] = true;
            }
        }
    }
    if !used.contains(&true) && must_run(data, r, t) {
        used.fill(true);
    }
    let mut positions = Vec::new();
    let mut kept = Vec::new();
    for (m, mut mode) in modes.into_iter().enumerate().filter(|(m, _)| used[*m]) {
        mode.variable_cost = by_year(data.along(P::VariableCost, &[r, t, m]));
        positions.push(m);
        kept.push(mode);
    }
    (positions, kept)
}

/// Whether a technology without inputs or outputs still has to run.
fn must_run(data: &Data, r: usize, t: usize) -> bool {
    [
        P::TotalTechnologyAnnualActivityLowerLimit,
        P::TotalTechnologyModelPeriodActivityLowerLimit,
        P::TechnologyActivityByModeLowerLimit,
        P::UDCMultiplierActivity,
    ]
    .into_iter()
    .any(|p| data.table(p).any(&[r, t]))
}

fn capacity_factors(data: &Data, r: usize, t: usize) -> Vec<Vec<f64>> {
    (0..data.count(SetId::Timeslice))
        .map(|l| data.along(P::CapacityFactor, &[r, t, l]))
        .collect()
}

fn availability(data: &Data, r: usize, t: usize) -> Series {
    by_slice_and_year(&capacity_factors(data, r, t))
}

/// The mean capacity factor times the availability factor, where the latter is below 1.
fn annual_availability(data: &Data, r: usize, t: usize) -> Option<Vec<f64>> {
    let shares = data.along(P::AvailabilityFactor, &[r, t]);
    if shares.iter().all(|share| *share >= 1.0) {
        return None;
    }
    Some(mean_availability(data, r, t))
}

/// The mean capacity factor times the availability factor, by year.
pub(crate) fn mean_availability(data: &Data, r: usize, t: usize) -> Vec<f64> {
    let shares = data.along(P::AvailabilityFactor, &[r, t]);
    let factors = capacity_factors(data, r, t);
    let splits: Vec<Vec<f64>> =
        (0..factors.len()).map(|l| data.along(P::YearSplit, &[l])).collect();
    let mean = |y: usize| -> f64 {
        factors.iter().zip(&splits).map(|(factor, split)| factor[y] * split[y]).sum()
    };
    shares.iter().enumerate().map(|(y, share)| mean(y) * share.min(1.0)).collect()
}
