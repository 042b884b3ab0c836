//! Fields of resources and their cost steps.

use kzleap_model::stated;

use super::Default::{None as Absent, Required, Words};
use super::{
    BySlice, ByYear, Dimension, Field, Items, Name, Names, Number, Of, Quantity, R, RY, RYS,
    Text, by_slice, by_year, items, name, number, shared, table, text,
};

const COST: Field<BySlice> = by_slice(
    "cost",
    Quantity::new(Dimension::CostPerAmount, "variable_cost", RYS).any().soft(-1000.0, 10_000.0),
    Absent,
    "cost of each unit",
);
const MAX: Field<ByYear> = by_year(
    stated::MAX,
    Quantity::new(Dimension::AmountPerYear, "activity", RY).partial(),
    Absent,
    "most a year",
);
const RESERVE: Field<Number> = number(
    stated::RESERVE,
    Quantity::new(Dimension::Amount, "energy", R).partial(),
    Absent,
    "most over the whole horizon",
);

/// The fields that say what a resource, or a step of one, gives and costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SupplyFields {
    pub(crate) cost: Field<BySlice>,
    pub(crate) max: Field<ByYear>,
    pub(crate) reserve: Field<Number>,
}

pub(crate) mod resource {
    use super::*;

    table! {
        title: "Resources",
        written: "[resources.NAME]",
        doc: "What is dug or bought: a process without inputs and capacity. It has `steps`, or \
              `cost`, `max` and `reserve` of its own.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const CATEGORY: Field<Text> =
            text("category", Words("the commodity"), "what reports gather it under");
        const FLOW: Field<Text> = shared::FLOW;
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Required, "what it gives");
        const REGIONS: Field<Names> = shared::REGIONS;
        const STEPS: Field<Items> =
            items(stated::STEPS, &step::TABLE, Absent, "cost steps, the cheapest first");
        const COST: Field<BySlice> = super::COST;
        const MAX: Field<ByYear> = super::MAX;
        const RESERVE: Field<Number> = super::RESERVE;
        const FREE: Field<Text> = text("free", Absent, "why it costs nothing and has no limit");
    }

    pub(crate) const SUPPLY: SupplyFields =
        SupplyFields { cost: COST, max: MAX, reserve: RESERVE };
}

pub(crate) mod step {
    use super::*;

    table! {
        title: "Steps",
        written: "[resources.NAME.steps.STEP]",
        doc: "A cost step: a process named `NAME.STEP`.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const COST: Field<BySlice> = super::COST;
        const MAX: Field<ByYear> = super::MAX;
        const RESERVE: Field<Number> = super::RESERVE;
    }

    pub(crate) const SUPPLY: SupplyFields =
        SupplyFields { cost: COST, max: MAX, reserve: RESERVE };
}
