//! The rows of a table on the hours of the model's year.
//!
//! The year has 8,760 hours; the 29th of February is left out. It is a ring: hours that a table in
//! another zone lacks at one end of the year are those it has at the other.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use kzleap_diagnostics::Diagnostic;

use super::HourlyFile;
use super::clock::{self, Written, hour_of_year, hours_of};

/// Hours of the model's year.
pub(crate) const HOURS: usize = 8760;
/// The hours of the 29th of February.
const LEAP_DAY: std::ops::Range<usize> = 1416..1440;

/// The clocks of a table and of the model.
pub(crate) struct Clocks {
    /// Of the table, if it is said.
    pub(crate) table: Option<TimeZone>,
    /// Of the model.
    pub(crate) model: Offset,
}

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

/// The moment of a row with the year on its own clock, or only the number of its hour.
#[derive(Clone, Copy)]
enum At {
    Moment(Timestamp, i16),
    Number(i64),
}

/// The times of a table, read.
pub(crate) struct Times(Vec<At>);

impl Times {
    /// Reads the times of a table.
    pub(crate) fn read(file: &HourlyFile, zone: Option<&TimeZone>) -> Result<Self, Diagnostic> {
        let mut all = Vec::with_capacity(file.times.len());
        let mut before = None;
        for (row, text) in file.times.iter().enumerate() {
            let wrong =
                |message: String| Diagnostic::error("hourly-time", message, file.row(row), "");
            let at = match clock::time(text) {
                Some(Written::Number(number)) => At::Number(number),
                Some(Written::Moment(moment)) => {
                    let on_clock = zone.unwrap_or(&TimeZone::UTC).to_datetime(moment);
                    At::Moment(moment, on_clock.year())
                }
                Some(Written::Clock(time)) => {
                    let Some(zone) = zone else {
                        let message = format!("`{text}` does not say in which zone it is");
                        return Err(wrong(message).hint(
                            "give the table a `zone`, such as `zone = \"UTC+5\"` or \
                             `\"Asia/Almaty\"`: load in UTC beside local sun is a known trap",
                        ));
                    };
                    match clock::moment(time, zone, before) {
                        Some(moment) => At::Moment(moment, time.year()),
                        None => return Err(wrong(format!("`{text}` is no time of this zone"))),
                    }
                }
                None => {
                    return Err(wrong(format!("`{text}` is not a time")).hint(
                        "write `2023-01-31 18:00`, `2023-01-31T18:00Z`, `31.01.2023 18:00`, or \
                         the number of the hour of the year",
                    ));
                }
            };
            before = match at {
                At::Moment(moment, _) => Some(moment),
                At::Number(_) => None,
            };
            all.push(at);
        }
        Ok(Self(all))
    }

    /// The years that the table has more than half of, ascending; none where it numbers hours.
    pub(crate) fn years(&self) -> Vec<i16> {
        let mut counts = std::collections::BTreeMap::new();
        for at in &self.0 {
            if let At::Moment(_, year) = at {
                *counts.entry(*year).or_insert(0usize) += 1;
            }
        }
        counts
            .into_iter()
            .filter(|(_, hours)| *hours > HOURS / 2)
            .map(|(year, _)| year)
            .collect()
    }

    /// Puts the rows of a year on the hours of the model.
    pub(crate) fn place(
        &self,
        file: &HourlyFile,
        year: Option<i16>,
        clocks: &Clocks,
    ) -> Result<Placed, Diagnostic> {
        let numbers = self.0.iter().any(|at| matches!(at, At::Number(_)));
        let hours = match year {
            Some(year) if !numbers => hours_of(year),
            _ if numbers && self.0.len() == 8784 => 8784,
            _ => HOURS,
        };
        let mut rows: Vec<Option<usize>> = vec![None; hours];
        let mut outside: Vec<(usize, i64)> = Vec::new();
        let mut first_number = None;
        for (row, at) in self.0.iter().enumerate() {
            let (hour, belongs) = match at {
                At::Number(number) => {
                    let first = *first_number.get_or_insert(*number);
                    (self.numbered(number - first, clocks), true)
                }
                At::Moment(moment, own_year) => {
                    let Some(year) = year else { continue };
                    let hour = hour_of_year(*moment, year, clocks.model);
                    (hour.unwrap_or(i64::MIN), *own_year == year)
                }
            };
            match usize::try_from(hour).ok().and_then(|hour| rows.get_mut(hour)) {
                Some(Some(first)) => {
                    let message =
                        format!("`{}` is in the same hour as a row before", file.times[row]);
                    return Err(Diagnostic::error(
                        "hour-twice",
                        message,
                        file.row(row),
                        "again",
                    )
                    .also(file.row(*first), "first here")
                    .hint(
                        "one row an hour: give the means of finer ones; where clocks change, \
                             name the zone (`zone = \"Europe/Berlin\"`) or write times in UTC",
                    ));
                }
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
        let leap = hours != HOURS;
        if leap {
            rows.drain(LEAP_DAY);
        }
        Ok(Placed { rows, moved, leap })
    }

    /// The hour of the model at which an hour on the table's clock falls.
    fn numbered(&self, hour: i64, clocks: &Clocks) -> i64 {
        let table = clocks.table.as_ref().and_then(|zone| zone.to_fixed_offset().ok());
        let shift = table.map_or(0, |table| clocks.model.seconds() - table.seconds());
        hour + i64::from(shift.div_euclid(3600))
    }
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
