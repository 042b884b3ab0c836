//! Existing capacity far beyond all that its product is needed for: MW written for GW.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, Demand, Model, Process, ProcessIx, Series};

use super::Check;
use super::capacities::leap;
use crate::registry::{process, root};

/// Existing capacity may make this many times as much as can be used: beyond it, a unit is wrong.
pub(super) const FAR_BEYOND: f64 = 20.0;

/// Longest chain of processes that is followed; a loop of conversions has no bound.
const ROUNDS: usize = 12;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let unread = [root::PROCESSES, root::DEMANDS, root::BRANCHES, root::STORAGES, root::LINKS];
    if check.open.flows_unknown() || unread.iter().any(|part| check.open.may_hold(*part)) {
        return;
    }
    let model = check.model();
    let most = most_used(model);
    let mut reported = BTreeSet::new();
    for (commodity, used) in model.commodities.ixs().zip(most) {
        let makers: Vec<(ProcessIx, f64)> = check
            .makers(commodity)
            .map(|(ix, process)| (ix, standing(check, process, commodity)))
            .collect();
        let all: f64 = makers.iter().map(|(_, made)| made).sum();
        if used <= 0.0 || all <= used * FAR_BEYOND {
            continue;
        }
        let largest = makers.iter().map(|(_, made)| *made).fold(0.0, f64::max);
        for (ix, made) in makers {
            let to_blame = made >= largest || made > used * FAR_BEYOND;
            let path = check.path_of(ix);
            if to_blame && !has_been_said(check, ix) && reported.insert(path.clone()) {
                report(check, ix, &path, commodity, (all, used));
            }
        }
    }
}

fn report(
    check: &mut Check<'_, '_>,
    ix: ProcessIx,
    path: &str,
    commodity: CommodityIx,
    (all, used): (f64, f64),
) {
    let model = check.model();
    let mut demands = model.demands.iter().zip(&check.build.demand_paths);
    let demand = demands.find(|(demand, _)| demand.commodity == commodity);
    let unit = check.demand_unit(commodity, demand.map_or("", |(_, path)| path));
    let message = format!(
        "`{path}` and what else exists to make `{}` can make {} a year, but demand and all users \
         of it take no more than {}, even at the rate of the peak all year",
        model.commodities[commodity].name,
        unit.a_year(all),
        unit.a_year(used),
    );
    let place = check.value_place(path, process::RESIDUAL_CAPACITY, model.processes[ix].region);
    check.implausible(
        Diagnostic::warning("capacity-beyond-demand", message, place, "")
            .hint("check the unit of the capacity (MW or GW) and that of the demand"),
    );
}

/// Whether a leap of its residual capacity has been reported.
fn has_been_said(check: &Check<'_, '_>, process: ProcessIx) -> bool {
    let model = check.model();
    let capacity = model.processes[process].capacity;
    capacity.is_some_and(|ix| leap(&model.capacities[ix].residual).is_some())
}

/// What all existing capacity of a process makes of a commodity at full load in its greatest year.
fn standing(check: &Check<'_, '_>, process: &Process, commodity: CommodityIx) -> f64 {
    let Some(capacity) = process.capacity else { return 0.0 };
    let capacity = &check.model().capacities[capacity];
    let stands = capacity.residual.iter().chain(&capacity.lower).copied().fold(0.0, f64::max);
    let made = process.modes.iter().map(|mode| {
        ratio(&mode.outputs, commodity).map_or(0.0, |ratio| ratio / mode.capacity_use)
    });
    stands * process.capacity_to_activity * made.fold(0.0, f64::max)
}

fn ratio(flows: &[(CommodityIx, Series)], commodity: CommodityIx) -> Option<f64> {
    let of_it = flows.iter().filter(|(c, _)| *c == commodity);
    of_it.map(|(_, ratio)| ratio.range().1).reduce(|a, b| a + b)
}

/// The greatest rate of a demand over its mean of the year.
fn peak(model: &Model, demand: &Demand) -> f64 {
    let Some(profile) = &demand.profile else { return 1.0 };
    let years = model.time.years.ixs();
    let rates = years.flat_map(|year| {
        let slices = model.time.slices.ixs();
        slices.map(move |s| profile.at(s, year) / model.time.year_split.at(s, year))
    });
    rates.filter(|rate| rate.is_finite()).fold(1.0, f64::max)
}

/// Most of each commodity that all regions together can use in a year: for demand at its peak, and for what
/// is made of it, as if all of that were made of it.
fn most_used(model: &Model) -> Vec<f64> {
    let mut demanded = vec![0.0; model.commodities.len()];
    for demand in &model.demands {
        let most = demand.annual.iter().copied().fold(0.0, f64::max);
        demanded[demand.commodity.get()] += most * peak(model, demand);
    }
    let mut most = demanded.clone();
    for _ in 0..ROUNDS {
        let mut next = demanded.clone();
        let running = model.processes.iter().filter(|process| !process.is_storage());
        for mode in running.flat_map(|process| &process.modes) {
            // what makes nothing, such as an export, has no bound
            let runs = mode.outputs.iter().map(|(c, ratio)| most[c.get()] / ratio.range().0);
            let runs =
                runs.fold(if mode.outputs.is_empty() { f64::INFINITY } else { 0.0 }, f64::max);
            for (c, ratio) in mode.inputs.iter().filter(|(_, ratio)| ratio.range().1 > 0.0) {
                let used = runs * ratio.range().1;
                next[c.get()] += if used.is_nan() { 0.0 } else { used };
            }
        }
        if next == most {
            return most;
        }
        most = next;
    }
    // still growing: a loop of conversions
    vec![f64::INFINITY; most.len()]
}
