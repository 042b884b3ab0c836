//! Limits on activity and capacity that cannot be kept.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::policy::{ActivityLimit, ActivityWindow, CapacityKind, CapacityLimit};
use kzleap_model::rounding::exceeds;
use kzleap_model::{CapacityIx, ProcessIx, Tier, YearIx};

use super::Check;
use super::stated::Stated;
use crate::registry::{Key, activity_limit, capacity_limit, process, root};

/// Where limits on activity are written, of a group or a resource and of a process, the least
/// before the most.
const FIELDS: [Key; 4] = [
    activity_limit::MIN.key(),
    process::MIN_ACTIVITY.key(),
    activity_limit::MAX.key(),
    process::MAX_ACTIVITY.key(),
];

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
    let most = FIELDS.into_iter().rev().find(|field| check.has(&path, *field));
    let most = check.value_place(&path, most.unwrap_or(process::MAX_ACTIVITY.key()), region);
    (path, least, most)
}

fn activity(check: &mut Check<'_, '_>, limit: &ActivityLimit) {
    let ActivityWindow::EachYear { lower, upper } = &limit.window else { return };
    let (path, least, most) = places(check, limit);
    let unit = unit(check, limit, &path);
    for y in 0..lower.len() {
        if exceeds(lower[y], upper[y]) {
            let message = format!(
                "in {} `{path}` must run for at least {}, and at most {}",
                check.year(y),
                unit.text(lower[y]),
                unit.text(upper[y]),
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
                "`{path}` must run for {} in {}, but its capacity allows {}",
                unit.text(lower[y]),
                check.year(y),
                unit.text(can),
            );
            let members = limit.processes.iter();
            let largest =
                members.filter_map(|(ix, _)| check.model().processes[*ix].capacity).max_by(
                    |a, b| check.most_capacity(*a, y).total_cmp(&check.most_capacity(*b, y)),
                );
            let held = largest.map_or_else(Vec::new, |ix| check.held_down_by(ix, y));
            check.report(
                Diagnostic::error("min-out-of-reach", message, least, "at least")
                    .also_all(held)
                    .hint("raise what holds its capacity down, or its availability, or lower the least activity"),
            );
            return;
        }
    }
}

/// The limits that let a process run no more in a year: where each is written, and what it allows.
pub(super) fn most_allowed(
    check: &Check<'_, '_>,
    process: ProcessIx,
    year: usize,
) -> Vec<(Span, String)> {
    let limits = check.model().activity_limits.iter().filter_map(|limit| {
        let ActivityWindow::EachYear { upper, .. } = &limit.window else { return None };
        let holds = limit.processes.iter().any(|(p, mode)| *p == process && mode.is_none());
        holds.then(|| (upper[year], limit))
    });
    let tightest = limits.min_by(|(a, _), (b, _)| a.total_cmp(b));
    let Some((most, limit)) = tightest else { return Vec::new() };
    let (path, _, place) = places(check, limit);
    let allows = unit(check, limit, &path).text(most);
    vec![(place, format!("allows {allows} in {}", check.year(year)))]
}

/// The unit that a limit on activity is written in.
fn unit(check: &Check<'_, '_>, limit: &ActivityLimit, path: &str) -> Stated {
    let field = FIELDS.into_iter().find(|field| check.has(path, *field));
    let field = field.unwrap_or(activity_limit::MAX.key());
    let model = check.model();
    let first = limit.processes.first();
    let amount = first.and_then(|(ix, _)| check.build.activity[ix.get()]);
    let kept = amount.unwrap_or(crate::registry::Amount::Energy).unit();
    let modes = first.and_then(|(ix, _)| model.processes[*ix].modes.first());
    let mut flows = modes.into_iter().flat_map(|mode| mode.outputs.iter().chain(&mode.inputs));
    match flows.find(|(c, _)| model.commodities[*c].unit() == kept) {
        Some((commodity, _)) => check.amount_unit(path, field, *commodity),
        None => check.unit_at(path, field, kept),
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
    let kept = first.map_or("", |ix| check.model().capacities[*ix].unit.text());
    let path = root::CAPACITY_LIMITS.key().path(&limit.name);
    let (low, high) = match limit.of {
        CapacityKind::InService => (activity_limit::MIN, activity_limit::MAX),
        CapacityKind::New => (capacity_limit::MIN_NEW, capacity_limit::MAX_NEW),
        // one number, of which nothing exists already
        CapacityKind::Converted => return,
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
            let unit = check.unit_at(&path, high, kept);
            let message = format!(
                "`{path}` allows {} in {}, but {} exist already",
                unit.text(limit.upper[y]),
                check.year(y),
                unit.text(stuck),
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
            let unit = check.unit_at(&path, low, kept);
            let message = format!(
                "`{path}` asks for {} in {}, but no more than {} can be there",
                unit.text(limit.lower[y]),
                check.year(y),
                unit.text(can),
            );
            let most = |ix: &CapacityIx| check.most_capacity(*ix, y);
            let largest = limit.capacities.iter().max_by(|a, b| most(a).total_cmp(&most(b)));
            let held = largest.map_or_else(Vec::new, |ix| check.held_down_by(*ix, y));
            check.report(
                Diagnostic::error("min-out-of-reach", message, least, "at least")
                    .also_all(held)
                    .hint("raise what holds its processes down, or lower the least capacity"),
            );
            return;
        }
    }
}
