//! Existing capacity by the year in which its service began: each year is a process of its own, whose
//! age is known and which is gone after its life.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::capacity::share_alive;
use kzleap_model::{ByYear, RegionIx};

use super::{Build, capacity};
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{Key, VALUE, process};
use crate::tree::Node;

/// What began to serve in one calendar year.
pub(super) struct Existing {
    pub(super) year: i32,
    /// What of it is in service in each milestone year, in its unit.
    pub(super) left: ByYear,
}

/// Limits on what is in service or runs, which would hold of what is built alone.
const LIMITS: [Key; 5] = [
    process::MIN_CAPACITY.key(),
    process::MAX_CAPACITY.key(),
    process::MIN_ACTIVITY.key(),
    process::MAX_ACTIVITY.key(),
    process::MAX_TOTAL_ACTIVITY.key(),
];

/// The years that a value is given for, in any region.
pub(super) fn years_within(node: &Node) -> Vec<i32> {
    let mut years: Vec<i32> = Vec::new();
    for entry in node.table().into_iter().flat_map(crate::tree::Table::iter) {
        match entry.key.parse() {
            Ok(year) => years.push(year),
            Err(_) => years.extend(years_within(&entry.node)),
        }
    }
    years.sort_unstable();
    years.dedup();
    years
}

/// Whether a name is that of what was commissioned of a process in some year.
pub(super) fn is_of(name: &str, process: &str) -> bool {
    let year = name.strip_prefix(process).and_then(|rest| rest.strip_prefix('.'));
    year.is_some_and(|year| year.parse::<i32>().is_ok())
}

/// What was commissioned of a process in a region, by year.
pub(super) fn of<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    region: RegionIx,
) -> Vec<Existing> {
    let field = process::COMMISSIONED;
    let Some(node) = item.get(field) else { return Vec::new() };
    if !stands_alone(rd, item) {
        return Vec::new();
    }
    let name = build.region(region).name.as_str();
    let inner = node.table().and_then(|table| table.get(&VALUE)).unwrap_or(node);
    let own = inner.table().and_then(|table| table.get(name)).unwrap_or(inner);
    let years = years_within(own);
    if years.is_empty() {
        let message = format!("`{}` does not say in which years", item.path_of(field));
        let diagnostic = Diagnostic::error("no-years", message, node.span, "")
            .hint("give capacity by year: `commissioned = { 1985 = 1.2, 2005 = 0.8 }`");
        rd.fail(item, diagnostic);
        return Vec::new();
    }
    let sizes = rd.in_years(years.clone(), |rd| rd.by_year(item, field, Some(name)));
    let Some(sizes) = sizes else { return Vec::new() };
    let Some(life) = life(rd, item, name) else { return Vec::new() };
    let survival = capacity::survival(rd, item, process::SURVIVAL);
    let periods = &build.model.time.years;
    let mut existing = Vec::new();
    for (year, size) in years.into_iter().zip(sizes) {
        let share = |period| share_alive(period, year, (life, survival.as_ref()));
        let left: ByYear = periods.iter().map(|period| size * share(period)).collect();
        if size > 0.0 && left.iter().all(|left| *left <= 0.0) {
            let message = format!(
                "what was commissioned of `{}` in {year} is in service in no year of the model",
                item.path
            );
            let place = item.place_of(field);
            let diagnostic = Diagnostic::warning("past-its-life", message, place, "")
                .also(item.place_of(process::LIFE), "its life")
                .hint(format!(
                    "it serves for {} years: if it still runs, give it a `{}` of its own as a class, or a \
                     longer `{}`",
                    shown(life),
                    process::RESIDUAL_CAPACITY,
                    process::LIFE
                ));
            rd.diags.push(diagnostic);
        }
        if left.iter().any(|left| *left > 0.0) {
            existing.push(Existing { year, left });
        }
    }
    existing
}

/// Whether nothing else is given that says how much exists, or limits it together with what is built.
fn stands_alone(rd: &mut Reader<'_>, item: &Item<'_>) -> bool {
    let field = process::COMMISSIONED;
    if item.has(process::RESIDUAL_CAPACITY) {
        let residual = process::RESIDUAL_CAPACITY;
        let message = format!("`{}` has both `{field}` and `{residual}`", item.path);
        let diagnostic = Diagnostic::error("both-given", message, item.place_of(residual), "")
            .also(item.place_of(field), "by year of commissioning")
            .hint("both say what exists already: give one of the two");
        rd.fail(item, diagnostic);
        return false;
    }
    let Some(limit) = item.first_of(&LIMITS) else { return true };
    let message = format!(
        "`{limit}` would hold of what is built of `{}` alone, and not of what was commissioned",
        item.path
    );
    let diagnostic = Diagnostic::error("limit-on-a-part", message, item.place_of(limit), "")
        .also(item.place_of(field), "each year is a process of its own")
        .hint(
            "limit all of it in `[capacity_limits.NAME]` or `[activity_limits.NAME]`, with \
             `processes` and its name",
        );
    rd.fail(item, diagnostic);
    false
}

fn life<'a>(rd: &mut Reader<'a>, item: &Item<'a>, region: &str) -> Option<f64> {
    if rd.node(item, process::LIFE).is_none() {
        let field = process::COMMISSIONED;
        let message = format!("`{}` has `{field}` but no `{}`", item.path, process::LIFE);
        let place = item.place_of(field);
        let diagnostic = Diagnostic::error("missing-field", message, place, "").hint(format!(
            "add `{}`, the years it is in service, or give it in [defaults]",
            process::LIFE
        ));
        rd.fail_missing(item, diagnostic);
        return None;
    }
    rd.number(item, process::LIFE, Some(region))
}
