//! What can run and what must run.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::rounding::exceeds;
use kzleap_model::{Process, ProcessIx, Tier, Time, YearIx};

use super::Check;
use crate::numbers::shown;
use crate::registry::process;

pub(super) fn check(check: &mut Check<'_, '_>) {
    for (ix, process) in check.processes() {
        let path = check.path_of(ix);
        if process.capacity.is_none() {
            continue;
        }
        zero(check, process, &path);
        minimum_load(check, process, ix);
        annual(check, process, &path);
        annual_minimum_load(check, process, &path);
        ramp(check, process, &path);
    }
}

fn zero(check: &mut Check<'_, '_>, process: &Process, path: &str) {
    if process.availability.range().1 > 0.0 {
        return;
    }
    let place = check.value_place(path, process::AVAILABILITY, process.region);
    let message = format!("`{path}` is never available, so it never runs");
    check.report(
        Diagnostic::warning("never-available", message, place, "")
            .hint("`availability` is a share of capacity, 0 to 1"),
    );
}

fn minimum_load(check: &mut Check<'_, '_>, process: &Process, ix: ProcessIx) {
    let Some(load) = &process.minimum_load else { return };
    let time = &check.model().time;
    let worst = time
        .slices
        .ixs()
        .flat_map(|s| time.years.ixs().map(move |y| (s, y)))
        .find(|(s, y)| exceeds(load.at(*s, *y), process.availability.at(*s, *y)));
    let Some((slice, year)) = worst else { return };
    let path = check.path_of(ix);
    let message = format!(
        "in slice `{}` {} of the capacity of `{path}` must run, but only {} can",
        time.slices[slice].name,
        shown(load.at(slice, year)),
        shown(process.availability.at(slice, year)),
    );
    let place = check.value_place(&path, process::MINIMUM_LOAD, process.region);
    let other = check.value_place(&path, process::AVAILABILITY, process.region);
    check.report(
        Diagnostic::error("must-run-above-availability", message, place, "must run")
            .also(other, "can run")
            .hint("lower `minimum_load` in that slice, or raise `availability`"),
    );
}

fn annual(check: &mut Check<'_, '_>, process: &Process, path: &str) {
    let Some(annual) = &process.annual_availability else { return };
    let time = &check.model().time;
    let Some(year_node) = time.nodes(Tier::Annual).into_iter().next() else {
        return;
    };
    let mean = |time: &Time, y| time.node_mean(&process.availability, &year_node, y);
    let binds = time.years.ixs().any(|y| exceeds(mean(time, y), annual[y.get()]));
    if binds {
        return;
    }
    let place = check.value_place(path, process::ANNUAL_AVAILABILITY, process.region);
    let message = format!("`annual_availability` of `{path}` is not below its `availability`");
    check.report(
        Diagnostic::warning("annual-without-effect", message, place, "no effect")
            .hint("it limits the whole year more than the slices do, or it can be left out"),
    );
}

fn annual_minimum_load(check: &mut Check<'_, '_>, process: &Process, path: &str) {
    let Some(least) = &process.annual_minimum_load else { return };
    let time = &check.model().time;
    let Some(node) = time.nodes(Tier::Annual).into_iter().next() else { return };
    let annual = |y: YearIx| process.annual_availability.as_ref().map(|most| most[y.get()]);
    let can = |y| time.node_mean(&process.availability, &node, y).min(annual(y).unwrap_or(1.0));
    let Some(year) = time.years.ixs().find(|y| exceeds(least[y.get()], can(*y))) else {
        return;
    };
    let message = format!(
        "over {} {} of the capacity of `{path}` must run, but only {} can",
        time.years[year].milestone,
        shown(least[year.get()]),
        shown(can(year)),
    );
    let place = check.value_place(path, process::ANNUAL_MINIMUM_LOAD, process.region);
    let most = if annual(year).is_some_and(|most| most <= can(year)) {
        process::ANNUAL_AVAILABILITY.key()
    } else {
        process::AVAILABILITY.key()
    };
    let other = check.value_place(path, most, process.region);
    check.report(
        Diagnostic::error("must-run-above-availability", message, place, "must run")
            .also(other, "can run")
            .hint("lower `annual_minimum_load`, or raise what can run"),
    );
}

fn ramp(check: &mut Check<'_, '_>, process: &Process, path: &str) {
    let several = check.model().time.day_types.iter().any(|day| day.slices.len() > 1);
    if process.ramp_per_hour.is_none() || several {
        return;
    }
    let place = check.place(path, process::RAMP);
    let message = "a day has only one block, so nothing ramps within it";
    check.report(
        Diagnostic::warning("ramp-without-effect", message, place, "no effect")
            .hint("cut the day into `[time.blocks]`, or leave `ramp` out"),
    );
}
