//! What a model may say of time: years, seasons, hours, and the profiles made of them.

use super::Default::{None as Absent, Required, Words};
use super::{
    Choice, Dimension, FIXED, Kind, List, Map, Name, Names, Number, Of, Quantity, S, Text,
    Years, choice, list, map, name, names, number, shared, table, text, years,
};

/// A calendar year.
pub(super) const CALENDAR_YEAR: Quantity =
    Quantity::new(Dimension::CalendarYear, "", FIXED).hard(1900.0, 2200.0).whole();
/// The values of a profile.
pub(crate) const PROFILE_VALUE: Quantity =
    Quantity { varies: S, ..Quantity::new(Dimension::Ratio, "", S) };

pub(crate) mod time {
    use super::*;

    table! {
        title: "Time",
        written: "[time]",
        doc: "Milestone years, and how a year is cut into slices.",
        open: None;

        const YEARS: Field<Years> = years("years", Required, "milestone years, ascending");
        const HORIZON_END: Field<Number> = number(
            "horizon_end",
            CALENDAR_YEAR,
            Words("the last period is as long as the one before"),
            "last calendar year of the last period",
        );
        const SEASONS: Field<List> =
            list("seasons", &season::TABLE, Words("one, the whole year"), "seasons, in order");
        const DAY_TYPES: Field<List> =
            list("day_types", &day_type::TABLE, Words("one, `day`"), "kinds of days");
        const BLOCKS: Field<Map> = map(
            "blocks",
            Of::New,
            Quantity::new(Dimension::Hours, "", FIXED).hard(f64::MIN_POSITIVE, 24.0),
            Words("one, `all`, of 24 hours"),
            "blocks of a day, in order, with their hours",
        );
        const SLICES: Field<Number> = number(
            "slices",
            Quantity::new(Dimension::Ratio, "", FIXED).hard(1.0, 8760.0).whole(),
            Words("with hourly tables, as many as are solved in about a minute"),
            "with hourly tables: how many slices the year is planned with; `--slices` says otherwise",
        );
        const PERIODS: Field<Name> = name(
            "periods",
            Of::Profiles,
            Words("chosen, as many as `slices` says"),
            "with hourly tables: the series that has the number of the slice each hour is in; the \
             table `periods` of a run is one",
        );
        const ALIKE: Field<Names> = names(
            "alike",
            Of::Profiles,
            Words("all profiles that differ within seasons"),
            "with hourly tables: profiles, or series of a table, by which hours are alike; each \
             weighs as much as its values differ",
        );
        const EXTREMES: Field<List> = list(
            "extremes",
            &extreme::TABLE,
            Absent,
            "with hourly tables: days that are kept whole",
        );
        const ZONE: Field<Text> = text(
            "zone",
            Words("the zone of the hourly tables, if they share one"),
            "the clock of the model, a fixed one such as `UTC+5`; series in other zones are moved \
             to it",
        );
        const WEATHER_YEAR: Field<Number> = number(
            "weather_year",
            CALENDAR_YEAR,
            Words("the only one the hourly tables hold"),
            "the year that is taken from hourly tables",
        );
    }
}

pub(crate) mod extreme {
    use super::*;

    /// The word for the days on which something is highest.
    pub(crate) const HIGHEST: &str = "highest";
    /// The word for those on which it is lowest.
    pub(crate) const LOWEST: &str = "lowest";

    table! {
        title: "Extremes",
        written: "[[time.extremes]]",
        doc: "Days in a row on which a profile or a demand is highest or lowest. Each of them is a \
              kind of day of its own, however few slices the year is planned with.",
        open: None;

        const PROFILE: Field<Name> = name(
            "profile",
            Of::Profiles,
            Absent,
            "the profile, or series of an hourly table; or else `demand`",
        );
        const DEMAND: Field<Name> = name(
            "demand",
            Of::Commodities,
            Absent,
            "the commodity whose demand it is; or else `profile`",
        );
        const REGION: Field<Name> = name(
            "region",
            Of::Regions,
            Words("all domestic regions together"),
            "the region whose demand it is",
        );
        const IS: Field<Choice> =
            choice("is", &[HIGHEST, LOWEST], Required, "which days: by the mean over them");
        const DAYS: Field<Number> = number(
            "days",
            Quantity::new(Dimension::Days, "", FIXED).hard(1.0, 14.0).whole(),
            Words("1"),
            "how many days in a row, over the end of the year too",
        );
    }
}

