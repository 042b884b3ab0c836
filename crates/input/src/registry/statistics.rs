//! Fields of the statistics a plan is held against.

use super::Default::{None as Absent, Required, Words};
use super::kinds::LABEL;
use super::{Dimension, FIXED, Kind, Of, Quantity, TableKind, field};

pub(crate) static STATISTIC: TableKind = TableKind {
    title: "Statistics",
    written: "[statistics.NAME]",
    doc: "A number of statistics that the plan is held against in the table `calibration`. It \
          changes nothing in the plan.",
    fields: &[
        LABEL,
        field(
            "quantity",
            Kind::Choice(&["supply", "use", "generation", "emissions", "capacity"]),
            Required,
            "what is compared. `supply`: what rows of the energy balance (`flows`) bring of some \
             commodities, less what they take; `use`: the same with the other sign; `generation`: \
             what processes make of commodities; `emissions`: what processes emit; `capacity`: \
             capacity in service",
        ),
        field(
            "flows",
            Kind::Names(Of::Flows),
            Words("all processes, for `emissions`"),
            "rows of the energy balance, each with all below it; for `supply`, `use` and \
             `emissions`",
        ),
        field(
            "commodities",
            Kind::Names(Of::Commodities),
            Words("all energy"),
            "which commodities, together; for `supply`, `use` and `generation`",
        ),
        field("emission", Kind::Name(Of::Emissions), Absent, "what is emitted"),
        field(
            "categories",
            Kind::Names(Of::Categories),
            Words("all"),
            "categories of processes; for `generation`, `emissions` and `capacity`",
        ),
        field(
            "processes",
            Kind::Names(Of::Processes),
            Words("all"),
            "processes, where categories do not tell them apart",
        ),
        field("regions", Kind::Names(Of::Regions), Words("all domestic regions"), "where"),
        field(
            "year",
            Kind::Quantity(
                Quantity::new(Dimension::CalendarYear, "", FIXED).hard(1900.0, 2200.0).whole(),
            ),
            Required,
            "the year it tells of, a milestone year",
        ),
        field(
            "value",
            Kind::Quantity(Quantity::new(Dimension::AmountPerYear, "", FIXED).any()),
            Required,
            "what statistics say; for emissions in a unit such as `Mt`, for capacity in `GW`",
        ),
        field("unit", Kind::Text, Required, "its unit, in which the plan is shown too"),
        field(
            "tolerance",
            Kind::Quantity(Quantity::new(Dimension::Ratio, "", FIXED).hard(0.0, 1.0)),
            Required,
            "how far the plan may be from it, as a share of it; 0 is exact",
        ),
    ],
    open: None,
};
