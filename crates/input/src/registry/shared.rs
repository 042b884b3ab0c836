//! Fields that several tables have, and the quantities they hold.

use kzleap_model::stated;

use super::Default::{None as Absent, Value, Words};
use super::processes::growth;
use super::{
    BySlice, ByYear, Dimension, FIXED, Field, Flag, Map, Names, Number, Of, OneTable, Quantity,
    R, RY, RYS, Text, by_slice, by_year, flag, map, names, number, one_table, text,
};

pub(super) const YEARS_OF_LIFE: Quantity = Quantity::new(Dimension::Years, "", R)
    .hard(1.0, 200.0)
    .possible(1.0, f64::INFINITY)
    .soft(2.0, 120.0);
pub(super) const YEARS_OF_PAYMENT: Quantity =
    Quantity::new(Dimension::Years, "", R).hard(1.0, 200.0).possible(1.0, f64::INFINITY);
pub(super) const RATE_OF_CAPITAL: Quantity = Quantity::new(Dimension::Ratio, "", R)
    .hard(-0.5, 1.0)
    .possible(-0.5, f64::INFINITY)
    .soft(0.0, 0.5);
pub(super) const SHARE_THAT_CAN_RUN: Quantity = Quantity::share(RYS);

const fn capacity() -> Quantity {
    Quantity::new(Dimension::Capacity, "capacity", RY).partial()
}

const fn new_capacity() -> Quantity {
    Quantity::new(Dimension::CapacityPerYear, "capacity", RY).partial()
}

pub(super) const LABEL: Field<Text> =
    text("label", Words("the name"), "the name shown to people, in any script");
pub(super) const COLOUR: Field<Text> = text(
    "colour",
    Words("that of its family, or another"),
    "its colour in charts, such as `#3fa39a`",
);
pub(super) const CATEGORY: Field<Text> =
    text("category", Words("the name"), "what reports gather it under");
pub(super) const FLOW: Field<Text> = text(
    "flow",
    Words("derived from its inputs and outputs"),
    "row of the energy balance: `production`, `import`, `export`, `bunkers`, `losses`, or below \
     `transformation/`, `own use/`, `final/`",
);
pub(super) const REGIONS: Field<Names> =
    names("regions", Of::Regions, Words("all domestic regions"), "where it is");
pub(super) const CAPITAL_COST: Field<ByYear> = by_year(
    "capital_cost",
    Quantity::new(Dimension::CostPerCapacity, "capital_cost", RY)
        .soft(5.0, 20_000.0)
        .hard(0.0, 100_000.0)
        .possible(0.0, f64::INFINITY),
    Words("nothing new can be built"),
    "overnight cost by year of building",
);
pub(super) const FIXED_COST: Field<ByYear> = by_year(
    "fixed_cost",
    Quantity::new(Dimension::CostPerCapacityYear, "fixed_cost", RY).soft(0.0, 2000.0),
    Words("0"),
    "cost of keeping a unit for a year",
);
pub(super) const LIFE: Field<Number> = number(
    "life",
    YEARS_OF_LIFE,
    Words("must be given where `capital_cost` is"),
    "years in service",
);
pub(super) const ECONOMIC_LIFE: Field<Number> =
    number("economic_life", YEARS_OF_PAYMENT, Words("the life"), "years of payment");
pub(super) const COST_OF_CAPITAL: Field<Number> = number(
    "cost_of_capital",
    RATE_OF_CAPITAL,
    Words("that of `[finance]`"),
    "rate at which it is financed, a ratio a year",
);
pub(super) const LEAD_TIME: Field<Number> = number(
    "lead_time",
    Quantity::new(Dimension::Years, "", R).hard(0.0, 50.0),
    Words("0: it may be ready at once"),
    "years from the decision to build it to its service: the first decision falls on the start of the \
     first milestone year",
);
pub(super) const SPENDING: Field<Map> = map(
    "spending",
    Of::Ages,
    Quantity::share(FIXED),
    Words("all of it when service begins"),
    "share of the overnight cost that is spent so many years before its service; until then it bears \
     interest",
);
pub(super) const RESIDUAL_CAPACITY: Field<ByYear> = by_year(
    "residual_capacity",
    capacity(),
    Words("none"),
    "built before the first milestone year and still there",
);
pub(super) const COMMISSIONED: Field<ByYear> = by_year(
    "commissioned",
    capacity(),
    Absent,
    "in place of `residual_capacity`: what was built by the year in which its service began; it serves \
     for its `life`",
);
pub(super) const MIN_CAPACITY: Field<ByYear> =
    by_year(stated::MIN_CAPACITY, capacity(), Absent, "least capacity in service");
pub(super) const MAX_CAPACITY: Field<ByYear> =
    by_year(stated::MAX_CAPACITY, capacity(), Absent, "most capacity in service");
pub(super) const MIN_NEW_CAPACITY: Field<ByYear> = by_year(
    stated::MIN_NEW_CAPACITY,
    new_capacity(),
    Absent,
    "least capacity built, per calendar year",
);
pub(super) const MAX_NEW_CAPACITY: Field<ByYear> = by_year(
    stated::MAX_NEW_CAPACITY,
    new_capacity(),
    Absent,
    "most capacity built, per calendar year",
);
pub(super) const GROWTH: Field<OneTable> =
    one_table(stated::GROWTH, &growth::TABLE, Absent, "how fast building may speed up");
pub(super) const UNIT_SIZE: Field<Number> = number(
    "unit_size",
    Quantity::new(Dimension::Capacity, "capacity", FIXED)
        .partial()
        .hard(0.0, 100.0)
        .possible(0.0, f64::INFINITY),
    Absent,
    "it is built in whole units of this size",
);
pub(super) const EARLY_RETIREMENT: Field<Flag> = flag(
    "early_retirement",
    Words("false"),
    "whether it may be taken out of service before the end of its life",
);
pub(super) const AVAILABILITY: Field<BySlice> = by_slice(
    "availability",
    SHARE_THAT_CAN_RUN,
    Value(1.0),
    "share of the capacity that can run",
);
pub(super) const VARIABLE_COST: Field<BySlice> = by_slice(
    "variable_cost",
    Quantity::new(Dimension::CostPerAmount, "variable_cost", RYS).any().soft(-1000.0, 10_000.0),
    Words("0"),
    "cost of running, per activity",
);
pub(super) const CAPACITY_CREDIT: Field<ByYear> = by_year(
    "capacity_credit",
    Quantity::share(RY),
    Words(
        "1; where a reserve margin follows the load: `availability`, if it varies by slice, and \
         what a storage could give",
    ),
    "share that counts as firm in a reserve margin",
);
