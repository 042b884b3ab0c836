//! Fields of the rules a plan must keep.

use super::Default::{None as Absent, Required, Words};
use super::kinds::LABEL;
use super::{Dimension, FIXED, Field, Kind, Of, Quantity, TableKind, Y, field};

/// The collections of rules, in the order in which they are read.
pub(crate) const RULES: [&str; 6] = [
    "emission_caps",
    "reserve_margins",
    "shares",
    "activity_limits",
    "capacity_limits",
    "subsidies",
];

const REGIONS: Field =
    field("regions", Kind::Names(Of::Regions), Words("all domestic regions"), "where it holds");
const PROCESSES: Field = field(
    "processes",
    Kind::Names(Of::Processes),
    Absent,
    "names of processes, storages or resources it speaks of",
);
const CATEGORIES: Field =
    field("categories", Kind::Names(Of::Categories), Absent, "categories it speaks of");

pub(crate) static EMISSION_CAP: TableKind = TableKind {
    title: "Emission caps",
    written: "[emission_caps.NAME]",
    doc: "A cap a year (`limit`), or over several years together (`budget`).",
    fields: &[
        LABEL,
        field(
            "emissions",
            Kind::Map(Of::Emissions, Quantity::new(Dimension::Ratio, "", FIXED)),
            Required,
            "what counts, with weights such as warming potentials",
        ),
        REGIONS,
        field(
            "limit",
            Kind::Quantity(Quantity::new(Dimension::EmissionPerYear, "emissions", Y).any()),
            Absent,
            "emissions allowed in a year; no cap before the first given year",
        ),
        field(
            "budget",
            Kind::Quantity(Quantity::new(Dimension::Emission, "budget", FIXED).any()),
            Absent,
            "emissions allowed over the years `from` to `to`",
        ),
        field("from", YEAR, Words("first year of the horizon"), "first calendar year"),
        field("to", YEAR, Words("last year of the horizon"), "last calendar year"),
    ],
    open: None,
};

const YEAR: Kind = Kind::Quantity(
    Quantity::new(Dimension::CalendarYear, "", FIXED).hard(1900.0, 2200.0).whole(),
);

pub(crate) static RESERVE_MARGIN: TableKind = TableKind {
    title: "Reserve margins",
    written: "[reserve_margins.NAME]",
    doc: "Firm capacity that must stand by.",
    fields: &[
        LABEL,
        REGIONS,
        field("commodity", Kind::Name(Of::Commodities), Required, "what the capacity makes"),
        field(
            "margin",
            Kind::Quantity(
                Quantity::new(Dimension::Ratio, "", Y)
                    .hard(-1.0, 5.0)
                    .possible(-1.0, f64::INFINITY)
                    .soft(0.0, 1.0),
            ),
            Required,
            "firm capacity beyond the peak, a share of it",
        ),
        field(
            "peak",
            Kind::Quantity(Quantity::new(Dimension::Capacity, "peak", Y)),
            Words("the largest demand rate over the slices"),
            "peak demand",
        ),
        field(
            "link_credit",
            Kind::Quantity(Quantity::share(FIXED)),
            Words("0"),
            "share of the capacity of links into the regions that counts",
        ),
    ],
    open: None,
};

const SHARE_VALUE: Kind = Kind::Quantity(Quantity::share(Y));

pub(crate) static SHARE: TableKind = TableKind {
    title: "Shares",
    written: "[shares.NAME]",
    doc: "A rule on the share some processes have in the making of a commodity.",
    fields: &[
        LABEL,
        field("commodity", Kind::Name(Of::Commodities), Required, "what is made"),
        REGIONS,
        PROCESSES,
        CATEGORIES,
        field("at_least", SHARE_VALUE, Absent, "least share; no rule before the first year"),
        field("at_most", SHARE_VALUE, Absent, "most share; no rule before the first year"),
    ],
    open: None,
};

const fn a_year() -> Kind {
    Kind::Quantity(Quantity::new(Dimension::AmountPerYear, "activity", Y))
}

pub(crate) static ACTIVITY_LIMIT: TableKind = TableKind {
    title: "Activity limits",
    written: "[activity_limits.NAME]",
    doc: "A limit on the activity of processes together.",
    fields: &[
        LABEL,
        PROCESSES,
        CATEGORIES,
        REGIONS,
        field("min", a_year(), Absent, "least activity a year"),
        field("max", a_year(), Absent, "most activity a year"),
        field(
            "max_total",
            Kind::Quantity(Quantity::new(Dimension::Amount, "energy", FIXED)),
            Absent,
            "most activity over the whole horizon",
        ),
    ],
    open: None,
};

const fn capacity() -> Kind {
    Kind::Quantity(Quantity::new(Dimension::Capacity, "capacity", Y))
}

const fn new_capacity() -> Kind {
    Kind::Quantity(Quantity::new(Dimension::CapacityPerYear, "capacity", Y))
}

pub(crate) static CAPACITY_LIMIT: TableKind = TableKind {
    title: "Capacity limits",
    written: "[capacity_limits.NAME]",
    doc: "A limit on the capacities of processes together.",
    fields: &[
        LABEL,
        PROCESSES,
        CATEGORIES,
        REGIONS,
        field("min", capacity(), Absent, "least capacity in service"),
        field("max", capacity(), Absent, "most capacity in service"),
        field("min_new", new_capacity(), Absent, "least capacity built, per calendar year"),
        field("max_new", new_capacity(), Absent, "most capacity built, per calendar year"),
    ],
    open: None,
};

pub(crate) static SUBSIDY: TableKind = TableKind {
    title: "Subsidies",
    written: "[subsidies.NAME]",
    doc: "Money from outside the plan that lowers the cost of building. The plan takes it where \
          it is worth most, up to the budget.",
    fields: &[
        LABEL,
        PROCESSES,
        CATEGORIES,
        REGIONS,
        field(
            "rate",
            Kind::Quantity(Quantity::new(Dimension::CostPerCapacity, "capital_cost", Y)),
            Required,
            "the most for each unit built, below its overnight cost; none before the first given \
             year",
        ),
        field(
            "annual_budget",
            Kind::Quantity(Quantity::new(Dimension::MoneyPerYear, "annual_budget", Y)),
            Words("no limit"),
            "the most that is paid, per calendar year; no limit before the first given year",
        ),
    ],
    open: None,
};
