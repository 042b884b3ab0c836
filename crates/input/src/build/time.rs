//! Milestone years and slices.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::units::HOURS_PER_YEAR;
use kzleap_model::{DayType, Season, Series, Set, Slice, Time, Year};

use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{Field, Key, List, Number, Text, Years, day_type, root, season, time};
use crate::tree::{Node, Value};

/// Days of the year the slices describe.
const DAYS: f64 = 365.0;

/// A part of a whole, with its name and size.
#[derive(Clone)]
struct Part {
    name: String,
    label: String,
    size: f64,
}

/// A list of parts, and what each says.
struct ListOfParts {
    list: Field<List>,
    name: Field<Text>,
    label: Field<Text>,
    size: Field<Number>,
}

const SEASONS: ListOfParts = ListOfParts {
    list: time::SEASONS,
    name: season::NAME,
    label: season::LABEL,
    size: season::DAYS,
};
const DAY_TYPES: ListOfParts = ListOfParts {
    list: time::DAY_TYPES,
    name: day_type::NAME,
    label: day_type::LABEL,
    size: day_type::SHARE,
};

/// Reads `[time]`, as far as it can be read.
pub(super) fn read<'a>(rd: &mut Reader<'a>, root: &Item<'a>) -> Time {
    let item = root.inner(root::TIME);
    let Some(item) = item else {
        if !root.has(root::TIME) {
            rd.missing(root, root::TIME);
        }
        rd.sets.years_unknown = true;
        rd.sets.slices_unknown = true;
        return slices_of(rd, UNKNOWN.into_iter().collect(), &[], &[], &[]);
    };
    let years = years(rd, &item);
    if rd.collection(root::HOURLY).is_some() {
        let before = rd.mistakes;
        let time = super::calendar::read(rd, &item, years);
        rd.sets.slices_unknown = rd.mistakes > before;
        put_down(rd, &time);
        return time;
    }
    let before = rd.mistakes;
    let of_hours = [
        time::SLICES.key(),
        time::PERIODS.key(),
        time::ALIKE.key(),
        time::EXTREMES.key(),
        time::ZONE.key(),
        time::WEATHER_YEAR.key(),
    ];
    for field in of_hours {
        if item.has(field) {
            hourly_alone(rd, &item, field);
        }
    }
    let seasons = parts_of_list(rd, &item, &SEASONS);
    let mut day_types = parts_of_list(rd, &item, &DAY_TYPES);
    let blocks = blocks(rd, &item);
    // names of slices are made of all of them
    rd.sets.slices_unknown = rd.mistakes > before;
    if !rd.sets.slices_unknown {
        let sound = adds_up(rd, &item, time::SEASONS, &seasons, DAYS, "days", 1e-6)
            & adds_up(rd, &item, time::DAY_TYPES, &day_types, 1.0, "shares", 1e-3)
            & adds_up(rd, &item, time::BLOCKS, &blocks, 24.0, "hours", 1e-6);
        if sound {
            normalise(rd, &mut day_types);
        }
    }
    slices_of(rd, years, &seasons, &day_types, &blocks)
}

/// Refuses a field that means something only with hourly tables.
fn hourly_alone(rd: &mut Reader<'_>, item: &Item<'_>, field: Key) {
    let message = format!("`{field}` is of hourly tables, and the model has none");
    let diagnostic = Diagnostic::error("no-hours", message, item.place_of(field), "")
        .hint("name one: `[hourly.NAME]` with `file = \"…\"`; or take the line out");
    rd.fail(item, diagnostic);
}

/// In place of milestone years that are not known.
const UNKNOWN: [Year; 1] = [Year { milestone: 2025, first: 2025, last: 2025 }];

/// The time of a model, which is put down in the reader.
fn slices_of(
    rd: &mut Reader<'_>,
    years: Set<Year>,
    seasons: &[Part],
    day_types: &[Part],
    blocks: &[Part],
) -> Time {
    let time = slices(years, seasons, day_types, blocks);
    put_down(rd, &time);
    time
}

/// Puts the names of years, seasons and slices down in the reader.
fn put_down(rd: &mut Reader<'_>, time: &Time) {
    let days = time.calendar.iter();
    rd.sets.hours_in_order = days.flat_map(|day| time.day_types[*day].slices.clone()).collect();
    rd.sets.years = time.years.iter().map(|year| year.milestone).collect();
    rd.sets.periods = time.years.iter().map(|year| (year.first, year.last)).collect();
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
}

