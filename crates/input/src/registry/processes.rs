//! Fields of processes and their modes, and those that storages and links share with them.

use super::Default::{None as Absent, Number, Required, Words};
use super::commodities::EMISSION_FACTOR;
use super::kinds::{FAMILY_OF_PROCESS, LABEL};
use super::{Dimension, FIXED, Field, Kind, Of, Quantity, R, RY, RYS, TableKind, field};

const fn capacity(varies: super::Varies) -> Kind {
    Kind::Quantity(Quantity::new(Dimension::Capacity, "capacity", varies).partial())
}

const fn new_capacity() -> Kind {
    Kind::Quantity(Quantity::new(Dimension::CapacityPerYear, "capacity", RY).partial())
}

pub(crate) const CATEGORY: Field =
    field("category", Kind::Text, Words("the name"), "what reports gather it under");
pub(crate) const FLOW: Field = field(
    "flow",
    Kind::Text,
    Words("told from what it does"),
    "row of the energy balance: `production`, `import`, `export`, `bunkers`, `losses`, or below \
     `transformation/`, `own use/`, `final/`",
);
pub(crate) const REGIONS: Field = field(
    "regions",
    Kind::Names(Of::Regions),
    Words("all domestic regions"),
    "where it stands",
);
pub(crate) const LIFE: Kind = Kind::Quantity(
    Quantity::new(Dimension::Years, "", R)
        .hard(1.0, 200.0)
        .possible(1.0, f64::INFINITY)
        .soft(2.0, 120.0),
);
pub(crate) const ECONOMIC_LIFE: Kind = Kind::Quantity(
    Quantity::new(Dimension::Years, "", R).hard(1.0, 200.0).possible(1.0, f64::INFINITY),
);
pub(crate) const COST_OF_CAPITAL: Kind = Kind::Quantity(
    Quantity::new(Dimension::Ratio, "", R)
        .hard(-0.5, 1.0)
        .possible(-0.5, f64::INFINITY)
        .soft(0.0, 0.5),
);
pub(crate) const AVAILABILITY: Kind = Kind::Quantity(Quantity::share(RYS));
pub(crate) const EARLY_RETIREMENT: Kind = Kind::Flag;

/// What is said of a capacity, whatever stands behind it.
pub(crate) const CAPITAL_COST: Field = field(
    "capital_cost",
    Kind::Quantity(
        Quantity::new(Dimension::CostPerCapacity, "capital_cost", RY)
            .soft(5.0, 20_000.0)
            .hard(0.0, 100_000.0)
            .possible(0.0, f64::INFINITY),
    ),
    Words("nothing new can be built"),
    "overnight cost by year of building",
);
pub(crate) const FIXED_COST: Field = field(
    "fixed_cost",
    Kind::Quantity(
        Quantity::new(Dimension::CostPerCapacityYear, "fixed_cost", RY).soft(0.0, 2000.0),
    ),
    Words("0"),
    "cost of keeping a unit for a year",
);
pub(crate) const LIFE_FIELD: Field =
    field("life", LIFE, Words("must be given where `capital_cost` is"), "years in service");
pub(crate) const ECONOMIC_LIFE_FIELD: Field =
    field("economic_life", ECONOMIC_LIFE, Words("the life"), "years of payment");
pub(crate) const COST_OF_CAPITAL_FIELD: Field = field(
    "cost_of_capital",
    COST_OF_CAPITAL,
    Words("that of `[finance]`"),
    "rate at which it is financed, a ratio a year",
);
pub(crate) const RESIDUAL_CAPACITY: Field = field(
    "residual_capacity",
    capacity(RY),
    Words("none"),
    "built before the first milestone year and still there",
);
pub(crate) const MIN_CAPACITY: Field =
    field("min_capacity", capacity(RY), Absent, "least capacity in service");
pub(crate) const MAX_CAPACITY: Field =
    field("max_capacity", capacity(RY), Absent, "most capacity in service");
pub(crate) const MIN_NEW_CAPACITY: Field = field(
    "min_new_capacity",
    new_capacity(),
    Absent,
    "least capacity built, per calendar year",
);
pub(crate) const MAX_NEW_CAPACITY: Field =
    field("max_new_capacity", new_capacity(), Absent, "most capacity built, per calendar year");
pub(crate) const GROWTH_FIELD: Field =
    field("growth", Kind::Table(&GROWTH), Absent, "how fast building may speed up");
pub(crate) const UNIT_SIZE: Field = field(
    "unit_size",
    Kind::Quantity(
        Quantity::new(Dimension::Capacity, "capacity", FIXED)
            .partial()
            .hard(0.0, 100.0)
            .possible(0.0, f64::INFINITY),
    ),
    Absent,
    "it is built in whole units of this size",
);
pub(crate) const EARLY_RETIREMENT_FIELD: Field = field(
    "early_retirement",
    EARLY_RETIREMENT,
    Words("false"),
    "whether it may be taken out of service before the end of its life",
);
pub(crate) const AVAILABILITY_FIELD: Field =
    field("availability", AVAILABILITY, Number(1.0), "share of the capacity that can run");
pub(crate) const VARIABLE_COST: Field = field(
    "variable_cost",
    Kind::Quantity(
        Quantity::new(Dimension::CostPerAmount, "variable_cost", RYS)
            .any()
            .soft(-1000.0, 10_000.0),
    ),
    Words("0"),
    "cost of running, per activity",
);
pub(crate) const CAPACITY_CREDIT: Field = field(
    "capacity_credit",
    Kind::Quantity(Quantity::share(RY)),
    Number(1.0),
    "share that counts as firm in a reserve margin",
);

