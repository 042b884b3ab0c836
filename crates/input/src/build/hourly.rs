//! The series of hourly tables, on the hours of the model.

use std::collections::BTreeSet;

use jiff::tz::Offset;
use kzleap_diagnostics::{Diagnostic, Span};

use super::profiles::reserved;
use crate::hourly::clock::{self, shown};
use crate::hourly::year::{Clock, Placed, Times, date_of, fill};
use crate::hourly::{Column, HourlyFile, HourlyFiles};
use crate::names::{did_you_mean, suggest};
use crate::reader::{Item, Reader};
use crate::registry::{hourly, root, time};

/// The table an hourly item names, with its times and series.
struct Table<'a> {
    item: Item<'a>,
    file: &'a HourlyFile,
    times: Times<'a>,
    series: Vec<&'a Column>,
}

/// Reads the series of all hourly tables into the reader, as profiles.
pub(super) fn read<'a>(rd: &mut Reader<'a>, root: &Item<'a>) {
    let items = rd.items(root::HOURLY);
    if items.is_empty() {
        return;
    }
    let before = rd.mistakes;
    let of_time = root.inner(root::TIME);
    let files: &'a HourlyFiles = rd.hourly;
    let tables: Vec<Table<'a>> =
        items.into_iter().filter_map(|item| table(rd, files, item)).collect();
    names(rd, &tables);
    if rd.mistakes == before
        && let Some(of_time) = of_time
        && let Some(model) = model_clock(rd, &of_time, &tables)
        && let Some(of_all) = weather_year(rd, &of_time, &tables)
    {
        for table in &tables {
            series(rd, table, model, of_all);
        }
    }
    if rd.mistakes > before {
        let all: Vec<String> = rd.sets.hourly_series.keys().cloned().collect();
        rd.sets.failed_profiles.extend(all);
        // a table that cannot be read may hold any of them
        rd.damage.unknown();
    }
}

/// Puts the names of all series down.
fn names(rd: &mut Reader<'_>, tables: &[Table<'_>]) {
    for table in tables {
        for series in &table.series {
            if let Some(diagnostic) = reserved(&series.name, table.file.place) {
                rd.fail(&table.item, diagnostic);
            }
            let header = table.file.place;
            if rd.sets.hourly_series.insert(series.name.clone(), header).is_some() {
                let message = format!("two hourly tables have a series `{}`", series.name);
                let place = table.item.value_place(hourly::FILE);
                let diagnostic = Diagnostic::error("duplicate", message, place, "")
                    .hint("rename the column in one of the files");
                rd.fail(&table.item, diagnostic);
            }
        }
    }
}

