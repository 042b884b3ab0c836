//! Profiles: values by slice, under a name.

use std::collections::BTreeSet;

use jiff::tz::{Offset, TimeZone};
use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::Series;

use super::demands::WORDS;
use crate::hourly::clock;
use crate::hourly::year::{Clocks, Placed, Times, date_of, fill};
use crate::hourly::{HourlyFile, HourlyFiles};
use crate::names::suggest;
use crate::reader::{Item, Reader};
use crate::registry::{hourly, profile, root, time};

/// Reads every profile into the reader: those of hourly tables, then those that may be made of
/// them.
pub(super) fn read<'a>(rd: &mut Reader<'a>, root: &Item<'a>) {
    of_hourly_tables(rd, root);
    for item in rd.items(root::PROFILES) {
        let name = item.name.to_owned();
        if !is_free(rd, &name, &item) {
            continue;
        }
        let values = if item.has(profile::OF) {
            changed(rd, &item)
        } else {
            match rd.profile_values(&item) {
                Some(Series::BySlice(values)) => Some(values),
                Some(Series::Constant(value)) => Some(vec![value; rd.sets.slices.len()]),
                _ => None,
            }
        };
        match values {
            Some(values) => {
                rd.sets.profiles.insert(name, values);
            }
            None => {
                rd.sets.failed_profiles.insert(name);
            }
        }
    }
}

/// Whether a profile may have a name; says why not.
fn is_free(rd: &mut Reader<'_>, name: &str, item: &Item<'_>) -> bool {
    if WORDS.contains(&name) {
        let message = format!("a profile cannot be named `{name}`");
        let hint = "`flat` and `flexible` are words of demands: even over the year, and at \
                    any time of it";
        let diagnostic = Diagnostic::error("reserved-name", message, item.place, "").hint(hint);
        rd.fail(item, diagnostic);
    }
    if rd.sets.hourly_series.contains(name) {
        let message = format!("`{name}` is a series of an hourly table already");
        let diagnostic = Diagnostic::error("duplicate", message, item.place, "")
            .hint("name one of them otherwise");
        rd.fail(item, diagnostic);
        return false;
    }
    true
}

/// A series scaled, shifted and cut off.
fn changed<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Vec<f64>> {
    let of = rd.text(item, profile::OF)?;
    let scale = rd.number(item, profile::SCALE, None).unwrap_or(1.0);
    let shift = rd.number(item, profile::SHIFT, None).unwrap_or(0.0);
    let at_most = rd.number(item, profile::AT_MOST, None).unwrap_or(f64::INFINITY);
    if rd.sets.failed_profiles.contains(of) {
        rd.fail_silently(item);
        return None;
    }
    if !rd.sets.hourly_series.contains(of) {
        let message = format!("there is no hourly series `{of}`");
        let place = item.value_place(profile::OF);
        let mut diagnostic = Diagnostic::error("unknown-name", message, place, "not declared");
        let known = rd.sets.hourly_series.iter().map(String::as_str);
        if let Some(hint) = suggest(of, known) {
            diagnostic = diagnostic.hint(hint);
        }
        rd.fail(item, diagnostic);
        return None;
    }
    rd.sets.used_profiles.insert(of.to_owned());
    let values = rd.sets.profiles.get(of)?;
    // on the calendar, hours follow each other; slices stand season by season
    let order = &rd.sets.hours_in_order;
    let ring = i64::try_from(order.len()).ok()?;
    let mut changed = vec![0.0; values.len()];
    for (hour, slice) in order.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to a year")]
        let from = (i64::try_from(hour).ok()? - shift as i64).rem_euclid(ring);
        let value = values[order[usize::try_from(from).ok()?]];
        changed[*slice] = (scale * value).min(at_most);
    }
    Some(changed)
}

/// The table an hourly item names, with its clock and times.
struct Table<'a> {
    item: Item<'a>,
    file: &'a HourlyFile,
    zone: Option<TimeZone>,
    times: Times,
}

