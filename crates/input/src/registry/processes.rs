//! Fields of processes and their modes.

use kzleap_model::{Family, stated};

use super::Default::{None as Absent, Required, Words};
use super::choices::ActivityOf;
use super::classes::class;
use super::commodities::EMISSION_FACTOR;
use super::{
    BySlice, ByYear, Choice, Dimension, FIXED, Field, Flag, Items, Map, Name, Names, Number,
    Of, OneTable, Quantity, R, RY, RYS, Text, UnitOfCapacity, by_slice, by_year, choice, items,
    map, name, number, shared, table, text, unit_of_capacity,
};

const INPUTS: Field<Map> = map(
    "inputs",
    Of::Commodities,
    Quantity::new(Dimension::Ratio, "", RYS).soft(0.0, 20.0).of_vintages(),
    Absent,
    "commodities used, per unit of activity",
);
const OUTPUTS: Field<Map> = map(
    "outputs",
    Of::Commodities,
    Quantity::new(Dimension::Ratio, "", RYS).soft(0.0, 20.0).of_vintages(),
    Absent,
    "commodities made, per unit of activity; 1 of the first",
);
const EMISSIONS: Field<Map> = map(
    "emissions",
    Of::Emissions,
    EMISSION_FACTOR.of_vintages(),
    Absent,
    "of its own, per activity, beside those of its inputs",
);
const CAPTURE: Field<ByYear> = by_year(
    "capture",
    Quantity::share(RY).of_vintages(),
    Absent,
    "share of the CO2 of its inputs that is captured: of emissions whose `gas` is `co2`",
);

const REMOVAL: Field<Map> = map(
    "removal",
    Of::Emissions,
    Quantity::share(RY).of_vintages(),
    Absent,
    "share of an emission of its inputs that is removed, such as sulphur dioxide by scrubbing; of CO2 \
     that is `capture`",
);

/// A field of others that processes may also give by year of building.
const fn years_of_vintages(field: Field<ByYear>) -> Field<ByYear> {
    let (ByYear(quantity), listed) = (field.holds, field.listed);
    by_year(listed.name, quantity.of_vintages(), listed.default, listed.doc)
}

/// The same of a field by slice.
const fn slices_of_vintages(field: Field<BySlice>) -> Field<BySlice> {
    let (BySlice(quantity), listed) = (field.holds, field.listed);
    by_slice(listed.name, quantity.of_vintages(), listed.default, listed.doc)
}

const fn activity() -> Quantity {
    Quantity::new(Dimension::AmountPerYear, "activity", RY).partial()
}

pub(crate) mod process {
    use super::*;

