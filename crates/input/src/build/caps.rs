//! Caps on emissions, and prices on what some processes emit.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionTerm};
use kzleap_model::{ByYear, RegionIx};

use super::Build;
use super::covered::{Covered, in_full, weights};
use super::declare::given;
use crate::reader::{Item, Reader};
use crate::registry::{Field, Number, emission_cap, emission_price, root};

/// Reads every cap and every price.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::EMISSION_CAPS) {
        let regions = build.regions_of(rd, &item, emission_cap::REGIONS);
        if !item.has(emission_cap::EMISSIONS) {
            rd.missing(&item, emission_cap::EMISSIONS);
            continue;
        }
        let weights = weights(rd, &item, emission_cap::EMISSIONS);
        let window = window(rd, build, &item);
        let label = given(rd, &item, emission_cap::LABEL).unwrap_or(item.name);
        below(rd, build, &item);
        let some = item.has(emission_cap::PROCESSES) || item.has(emission_cap::CATEGORIES);
        let (weights, regions) = if some {
            let members = build.members(rd, &item, &emission_cap::MEMBERS);
            let Some(members) = members else { continue };
            let covered = Covered { item: &item, label, members: in_full(members) };
            let field = emission_cap::EMISSIONS;
            let Some(weights) = covered.apart(rd, build, &weights, field) else { continue };
            // elsewhere nobody is covered
            (weights, build.model.regions.ixs().collect())
        } else {
            (weights, regions)
        };
        let Some(window) = window else { continue };
        let term =
            |(emission, weight)| EmissionTerm { emission, regions: regions.clone(), weight };
        let terms = weights.into_iter().map(term).collect();
        let name = item.name.to_owned();
        build.model.emission_caps.push(EmissionCap { name, terms, window });
    }
    prices(rd, build);
}

/// How far below its limit a cap is planned.
fn below<'a>(rd: &mut Reader<'a>, build: &mut Build, item: &Item<'a>) {
    if !item.has(emission_cap::PLANNED_BELOW) {
        return;
    }
    let place = item.place_of(emission_cap::PLANNED_BELOW);
    if build.model.time.calendar.is_empty() {
        let message =
            "`planned_below` is for what slices hide of hours, and the model has none";
        let diagnostic = Diagnostic::error("no-hours", message, place, "")
            .hint("take it out, and give the `limit` that is meant");
        rd.fail(item, diagnostic);
    } else if !item.has(emission_cap::LIMIT) {
        let message = "`planned_below` goes with `limit`";
        let diagnostic = Diagnostic::error("missing-field", message, place, "")
            .hint("give the yearly `limit`, or take it out");
        rd.fail(item, diagnostic);
    } else if let Some(below) = rd.since_first_year(item, emission_cap::PLANNED_BELOW) {
        build.model.time.cutting.below_caps.insert(item.name.to_owned(), below);
    }
}

/// Reads every price on some processes.
fn prices(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::EMISSION_PRICES) {
        let label = given(rd, &item, emission_price::LABEL).unwrap_or(item.name);
        if !item.has(emission_price::EMISSIONS) {
            rd.missing(&item, emission_price::EMISSIONS);
        }
        let weights = weights(rd, &item, emission_price::EMISSIONS);
        let price = rd.by_year(&item, emission_price::PRICE, None);
        let members = build.members(rd, &item, &emission_price::MEMBERS);
        let (Some(price), Some(members), false) = (price, members, weights.is_empty()) else {
            continue;
        };
        let covered = Covered { item: &item, label, members: in_full(members) };
        let parts = covered.apart(rd, build, &weights, emission_price::EMISSIONS);
        let regions: Vec<RegionIx> = build.model.regions.ixs().collect();
        for (part, weight) in parts.into_iter().flatten() {
            let each: ByYear = price.iter().map(|price| weight * price).collect();
            let of = |region: &RegionIx| (*region, each.clone());
            build.model.emissions[part].price = regions.iter().map(of).collect();
        }
    }
}

fn window<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Option<CapWindow> {
    match (item.has(emission_cap::LIMIT), item.has(emission_cap::BUDGET)) {
        (true, false) => {
            for field in [emission_cap::FROM, emission_cap::TO] {
                if item.has(field) {
                    let message = format!("`{field}` goes with `budget`, not with `limit`");
                    let diagnostic =
                        Diagnostic::error("both-given", message, item.place_of(field), "")
                            .hint("a limit holds from its first given year on");
                    rd.fail(item, diagnostic);
                }
            }
            rd.since_first_year(item, emission_cap::LIMIT).map(CapWindow::EachYear)
        }
        (false, true) => budget(rd, build, item),
        (true, true) => {
            let message = format!("`{}` has both `limit` and `budget`", item.path);
            let diagnostic = Diagnostic::error(
                "both-given",
                message,
                item.place_of(emission_cap::BUDGET),
                "",
            )
            .also(item.place_of(emission_cap::LIMIT), "")
            .hint("make two caps of it");
            rd.fail(item, diagnostic);
            None
        }
        (false, false) => {
            let message = format!("`{}` has neither `limit` nor `budget`", item.path);
            let diagnostic = Diagnostic::error("missing-field", message, item.place, "")
                .hint("add `limit = { 2030 = … }`, or `budget` with `from` and `to`");
            rd.fail_missing(item, diagnostic);
            None
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the registry bounds years")]
fn budget<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Option<CapWindow> {
    let limit = rd.number(item, emission_cap::BUDGET, None);
    let horizon_first = build.model.time.years.iter().next()?.first;
    let horizon_last = build.model.time.years.iter().last()?.last;
    let mut year = |field: Field<Number>, otherwise: i32| {
        if item.has(field) {
            rd.number(item, field, None).map(|year| year as i32)
        } else {
            rd.default_used(item.path_of(field), otherwise, "the end of the horizon");
            Some(otherwise)
        }
    };
    let (first, last) =
        (year(emission_cap::FROM, horizon_first), year(emission_cap::TO, horizon_last));
    let (first, last) = (first?, last?);
    if first > last {
        let message =
            format!("the budget runs from {first} to {last}, which is no time at all");
        let diagnostic = Diagnostic::error(
            "years-not-ascending",
            message,
            item.value_place(emission_cap::FROM),
            "",
        )
        .also(item.place_of(emission_cap::TO), "");
        rd.fail(item, diagnostic);
        return None;
    }
    if !rd.sets.years_unknown && (first < horizon_first || last > horizon_last) {
        let message = format!(
            "the budget runs from {first} to {last}, but the model from {horizon_first} to \
             {horizon_last}"
        );
        let field = if first < horizon_first { emission_cap::FROM } else { emission_cap::TO };
        let diagnostic =
            Diagnostic::warning("outside-horizon", message, item.value_place(field), "")
                .hint("only years of the horizon count: give what is left for them");
        rd.diags.push(diagnostic);
    }
    Some(CapWindow::Budget { first, last, limit: limit?, exogenous: true })
}