fn of_hourly_tables<'a>(rd: &mut Reader<'a>, root: &Item<'a>) {
    let items = rd.items(root::HOURLY);
    if items.is_empty() {
        return;
    }
    let before = rd.mistakes;
    let of_time = root.inner(root::TIME);
    let files: &'a HourlyFiles = rd.hourly;
    let tables: Vec<Table<'a>> =
        items.into_iter().filter_map(|item| table(rd, files, item)).collect();
    let model = of_time.as_ref().and_then(|item| model_clock(rd, item, &tables));
    let year = of_time.as_ref().and_then(|item| weather_year(rd, item, &tables));
    for table in &tables {
        for (name, _) in &table.file.columns {
            let twice = !rd.sets.hourly_series.insert(name.clone());
            if twice {
                let message = format!("two hourly tables have a series `{name}`");
                let place = table.item.value_place(hourly::FILE);
                let diagnostic = Diagnostic::error("duplicate", message, place, "")
                    .hint("rename the column in one of the files");
                rd.fail(&table.item, diagnostic);
            }
        }
        if rd.mistakes == before
            && let Some(model) = model
        {
            series(rd, table, model, year);
        }
    }
    if rd.mistakes > before {
        let all: BTreeSet<String> = rd.sets.hourly_series.clone();
        rd.sets.failed_profiles.extend(all);
        // a table that cannot be read may hold any of them
        rd.damage.unknown();
    }
}

fn table<'a>(rd: &mut Reader<'a>, files: &'a HourlyFiles, item: Item<'a>) -> Option<Table<'a>> {
    let name = rd.text(&item, hourly::FILE)?;
    let Some(file) = files.get(name) else {
        if rd.damage.may_hold(name) {
            rd.fail_silently(&item);
            return None;
        }
        let message = format!("there is no hourly table {name} in the model folder");
        let place = item.value_place(hourly::FILE);
        let hint = "the file must stand beside model.toml and be named by the model itself, not \
                    by a scenario alone";
        rd.fail(&item, Diagnostic::error("no-table", message, place, "").hint(hint));
        return None;
    };
    let zone = match rd.text(&item, hourly::ZONE) {
        None => None,
        Some(text) => {
            let zone = clock::zone(text);
            if zone.is_none() {
                let place = item.value_place(hourly::ZONE);
                rd.fail(&item, unknown_zone(text, place));
                return None;
            }
            zone
        }
    };
    match Times::read(file, zone.as_ref()) {
        Ok(times) => Some(Table { item, file, zone, times }),
        Err(diagnostic) => {
            rd.fail(&item, diagnostic);
            None
        }
    }
}

fn unknown_zone(text: &str, place: Span) -> Diagnostic {
    Diagnostic::error("unknown-zone", format!("`{text}` is not a zone of time"), place, "")
        .hint("write `UTC`, `UTC+5`, `UTC+05:30`, or a place such as `Asia/Almaty`")
}

/// The clock of the model: stated, or that of all tables.
fn model_clock<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    tables: &[Table<'a>],
) -> Option<Offset> {
    if let Some(text) = rd.text(item, time::ZONE) {
        let offset = clock::offset(text);
        if offset.is_none() {
            let place = item.value_place(time::ZONE);
            let diagnostic = match clock::zone(text) {
                Some(_) => {
                    let message = format!("`{text}` is not the same all year");
                    Diagnostic::error("unknown-zone", message, place, "")
                        .hint("the clock of the model is a fixed one, such as `UTC+5`")
                }
                None => unknown_zone(text, place),
            };
            rd.fail(item, diagnostic);
        }
        return offset;
    }
    let mut offsets = tables.iter().map(|table| match &table.zone {
        Some(zone) => zone.to_fixed_offset().ok(),
        None => Some(Offset::UTC),
    });
    let first = offsets.next()??;
    if offsets.all(|other| other == Some(first)) {
        rd.default_used(item.path_of(time::ZONE), first, "the zone of the hourly tables");
        return Some(first);
    }
    let message = "hourly tables are in several zones, and the model does not say its own";
    let diagnostic = Diagnostic::error("zone-needed", message, item.place, "")
        .hint("add `zone = \"UTC+5\"` to `[time]`: series are moved to that clock");
    rd.fail(item, diagnostic);
    None
}

