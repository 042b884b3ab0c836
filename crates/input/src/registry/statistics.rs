//! Fields of the statistics a plan is held against.

use super::Default::{None as Absent, Required, Words};
use super::choices::Measure;
use super::{
    Choice, Dimension, FIXED, Members, Name, Names, Number, Of, Quantity, Text, choice, name,
    names, number, shared, table, text,
};

pub(crate) mod statistic {
    use super::*;

    table! {
        title: "Statistics",
        written: "[statistics.NAME]",
        doc: "A number of statistics that the plan is held against in the table `calibration`. It \
              changes nothing in the plan.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const QUANTITY: Field<Choice> = choice(
            "quantity",
            Measure::WORDS,
            Required,
            "what is compared. `supply`: what rows of the energy balance (`flows`) bring of some \
             commodities, less what they take; `use`: the same with the other sign; `generation`: \
             what processes make of commodities; `emissions`: what processes emit; `capacity`: \
             capacity in service",
        );
        const FLOWS: Field<Names> = names(
            "flows",
            Of::Flows,
            Words("all processes, for `emissions`"),
            "rows of the energy balance, each with all below it; for `supply`, `use` and \
             `emissions`",
        );
        const COMMODITIES: Field<Names> = names(
            "commodities",
            Of::Commodities,
            Words("all energy"),
            "which commodities, together; for `supply`, `use` and `generation`",
        );
        const EMISSION: Field<Name> =
            name("emission", Of::Emissions, Absent, "what is emitted");
        const CATEGORIES: Field<Names> = names(
            "categories",
            Of::Categories,
            Words("all"),
            "categories of processes; for `generation`, `emissions` and `capacity`",
        );
        const PROCESSES: Field<Names> = names(
            "processes",
            Of::Processes,
            Words("all"),
            "processes, where categories do not distinguish them",
        );
        const REGIONS: Field<Names> =
            names("regions", Of::Regions, Words("all domestic regions"), "where");
        const YEAR: Field<Number> = number(
            "year",
            Quantity::new(Dimension::CalendarYear, "", FIXED).hard(1900.0, 2200.0).whole(),
            Required,
            "the year it is about, a milestone year",
        );
        const VALUE: Field<Number> = number(
            "value",
            Quantity::new(Dimension::AmountPerYear, "", FIXED).any(),
            Required,
            "what statistics say; for emissions in a unit such as `Mt`, for capacity in `GW`",
        );
        const UNIT: Field<Text> =
            text("unit", Required, "its unit, in which the plan is shown too");
        const TOLERANCE: Field<Number> = number(
            "tolerance",
            Quantity::new(Dimension::Ratio, "", FIXED).hard(0.0, 1.0),
            Required,
            "how far the plan may be from it, as a share of it; 0 is exact",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}