    table! {
        title: "Processes",
        written: "[processes.NAME]",
        doc: "A technology: a plant, a mine, an import, a boiler, an appliance.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const CATEGORY: Field<Text> = shared::CATEGORY;
        const FAMILY: Field<Choice> = choice(
            "family",
            Family::WORDS,
            Words("that of its category"),
            "what it works with, where its inputs do not say so",
        );
        const FLOW: Field<Text> = shared::FLOW;
        const REGIONS: Field<Names> = shared::REGIONS;
        const INPUT: Field<Name> =
            name("input", Of::Commodities, Absent, "the one commodity it uses");
        const OUTPUT: Field<Name> =
            name("output", Of::Commodities, Absent, "the one commodity it makes");
        const EFFICIENCY: Field<BySlice> = by_slice(
            "efficiency",
            Quantity::new(Dimension::Ratio, "", RYS).hard(1e-4, 1e4).of_vintages(),
            Absent,
            "output for each unit of input",
        );
        const INPUTS: Field<Map> = super::INPUTS;
        const OUTPUTS: Field<Map> = super::OUTPUTS;
        const ACTIVITY_OF: Field<Choice> = choice(
            "activity_of",
            ActivityOf::WORDS,
            Words("output"),
            "whether its activity is the amount of its first output or of its first input",
        );
        const MODES: Field<Items> =
            items("modes", &mode::TABLE, Absent, "several ways of running");
        const CLASSES: Field<Items> = items(
            stated::CLASSES,
            &class::TABLE,
            Absent,
            "classes of its resource, each a process of its own",
        );
        const CAPACITY: Field<UnitOfCapacity> = unit_of_capacity(
            "capacity",
            Words("no capacity, unlimited"),
            "unit of its capacity: `GW`, `MW`, `PJ/a`, `Gcal/h` of energy; else `Mt/a`, `Gvkm/a` …",
        );
        const CAPITAL_COST: Field<ByYear> = shared::CAPITAL_COST;
        const CONNECTION_COST: Field<ByYear> = by_year(
            "connection_cost",
            Quantity::new(Dimension::CostPerCapacity, "capital_cost", RY),
            Words("0"),
            "cost of connecting it to the grid, beside `capital_cost` and paid like it",
        );
        const FIXED_COST: Field<ByYear> = years_of_vintages(shared::FIXED_COST);
        const VARIABLE_COST: Field<BySlice> = slices_of_vintages(shared::VARIABLE_COST);
        const LIFE: Field<Number> = shared::LIFE;
        const SURVIVAL: Field<Map> = map(
            "survival",
            Of::Ages,
            Quantity::share(FIXED),
            Words("all of it is there to the end of its life"),
            "share of what was built that is still there by its age, within its life",
        );
        const ECONOMIC_LIFE: Field<Number> = shared::ECONOMIC_LIFE;
        const COST_OF_CAPITAL: Field<Number> = shared::COST_OF_CAPITAL;
        const LEAD_TIME: Field<Number> = shared::LEAD_TIME;
        const SPENDING: Field<Map> = shared::SPENDING;
        const RESIDUAL_CAPACITY: Field<ByYear> = shared::RESIDUAL_CAPACITY;
        const COMMISSIONED: Field<ByYear> = by_year(
            "commissioned",
            Quantity::new(Dimension::Capacity, "capacity", RY).partial(),
            Absent,
            "in place of `residual_capacity`: what was built by the year in which its service began; it \
             serves for its `life`, and each year is a process of its own",
        );
        const AVAILABILITY: Field<BySlice> = slices_of_vintages(shared::AVAILABILITY);
        const ANNUAL_AVAILABILITY: Field<ByYear> = by_year(
            "annual_availability",
            Quantity::share(RY).of_vintages(),
            Absent,
            "share of the capacity that can run over the year",
        );
        const MINIMUM_LOAD: Field<BySlice> = by_slice(
            stated::MINIMUM_LOAD,
            Quantity::share(RYS).of_vintages(),
            Absent,
            "share of the capacity that must run",
        );
        const ANNUAL_MINIMUM_LOAD: Field<ByYear> = by_year(
            stated::ANNUAL_MINIMUM_LOAD,
            Quantity::share(RY).of_vintages(),
            Absent,
            "share of the capacity that must run over the year, whenever it does",
        );
        const RAMP: Field<Number> = number(
            stated::RAMP,
            Quantity::new(Dimension::Ratio, "", R).soft(0.001, f64::INFINITY),
            Absent,
            "share of the capacity by which output may change in an hour, within a day",
        );
        const MIN_CAPACITY: Field<ByYear> = shared::MIN_CAPACITY;
        const MAX_CAPACITY: Field<ByYear> = shared::MAX_CAPACITY;
        const MIN_NEW_CAPACITY: Field<ByYear> = shared::MIN_NEW_CAPACITY;
        const MAX_NEW_CAPACITY: Field<ByYear> = shared::MAX_NEW_CAPACITY;
        const GROWTH: Field<OneTable> = shared::GROWTH;
        const UNIT_SIZE: Field<Number> = shared::UNIT_SIZE;
        const EARLY_RETIREMENT: Field<Flag> = shared::EARLY_RETIREMENT;
        const EARLY_RETIREMENT_COST: Field<ByYear> = by_year(
            "early_retirement_cost",
            Quantity::new(Dimension::CostPerCapacity, "capital_cost", RY),
            Words("0"),
            "cost of retiring a unit early, beside taking it down, by year of retiring",
        );
        const DECOMMISSIONING_COST: Field<ByYear> = by_year(
            "decommissioning_cost",
            Quantity::new(Dimension::CostPerCapacity, "capital_cost", RY),
            Words("0"),
            "cost of taking a unit down that goes out of service, by year",
        );
        const MIN_ACTIVITY: Field<ByYear> =
            by_year(stated::MIN_ACTIVITY, activity(), Absent, "least activity a year");
        const MAX_ACTIVITY: Field<ByYear> =
            by_year(stated::MAX_ACTIVITY, activity(), Absent, "most activity a year");
        const MAX_TOTAL_ACTIVITY: Field<Number> = number(
            stated::MAX_TOTAL_ACTIVITY,
            Quantity::new(Dimension::Amount, "energy", R).partial(),
            Absent,
            "most activity over the whole horizon",
        );
        const CAPTURE: Field<ByYear> = super::CAPTURE;
        const REMOVAL: Field<Map> = super::REMOVAL;
        const EMISSIONS: Field<Map> = super::EMISSIONS;
        const CAPACITY_CREDIT: Field<ByYear> = shared::CAPACITY_CREDIT;
        const FREE: Field<Text> = text("free", Absent, "why it costs nothing and has no limit");
    }
}

pub(crate) mod mode {
    use super::*;

    table! {
        title: "Modes",
        written: "[processes.NAME.modes.MODE]",
        doc: "One way of running. `variable_cost`, `emissions`, `capture` and `removal` of the process hold \
              for every mode that does not give its own.",
        open: None;

        const INPUTS: Field<Map> = super::INPUTS;
        const OUTPUTS: Field<Map> = super::OUTPUTS;
        const VARIABLE_COST: Field<BySlice> = slices_of_vintages(shared::VARIABLE_COST);
        const EMISSIONS: Field<Map> = super::EMISSIONS;
        const CAPTURE: Field<ByYear> = super::CAPTURE;
        const REMOVAL: Field<Map> = super::REMOVAL;
        const CAPACITY_USE: Field<Number> = number(
            "capacity_use",
            Quantity::new(Dimension::Ratio, "", FIXED)
                .hard(f64::MIN_POSITIVE, f64::INFINITY)
                .soft(0.01, 100.0),
            Words("1"),
            "capacity that one unit of activity takes, relative to other modes",
        );
    }
}

pub(crate) mod growth {
    use super::*;

    table! {
        title: "Growth",
        written: "growth = { rate = …, seed = … }",
        doc: "A limit on how fast building may speed up.",
        open: None;

        const RATE: Field<Number> = number(
            "rate",
            Quantity::new(Dimension::Ratio, "", FIXED)
                .hard(-0.999, 10.0)
                .possible(-0.999, f64::INFINITY)
                .soft(0.0, 2.0),
            Required,
            "most growth of yearly building, a ratio a year",
        );
        const SEED: Field<Number> = number(
            stated::SEED,
            Quantity::new(Dimension::CapacityPerYear, "capacity", FIXED),
            Required,
            "yearly building that is always allowed",
        );
    }
}
