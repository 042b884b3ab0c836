//! The hours of a year as slices, for models with hourly tables.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{Cutting, DayType, Season, Series, Set, Slice, Time, Year};

use super::time::list_item;
use crate::hourly::year::{HOURS, date_of, day_of};
use crate::reader::{Item, Reader};
use crate::registry::{List, season, time};
use crate::tree::Value;

/// Days of the year.
const DAYS: usize = HOURS / 24;

/// A season with the days it begins on, of which there may be several.
struct From {
    name: String,
    label: String,
    days: Vec<(usize, Span)>,
}

/// The hours of the year in their seasons: each day is a kind of day of its own, and comes once.
pub(super) fn read<'a>(rd: &mut Reader<'a>, item: &Item<'a>, years: Set<Year>) -> Time {
    for field in [time::DAY_TYPES.key(), time::BLOCKS.key()] {
        if item.has(field) {
            let message = format!("`{field}` beside hourly tables");
            let hint = "hourly tables say what each hour is like: take it out, or the tables";
            let place = item.place_of(field);
            let diagnostic =
                Diagnostic::error("hours-and-blocks", message, place, "").hint(hint);
            rd.fail(item, diagnostic);
        }
    }
    let mut seasons = seasons(rd, item);
    if seasons.is_empty() {
        let (name, label) = ("year".to_owned(), "year".to_owned());
        seasons.push(From { name, label, days: vec![(0, item.place)] });
    }
    let begins = |(at, from): (usize, &From)| {
        from.days.iter().map(|(day, _)| (*day, at)).collect::<Vec<_>>()
    };
    let mut begin: Vec<(usize, usize)> = seasons.iter().enumerate().flat_map(begins).collect();
    begin.sort_unstable();
    // the season that began last before the new year goes on
    let season_of = |day: usize| {
        let begun = begin.iter().rfind(|(from, _)| *from <= day);
        begun.or(begin.last()).map(|(_, season)| *season).unwrap_or_default()
    };
    let of_days: Vec<usize> = (0..DAYS).map(season_of).collect();
    let mut time = Time {
        years,
        seasons: Vec::new(),
        day_types: Vec::new(),
        slices: Set::new(),
        year_split: Series::Constant(1.0 / HOURS as f64),
        calendar: vec![0; DAYS],
        // the rest is known when all profiles and demands are read
        cutting: Cutting { slices: slices(rd, item), ..Cutting::default() },
    };
    for (at, from) in seasons.iter().enumerate() {
        let first = time.slices.len();
        for (day, _) in of_days.iter().enumerate().filter(|(_, season)| **season == at) {
            let (month, of_month) = date_of(day);
            let name = format!("{month:02}-{of_month:02}");
            let first = time.slices.len();
            time.calendar[day] = time.day_types.len();
            for hour in 0..24 {
                let (name, day_type) = (format!("{name}.{hour:02}"), time.day_types.len());
                time.slices.push(Slice { name, day_type, hours_per_pass: 1.0 });
            }
            time.day_types.push(DayType {
                label: name.clone(),
                name,
                season: at,
                passes: 1.0,
                slices: first..time.slices.len(),
            });
        }
        time.seasons.push(Season {
            name: from.name.clone(),
            label: from.label.clone(),
            slices: first..time.slices.len(),
        });
    }
    time.year_split = Series::BySlice(vec![1.0 / HOURS as f64; HOURS]);
    time
}

/// How many slices the model is planned with.
fn slices<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "hours of a year"
    )]
    rd.number(item, time::SLICES, None).map(|slices| slices as usize)
}

fn seasons<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Vec<From> {
    let Some(node) = item.get(time::SEASONS) else { return Vec::new() };
    let Value::List(nodes) = &node.value else {
        let List(kind) = time::SEASONS.holds;
        rd.wrong_type(
            item,
            time::SEASONS,
            node,
            &format!("tables written as `{}`", kind.written),
        );
        return Vec::new();
    };
    let mut seasons: Vec<From> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let Some(part) = list_item(rd, item, time::SEASONS, at, node) else { continue };
        let name = rd.text(&part, season::NAME);
        if !part.has(season::FROM) {
            rd.missing(&part, season::FROM);
        }
        if part.has(season::DAYS) {
            let message = "`days` beside hourly tables";
            let hint =
                "a season lasts until the next begins: say its first day by `from` alone";
            let place = part.place_of(season::DAYS);
            rd.fail(
                &part,
                Diagnostic::error("hours-and-blocks", message, place, "").hint(hint),
            );
        }
        let (Some(name), Some(from)) = (name, rd.text(&part, season::FROM)) else { continue };
        let place = part.value_place(season::FROM);
        let Some(day) = day_of(from) else {
            let message = format!("`{from}` is not a day of the year");
            let diagnostic = Diagnostic::error("not-a-day", message, place, "")
                .hint("write month and day: `11-01` for 1 November");
            rd.fail(item, diagnostic);
            continue;
        };
        let mut begun = seasons.iter().flat_map(|known| &known.days);
        if let Some((_, first)) = begun.find(|(known, _)| *known == day) {
            let message = format!("two seasons begin on `{from}`");
            let diagnostic = Diagnostic::error("duplicate", message, place, "again")
                .also(*first, "first here")
                .hint("a season lasts until the next begins: give each a day of its own");
            rd.fail(item, diagnostic);
            continue;
        }
        super::declare::is_good_name(rd, name, part.value_place(season::NAME));
        let label = super::declare::given(rd, &part, season::LABEL);
        // a season that begins again is the same season
        if let Some(known) = seasons.iter_mut().find(|known| known.name == name) {
            if label.is_some_and(|label| label != known.label) {
                let message = format!("`{name}` has two labels");
                let place = part.value_place(season::LABEL);
                let diagnostic = Diagnostic::error("duplicate", message, place, "another")
                    .also(known.days[0].1, "first begins here")
                    .hint("a season that begins again is the same: give its label once");
                rd.fail(item, diagnostic);
            }
            known.days.push((day, place));
            continue;
        }
        let label = label.unwrap_or(name).to_owned();
        seasons.push(From { name: name.to_owned(), label, days: vec![(day, place)] });
    }
    seasons
}
