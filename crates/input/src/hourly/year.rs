//! The rows of a table on the hours of the model's year.
//!
//! The year has 8,760 hours; the 29th of February is left out. It is a ring: hours that a table in
//! another zone lacks at one end of the year are those it has at the other.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use kzleap_diagnostics::Diagnostic;

use super::clock::{self, Written, hour_of_year};
use super::{Column, HourlyFile};

/// Hours of the model's year.
pub(crate) const HOURS: usize = 8760;
/// The hours of the 29th of February.
const LEAP_DAY: std::ops::Range<usize> = 1416..1440;

/// Where the hours of a year stand in a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The row of each hour, where there is one.
    pub(crate) rows: Vec<Option<usize>>,
    /// Hours taken from the other end of the year.
    pub(crate) moved: usize,
    /// Whether the 29th of February was left out.
    pub(crate) leap: bool,
}

/// When a row is.
#[derive(Clone, Copy)]
enum At {
    /// At a moment, with the year on its own clock.
    Moment(Timestamp, i16),
    /// In an hour of the year, from 0.
    Hour(i64),
}

/// The clock that times are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// One that is the same all year.
    Fixed(Offset),
    /// One that changes, with what it is in the first row.
    Changing(Offset),
    /// Hours are numbered and no zone is said: that of the model.
    OfModel,
}

/// The times of a table, read.
pub(crate) struct Times<'a> {
    file: &'a HourlyFile,
    column: &'a Column,
    rows: Vec<At>,
    /// The clock they are on.
    pub(crate) clock: Clock,
}

impl<'a> Times<'a> {
    /// Reads the times of a table.
    pub(crate) fn read(
        file: &'a HourlyFile,
        column: &'a Column,
        zone: Option<&TimeZone>,
    ) -> Result<Self, Diagnostic> {
        let mut rows = Vec::with_capacity(file.len());
        let mut offsets: Vec<Offset> = Vec::new();
        let mut before = None;
        for row in 0..file.len() {
            let (at, offset) = match clock::time(&column.text(row)) {
                Some(Written::Number(number)) => (At::Hour(number), None),
                Some(Written::Moment(moment, offset)) => {
                    let on_clock = match zone {
                        Some(zone) => zone.to_datetime(moment),
                        None => offset.to_datetime(moment),
                    };
                    (At::Moment(moment, on_clock.year()), Some(offset))
                }
                Some(Written::Clock(time)) => {
                    let moment = zone.and_then(|zone| clock::moment(time, zone, before));
                    let Some(moment) = moment else {
                        return Err(without_zone(file, column, row, zone.is_some()));
                    };
                    (At::Moment(moment, time.year()), None)
                }
                None => return Err(not_a_time(file, column, row)),
            };
            let kind = |at: &At| matches!(at, At::Hour(_));
            if rows.first().is_some_and(|first| kind(first) != kind(&at)) {
                return Err(not_a_time(file, column, row).also(file.row(0), "unlike the first"));
            }
            before = match at {
                At::Moment(moment, _) => Some(moment),
                At::Hour(_) => None,
            };
            if let Some(offset) = offset.filter(|offset| offsets.last() != Some(offset)) {
                offsets.push(offset);
            }
            rows.push(at);
        }
        let clock = match (zone, offsets.as_slice(), rows.first()) {
            (Some(zone), ..) => match (zone.to_fixed_offset(), rows.first()) {
                (Ok(offset), _) => Clock::Fixed(offset),
                (Err(_), Some(At::Moment(first, _))) => Clock::Changing(zone.to_offset(*first)),
                (Err(_), _) => return Err(numbered_on_a_changing_clock(file)),
            },
            (None, [one], _) => Clock::Fixed(*one),
            (None, [first, ..], _) => Clock::Changing(*first),
            (None, [], _) => Clock::OfModel,
        };
        let mut times = Self { file, column, rows, clock };
        times.number_from_zero()?;
        Ok(times)
    }

