//! Demands: given for the whole horizon, and without jumps.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{DecidedBy, Demand};

use super::Check;
use crate::numbers::shown;
use crate::registry::demand;
use crate::values::given_years;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let demands = check.model().demands.clone();
    let paths = check.build.demand_paths.clone();
    for (demand, path) in demands.iter().zip(paths) {
        years(check, &path);
        values(check, demand, &path);
        steps(check, demand, &path);
    }
}

fn years(check: &mut Check<'_, '_>, path: &str) {
    let Some((first, last)) = check.node(path, demand::ANNUAL).and_then(given_years) else {
        return;
    };
    let horizon: Vec<i32> =
        check.model().time.years.iter().map(|year| year.milestone).collect();
    let (Some(begin), Some(end)) = (horizon.first(), horizon.last()) else { return };
    let place = check.place(path, demand::ANNUAL);
    let problem = if last < *end {
        format!("`{path}` is given up to {last} and stays as it is then until {end}")
    } else if first > *begin {
        format!("`{path}` is given from {first} on and is the same before, from {begin}")
    } else {
        return;
    };
    check.report(
        Diagnostic::warning("demand-extrapolated", problem, place, "")
            .hint("give it for the first and the last milestone year"),
    );
}

fn values(check: &mut Check<'_, '_>, demand: &Demand, path: &str) {
    let place = check.place(path, demand::ANNUAL);
    if demand.annual.iter().all(|value| *value <= 0.0) {
        let message = format!("`{path}` is zero in every milestone year");
        check.report(
            Diagnostic::warning("demand-of-nothing", message, place, "")
                .hint("take it out, or check its years"),
        );
        return;
    }
    for y in 1..demand.annual.len() {
        let (before, after) = (demand.annual[y - 1], demand.annual[y]);
        if before <= 0.0 || after <= 0.0 {
            continue;
        }
        let span = f64::from(check.year(y) - check.year(y - 1));
        let a_year = libm::pow(after / before, 1.0 / span);
        if (0.8..=1.25).contains(&a_year) {
            continue;
        }
        let unit = check.demand_unit(demand.commodity, path);
        let message = format!(
            "`{path}` goes from {} to {} between {} and {}: {} % a year",
            unit.text(before),
            unit.text(after),
            check.year(y - 1),
            check.year(y),
            shown(libm::round((a_year - 1.0) * 100.0)),
        );
        check.implausible(
            Diagnostic::warning("demand-jumps", message, place, "")
                .hint("check for a digit too many or too few, and the unit"),
        );
        return;
    }
}

/// A step that is worth more than firm demand, which goes unserved before it.
fn steps(check: &mut Check<'_, '_>, demand: &Demand, path: &str) {
    let Some(cost) = &check.model().commodities[demand.commodity].unserved_cost else { return };
    let above = |worth: &[f64]| worth.iter().zip(cost).all(|(worth, cost)| worth >= cost);
    let yearly = demand.steps.iter().filter(|step| step.by == DecidedBy::Year);
    let Some(step) = yearly.into_iter().find(|step| above(&step.worth)) else { return };
    let name = &check.model().commodities[demand.commodity].name;
    let message = format!(
        "step `{}` of `{path}` is worth more than it costs to leave firm demand unserved",
        step.name
    );
    let place = check.place(path, demand::STEPS);
    check.report(
        Diagnostic::warning("step-above-firm", message, place, "")
            .hint(format!("check its unit and `unserved_cost` of `{name}`")),
    );
}
