//! What `model.toml` may say, and the collections any file may add to.

use super::Default::{None as Absent, Required, Words};
use super::commodities::{BRANCH, COMMODITY, DEMANDS, DRIVER, EMISSION};
use super::kinds::{CATEGORY, LABEL, SECTOR};
use super::policy::{
    ACTIVITY_LIMIT, CAPACITY_LIMIT, EMISSION_CAP, RESERVE_MARGIN, SHARE, SUBSIDY,
};
use super::processes::{
    AVAILABILITY, COST_OF_CAPITAL, EARLY_RETIREMENT, ECONOMIC_LIFE, LIFE, PROCESS,
};
use super::region_levels::REGION_LEVEL;
use super::resources::RESOURCE;
use super::statistics::STATISTIC;
use super::storages::{LINK, STORAGE};
use super::{Dimension, FIXED, Kind, Of, Quantity, R, S, TableKind, field};

const CALENDAR_YEAR: Kind = Kind::Quantity(
    Quantity::new(Dimension::CalendarYear, "", FIXED).hard(1900.0, 2200.0).whole(),
);

/// The whole tree.
pub(crate) static ROOT: TableKind = TableKind {
    title: "Model",
    written: "model.toml",
    doc: "What the model is. The tables below may stand in any TOML file of the folder.",
    fields: &[
        field(
            "format",
            Kind::Quantity(Quantity::new(Dimension::Ratio, "", FIXED).whole()),
            Required,
            "version of this format: 2",
        ),
        field("name", Kind::Text, Required, "short name, used for folders of results"),
        LABEL,
        field("description", Kind::Text, Absent, "what the model is for"),
        field("currency", Kind::Text, Required, "money of the model, such as `USD2022`"),
        field("units", Kind::Units, Absent, "units of this file, by field name"),
        field("time", Kind::Table(&TIME), Required, "when"),
        field("finance", Kind::Table(&FINANCE), Required, "rates"),
        field("money", Kind::Items(&MONEY), Absent, "worth of other money"),
        field(
            "defaults",
            Kind::Table(&DEFAULTS),
            Absent,
            "for whatever does not say otherwise",
        ),
        field("regions", Kind::Items(&REGION), Required, "where"),
        field(
            "region_levels",
            Kind::Items(&REGION_LEVEL),
            Absent,
            "coarser and finer levels of the regions, for `--regions`",
        ),
        field("profiles", Kind::Items(&PROFILE), Absent, "values by slice"),
        field(
            "categories",
            Kind::Items(&CATEGORY),
            Absent,
            "what reports gather processes under",
        ),
        field("sectors", Kind::Items(&SECTOR), Absent, "who takes energy, and kinds of plants"),
        field("commodities", Kind::Items(&COMMODITY), Required, "what is made and used"),
        field("processes", Kind::Items(&PROCESS), Absent, "what makes and uses"),
        field("storages", Kind::Items(&STORAGE), Absent, "what keeps"),
        field("links", Kind::Items(&LINK), Absent, "what carries between regions"),
        field("resources", Kind::Items(&RESOURCE), Absent, "what is dug or bought"),
        field("drivers", Kind::Items(&DRIVER), Absent, "what demand follows"),
        field("branches", Kind::Items(&BRANCH), Absent, "the tree of demand"),
        field("demands", Kind::Items(&DEMANDS), Absent, "what must be served"),
        field("emissions", Kind::Items(&EMISSION), Absent, "what is counted"),
        field("emission_caps", Kind::Items(&EMISSION_CAP), Absent, "caps on emissions"),
        field("reserve_margins", Kind::Items(&RESERVE_MARGIN), Absent, "firm capacity"),
        field("shares", Kind::Items(&SHARE), Absent, "rules on shares"),
        field("activity_limits", Kind::Items(&ACTIVITY_LIMIT), Absent, "on activity"),
        field("capacity_limits", Kind::Items(&CAPACITY_LIMIT), Absent, "on capacity"),
        field("subsidies", Kind::Items(&SUBSIDY), Absent, "on building"),
        field("statistics", Kind::Items(&STATISTIC), Absent, "what the plan is held against"),
    ],
    open: None,
};

