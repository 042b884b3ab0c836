//! Times of day and zones, as hourly tables write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

/// What a row says of its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A moment, with the offset from UTC that it is written with.
    Moment(Timestamp, Offset),
    /// A time on the clock of the table.
    Clock(DateTime),
    /// The number of an hour of the year.
    Number(i64),
}

/// Times as spreadsheets write them: `31.12.2023 23:00`, and hours of one digit.
const OF_SPREADSHEETS: [&str; 4] =
    ["%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];

/// No clock is further from UTC, in seconds.
const FURTHEST: i32 = 14 * 3600;

/// Reads a time; `None` if it is none.
pub(crate) fn time(text: &str) -> Option<Written> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(Written::Number(number));
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        let offset = Pieces::parse(text).ok()?.to_numeric_offset()?;
        return Some(Written::Moment(moment, offset));
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return Some(Written::Clock(time));
    }
    let parsed = OF_SPREADSHEETS.iter().find_map(|form| DateTime::strptime(form, text).ok());
    parsed.map(Written::Clock)
}

/// A zone as people write it: `UTC+5`, `UTC+05:30`.
pub(crate) fn shown(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    match (seconds, minutes) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{}{hours}", if seconds < 0 { '-' } else { '+' }),
        _ => format!("UTC{}{hours:02}:{minutes:02}", if seconds < 0 { '-' } else { '+' }),
    }
}

/// Reads a zone: `UTC`, `UTC+5`, `+05:30`, or a name such as `Asia/Almaty`.
pub(crate) fn zone(text: &str) -> Option<TimeZone> {
    if let Some(offset) = offset(text) {
        return Some(TimeZone::fixed(offset));
    }
    TimeZone::get(text).ok()
}

/// Reads a zone that is the same all year.
pub(crate) fn offset(text: &str) -> Option<Offset> {
    let of_utc = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT"));
    let shift = of_utc.unwrap_or(text);
    if shift.is_empty() || (of_utc.is_none() && shift == "Z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match shift.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "\u{2212}", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 2);
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|minutes| *minutes < 60)?);
    let seconds = Some(hours * 3600 + minutes * 60).filter(|s| (0..=FURTHEST).contains(s))?;
    Offset::from_seconds(sign * seconds).ok()
}

/// The moment of a time on a clock. Where clocks go back it comes twice: `before`, the row before,
/// tells which one it is.
pub(crate) fn moment(
    time: DateTime,
    zone: &TimeZone,
    before: Option<Timestamp>,
) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(time);
    if let AmbiguousOffset::Fold { .. } = ambiguous.offset() {
        let first = ambiguous.earlier().ok()?;
        return if before == Some(first) { ambiguous.later().ok() } else { Some(first) };
    }
    ambiguous.compatible().ok()
}

/// The hour of a year on a clock that is `offset` from UTC; below zero before it begins.
pub(crate) fn hour_of_year(moment: Timestamp, year: i16, offset: Offset) -> Option<i64> {
    let start = Date::new(year, 1, 1).ok()?.at(0, 0, 0, 0);
    let start = offset.to_timestamp(start).ok()?;
    Some((moment.as_second() - start.as_second()).div_euclid(3600))
}

/// Whether a year has a 29th of February.
pub(crate) fn is_leap(year: i16) -> bool {
    Date::new(year, 1, 1).is_ok_and(jiff::civil::Date::in_leap_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_as_people_write_them() {
        let seconds = |text| offset(text).map(Offset::seconds);
        assert_eq!(seconds("UTC"), Some(0));
        assert_eq!(seconds("UTC+5"), Some(5 * 3600));
        assert_eq!(seconds("+05:30"), Some(5 * 3600 + 1800));
        assert_eq!(seconds("UTC-03:00"), Some(-3 * 3600));
        assert_eq!(seconds("UTC+14"), Some(14 * 3600));
        for none in ["Almaty", "UTC+25", "UTC-14:30", "UTC+5:75", "UTC+-5"] {
            assert_eq!(seconds(none), None, "{none}");
        }
        for zone in ["UTC", "UTC+5", "UTC-3", "UTC+05:30"] {
            assert_eq!(offset(zone).map(shown).as_deref(), Some(zone));
        }
        assert!(zone("Asia/Almaty").is_some());
        assert!(zone("Asia/Nowhere").is_none());
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_by_the_row_before() {
        let zone = zone("Europe/Berlin").expect("it is known");
        let Some(Written::Clock(two)) = time("2023-10-29 02:00") else {
            panic!("a clock time")
        };
        let first = moment(two, &zone, None).expect("it exists");
        let second = moment(two, &zone, Some(first)).expect("it exists");
        assert_eq!(second.as_second() - first.as_second(), 3600);
    }

    #[test]
    fn a_clock_that_changed_keeps_its_hours() {
        // Kazakhstan went from UTC+6 to UTC+5 on 1 March 2024
        let zone = zone("Asia/Almaty").expect("it is known");
        let at = |text: &str, before| {
            let Some(Written::Clock(time)) = time(text) else { panic!("a clock time") };
            moment(time, &zone, before).expect("it exists")
        };
        let offset = offset("UTC+6").expect("a zone");
        let january = at("2024-01-01 00:00", None);
        assert_eq!(hour_of_year(january, 2024, offset), Some(0));
        let april = at("2024-04-01 00:00", None);
        assert_eq!(hour_of_year(april, 2024, offset), Some((31 + 29 + 31) * 24 + 1));
    }

    #[test]
    fn times_are_read_in_the_forms_of_tables() {
        let moment =
            |text: &str, zone: &str| Some(Written::Moment(text.parse().ok()?, offset(zone)?));
        assert_eq!(time("17"), Some(Written::Number(17)));
        assert!(matches!(time("2023-01-01T00:00:00Z"), Some(Written::Moment(..))));
        assert_eq!(time("2023-01-01 00:00+05:00"), moment("2022-12-31T19:00Z", "UTC+5"));
        assert_eq!(time("31.12.2023 23:00"), time("2023-12-31T23:00"));
        assert_eq!(time("1.2.2023 7:00"), time("2023-02-01T07:00"));
        assert_eq!(time("2023-02-01 7:00"), time("2023-02-01T07:00"));
        assert_eq!(time("noon"), None);
        assert_eq!(time("12/31/2023 23:00"), None);
    }
}
