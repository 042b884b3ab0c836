//! `slices`: how long each time slice is, so that loads, shares of a year and means over time
//! follow from the tables alone.

use kzleap_accounts::Accounts;

use super::milestone;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::SLICE,
    Column { key: "season", meaning: "season it lies in" },
    Column { key: "day_type", meaning: "type of day it lies in, within its season" },
    Column {
        key: "item",
        meaning: "`hours`: of the year in this slice; `share`: of the year; `hours_a_day`: of one \
                  such day; `days`: such days in the year; `season_days`: days of the season; \
                  `day_type_share`: share of these days in the season",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Hours and shares of every slice in every year, in the order of the year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("slices", "Length of the time slices", COLUMNS);
    let time = &model.time;
    for (s, slice) in time.slices.iter_ix() {
        let day_type = &time.day_types[slice.day_type];
        let season = &time.seasons[day_type.season];
        let of_season = time.day_types.iter().filter(|other| other.season == day_type.season);
        let season_days: f64 = of_season.map(|other| other.passes).sum();
        for y in time.years.ixs() {
            let hours = time.hours(s, y);
            let mut items =
                vec![("hours", "h/a", hours), ("share", "1", time.year_split.at(s, y))];
            // models of other tools may know the length of a slice and no days
            let by_days = slice.hours_per_pass * day_type.passes;
            if (by_days - hours).abs() <= 1e-6 * hours {
                items.extend([
                    ("hours_a_day", "h", slice.hours_per_pass),
                    ("days", "d/a", day_type.passes),
                    ("season_days", "d/a", season_days),
                    ("day_type_share", "1", day_type.passes / season_days),
                ]);
            }
            for (item, unit, value) in items {
                sheet.row([
                    text(&slice.name),
                    text(&season.name),
                    text(&day_type.name),
                    text(item),
                    text(unit),
                    Cell::Year(milestone(model, y.get())),
                    Cell::Number(value),
                ]);
            }
        }
    }
    sheet
}
