//! Fields of resources and their cost steps.

use super::Default::{None as Absent, Required, Words};
use super::kinds::LABEL;
use super::processes::{FLOW, REGIONS};
use super::{Dimension, Field, Kind, Of, Quantity, R, RY, RYS, TableKind, field};

const COST: Field = field(
    "cost",
    Kind::Quantity(
        Quantity::new(Dimension::CostPerAmount, "variable_cost", RYS)
            .any()
            .soft(-1000.0, 10_000.0),
    ),
    Absent,
    "cost of each unit",
);
const MAX: Field = field(
    "max",
    Kind::Quantity(Quantity::new(Dimension::AmountPerYear, "activity", RY).partial()),
    Absent,
    "most a year",
);
const RESERVE: Field = field(
    "reserve",
    Kind::Quantity(Quantity::new(Dimension::Amount, "energy", R).partial()),
    Absent,
    "most over the whole horizon",
);

pub(crate) static RESOURCE: TableKind = TableKind {
    title: "Resources",
    written: "[resources.NAME]",
    doc: "What is dug or bought: a process without inputs and capacity. It has `steps`, or \
          `cost`, `max` and `reserve` of its own.",
    fields: &[
        LABEL,
        field("category", Kind::Text, Words("the commodity"), "what reports gather it under"),
        FLOW,
        field("commodity", Kind::Name(Of::Commodities), Required, "what it gives"),
        REGIONS,
        field("steps", Kind::Items(&STEP), Absent, "cost steps, the cheapest first"),
        COST,
        MAX,
        RESERVE,
        field("free", Kind::Text, Absent, "why it costs nothing and has no limit"),
    ],
    open: None,
};

pub(crate) static STEP: TableKind = TableKind {
    title: "Steps",
    written: "[resources.NAME.steps.STEP]",
    doc: "A cost step: a process named `NAME.STEP`.",
    fields: &[LABEL, COST, MAX, RESERVE],
    open: None,
};
