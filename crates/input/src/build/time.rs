//! Milestone years and slices.

use std::collections::BTreeSet;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::units::HOURS_PER_YEAR;
use kzleap_model::{DayType, Season, Series, Set, Slice, Time, Year};

use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{Kind, TableKind};
use crate::tree::{Node, Value};

/// Days of the year the slices describe.
const DAYS: f64 = 365.0;

/// A part of a whole, with its name and size.
struct Part {
    name: String,
    size: f64,
}

/// Reads `[time]`; `None` if it is not usable.
pub(super) fn read<'a>(rd: &mut Reader<'a>, root: &Item<'a>) -> Option<Time> {
    let Some(entry) = root.table.entry("time") else {
        rd.missing(root, "time");
        return None;
    };
    let Kind::Table(kind) = Reader::field(root, "time").kind else { return None };
    let item = Item::new(kind, "time".to_owned(), entry)?;
    let years = years(rd, &item);
    let seasons = parts_of_list(rd, &item, "seasons", "days");
    let day_types = parts_of_list(rd, &item, "day_types", "share");
    let blocks = blocks(rd, &item);
    let (seasons, mut day_types, blocks) = (seasons?, day_types?, blocks?);
    let sound = adds_up(rd, &item, "seasons", &seasons, DAYS, "days", 1e-6)
        & adds_up(rd, &item, "day_types", &day_types, 1.0, "shares", 1e-3)
        & adds_up(rd, &item, "blocks", &blocks, 24.0, "hours", 1e-6);
    let years = years?;
    if !sound {
        return None;
    }
    normalise(rd, &mut day_types);
    let time = slices(years, &seasons, &day_types, &blocks);
    rd.sets.years = time.years.iter().map(|year| year.milestone).collect();
    rd.sets.slices = time
        .slices
        .iter()
        .map(|slice| {
            let season = time.day_types[slice.day_type].season;
            (slice.name.clone(), time.seasons[season].name.clone())
        })
        .collect();
    for (s, (slice, season)) in rd.sets.slices.iter().enumerate() {
        for name in BTreeSet::from([slice, season]) {
            rd.sets.covers.entry(name.clone()).or_default().push(s);
        }
    }
    rd.sets.hours = match &time.year_split {
        Series::BySlice(shares) => shares.iter().map(|share| share * HOURS_PER_YEAR).collect(),
        _ => vec![HOURS_PER_YEAR],
    };
    Some(time)
}

fn years<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Set<Year>> {
    let Some(node) = item.table.get("years") else {
        rd.missing(item, "years");
        return None;
    };
    let Value::List(nodes) = &node.value else {
        rd.wrong_type(item, "years", node, "a list such as `[2025, 2030]`");
        return None;
    };
    let mut milestones: Vec<(i32, Span)> = Vec::new();
    for node in nodes {
        let Some(year) = calendar_year(rd, item, node) else { continue };
        if let Some((before, place)) = milestones.last().filter(|(before, _)| *before >= year) {
            let message = if *before == year {
                format!("milestone year {year} stands twice")
            } else {
                format!("milestone year {year} comes after {before}")
            };
            let diagnostic = Diagnostic::error("years-not-ascending", message, node.span, "")
                .also(*place, "after this")
                .hint("list each year once, the earliest first");
            rd.fail(item, diagnostic);
            return None;
        }
        milestones.push((year, node.span));
    }
    if milestones.len() < nodes.len() {
        return None;
    }
    let Some((last, last_place)) = milestones.last().copied() else {
        let diagnostic =
            Diagnostic::error("empty-list", "there are no milestone years", node.span, "")
                .hint("write at least one: `years = [2025]`");
        rd.fail(item, diagnostic);
        return None;
    };
    let end = horizon_end(rd, item, &milestones, last, last_place)?;
    let ends = milestones.iter().skip(1).map(|(year, _)| year - 1).chain([end]);
    Some(
        milestones
            .iter()
            .zip(ends)
            .map(|((milestone, _), last)| Year {
                milestone: *milestone,
                first: *milestone,
                last,
            })
            .collect(),
    )
}

fn horizon_end<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    milestones: &[(i32, Span)],
    last: i32,
    last_place: Span,
) -> Option<i32> {
    if item.has("horizon_end") {
        #[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to years")]
        let end = rd.number(item, "horizon_end", None)? as i32;
        if end < last {
            let message = format!("the horizon ends in {end}, before milestone year {last}");
            let place = item.value_place("horizon_end");
            let diagnostic = Diagnostic::error("horizon-too-short", message, place, "")
                .also(last_place, "the last milestone year")
                .hint("it is the last calendar year of the last period");
            rd.fail(item, diagnostic);
            return None;
        }
        return Some(end);
    }
    let length = match milestones {
        [.., (before, _), _] => last - before,
        _ => 1,
    };
    let end = last + length - 1;
    rd.default_used(
        "time.horizon_end".to_owned(),
        end,
        if milestones.len() > 1 {
            "the last period is as long as the one before"
        } else {
            "a single milestone year stands for itself"
        },
    );
    Some(end)
}

fn calendar_year(rd: &mut Reader<'_>, item: &Item<'_>, node: &Node) -> Option<i32> {
    let Value::Number(number) = node.value else {
        rd.wrong_type(item, "years", node, "whole numbers");
        return None;
    };
    if number.fract().abs() > 0.0 || !(1900.0..=2200.0).contains(&number) {
        let message = format!("`{number}` is not a year between 1900 and 2200");
        rd.fail(item, Diagnostic::error("year-out-of-range", message, node.span, ""));
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "just checked")]
    Some(number as i32)
}