    /// Hours are numbered from 0 if there is one, and else from 1.
    fn number_from_zero(&mut self) -> Result<(), Diagnostic> {
        let from = i64::from(!self.rows.iter().any(|at| matches!(at, At::Hour(0))));
        for row in 0..self.rows.len() {
            let At::Hour(number) = &mut self.rows[row] else { return Ok(()) };
            *number -= from;
            if usize::try_from(*number).map_or(true, |hour| hour >= hours_of_leap_year()) {
                return Err(not_a_time(self.file, self.column, row));
            }
        }
        Ok(())
    }

    /// How many rows each year has; none where hours are numbered.
    pub(crate) fn rows_by_year(&self) -> BTreeMap<i16, usize> {
        let mut counts = BTreeMap::new();
        for at in &self.rows {
            if let At::Moment(_, year) = at {
                *counts.entry(*year).or_insert(0) += 1;
            }
        }
        counts
    }

    /// The years that the table has more than half of, ascending; none where it numbers hours.
    pub(crate) fn years(&self) -> Vec<i16> {
        let counts = self.rows_by_year().into_iter();
        counts.filter(|(_, rows)| *rows > HOURS / 2).map(|(year, _)| year).collect()
    }

    /// Puts the rows of a year on the hours of a model whose clock is `model`.
    pub(crate) fn place(&self, year: Option<i16>, model: Offset) -> Result<Placed, Diagnostic> {
        let leap = match (year, self.rows.first()) {
            (Some(year), Some(At::Moment(..))) => clock::is_leap(year),
            _ => self.rows.iter().any(|at| matches!(at, At::Hour(8760..))),
        };
        let hours = if leap { hours_of_leap_year() } else { HOURS };
        let mut rows: Vec<Option<usize>> = vec![None; hours];
        let mut outside: Vec<(usize, i64)> = Vec::new();
        for (row, at) in self.rows.iter().enumerate() {
            let (hour, belongs) = match at {
                At::Hour(hour) => (hour + self.shift(model), true),
                At::Moment(moment, own_year) => {
                    let Some(year) = year else { continue };
                    let Some(hour) = hour_of_year(*moment, year, model) else { continue };
                    (hour, *own_year == year)
                }
            };
            match usize::try_from(hour).ok().and_then(|hour| rows.get_mut(hour)) {
                Some(Some(first)) => return Err(self.twice(*first, row)),
                Some(place) => *place = Some(row),
                None if belongs => outside.push((row, hour)),
                None => {}
            }
        }
        let mut moved = 0;
        for (row, hour) in outside {
            let ring = i64::try_from(hours).unwrap_or(i64::MAX);
            let hour = usize::try_from(hour.rem_euclid(ring)).unwrap_or_default();
            if rows[hour].is_none() {
                rows[hour] = Some(row);
                moved += 1;
            }
        }
        if leap {
            rows.drain(LEAP_DAY);
        }
        Ok(Placed { rows, moved, leap })
    }

    /// How many hours later an hour is on the clock of the model than on that of the table.
    fn shift(&self, model: Offset) -> i64 {
        match self.clock {
            Clock::Fixed(table) => {
                i64::from(model.seconds() - table.seconds()).div_euclid(3600)
            }
            Clock::Changing(_) | Clock::OfModel => 0,
        }
    }

    /// Two rows in one hour.
    fn twice(&self, first: usize, row: usize) -> Diagnostic {
        let zone = match self.clock {
            Clock::Changing(offset) => format!(
                "if the clock of the table leaves no hour out, give it a fixed zone, such as \
                 `zone = \"{}\"`",
                clock::shown(offset)
            ),
            Clock::Fixed(_) | Clock::OfModel => {
                "if its clock changes, name the place: `zone = \"Europe/Berlin\"`".to_owned()
            }
        };
        let hint = format!("one row an hour: give the means of finer ones; {zone}");
        let message = format!("`{}` is in the same hour as another row", self.column.text(row));
        Diagnostic::error("hour-twice", message, self.file.row(row), "again")
            .also(self.file.row(first), "first here")
            .hint(hint)
    }
}

/// Hours of a leap year.
const fn hours_of_leap_year() -> usize {
    HOURS + 24
}