/// The year that is taken from tables that do not say their own.
fn weather_year<'a>(rd: &mut Reader<'a>, item: &Item<'a>, tables: &[Table<'a>]) -> Option<i16> {
    if let Some(year) = rd.number(item, time::WEATHER_YEAR, None) {
        return calendar_year(year);
    }
    let open = tables.iter().filter(|table| !table.item.has(hourly::YEAR));
    let years: BTreeSet<i16> = open.flat_map(|table| table.times.years()).collect();
    if years.len() > 1 {
        let listed: Vec<String> = years.iter().map(i16::to_string).collect();
        let message = format!("hourly tables hold several years: {}", listed.join(", "));
        let diagnostic = Diagnostic::error("weather-year-needed", message, item.place, "")
            .hint("add `weather_year` to `[time]`, or `year` to a table");
        rd.fail(item, diagnostic);
        return None;
    }
    let year = years.first().copied();
    if let Some(year) = year {
        let path = item.path_of(time::WEATHER_YEAR);
        rd.default_used(path, year, "the only one the hourly tables hold");
    }
    year
}

#[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to years")]
fn calendar_year(year: f64) -> Option<i16> {
    Some(year as i16)
}

/// Puts the series of a table on the hours of the model.
fn series<'a>(
    rd: &mut Reader<'a>,
    table: &Table<'a>,
    model: Offset,
    weather_year: Option<i16>,
) {
    let Table { item, file, zone, times } = table;
    let year = rd.number(item, hourly::YEAR, None).and_then(calendar_year).or(weather_year);
    let longest = rd.number(item, hourly::FILL_GAPS, None).unwrap_or(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "hours of a year"
    )]
    let longest = longest as usize;
    let clocks = Clocks { table: zone.clone(), model };
    let placed = match times.place(file, year, &clocks) {
        Ok(placed) => placed,
        Err(diagnostic) => {
            rd.fail(item, diagnostic);
            return;
        }
    };
    note(rd, item, &placed);
    let mut filled = 0;
    for (name, by_row) in &file.columns {
        let value = |row: &Option<usize>| row.map_or(f64::NAN, |row| by_row[row]);
        let mut values: Vec<f64> = placed.rows.iter().map(value).collect();
        match fill(&mut values, longest) {
            Ok(hours) => filled += hours,
            Err((hour, length)) => {
                let diagnostic = gap(table, name, (hour, length), year);
                rd.fail(item, diagnostic);
                // the same rows lack all series
                if placed.rows[hour].is_none() {
                    return;
                }
                continue;
            }
        }
        // slices stand season by season
        let mut by_slice = vec![0.0; values.len()];
        for (value, slice) in values.iter().zip(&rd.sets.hours_in_order) {
            by_slice[*slice] = *value;
        }
        rd.sets.profiles.insert(name.clone(), by_slice);
    }
    if filled > 0 {
        let reason = format!("gaps of at most {longest} hours are filled on straight lines");
        rd.default_used(item.path.clone(), format!("{filled} values"), reason);
    }
}

/// What was done to the rows of a table.
fn note(rd: &mut Reader<'_>, item: &Item<'_>, placed: &Placed) {
    if placed.leap {
        let reason = "the year of the model has 365 days";
        rd.default_used(item.path.clone(), "29 February left out", reason);
    }
    if placed.moved > 0 {
        let reason = "in the zone of the model they are at the other end of the year";
        rd.default_used(item.path.clone(), format!("{} hours moved", placed.moved), reason);
    }
}

/// A gap that is not filled.
fn gap(
    table: &Table<'_>,
    series: &str,
    (hour, length): (usize, usize),
    year: Option<i16>,
) -> Diagnostic {
    let (month, day) = date_of(hour / 24);
    let place = table.item.value_place(hourly::FILE);
    let of_year = year.map_or_else(String::new, |year| format!("{year}-"));
    let file = place;
    let message = format!(
        "`{series}` has no value for {length} hour{} from {of_year}{month:02}-{day:02} {:02}:00, \
         on the clock of the model",
        if length == 1 { "" } else { "s" },
        hour % 24
    );
    Diagnostic::error("hours-missing", message, file, "").hint(
        "give the missing rows, or let short gaps be filled: `fill_gaps = 3` for up to three hours",
    )
}
