//! Subsidies on building, and their budgets.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::CapacityIx;
use kzleap_model::support::{Budget, Subsidy};

use super::declare::given;
use super::{Build, limits};
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{root, subsidy};

/// Reads every subsidy.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items(root::SUBSIDIES) {
        given(rd, &item, subsidy::LABEL);
        let Some(capacities) = limits::capacities(rd, build, &mut item, &subsidy::MEMBERS)
        else {
            continue;
        };
        if !item.has(subsidy::RATE) {
            let message = format!("`{}` does not say what it pays", item.path);
            let diagnostic = Diagnostic::error("missing-field", message, item.place, "")
                .hint("add `rate`, such as `rate = { value = 200, unit = \"USD/kW\" }`");
            rd.fail_missing(&item, diagnostic);
            continue;
        }
        let Some(rate) = rd.since_first_year(&item, subsidy::RATE) else { continue };
        let rate: Vec<f64> = rate.into_iter().map(|rate| rate.unwrap_or(0.0)).collect();
        let lost =
            capacities.iter().any(|k| rd.failed.contains(&build.capacity_paths[k.get()].0));
        let capacities: Vec<CapacityIx> = (capacities.into_iter())
            .filter(|k| build.model.capacities[*k].investment.is_some())
            .collect();
        if capacities.is_empty() && lost {
            rd.fail_silently(&item);
            continue;
        }
        if capacities.is_empty() {
            let message = format!("none of what `{}` speaks of can be built", item.path);
            let field = subsidy::MEMBERS.written(&item);
            let diagnostic =
                Diagnostic::error("subsidy-of-nothing", message, item.value_place(field), "")
                    .hint(
                        "a subsidy lowers the cost of building: give `capital_cost` and `life`",
                    );
            rd.fail(&item, diagnostic);
            continue;
        }
        if lost
            || !is_below_cost(rd, build, &item, &capacities, &rate)
            || !is_only_one(rd, build, &item, &capacities)
        {
            continue;
        }
        let support = &mut build.model.support;
        let first = support.subsidies.len();
        support
            .subsidies
            .extend(capacities.iter().map(|k| Subsidy { capacity: *k, rate: rate.clone() }));
        let Some(limit) = rd.since_first_year(&item, subsidy::ANNUAL_BUDGET) else { continue };
        let limit = limit.into_iter().zip(build.lengths());
        build.model.support.budgets.push(Budget {
            name: item.name.to_owned(),
            subsidies: (first..build.model.support.subsidies.len()).collect(),
            limit: limit.map(|(limit, length)| limit.map(|limit| limit * length)).collect(),
        });
    }
}

/// A subsidy of all the cost or more would pay for building without end.
fn is_below_cost<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    capacities: &[CapacityIx],
    rate: &[f64],
) -> bool {
    for k in capacities {
        let capacity = &build.model.capacities[*k];
        let Some(investment) = &capacity.investment else { continue };
        for ((rate, cost), year) in
            rate.iter().zip(&investment.overnight_cost).zip(&build.model.time.years)
        {
            if *rate > 0.0 && rate >= cost {
                let (year, name) = (year.milestone, &capacity.name);
                let message = format!(
                    "in {year} `{}` pays {} for each unit of `{name}`, which costs {}",
                    item.path,
                    shown(*rate),
                    shown(*cost)
                );
                let place = item.value_place(subsidy::RATE);
                let diagnostic = Diagnostic::error("subsidy-above-cost", message, place, "")
                    .hint(
                        "a subsidy stays below the overnight cost; both are in MUSD per unit",
                    );
                rd.fail(item, diagnostic);
                return false;
            }
        }
    }
    true
}

/// Two subsidies on one capacity could pay more than it costs together.
fn is_only_one<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    capacities: &[CapacityIx],
) -> bool {
    let twice = capacities
        .iter()
        .find(|k| build.model.support.subsidies.iter().any(|other| other.capacity == **k));
    let Some(k) = twice else { return true };
    let message = format!("`{}` has a subsidy already", build.model.capacities[*k].name);
    let diagnostic = Diagnostic::error("two-subsidies", message, item.place, "")
        .hint("let one subsidy speak of it, or name its regions");
    rd.fail(item, diagnostic);
    false
}