/// The tables of a list, such as seasons with their days; none if it is left out.
fn parts_of_list<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: &str,
    size: &str,
) -> Option<Vec<Part>> {
    let Some(node) = item.table.get(field) else { return Some(Vec::new()) };
    let Kind::List(kind) = Reader::field(item, field).kind else { return None };
    let Value::List(nodes) = &node.value else {
        rd.wrong_type(item, field, node, &format!("tables written as `{}`", kind.written));
        return None;
    };
    let mut parts: Vec<(Part, Span)> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let part = list_item(rd, item, kind, field, at, node)?;
        let name = rd.text(&part, "name");
        let size = rd.number(&part, size, None);
        let (Some(name), Some(size)) = (name, size) else { return None };
        let place = part.value_place("name");
        if let Some((_, first)) = parts.iter().find(|(part, _)| part.name == name) {
            let diagnostic = Diagnostic::error(
                "duplicate",
                format!("`{name}` stands twice"),
                place,
                "again",
            )
            .also(*first, "first here");
            rd.fail(item, diagnostic);
            return None;
        }
        if !super::declare::is_good_name(rd, name, place) {
            return None;
        }
        parts.push((Part { name: name.to_owned(), size }, place));
    }
    Some(parts.into_iter().map(|(part, _)| part).collect())
}

fn list_item<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    kind: &'static TableKind,
    field: &str,
    at: usize,
    node: &'a Node,
) -> Option<Item<'a>> {
    let Some(table) = node.table() else {
        rd.wrong_type(item, field, node, &format!("tables written as `{}`", kind.written));
        return None;
    };
    let path = format!("time.{field}.{}", at + 1);
    let place = table.iter().next().map_or(node.span, |entry| entry.key_span);
    Some(Item { kind, table, path, place, ..item.clone() })
}

fn blocks<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Vec<Part>> {
    if !item.has("blocks") {
        return Some(Vec::new());
    }
    let mut parts = Vec::new();
    for (name, place, value) in rd.open_map(item, "blocks", None)? {
        if !super::declare::is_good_name(rd, &name, place) {
            return None;
        }
        let Some(Series::Constant(size)) = value else { return None };
        parts.push(Part { name, size });
    }
    Some(parts)
}

fn adds_up(
    rd: &mut Reader<'_>,
    item: &Item<'_>,
    field: &str,
    parts: &[Part],
    whole: f64,
    what: &str,
    tolerance: f64,
) -> bool {
    let sum: f64 = parts.iter().map(|part| part.size).sum();
    if parts.is_empty() || (sum - whole).abs() <= tolerance {
        return true;
    }
    let each: Vec<String> = parts.iter().map(|part| shown(part.size)).collect();
    let message = format!("the {what} of `{field}` add up to {}, not to {whole}", shown(sum));
    let diagnostic = Diagnostic::error("does-not-add-up", message, item.place_of(field), "")
        .hint(format!("{} = {}", each.join(" + "), shown(sum)));
    rd.fail(item, diagnostic);
    false
}

/// Shares written with three digits add up to 0.999: they are stretched to 1.
fn normalise(rd: &mut Reader<'_>, day_types: &mut [Part]) {
    let sum: f64 = day_types.iter().map(|part| part.size).sum();
    if day_types.is_empty() || (sum - 1.0).abs() <= 1e-12 {
        return;
    }
    for part in &mut *day_types {
        part.size /= sum;
    }
    let reason = format!("shares add up to {} and were divided by it", shown(sum));
    rd.default_used("time.day_types".to_owned(), "scaled", reason);
}

fn slices(years: Set<Year>, seasons: &[Part], day_types: &[Part], blocks: &[Part]) -> Time {
    let or_one = |parts: &[Part], name: &str, size: f64| -> Vec<(String, f64)> {
        if parts.is_empty() {
            return vec![(name.to_owned(), size)];
        }
        parts.iter().map(|part| (part.name.clone(), part.size)).collect()
    };
    let seasons = or_one(seasons, "year", DAYS);
    let day_types = or_one(day_types, "day", 1.0);
    let blocks = or_one(blocks, "all", 24.0);
    let mut time = Time {
        years,
        seasons: Vec::new(),
        day_types: Vec::new(),
        slices: Set::new(),
        year_split: Series::Constant(1.0),
    };
    let mut shares = Vec::new();
    for (season, days) in &seasons {
        let first = time.slices.len();
        for (day_type, share) in &day_types {
            let first = time.slices.len();
            for (block, hours) in &blocks {
                // a part with only one choice says nothing
                let parts = [
                    (season, seasons.len()),
                    (day_type, day_types.len()),
                    (block, blocks.len()),
                ];
                let told: Vec<&str> = parts
                    .iter()
                    .filter(|(_, choices)| *choices > 1)
                    .map(|(name, _)| name.as_str())
                    .collect();
                let name = if told.is_empty() { "year".to_owned() } else { told.join(".") };
                let day_type = time.day_types.len();
                time.slices.push(Slice { name, day_type, hours_per_pass: *hours });
                shares.push(days * share * hours / HOURS_PER_YEAR);
            }
            time.day_types.push(DayType {
                name: day_type.clone(),
                season: time.seasons.len(),
                passes: days * share,
                slices: first..time.slices.len(),
            });
        }
        time.seasons.push(Season { name: season.clone(), slices: first..time.slices.len() });
    }
    time.year_split = Series::BySlice(shares);
    time
}