/// A row that says no time, or one of another kind than those before.
fn not_a_time(file: &HourlyFile, column: &Column, row: usize) -> Diagnostic {
    let message = match column.text(row) {
        text if text.is_empty() => "this row has no time".to_owned(),
        text => format!("`{text}` is not a time"),
    };
    Diagnostic::error("hourly-time", message, file.row(row), "").hint(
        "write `2023-01-31 18:00`, `2023-01-31T18:00Z` or `31.01.2023 18:00`, or number the hours \
         of the year from 0 or 1",
    )
}

/// A time on a clock, and the zone is not said or cannot have it.
fn without_zone(file: &HourlyFile, column: &Column, row: usize, has_zone: bool) -> Diagnostic {
    if has_zone {
        return not_a_time(file, column, row);
    }
    let message = format!("`{}` does not say in which zone it is", column.text(row));
    Diagnostic::error("hourly-time", message, file.row(row), "").hint(
        "give the table a `zone`, such as `zone = \"UTC+5\"` or `\"Asia/Almaty\"`: load in UTC \
         beside local sun is a known trap",
    )
}

fn numbered_on_a_changing_clock(file: &HourlyFile) -> Diagnostic {
    let message = format!("{} numbers its hours, and its clock changes", file.path);
    Diagnostic::error("hourly-time", message, file.row(0), "")
        .hint("give it a fixed zone, such as `UTC+5`, or write times instead of numbers")
}

/// Fills gaps of at most `longest` hours on a straight line between the hours around them; gives
/// the number of hours that were filled, or the first gap that is longer with its length.
pub(crate) fn fill(values: &mut [f64], longest: usize) -> Result<usize, (usize, usize)> {
    let hours = values.len();
    let Some(known) = values.iter().position(|value| !value.is_nan()) else {
        return Err((0, hours));
    };
    // the year is a ring: beginning at a known hour, no gap runs over the end
    let (mut filled, mut at) = (0, 0);
    while at < hours {
        let here = (known + at) % hours;
        if !values[here].is_nan() {
            at += 1;
            continue;
        }
        let length = (0..hours).take_while(|n| values[(here + n) % hours].is_nan()).count();
        if length > longest {
            return Err((here, length));
        }
        let before = values[(here + hours - 1) % hours];
        let after = values[(here + length) % hours];
        for n in 0..length {
            let share = (n + 1) as f64 / (length + 1) as f64;
            values[(here + n) % hours] = before + share * (after - before);
        }
        filled += length;
        at += length;
    }
    Ok(filled)
}

/// Month and day of a day of the model's year, from 0.
pub(crate) fn date_of(day: usize) -> (usize, usize) {
    const DAYS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut left = day;
    for (month, days) in DAYS.iter().enumerate() {
        if left < *days {
            return (month + 1, left + 1);
        }
        left -= days;
    }
    (12, 31)
}

/// The day of the model's year, from 0, of a date written `11-01`.
pub(crate) fn day_of(text: &str) -> Option<usize> {
    (0..HOURS / 24).find(|day| {
        let (month, day) = date_of(*day);
        format!("{month:02}-{day:02}") == text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_filled_on_a_straight_line_over_the_end_of_the_year_too() {
        let mut values = [f64::NAN, 4.0, f64::NAN, f64::NAN, 1.0, 2.0];
        assert_eq!(fill(&mut values, 2), Ok(3));
        assert_eq!(values, [3.0, 4.0, 3.0, 2.0, 1.0, 2.0]);
        let mut values = [1.0, f64::NAN, f64::NAN, 1.0];
        assert_eq!(fill(&mut values, 1), Err((1, 2)));
    }

    #[test]
    fn dates_are_those_of_a_year_without_29_february() {
        assert_eq!(date_of(0), (1, 1));
        assert_eq!(date_of(59), (3, 1));
        assert_eq!(date_of(364), (12, 31));
        assert_eq!(day_of("11-01"), Some(304));
        assert_eq!(day_of("02-29"), None);
    }
}
