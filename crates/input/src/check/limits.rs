//! Limits on activity and capacity that cannot be kept.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::policy::{ActivityLimit, ActivityWindow, CapacityKind, CapacityLimit};
use kzleap_model::rounding::exceeds;
use kzleap_model::{Tier, YearIx};

use super::Check;
use crate::numbers::shown;
use crate::registry::{activity_limit, capacity_limit, process, root};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let limits = check.model().activity_limits.clone();
    for limit in &limits {
        if check.failed(&places(check, limit).0) {
            continue;
        }
        activity(check, limit);
    }
    let limits = check.model().capacity_limits.clone();
    for limit in &limits {
        if check.failed(&root::CAPACITY_LIMITS.key().path(&limit.name)) {
            continue;
        }
        capacity(check, limit);
    }
}

/// Where the least and the most of an activity limit are given.
fn places(check: &Check<'_, '_>, limit: &ActivityLimit) -> (String, Span, Span) {
    let path = root::ACTIVITY_LIMITS.key().path(&limit.name);
    if check.entry(&path).is_some() {
        return (
            path.clone(),
            check.place(&path, activity_limit::MIN),
            check.place(&path, activity_limit::MAX),
        );
    }
    let Some((process, _)) = limit.processes.first() else {
        return (path.clone(), check.start(), check.start());
    };
    let region = check.model().processes[*process].region;
    let path = check.path_of(*process);
    let least = check.value_place(&path, process::MIN_ACTIVITY, region);
    let most = check.value_place(&path, process::MAX_ACTIVITY, region);
    (path, least, most)
}

fn activity(check: &mut Check<'_, '_>, limit: &ActivityLimit) {
    let ActivityWindow::EachYear { lower, upper } = &limit.window else { return };
    let (path, least, most) = places(check, limit);
    let amount = limit.processes.first().and_then(|(ix, _)| check.build.activity[ix.get()]);
    let unit = amount.unwrap_or(crate::registry::Amount::Energy).unit();
    for y in 0..lower.len() {
        if exceeds(lower[y], upper[y]) {
            let message = format!(
                "in {} `{path}` must run for at least {} {unit}, and at most {} {unit}",
                check.year(y),
                shown(lower[y]),
                shown(upper[y]),
            );
            check.report(
                Diagnostic::error("min-above-max", message, least, "at least")
                    .also(most, "at most"),
            );
            return;
        }
        let can = most_activity(check, limit, y);
        if exceeds(lower[y], can) {
            let message = format!(
                "`{path}` must run for {} {unit} in {}, but its capacity allows {} {unit}",
                shown(lower[y]),
                check.year(y),
                shown(can),
            );
            check.report(
                Diagnostic::error("min-out-of-reach", message, least, "")
                    .hint("raise its capacity or availability, or lower the least activity"),
            );
            return;
        }
    }
}

/// Most activity of the members in a year, by their capacity and availability.
fn most_activity(check: &Check<'_, '_>, limit: &ActivityLimit, year: usize) -> f64 {
    let time = &check.model().time;
    let nodes = time.nodes(Tier::Annual);
    let Some(node) = nodes.first() else { return f64::INFINITY };
    limit
        .processes
        .iter()
        .map(|(ix, _)| {
            let process = &check.model().processes[*ix];
            let Some(capacity) = process.capacity else { return f64::INFINITY };
            let mean = time.node_mean(&process.availability, node, YearIx::new(year));
            let annual =
                process.annual_availability.as_ref().map_or(1.0, |by_year| by_year[year]);
            let use_of = process.modes.iter().map(|mode| mode.capacity_use);
            let least_use = use_of.fold(f64::INFINITY, f64::min);
            let most = check.most_capacity(capacity, year);
            if most > 0.0 {
                most * process.capacity_to_activity * mean.min(annual) / least_use
            } else {
                0.0
            }
        })
        .sum()
}

fn capacity(check: &mut Check<'_, '_>, limit: &CapacityLimit) {
    let first = limit.capacities.first();
    let unit = first.map_or("", |ix| check.model().capacities[*ix].unit.text());
    let path = root::CAPACITY_LIMITS.key().path(&limit.name);
    let (low, high) = match limit.of {
        CapacityKind::InService => (activity_limit::MIN, activity_limit::MAX),
        CapacityKind::New => (capacity_limit::MIN_NEW, capacity_limit::MAX_NEW),
    };
    let (least, most) = (check.place(&path, low), check.place(&path, high));
    for y in 0..limit.lower.len() {
        if exceeds(limit.lower[y], limit.upper[y]) {
            let message =
                format!("`{path}` has more in `{low}` than in `{high}` in {}", check.year(y));
            check.report(
                Diagnostic::error("min-above-max", message, least, "at least")
                    .also(most, "at most"),
            );
            return;
        }
        if limit.of == CapacityKind::New {
            continue;
        }
        let capacities = &check.model().capacities;
        let stuck: f64 = limit
            .capacities
            .iter()
            .map(|ix| &capacities[*ix])
            .map(
                |c| if c.early_retirement { c.lower[y] } else { c.residual[y].max(c.lower[y]) },
            )
            .sum();
        if exceeds(stuck, limit.upper[y]) {
            let message = format!(
                "`{path}` allows {} {unit} in {}, but {} {unit} exist already",
                shown(limit.upper[y]),
                check.year(y),
                shown(stuck),
            );
            check.report(
                Diagnostic::error("residual-above-max", message, most, "").hint(
                    "allow `early_retirement = true` for its processes, or raise the limit",
                ),
            );
            return;
        }
        let can: f64 = limit.capacities.iter().map(|ix| check.most_capacity(*ix, y)).sum();
        if exceeds(limit.lower[y], can) {
            let message = format!(
                "`{path}` asks for {} {unit} in {}, but no more than {} {unit} can be there",
                shown(limit.lower[y]),
                check.year(y),
                shown(can),
            );
            check.report(
                Diagnostic::error("min-out-of-reach", message, least, "")
                    .hint("raise what its processes may build, or lower the least capacity"),
            );
            return;
        }
    }
}