fn table<'a>(rd: &mut Reader<'a>, files: &'a HourlyFiles, item: Item<'a>) -> Option<Table<'a>> {
    if !item.has(hourly::FILE) {
        rd.missing(&item, hourly::FILE);
    }
    let name = rd.text(&item, hourly::FILE)?;
    let Some(file) = files.get(name) else {
        let message = format!("there is no hourly table {name} in the model folder");
        let place = item.value_place(hourly::FILE);
        let meant = did_you_mean(name, files.keys().map(String::as_str));
        let hint = meant.unwrap_or_else(|| {
            "the file is CSV, lies beside model.toml, and has the name that is written here or in \
             a scenario"
                .to_owned()
        });
        rd.fail(&item, Diagnostic::error("no-table", message, place, "").hint(hint));
        return None;
    };
    let Some(file) = file else {
        rd.fail_silently(&item); // what is wrong with it was said when it was read
        return None;
    };
    let column = rd.text(&item, hourly::TIME);
    let Some(column) = file.times(column) else {
        let column = column.unwrap_or_default();
        let message = format!("{name} has no column `{column}`");
        let diagnostic =
            Diagnostic::error("hourly-table", message, item.value_place(hourly::TIME), "")
                .also(file.place, "its columns");
        let diagnostic = match suggest(column, file.names()) {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        };
        rd.fail(&item, diagnostic);
        return None;
    };
    let before = rd.mistakes;
    let text = rd.text(&item, hourly::ZONE);
    let zone = text.and_then(clock::zone);
    if let (Some(text), None) = (text, &zone) {
        let place = item.value_place(hourly::ZONE);
        rd.fail(&item, unknown_zone(text, place));
    }
    let series: Vec<&Column> = file.series(column).collect();
    for diagnostic in series.iter().filter_map(|series| file.wrong(series)) {
        rd.fail(&item, diagnostic);
    }
    if rd.mistakes > before {
        return None;
    }
    match Times::read(file, column, zone.as_ref()) {
        Ok(times) => Some(Table { item, file, times, series }),
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
                    let message = format!("the clock of `{text}` changes");
                    Diagnostic::error("unknown-zone", message, place, "")
                        .hint("that of the model is the same all year, such as `UTC+5`")
                }
                None => unknown_zone(text, place),
            };
            rd.fail(item, diagnostic);
        }
        return offset;
    }
    let clocks = || tables.iter().map(|table| table.times.clock);
    let fixed: Vec<Offset> = clocks()
        .filter_map(|clock| if let Clock::Fixed(offset) = clock { Some(offset) } else { None })
        .collect();
    let changing = clocks()
        .find_map(|clock| if let Clock::Changing(now) = clock { Some(now) } else { None });
    let same = fixed.iter().all(|offset| Some(offset) == fixed.first());
    match (fixed.first(), changing) {
        (Some(first), None) if same => {
            let reason = "the zone of the hourly tables";
            rd.default_used(item.path_of(time::ZONE), shown(*first), reason);
            Some(*first)
        }
        // no table says where its clock is: they are all on that of the model
        (None, None) => Some(Offset::UTC),
        (first, changing) => {
            let message = if changing.is_some() {
                "the clock of an hourly table changes, and the model does not say its own"
            } else {
                "hourly tables are in several zones, and the model does not say its own"
            };
            let zone = shown(changing.or(first.copied()).unwrap_or(Offset::UTC));
            let diagnostic = Diagnostic::error("zone-needed", message, item.place, "").hint(
                format!("add `zone = \"{zone}\"` to `[time]`: series are moved to that clock"),
            );
            rd.fail(item, diagnostic);
            None
        }
    }
}

