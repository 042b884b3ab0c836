//! Reserves: enough can stand by, and wind and sun do not count in full by oversight.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::policy::{Reserve, ReserveRequirement};
use kzleap_model::rounding::exceeds;
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{CapacityIx, Model, YearIx};

use super::Check;
use super::stated::Stated;
use crate::numbers::shown;
use crate::registry::{commodity, process, reserve_margin, root};

/// Below this yearly availability, full capacity credit is rarely meant.
const VARIABLE: f64 = 0.5;

/// So many capacities are named with what holds them down.
const NAMED: usize = 3;

pub(super) fn check(check: &mut Check<'_, '_>) {
    just_in_time(check);
    let reserves: Vec<Reserve> = check.model().reserves.iter().cloned().collect();
    for reserve in &reserves {
        let path = root::RESERVE_MARGINS.key().path(&reserve.name);
        if check.failed(&path) {
            continue;
        }
        let unknown =
            [root::PROCESSES, root::STORAGES].iter().any(|kind| check.open.may_hold(*kind));
        let none = counted(check.model(), reserve, 0).is_empty();
        if none && unknown {
            continue;
        }
        if none {
            let place = check.place(&path, reserve_margin::COMMODITY);
            let message = format!("nothing with a capacity makes what `{path}` is about");
            check.report(
                Diagnostic::error("reserve-without-capacity", message, place, "")
                    .hint("give the plants `capacity = \"GW\"`, or check `regions`"),
            );
            continue;
        }
        reach(check, reserve, &path);
        credits(check, reserve, &path);
    }
}

/// Only reserves that follow the load ask for fuel.
fn just_in_time(check: &mut Check<'_, '_>) {
    let follows =
        |reserve: &Reserve| matches!(reserve.requirement, ReserveRequirement::Load { .. });
    let any = check.model().reserves.iter().any(follows);
    if any || check.open.may_hold(root::RESERVE_MARGINS) {
        return;
    }
    let commodities = check.model().commodities.iter();
    let in_time = commodities.filter(|commodity| commodity.just_in_time);
    let paths: Vec<String> =
        in_time.map(|commodity| root::COMMODITIES.key().path(&commodity.name)).collect();
    for path in paths {
        let message =
            format!("`{path}` comes just in time, but no reserve margin follows the load");
        let place = check.place(&path, commodity::JUST_IN_TIME);
        let hint = "leave `peak` of a reserve margin out, or this line";
        check.report(
            Diagnostic::warning("in-time-without-effect", message, place, "no effect")
                .hint(hint),
        );
    }
}

fn reach(check: &mut Check<'_, '_>, reserve: &Reserve, path: &str) {
    let model = check.model();
    let years = model.time.years.ixs();
    let needed: Vec<f64> =
        years.filter_map(|y| least_needed(model, &reserve.requirement, y)).collect();
    for (y, needed) in needed.iter().enumerate() {
        let firm: Vec<(CapacityIx, f64)> = counted(model, reserve, y)
            .into_iter()
            .filter(|(_, share)| *share > 0.0)
            .map(|(capacity, share)| (capacity, share * check.most_capacity(capacity, y)))
            .collect();
        let most: f64 = firm.iter().map(|(_, most)| most).sum();
        let unknown = [root::PROCESSES, root::STORAGES, root::LINKS]
            .iter()
            .any(|kind| check.open.may_hold(*kind));
        if unknown {
            return;
        }
        if !exceeds(*needed, most) {
            continue;
        }
        let message = {
            let unit = unit(check, reserve, path);
            format!(
                "`{path}` needs {} of firm capacity in {}, but no more than {} can be available",
                unit.text(*needed),
                check.year(y),
                unit.text(most),
            )
        };
        let error = Diagnostic::error("reserve-out-of-reach", message, asked(check, path), "");
        let held = holding(check, firm, y);
        check.report(error.also_all(held).hint(
            "raise what holds capacity down, correct `capacity_credit`, or start the rule in a \
             later year",
        ));
        return;
    }
}

