//! Existing capacity by the year in which its service began, which is gone after its life. Of a process
//! each year is one of its own, whose age is known.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::capacity::share_alive;
use kzleap_model::{ByAge, ByYear, RegionIx};

use super::{Build, capacity};
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{ByYear as ByYears, CapacityFields, Field, Key, Number, VALUE, process};
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
    if !item.has(field) || !stands_alone(rd, item) {
        return Vec::new();
    }
    let name = build.region(region).name.as_str();
    let Some(sizes) = sizes(rd, item, field, Some(name)) else { return Vec::new() };
    let Some(life) = life(rd, item, (field, process::LIFE), Some(name)) else {
        return Vec::new();
    };
    let survival = capacity::survival(rd, item, process::SURVIVAL);
    let service = Service { item, field, life: (process::LIFE, life), survival };
    let left = |(year, size)| {
        let left = service.left(rd, build, year, size)?;
        Some(Existing { year, left })
    };
    sizes.into_iter().filter_map(left).collect()
}

/// What is left of what was commissioned of a storage or link, by milestone year; `None` if that is not
/// given.
pub(super) fn residual<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    fields: &CapacityFields,
    region: Option<&str>,
) -> Option<ByYear> {
    let field = fields.commissioned.filter(|field| item.has(*field))?;
    if !is_given_once(rd, item, field, fields.residual) {
        return None;
    }
    let own = fields.own_life.filter(|own| item.has(*own));
    let of_life = own.unwrap_or(fields.life);
    let sizes = sizes(rd, item, field, region)?;
    let life = life(rd, item, (field, of_life), region)?;
    let service = Service { item, field, life: (of_life, life), survival: None };
    let mut sum = build.every_year(0.0);
    for (year, size) in sizes {
        let left = service.left(rd, build, year, size);
        left.into_iter().flatten().zip(&mut sum).for_each(|(left, sum)| *sum += left);
    }
    Some(sum)
}

/// What began to serve by calendar year.
fn sizes<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<ByYears>,
    region: Option<&str>,
) -> Option<Vec<(i32, f64)>> {
    let node = item.get(field)?;
    let inner = node.table().and_then(|table| table.get(&VALUE)).unwrap_or(node);
    let own = region.and_then(|region| inner.table()?.get(region)).unwrap_or(inner);
    let years = years_within(own);
    if years.is_empty() {
        let message = format!("`{}` does not say in which years", item.path_of(field));
        let diagnostic = Diagnostic::error("no-years", message, node.span, "")
            .hint("give capacity by year: `commissioned = { 1985 = 1.2, 2005 = 0.8 }`");
        rd.fail(item, diagnostic);
        return None;
    }
    let sizes = rd.in_years(years.clone(), |rd| rd.by_year(item, field, region))?;
    Some(years.into_iter().zip(sizes).collect())
}

/// How long what was commissioned serves.
struct Service<'s, 'a> {
    item: &'s Item<'a>,
    field: Field<ByYears>,
    life: (Field<Number>, f64),
    survival: Option<ByAge>,
}

impl Service<'_, '_> {
    /// What is left by milestone year of what began to serve in a year; `None` if nothing ever is.
    fn left(&self, rd: &mut Reader<'_>, build: &Build, year: i32, size: f64) -> Option<ByYear> {
        let (of_life, life) = self.life;
        let share = |period| share_alive(period, year, (life, self.survival.as_ref()));
        let left: ByYear =
            build.model.time.years.iter().map(|period| size * share(period)).collect();
        if left.iter().any(|left| *left > 0.0) {
            return Some(left);
        }
        if size > 0.0 {
            let message = format!(
                "what was commissioned of `{}` in {year} is in service in no year of the model",
                self.item.path
            );
            let place = self.item.place_of(self.field);
            let diagnostic = Diagnostic::warning("past-its-life", message, place, "")
                .also(self.item.place_of(of_life), "its life")
                .hint(format!(
                    "it serves for {} years: if it still runs, give it apart with a longer `{of_life}`",
                    shown(life),
                ));
            rd.diags.push(diagnostic);
        }
        None
    }
}

/// Whether it is given alone what exists already.
fn is_given_once(
    rd: &mut Reader<'_>,
    item: &Item<'_>,
    field: Field<ByYears>,
    residual: Field<ByYears>,
) -> bool {
    if !item.has(residual) {
        return true;
    }
    let message = format!("`{}` has both `{field}` and `{residual}`", item.path);
    let diagnostic = Diagnostic::error("both-given", message, item.place_of(residual), "")
        .also(item.place_of(field), "by year of commissioning")
        .hint("both say what exists already: give one of the two");
    rd.fail(item, diagnostic);
    false
}

/// Whether nothing else is given that says how much exists, or limits it together with what is built.
fn stands_alone(rd: &mut Reader<'_>, item: &Item<'_>) -> bool {
    let field = process::COMMISSIONED;
    if !is_given_once(rd, item, field, process::RESIDUAL_CAPACITY) {
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

/// The life of what was commissioned, which it must have.
fn life<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    (field, life): (Field<ByYears>, Field<Number>),
    region: Option<&str>,
) -> Option<f64> {
    if rd.node(item, life).is_none() {
        let message = format!("`{}` has `{field}` but no `{life}`", item.path);
        let place = item.place_of(field);
        let diagnostic = Diagnostic::error("missing-field", message, place, "").hint(format!(
            "add `{life}`, the years it is in service, or give it in [defaults]"
        ));
        rd.fail_missing(item, diagnostic);
        return None;
    }
    rd.number(item, life, region)
}