/// The milestone years that could be read, in order.
fn years<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Set<Year> {
    let before = rd.mistakes;
    let mut milestones = milestones(rd, item);
    rd.sets.years_unknown = rd.mistakes > before;
    milestones.sort_unstable();
    milestones.dedup_by_key(|(year, _)| *year);
    let Some((last, last_place)) = milestones.last().copied() else {
        return UNKNOWN.into_iter().collect();
    };
    let end = horizon_end(rd, item, &milestones, last, last_place);
    let ends = milestones.iter().skip(1).map(|(year, _)| year - 1).chain([end]);
    let year = |((milestone, _), last): (&(i32, Span), i32)| Year {
        milestone: *milestone,
        first: *milestone,
        last,
    };
    milestones.iter().zip(ends).map(year).collect()
}

fn milestones<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Vec<(i32, Span)> {
    let Some(node) = item.get(time::YEARS) else {
        rd.missing(item, time::YEARS);
        return Vec::new();
    };
    let Value::List(nodes) = &node.value else {
        rd.wrong_type(item, time::YEARS, node, "a list such as `[2025, 2030]`");
        return Vec::new();
    };
    let mut milestones: Vec<(i32, Span)> = Vec::new();
    for node in nodes {
        let Some(year) = calendar_year(rd, item, node) else { continue };
        if let Some((before, place)) = milestones.last().filter(|(before, _)| *before >= year) {
            let message = if *before == year {
                format!("milestone year {year} is given twice")
            } else {
                format!("milestone year {year} comes after {before}")
            };
            let diagnostic = Diagnostic::error("years-not-ascending", message, node.span, "")
                .also(*place, "after this")
                .hint("list each year once, the earliest first");
            rd.fail(item, diagnostic);
        }
        milestones.push((year, node.span));
    }
    if nodes.is_empty() {
        let diagnostic =
            Diagnostic::error("empty-list", "there are no milestone years", node.span, "")
                .hint("write at least one: `years = [2025]`");
        rd.fail(item, diagnostic);
    }
    milestones
}

fn horizon_end<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    milestones: &[(i32, Span)],
    last: i32,
    last_place: Span,
) -> i32 {
    if item.has(time::HORIZON_END) {
        #[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to years")]
        let end = rd.number(item, time::HORIZON_END, None).map_or(last, |end| end as i32);
        if end < last && !rd.sets.years_unknown {
            let message = format!("the horizon ends in {end}, before milestone year {last}");
            let place = item.value_place(time::HORIZON_END);
            let diagnostic = Diagnostic::error("horizon-too-short", message, place, "")
                .also(last_place, "the last milestone year")
                .hint("it is the last calendar year of the last period");
            rd.fail(item, diagnostic);
        }
        return end.max(last);
    }
    let length = match milestones {
        [.., (before, _), _] => last - before,
        _ => 1,
    };
    let end = last + length - 1;
    rd.default_used(
        item.path_of(time::HORIZON_END),
        end,
        if milestones.len() > 1 {
            "the last period is as long as the one before"
        } else {
            "a single milestone year represents itself"
        },
    );
    end
}

/// The calendar years that a field lists; none if it is left out.
pub(super) fn list_of_years<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Years>,
) -> Vec<i32> {
    let Some(node) = item.get(field) else { return Vec::new() };
    let Value::List(nodes) = &node.value else {
        rd.wrong_type(item, field, node, "a list such as `[2025, 2030]`");
        return Vec::new();
    };
    nodes.iter().filter_map(|node| calendar_year(rd, item, node)).collect()
}