pub(crate) mod hourly {
    use super::*;

    table! {
        title: "Hourly tables",
        written: "[hourly.NAME]",
        doc: "A CSV file with one row an hour: a column of times and a column for each series, \
              which is a profile of that name.",
        open: None;

        const FILE: Field<Text> =
            text("file", Required, "the CSV file, in the folder of the model");
        const TIME: Field<Text> =
            text("time", Words("the first"), "the column of times");
        const ZONE: Field<Text> = text(
            "zone",
            Absent,
            "the clock of its times: `UTC`, `UTC+5`, or a place such as `Asia/Almaty`; needed where \
             times do not say it",
        );
        const YEAR: Field<Number> = number(
            "year",
            CALENDAR_YEAR,
            Words("`weather_year`"),
            "the year that is taken from this table",
        );
        const FILL_GAPS: Field<Number> = number(
            "fill_gaps",
            Quantity::new(Dimension::Hours, "", FIXED).hard(0.0, 8760.0).whole(),
            Words("0"),
            "longest gap that is filled on a straight line, in hours",
        );
    }
}

pub(crate) mod season {
    use super::*;

    table! {
        title: "Seasons",
        written: "[[time.seasons]]",
        doc: "A part of the year. The days of all seasons add up to 365. With hourly tables, a season \
              that is written again with another day begins again.",
        open: None;

        const NAME: Field<Text> = text("name", Required, "short name");
        const LABEL: Field<Text> = shared::LABEL;
        const DAYS: Field<Number> = number(
            "days",
            Quantity::new(Dimension::Days, "", FIXED).hard(f64::MIN_POSITIVE, 366.0),
            Words("with hourly tables, those up to the next season"),
            "days of the year it has",
        );
        const FROM: Field<Text> = text(
            "from",
            Absent,
            "with hourly tables: its first day, such as `11-01` for 1 November; it lasts until the \
             next season begins, over the end of the year too",
        );
    }
}

pub(crate) mod day_type {
    use super::*;

    table! {
        title: "Day types",
        written: "[[time.day_types]]",
        doc: "A kind of day, such as working days. The shares of all add up to 1.",
        open: None;

        const NAME: Field<Text> = text("name", Required, "short name");
        const LABEL: Field<Text> = shared::LABEL;
        const SHARE: Field<Number> = number(
            "share",
            Quantity::new(Dimension::Ratio, "", FIXED).hard(f64::MIN_POSITIVE, 1.0),
            Required,
            "share of the days of each season",
        );
    }
}

pub(crate) mod profile {
    use super::*;

    table! {
        title: "Profiles",
        written: "[profiles.NAME]",
        doc: "A value for every slice, or for every season, usually in `profiles.csv`; or an hourly \
              series scaled and shifted.",
        open: Some((Of::Slices, &Kind::Quantity(PROFILE_VALUE)));

        const OF: Field<Text> = text("of", Absent, "the hourly series it is made of");
        const SCALE: Field<Number> = number(
            "scale",
            Quantity::new(Dimension::Ratio, "", FIXED).hard(0.0, f64::INFINITY),
            Words("1"),
            "what the series is multiplied by",
        );
        const SHIFT: Field<Number> = number(
            "shift",
            Quantity::new(Dimension::Hours, "", FIXED).hard(-8760.0, 8760.0).whole(),
            Words("0"),
            "hours by which the series comes later; below zero: earlier",
        );
        const AT_MOST: Field<Number> = number(
            "at_most",
            Quantity::new(Dimension::Ratio, "", FIXED),
            Absent,
            "the value at which the series is cut off, after scaling",
        );
    }
}