/// What it needs at least: of a load that the plan makes, what demand makes of it.
fn least_needed(model: &Model, requirement: &ReserveRequirement, y: YearIx) -> Option<f64> {
    let ReserveRequirement::Load { load, margin, counts_arriving, .. } = requirement else {
        return requirement.needed(y);
    };
    // what arrives may serve all of it
    if *counts_arriving
        && load.border(model).any(|(.., from)| load.is_held_by_another(model, from))
    {
        return Some(0.0);
    }
    let demand = |s| -> f64 {
        let least = |(_, demand): (usize, &kzleap_model::Demand)| {
            load.of_amount(model, demand, demand.least(y), (s, y))
        };
        load.demands(model).map(least).sum()
    };
    let highest = model.time.slices.ixs().map(demand).fold(0.0, f64::max);
    Some((1.0 + margin[y.get()]) * highest)
}

/// The capacities that count, each with the most of one unit that may.
fn counted(model: &Model, reserve: &Reserve, y: usize) -> Vec<(CapacityIx, f64)> {
    let credited = reserve.members.iter().map(|(k, credit)| (*k, credit[y]));
    let ReserveRequirement::Load { available, storages, .. } = &reserve.requirement else {
        return credited.collect();
    };
    let available = available.iter().map(|(k, share)| (*k, share.range().1));
    let storages = storages.iter().filter_map(|p| {
        let process = &model.processes[*p];
        let output = process.capacity_to_activity / (PJ_PER_GWH * HOURS_PER_YEAR);
        Some((process.capacity?, output))
    });
    credited.chain(available).chain(storages).collect()
}

/// Where a margin says how much it asks for.
fn asked(check: &Check<'_, '_>, path: &str) -> Span {
    if check.has(path, reserve_margin::PEAK) {
        check.place(path, reserve_margin::PEAK)
    } else {
        check.place(path, reserve_margin::MARGIN)
    }
}

/// The unit of its peak, or else of a capacity it counts.
fn unit(check: &Check<'_, '_>, reserve: &Reserve, path: &str) -> Stated {
    let kept = kzleap_model::CapacityUnit::Gigawatt;
    let of_gigawatts = |(ix, _): &&(CapacityIx, _)| check.model().capacities[*ix].unit == kept;
    match reserve.members.iter().find(of_gigawatts) {
        Some((ix, _)) if !check.has(path, reserve_margin::PEAK) => {
            check.capacity_unit(*ix, process::RESIDUAL_CAPACITY)
        }
        _ => check.unit_at(path, reserve_margin::PEAK, kept.text()),
    }
}

/// What holds down the capacities of which most exists that may not be used, and then those that
/// give the most; each place once.
fn holding(
    check: &Check<'_, '_>,
    mut firm: Vec<(CapacityIx, f64)>,
    year: usize,
) -> Vec<(Span, String)> {
    let shut = |ix: CapacityIx| {
        let stands = check.model().capacities[ix].residual[year];
        (stands - check.most_capacity(ix, year)).max(0.0)
    };
    firm.sort_by(|a, b| shut(b.0).total_cmp(&shut(a.0)).then(b.1.total_cmp(&a.1)));
    let mut all: Vec<(Span, String)> = Vec::new();
    for (ix, _) in firm.iter().take(NAMED) {
        for (place, label) in check.held_down_by(*ix, year) {
            if all.iter().all(|(other, _)| *other != place) {
                all.push((place, label));
            }
        }
    }
    all
}

fn credits(check: &mut Check<'_, '_>, reserve: &Reserve, path: &str) {
    let time = &check.model().time;
    let nodes = time.nodes(kzleap_model::Tier::Annual);
    let Some(node) = nodes.first() else { return };
    for (ix, process) in check.processes() {
        let counts = process.capacity.is_some_and(|capacity| {
            reserve.members.iter().any(|(member, _)| *member == capacity)
        });
        let own = check.path_of(ix);
        if !counts
            || check.failed(&own)
            || process.is_storage()
            || check.has(&own, process::CAPACITY_CREDIT)
        {
            continue;
        }
        let mean = time
            .years
            .ixs()
            .map(|year| time.node_mean(&process.availability, node, year))
            .fold(1.0, f64::min);
        let runs_on_weather = process.modes.iter().all(|mode| mode.inputs.is_empty());
        if mean >= VARIABLE || !runs_on_weather {
            continue;
        }
        let place = check.place(&own, process::AVAILABILITY);
        let message = format!(
            "`{own}` counts in full for `{path}`, though only {} % of it is available on average",
            shown(libm::round(mean * 100.0)),
        );
        check.implausible(
            Diagnostic::warning("credit-by-default", message, place, "")
                .hint("give its `capacity_credit`: the share that is there at the peak"),
        );
    }
}
