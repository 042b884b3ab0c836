//! Storages that have nothing to do, or lose more than they keep.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Mode, Process, Tier};

use super::Check;
use crate::numbers::shown;
use crate::registry::{commodity, root, storage};

pub(super) fn check(check: &mut Check<'_, '_>) {
    for (ix, process) in check.processes() {
        let path = check.path_of(ix);
        if !process.is_storage() || check.failed(&path) {
            continue;
        }
        if !has_tier(check, process, &path) {
            continue;
        }
        cycle(check, &path);
        if process.modes.iter().any(|mode| !mode.discharges.is_empty()) {
            round_trip(check, process, &path);
        }
    }
}

/// What is balanced over the whole year needs no storing.
fn has_tier(check: &mut Check<'_, '_>, process: &Process, path: &str) -> bool {
    let commodity = process.modes.iter().find_map(|mode| mode.inputs.first()).map(|(c, _)| *c);
    let Some(commodity) = commodity.map(|c| check.model().commodities[c].clone()) else {
        return true;
    };
    if commodity.tier != Tier::Annual {
        return true;
    }
    let place = check.place(path, storage::COMMODITY);
    let other = check.place(&root::COMMODITIES.key().path(&commodity.name), commodity::TIER);
    let message = format!(
        "`{}` is balanced over the whole year, so there is nothing to store",
        commodity.name
    );
    check.report(
        Diagnostic::error("storage-without-slices", message, place, "")
            .also(other, "its tier")
            .hint("give the commodity `tier = \"slice\"`, or take the storage out"),
    );
    false
}

fn cycle(check: &mut Check<'_, '_>, path: &str) {
    let cycle =
        check.node(path, storage::CYCLE).and_then(|node| node.text()).unwrap_or_default();
    let time = &check.model().time;
    let blocks = time.day_types.iter().map(|day| day.slices.len()).max().unwrap_or(1);
    let day_types = time.seasons.iter().map(|season| season.slices.len()).max().unwrap_or(1);
    let idle = match cycle {
        "day" => blocks < 2,
        "week" | "season" => day_types < 2,
        _ => time.slices.len() < 2,
    };
    if idle {
        let place = check.place(path, storage::CYCLE);
        let message =
            format!("a {cycle} has only one slice, so this storage never moves anything");
        check.report(
            Diagnostic::warning("storage-without-slices", message, place, "")
                .hint("cut the day into `[time.blocks]`, or choose a longer `cycle`"),
        );
    }
    if cycle == "day"
        && let Some(crate::tree::Value::Number(hours)) =
            check.node(path, storage::HOURS).map(|node| &node.value)
        && *hours > 24.0
    {
        let place = check.place(path, storage::HOURS);
        let message = format!("{hours} hours of storage cannot be used in a cycle of one day");
        check.implausible(
            Diagnostic::warning("storage-longer-than-cycle", message, place, "")
                .also(check.place(path, storage::CYCLE), "its cycle")
                .hint("choose `cycle = \"week\"`, `\"season\"` or `\"year\"`"),
        );
    }
}

fn round_trip(check: &mut Check<'_, '_>, process: &Process, path: &str) {
    // what charges it may be a process of its own
    let own = check.model().processes.iter().zip(&check.build.process_paths);
    let own = own.filter(|(other, at)| other.region == process.region && *at == path);
    let modes: Vec<&Mode> = own.flat_map(|(other, _)| &other.modes).collect();
    let ratio = |pick: fn(&Mode) -> Option<f64>| modes.iter().copied().find_map(pick);
    let (Some(charge), Some(discharge)) = (
        ratio(|mode| mode.charges.first().map(|(_, content)| *content)),
        ratio(|mode| mode.discharges.first().map(|(_, content)| *content)),
    ) else {
        return;
    };
    let round_trip = charge / discharge;
    if round_trip >= 0.25 {
        return;
    }
    let place = check.place(path, storage::CHARGE_EFFICIENCY);
    let message =
        format!("`{path}` gives back {} % of what it takes in", shown(round_trip * 100.0));
    check.implausible(
        Diagnostic::warning("storage-loses-most", message, place, "")
            .hint("check both efficiencies: they are multiplied"),
    );
}