const INPUTS: Field = field(
    "inputs",
    Kind::Map(Of::Commodities, Quantity::new(Dimension::Ratio, "", RYS).soft(0.0, 20.0)),
    Absent,
    "commodities used, per unit of activity",
);
const OUTPUTS: Field = field(
    "outputs",
    Kind::Map(Of::Commodities, Quantity::new(Dimension::Ratio, "", RYS).soft(0.0, 20.0)),
    Absent,
    "commodities made, per unit of activity; 1 of the first",
);
const EMISSIONS: Field = field(
    "emissions",
    Kind::Map(Of::Emissions, EMISSION_FACTOR),
    Absent,
    "of its own, per activity, beside those of its inputs",
);
const CAPTURE: Field = field(
    "capture",
    Kind::Quantity(Quantity::share(RY)),
    Absent,
    "share of the CO2 of its inputs that is captured: of emissions whose `gas` is `co2`",
);

pub(crate) static PROCESS: TableKind = TableKind {
    title: "Processes",
    written: "[processes.NAME]",
    doc: "A technology: a plant, a mine, an import, a boiler, an appliance.",
    fields: &[
        LABEL,
        CATEGORY,
        FAMILY_OF_PROCESS,
        FLOW,
        REGIONS,
        field("input", Kind::Name(Of::Commodities), Absent, "the one commodity it uses"),
        field("output", Kind::Name(Of::Commodities), Absent, "the one commodity it makes"),
        field(
            "efficiency",
            Kind::Quantity(Quantity::new(Dimension::Ratio, "", RYS).hard(1e-4, 1e4)),
            Absent,
            "output for each unit of input",
        ),
        INPUTS,
        OUTPUTS,
        field(
            "activity_of",
            Kind::Choice(&["output", "input"]),
            Words("output"),
            "whether its activity is the amount of its first output or of its first input",
        ),
        field("modes", Kind::Items(&MODE), Absent, "several ways of running"),
        field(
            "capacity",
            Kind::CapacityUnit,
            Words("no capacity, unlimited"),
            "unit of its capacity: `GW`, `MW`, `PJ/a`, `Gcal/h` of energy; else `Mt/a`, `Gvkm/a` …",
        ),
        CAPITAL_COST,
        FIXED_COST,
        VARIABLE_COST,
        LIFE_FIELD,
        ECONOMIC_LIFE_FIELD,
        COST_OF_CAPITAL_FIELD,
        RESIDUAL_CAPACITY,
        AVAILABILITY_FIELD,
        field(
            "annual_availability",
            Kind::Quantity(Quantity::share(RY)),
            Absent,
            "share of the capacity that can run over the year",
        ),
        field(
            "minimum_load",
            Kind::Quantity(Quantity::share(RYS)),
            Absent,
            "share of the capacity that must run",
        ),
        field(
            "ramp",
            Kind::Quantity(Quantity::new(Dimension::Ratio, "", R).soft(0.001, f64::INFINITY)),
            Absent,
            "share of the capacity by which output may change in an hour, within a day",
        ),
        MIN_CAPACITY,
        MAX_CAPACITY,
        MIN_NEW_CAPACITY,
        MAX_NEW_CAPACITY,
        GROWTH_FIELD,
        UNIT_SIZE,
        EARLY_RETIREMENT_FIELD,
        field("min_activity", activity(), Absent, "least activity a year"),
        field("max_activity", activity(), Absent, "most activity a year"),
        field(
            "max_total_activity",
            Kind::Quantity(Quantity::new(Dimension::Amount, "energy", R).partial()),
            Absent,
            "most activity over the whole horizon",
        ),
        CAPTURE,
        EMISSIONS,
        CAPACITY_CREDIT,
        field("free", Kind::Text, Absent, "why it costs nothing and has no limit"),
    ],
    open: None,
};

const fn activity() -> Kind {
    Kind::Quantity(Quantity::new(Dimension::AmountPerYear, "activity", RY).partial())
}

pub(crate) static MODE: TableKind = TableKind {
    title: "Modes",
    written: "[processes.NAME.modes.MODE]",
    doc: "One way of running. `variable_cost`, `emissions` and `capture` of the process hold \
          for every mode that does not give its own.",
    fields: &[
        INPUTS,
        OUTPUTS,
        VARIABLE_COST,
        EMISSIONS,
        CAPTURE,
        field(
            "capacity_use",
            Kind::Quantity(
                Quantity::new(Dimension::Ratio, "", FIXED)
                    .hard(f64::MIN_POSITIVE, f64::INFINITY)
                    .soft(0.01, 100.0),
            ),
            Words("1"),
            "capacity that one unit of activity takes, relative to other modes",
        ),
    ],
    open: None,
};

pub(crate) static GROWTH: TableKind = TableKind {
    title: "Growth",
    written: "growth = { rate = …, seed = … }",
    doc: "A limit on how fast building may speed up.",
    fields: &[
        field(
            "rate",
            Kind::Quantity(
                Quantity::new(Dimension::Ratio, "", FIXED)
                    .hard(-0.999, 10.0)
                    .possible(-0.999, f64::INFINITY)
                    .soft(0.0, 2.0),
            ),
            Required,
            "most growth of yearly building, a ratio a year",
        ),
        field(
            "seed",
            Kind::Quantity(Quantity::new(Dimension::CapacityPerYear, "capacity", FIXED)),
            Required,
            "yearly building that is always allowed",
        ),
    ],
    open: None,
};
