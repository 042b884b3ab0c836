//! What `model.toml` may say, and the collections any file may add to.

use kzleap_model::{UserRow, stated};

use super::Default::{None as Absent, Required, Words};
use super::constraints::constraint;
use super::kinds::{category, sector};
use super::policy::{
    activity_limit, capacity_limit, emission_cap, emission_price, reserve_margin, retrofit,
    share, subsidy,
};
use super::processes::process;
use super::region_levels::region_level;
use super::resources::resource;
use super::statistics::statistic;
use super::storages::{link, storage};
use super::{
    BySlice, Choice, Dimension, FIXED, Flag, Items, Kind, List, Map, Name, Names, Number, Of,
    OneTable, Quantity, R, S, Text, Units, Years, by_slice, choice, flag, items, list, map,
    name, names, number, one_table, shared, table, text, units, years,
};
use super::{branch, commodity, demands, driver, emission};
use kzleap_model::policy::{ActivityLimit, CapacityLimit, EmissionCap, Reserve, Share};

const CALENDAR_YEAR: Quantity =
    Quantity::new(Dimension::CalendarYear, "", FIXED).hard(1900.0, 2200.0).whole();
const RATE: Quantity = Quantity::new(Dimension::Ratio, "", FIXED)
    .hard(-0.5, 1.0)
    .possible(-0.5, f64::INFINITY)
    .soft(0.0, 0.5);
/// The values of a profile.
pub(crate) const PROFILE_VALUE: Quantity =
    Quantity { varies: S, ..Quantity::new(Dimension::Ratio, "", S) };

pub(crate) mod root {
    use super::*;

    table! {
        title: "Model",
        written: "model.toml",
        doc: "What the model is. The tables below may be in any TOML file of the folder.",
        open: None;

        const FORMAT: Field<Number> = number(
            "format",
            Quantity::new(Dimension::Ratio, "", FIXED).whole(),
            Required,
            "version of this format: 2",
        );
        const NAME: Field<Text> =
            text("name", Required, "short name, used for folders of results");
        const LABEL: Field<Text> = shared::LABEL;
        const DESCRIPTION: Field<Text> = text("description", Absent, "what the model is for");
        const CURRENCY: Field<Text> =
            text("currency", Required, "money of the model, such as `USD2022`");
        const UNITS: Field<Units> = units("units", Absent, "units of this file, by field name");
        const TIME: Field<OneTable> = one_table("time", &time::TABLE, Required, "when");
        const FINANCE: Field<OneTable> =
            one_table("finance", &finance::TABLE, Required, "rates");
        const MONEY: Field<Items> =
            items("money", &money::TABLE, Absent, "worth of other money");
        const DEFAULTS: Field<OneTable> = one_table(
            stated::DEFAULTS,
            &defaults::TABLE,
            Absent,
            "for whatever does not say otherwise",
        );
        const REGIONS: Field<Items> = items("regions", &region::TABLE, Required, "where");
        const REGION_LEVELS: Field<Items> = items(
            stated::REGION_LEVELS,
            &region_level::TABLE,
            Absent,
            "coarser and finer levels of the regions, for `--regions`",
        );
        const PROFILES: Field<Items> =
            items("profiles", &profile::TABLE, Absent, "values by slice");
        const HOURLY: Field<Items> = items(
            "hourly",
            &hourly::TABLE,
            Absent,
            "tables of hourly series: with them, the slices are the hours of a year",
        );
        const CATEGORIES: Field<Items> = items(
            "categories",
            &category::TABLE,
            Absent,
            "what reports gather processes under",
        );
        const SECTORS: Field<Items> =
            items("sectors", &sector::TABLE, Absent, "who takes energy, and kinds of plants");
        const COMMODITIES: Field<Items> =
            items("commodities", &commodity::TABLE, Required, "what is made and used");
        const PROCESSES: Field<Items> =
            items(stated::PROCESSES, &process::TABLE, Absent, "what makes and uses");
        const STORAGES: Field<Items> = items(stated::STORAGES, &storage::TABLE, Absent, "what keeps");
        const LINKS: Field<Items> =
            items(stated::LINKS, &link::TABLE, Absent, "what carries between regions");
        const RESOURCES: Field<Items> =
            items(stated::RESOURCES, &resource::TABLE, Absent, "what is dug or bought");
        const DRIVERS: Field<Items> =
            items("drivers", &driver::TABLE, Absent, "what demand follows");
        const BRANCHES: Field<Items> =
            items(stated::BRANCHES, &branch::TABLE, Absent, "the tree of demand");
        const DEMANDS: Field<Items> =
            items(stated::DEMANDS, &demands::TABLE, Absent, "what must be served");
        const EMISSIONS: Field<Items> =
            items("emissions", &emission::TABLE, Absent, "what is counted");
        const EMISSION_CAPS: Field<Items> =
            items(EmissionCap::COLLECTION, &emission_cap::TABLE, Absent, "caps on emissions");
        const EMISSION_PRICES: Field<Items> = items(
            "emission_prices",
            &emission_price::TABLE,
            Absent,
            "prices on what some processes emit",
        );
        const RESERVE_MARGINS: Field<Items> =
            items(Reserve::COLLECTION, &reserve_margin::TABLE, Absent, "firm capacity");
        const SHARES: Field<Items> = items(Share::COLLECTION, &share::TABLE, Absent, "rules on shares");
        const ACTIVITY_LIMITS: Field<Items> =
            items(ActivityLimit::COLLECTION, &activity_limit::TABLE, Absent, "on activity");
        const CAPACITY_LIMITS: Field<Items> =
            items(CapacityLimit::COLLECTION, &capacity_limit::TABLE, Absent, "on capacity");
        const CONSTRAINTS: Field<Items> = items(
            UserRow::COLLECTION,
            &constraint::TABLE,
            Absent,
            "weighted sums of what the plan decides",
        );
        const SUBSIDIES: Field<Items> =
            items("subsidies", &subsidy::TABLE, Absent, "on building");
        const RETROFITS: Field<Items> =
            items("retrofits", &retrofit::TABLE, Absent, "what capacity may become");
        const STATISTICS: Field<Items> =
            items("statistics", &statistic::TABLE, Absent, "what the plan is held against");
    }
}

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

