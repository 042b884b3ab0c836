//! Reserves: enough can stand by, and wind and sun do not count in full by oversight.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::Reserve;
use kzleap_model::rounding::exceeds;

use super::Check;
use crate::numbers::shown;
use crate::registry::{process, reserve_margin, root};

/// Below this yearly availability, full capacity credit is rarely meant.
const VARIABLE: f64 = 0.5;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let reserves: Vec<Reserve> = check.model().reserves.iter().cloned().collect();
    for reserve in &reserves {
        let path = root::RESERVE_MARGINS.key().path(&reserve.name);
        if check.failed(&path) {
            continue;
        }
        let unknown =
            [root::PROCESSES, root::STORAGES].iter().any(|kind| check.open.may_hold(*kind));
        if reserve.members.is_empty() && unknown {
            continue;
        }
        if reserve.members.is_empty() {
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

fn reach(check: &mut Check<'_, '_>, reserve: &Reserve, path: &str) {
    let years = check.model().time.years.ixs();
    let needed: Vec<f64> = years.filter_map(|y| reserve.requirement.needed(y)).collect();
    for (y, needed) in needed.iter().enumerate() {
        let most: f64 = reserve
            .members
            .iter()
            .filter(|(_, credit)| credit[y] > 0.0)
            .map(|(capacity, credit)| credit[y] * check.most_capacity(*capacity, y))
            .sum();
        let unknown = [root::PROCESSES, root::STORAGES, root::LINKS]
            .iter()
            .any(|kind| check.open.may_hold(*kind));
        if unknown {
            return;
        }
        if !exceeds(*needed, most) {
            continue;
        }
        let place = check.place(
            path,
            if check.has(path, reserve_margin::PEAK) {
                reserve_margin::PEAK
            } else {
                reserve_margin::MARGIN
            },
        );
        let message = format!(
            "`{path}` needs {} GW of firm capacity in {}, but no more than {} GW can be available",
            shown(*needed),
            check.year(y),
            shown(most),
        );
        check.report(Diagnostic::error("reserve-out-of-reach", message, place, "").hint(
            "allow more building, correct `capacity_credit`, or start the rule in a later year",
        ));
        return;
    }
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