static TIME: TableKind = TableKind {
    title: "Time",
    written: "[time]",
    doc: "Milestone years, and how a year is cut into slices.",
    fields: &[
        field("years", Kind::Years, Required, "milestone years, ascending"),
        field(
            "horizon_end",
            CALENDAR_YEAR,
            Words("the last period is as long as the one before"),
            "last calendar year of the last period",
        ),
        field(
            "seasons",
            Kind::List(&SEASON),
            Words("one, the whole year"),
            "seasons, in order",
        ),
        field("day_types", Kind::List(&DAY_TYPE), Words("one, `day`"), "kinds of days"),
        field(
            "blocks",
            Kind::Map(
                Of::New,
                Quantity::new(Dimension::Hours, "", FIXED).hard(f64::MIN_POSITIVE, 24.0),
            ),
            Words("one, `all`, of 24 hours"),
            "blocks of a day, in order, with their hours",
        ),
    ],
    open: None,
};

static SEASON: TableKind = TableKind {
    title: "Seasons",
    written: "[[time.seasons]]",
    doc: "A part of the year. The days of all seasons add up to 365.",
    fields: &[
        field("name", Kind::Text, Required, "short name"),
        LABEL,
        field(
            "days",
            Kind::Quantity(
                Quantity::new(Dimension::Days, "", FIXED).hard(f64::MIN_POSITIVE, 366.0),
            ),
            Required,
            "days of the year it has",
        ),
    ],
    open: None,
};

static DAY_TYPE: TableKind = TableKind {
    title: "Day types",
    written: "[[time.day_types]]",
    doc: "A kind of day, such as working days. The shares of all add up to 1.",
    fields: &[
        field("name", Kind::Text, Required, "short name"),
        LABEL,
        field(
            "share",
            Kind::Quantity(
                Quantity::new(Dimension::Ratio, "", FIXED).hard(f64::MIN_POSITIVE, 1.0),
            ),
            Required,
            "share of the days of each season",
        ),
    ],
    open: None,
};

const RATE: Quantity = Quantity::new(Dimension::Ratio, "", FIXED)
    .hard(-0.5, 1.0)
    .possible(-0.5, f64::INFINITY)
    .soft(0.0, 0.5);

static FINANCE: TableKind = TableKind {
    title: "Finance",
    written: "[finance]",
    doc: "How costs of different years are brought together.",
    fields: &[
        field(
            "discount_rate",
            Kind::Quantity(Quantity { varies: R, ..RATE }),
            Required,
            "social discount rate, a ratio a year",
        ),
        field(
            "cost_of_capital",
            Kind::Quantity(Quantity { varies: R, ..RATE }),
            Words("the discount rate"),
            "rate investors pay where a process says nothing",
        ),
        field(
            "base_year",
            CALENDAR_YEAR,
            Words("first milestone year"),
            "the year present values are of",
        ),
    ],
    open: None,
};

static MONEY: TableKind = TableKind {
    title: "Money",
    written: "[money]",
    doc: "What other money, such as `KZT2022`, is worth in the model's currency.",
    fields: &[field(
        "value",
        Kind::Quantity(
            Quantity::new(Dimension::MoneyWorth, "", FIXED)
                .hard(f64::MIN_POSITIVE, f64::INFINITY),
        ),
        Required,
        "worth of one unit, in the model's currency",
    )],
    open: None,
};

/// Fields of processes, storages and links that may have a default of the model's own.
static DEFAULTS: TableKind = TableKind {
    title: "Defaults",
    written: "[defaults]",
    doc: "Values for every process, storage and link that has such a field and does not give it.",
    fields: &[
        field("life", LIFE, Absent, "years in service"),
        field("economic_life", ECONOMIC_LIFE, Absent, "years of payment"),
        field("cost_of_capital", COST_OF_CAPITAL, Absent, "rate investors pay"),
        field("availability", AVAILABILITY, Absent, "share of capacity that can run"),
        field(
            "early_retirement",
            EARLY_RETIREMENT,
            Absent,
            "whether capacity may retire early",
        ),
    ],
    open: None,
};

static REGION: TableKind = TableKind {
    title: "Regions",
    written: "[regions.NAME]",
    doc: "A place where commodities are balanced.",
    fields: &[
        LABEL,
        field(
            "domestic",
            Kind::Flag,
            Words("true"),
            "false for a neighbour, which is left out of totals, caps and default `regions`",
        ),
    ],
    open: None,
};

/// The values of a profile.
pub(crate) const PROFILE_VALUE: Quantity =
    Quantity { varies: S, ..Quantity::new(Dimension::Ratio, "", S) };

static PROFILE: TableKind = TableKind {
    title: "Profiles",
    written: "[profiles.NAME]",
    doc: "A value for every slice, or for every season. Usually in `profiles.csv`.",
    fields: &[],
    open: Some((Of::Slices, &Kind::Quantity(PROFILE_VALUE))),
};