pub(crate) mod finance {
    use super::*;

    table! {
        title: "Finance",
        written: "[finance]",
        doc: "How costs of different years are brought together.",
        open: None;

        const DISCOUNT_RATE: Field<Number> = number(
            "discount_rate",
            Quantity { varies: R, ..RATE },
            Required,
            "social discount rate, a ratio a year",
        );
        const COST_OF_CAPITAL: Field<Number> = number(
            "cost_of_capital",
            Quantity { varies: R, ..RATE },
            Words("the discount rate"),
            "rate investors pay where a process says nothing",
        );
        const BASE_YEAR: Field<Number> = number(
            "base_year",
            CALENDAR_YEAR,
            Words("first milestone year"),
            "the year present values are of",
        );
    }
}

pub(crate) mod money {
    use super::*;

    table! {
        title: "Money",
        written: "[money]",
        doc: "What other money, such as `KZT2022`, is worth in the model's currency.",
        open: None;

        const VALUE: Field<Number> = number(
            "value",
            Quantity::new(Dimension::MoneyWorth, "", FIXED)
                .hard(f64::MIN_POSITIVE, f64::INFINITY),
            Required,
            "worth of one unit, in the model's currency",
        );
    }
}

pub(crate) mod defaults {
    use super::*;

    table! {
        title: "Defaults",
        written: "[defaults]",
        doc: "Values for every process, storage and link that has such a field and does not give it.",
        open: None;

        const LIFE: Field<Number> = number("life", shared::YEARS_OF_LIFE, Absent, "years in service");
        const ECONOMIC_LIFE: Field<Number> =
            number("economic_life", shared::YEARS_OF_PAYMENT, Absent, "years of payment");
        const COST_OF_CAPITAL: Field<Number> =
            number("cost_of_capital", shared::RATE_OF_CAPITAL, Absent, "rate investors pay");
        const AVAILABILITY: Field<BySlice> =
            by_slice("availability", shared::SHARE_THAT_CAN_RUN, Absent, "share of capacity that can run");
        const EARLY_RETIREMENT: Field<Flag> =
            flag("early_retirement", Absent, "whether capacity may retire early");
    }
}

pub(crate) mod region {
    use super::*;

    table! {
        title: "Regions",
        written: "[regions.NAME]",
        doc: "A place where commodities are balanced.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const DOMESTIC: Field<Flag> = flag(
            "domestic",
            Words("true"),
            "false for a neighbour, which is left out of totals, caps and default `regions`",
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