/// The year that is taken from tables that do not say their own: stated, or the only one they
/// hold; `Some(None)` if they hold none.
fn weather_year<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    tables: &[Table<'a>],
) -> Option<Option<i16>> {
    if item.has(time::WEATHER_YEAR) {
        let year = rd.number(item, time::WEATHER_YEAR, None)?;
        if tables.iter().all(|table| table.times.rows_by_year().is_empty()) {
            let message = format!(
                "`{}` is {year}, but all hourly tables number their hours: they hold no years",
                time::WEATHER_YEAR.key()
            );
            let place = item.value_place(time::WEATHER_YEAR);
            let diagnostic = Diagnostic::error("hours-without-years", message, place, "")
                .hint("leave it out, or give dates in place of numbers");
            rd.fail(item, diagnostic);
            return None;
        }
        return Some(Some(calendar_year(year)));
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
    Some(year)
}

#[expect(clippy::cast_possible_truncation, reason = "the registry bounds it to years")]
const fn calendar_year(year: f64) -> i16 {
    year as i16
}

/// Puts the series of a table on the hours of the model.
fn series<'a>(rd: &mut Reader<'a>, table: &Table<'a>, model: Offset, of_all: Option<i16>) {
    let Table { item, times, .. } = table;
    let own = rd.number(item, hourly::YEAR, None).map(calendar_year);
    let year = own.or(of_all);
    let longest = rd.number(item, hourly::FILL_GAPS, None).unwrap_or(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "hours of a year"
    )]
    let longest = longest as usize;
    if let Some(diagnostic) = not_in_it(table, year) {
        rd.fail(item, diagnostic);
        return;
    }
    let placed = match times.place(year, model) {
        Ok(placed) => placed,
        Err(diagnostic) => {
            rd.fail(item, diagnostic);
            return;
        }
    };
    note(rd, item, &placed);
    let mut filled = 0;
    for column in &table.series {
        let value = |row: &Option<usize>| row.map_or(f64::NAN, |row| column.values[row]);
        let mut values: Vec<f64> = placed.rows.iter().map(value).collect();
        match fill(&mut values, longest) {
            Ok(hours) => filled += hours,
            Err((hour, length)) => {
                rd.fail(item, gap(table, column, &placed, (hour, length), year));
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
        rd.sets.profiles.insert(column.name.clone(), by_slice);
    }
    if filled > 0 {
        let reason = format!("gaps of at most {longest} hours are filled on straight lines");
        rd.default_used(item.path.clone(), format!("{filled} values"), reason);
    }
}

/// A table that has no hours of the year that is wanted, or of no year enough.
fn not_in_it(table: &Table<'_>, year: Option<i16>) -> Option<Diagnostic> {
    let rows = table.times.rows_by_year();
    let missing = match year {
        Some(year) => !rows.is_empty() && !rows.contains_key(&year),
        None => !rows.is_empty(),
    };
    if !missing && table.file.len() > 0 {
        return None;
    }
    let path = &table.file.path;
    let message = match year {
        _ if table.file.len() == 0 => format!("{path} has no rows below its header"),
        Some(year) => format!("{path} has no hours of {year}"),
        None => format!("{path} has no whole year"),
    };
    let listed = rows.iter().map(|(year, rows)| format!("{rows} of {year}"));
    let listed: Vec<String> = listed.collect();
    let hint = match listed.as_slice() {
        [] => "it needs a row for each hour of a year".to_owned(),
        listed => format!("the hours it has: {}", listed.join(", ")),
    };
    let field =
        if table.item.has(hourly::YEAR) { hourly::YEAR.key() } else { hourly::FILE.key() };
    let place = table.item.value_place(field);
    Some(Diagnostic::error("hours-missing", message, place, "").hint(hint))
}

/// What was done to the rows of a table.
fn note(rd: &mut Reader<'_>, item: &Item<'_>, placed: &Placed) {
    if placed.leap {
        let reason = "the year of the model has 365 days";
        rd.default_used(item.path.clone(), "29 February left out", reason);
    }
    if placed.moved > 0 {
        let plural = if placed.moved == 1 { "" } else { "s" };
        let reason = "in the zone of the model they are at the other end of the year";
        rd.default_used(
            item.path.clone(),
            format!("{} hour{plural} moved", placed.moved),
            reason,
        );
    }
}

/// A gap that is not filled.
fn gap(
    table: &Table<'_>,
    column: &Column,
    placed: &Placed,
    (hour, length): (usize, usize),
    year: Option<i16>,
) -> Diagnostic {
    let (month, day) = date_of(hour / 24);
    let of_year = year.map_or_else(String::new, |year| format!("{year}-"));
    let plural = if length == 1 { "" } else { "s" };
    let from = format!("{of_year}{month:02}-{day:02} {:02}:00", hour % 24);
    let hours = format!("{length} hour{plural} from {from}, on the clock of the model");
    let rows = &placed.rows;
    let before =
        (1..=rows.len()).find_map(|back| rows[(hour + rows.len() - back) % rows.len()]);
    let (message, row, label) = match (rows[hour], before) {
        (Some(row), _) => {
            (format!("`{}` has no value in {hours}", column.name), Some(row), "from here")
        }
        (None, Some(row)) if hour > 0 => {
            (format!("{} has no row for {hours}", table.file.path), Some(row), "after this row")
        }
        (None, _) => (format!("{} has no row for {hours}", table.file.path), None, ""),
    };
    let place = row.map_or(table.file.place, |row| table.file.row(row));
    let hint = if hour == 0 && length == 1 {
        "times are the beginnings of hours: if these are their ends, write each an hour earlier; \
         otherwise fill the gap: `fill_gaps = 1`"
    } else {
        "give the missing values, or let short gaps be filled: `fill_gaps = 3` for up to three \
         hours"
    };
    Diagnostic::error("hours-missing", message, place, label).hint(hint)
}