fn calendar_year(rd: &mut Reader<'_>, item: &Item<'_>, node: &Node) -> Option<i32> {
    let Value::Number(number) = node.value else {
        rd.wrong_type(item, time::YEARS, node, "whole numbers");
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
fn parts_of_list<'a>(rd: &mut Reader<'a>, item: &Item<'a>, fields: &ListOfParts) -> Vec<Part> {
    let field = fields.list;
    let Some(node) = item.get(field) else { return Vec::new() };
    let List(kind) = field.holds;
    let Value::List(nodes) = &node.value else {
        rd.wrong_type(item, field, node, &format!("tables written as `{}`", kind.written));
        return Vec::new();
    };
    let mut parts: Vec<Part> = Vec::new();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let Some(part) = list_item(rd, item, field, at, node) else { continue };
        let name = rd.text(&part, fields.name);
        if part.has(season::FROM) {
            hourly_alone(rd, &part, season::FROM.key());
        }
        let size = rd.number(&part, fields.size, None);
        if !part.has(fields.size) {
            rd.missing(&part, fields.size);
        }
        let Some(name) = name else { continue };
        let place = part.value_place(fields.name);
        if let Some(first) = seen.insert(name, place) {
            let message = format!("`{name}` is given twice");
            let diagnostic = Diagnostic::error("duplicate", message, place, "again")
                .also(first, "first here");
            rd.fail(item, diagnostic);
            continue;
        }
        super::declare::is_good_name(rd, name, place);
        let label = super::declare::given(rd, &part, fields.label);
        let label = label.unwrap_or(name).to_owned();
        parts.push(Part { name: name.to_owned(), label, size: size.unwrap_or(1.0) });
    }
    parts
}

pub(super) fn list_item<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<List>,
    at: usize,
    node: &'a Node,
) -> Option<Item<'a>> {
    let List(kind) = field.holds;
    let Some(table) = node.table() else {
        rd.wrong_type(item, field, node, &format!("tables written as `{}`", kind.written));
        return None;
    };
    let path = format!("{}.{}", item.path_of(field), at + 1);
    let place = table.iter().next().map_or(node.span, |entry| entry.key_span);
    Some(Item { kind, table, path, place, ..item.clone() })
}

fn blocks<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Vec<Part> {
    if !item.has(time::BLOCKS) {
        return Vec::new();
    }
    let mut parts = Vec::new();
    for (name, place, value) in rd.open_map(item, time::BLOCKS, None).unwrap_or_default() {
        super::declare::is_good_name(rd, &name, place);
        let size = if let Some(Series::Constant(size)) = value { size } else { 1.0 };
        parts.push(Part { label: name.clone(), name, size });
    }
    parts
}

fn adds_up(
    rd: &mut Reader<'_>,
    item: &Item<'_>,
    field: impl Into<Key>,
    parts: &[Part],
    whole: f64,
    what: &str,
    tolerance: f64,
) -> bool {
    let field = field.into();
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
    rd.default_used(root::TIME.key().path(time::DAY_TYPES.name()), "scaled", reason);
}

fn slices(years: Set<Year>, seasons: &[Part], day_types: &[Part], blocks: &[Part]) -> Time {
    let one =
        |name: &str, size| vec![Part { name: name.to_owned(), label: name.to_owned(), size }];
    let or_one = |parts: &[Part], name, size| match parts {
        [] => one(name, size),
        parts => parts.to_vec(),
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
        calendar: Vec::new(),
        cutting: kzleap_model::Cutting::default(),
    };
    let mut shares = Vec::new();
    for season in &seasons {
        let first = time.slices.len();
        for day_type in &day_types {
            let first = time.slices.len();
            for block in &blocks {
                // a part with only one choice says nothing
                let parts = [
                    (season, seasons.len()),
                    (day_type, day_types.len()),
                    (block, blocks.len()),
                ];
                let named: Vec<&str> = parts
                    .iter()
                    .filter(|(_, choices)| *choices > 1)
                    .map(|(part, _)| part.name.as_str())
                    .collect();
                let name = if named.is_empty() { "year".to_owned() } else { named.join(".") };
                let at = time.day_types.len();
                time.slices.push(Slice { name, day_type: at, hours_per_pass: block.size });
                shares.push(season.size * day_type.size * block.size / HOURS_PER_YEAR);
            }
            time.day_types.push(DayType {
                name: day_type.name.clone(),
                label: day_type.label.clone(),
                season: time.seasons.len(),
                passes: season.size * day_type.size,
                slices: first..time.slices.len(),
            });
        }
        time.seasons.push(Season {
            name: season.name.clone(),
            label: season.label.clone(),
            slices: first..time.slices.len(),
        });
    }
    time.year_split = Series::BySlice(shares);
    time
}
