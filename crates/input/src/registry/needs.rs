//! Fields of demands, of the tree of demand and of what it follows.

use kzleap_model::chronology::Cycle;
use kzleap_model::kind::DriverKind;
use kzleap_model::{DecidedBy, stated};

use super::Default::{None as Absent, Required, Words};
use super::{
    BySlice, ByYear, Choice, Dimension, Field, Flag, Items, Kind, Name, Names, Number, Numbers,
    Of, OneTable, Quantity, R, RY, RYS, S, Text, Y, by_slice, by_year, choice, flag, items,
    name, names, number, numbers, one_table, shared, storage, table, text,
};

const PROFILE: Field<BySlice> = by_slice(
    "profile",
    Quantity::new(Dimension::Ratio, "", S),
    Words("`flat`"),
    "when: the name of a profile, `flat` (even over the year) or `flexible` (at any time \
     of it)",
);
const NON_ENERGY_USE: Field<Flag> = flag(
    "non_energy_use",
    Words("false"),
    "whether it is not burnt (feedstock, bitumen, lubricants), so that the `emissions` of \
     the commodity do not count",
);
const STEPS: Field<Items> = items(
    stated::STEPS,
    &demand_step::TABLE,
    Words("all of it is firm"),
    "parts that are served only while they are worth it",
);
const ELASTICITY: Field<Number> = number(
    "elasticity",
    Quantity::new(Dimension::Ratio, "", R).hard(0.01, 5.0),
    Absent,
    "makes the steps, in place of `steps`: by how many per cent demand falls where its price \
     rises by one; above zero",
);
const REFERENCE_PRICE: Field<ByYear> = by_year(
    "reference_price",
    Quantity::new(Dimension::CostPerAmount, "reference_price", RY)
        .hard(f64::MIN_POSITIVE, f64::INFINITY),
    Words("must be given where `elasticity` is"),
    "the price at which demand is `annual`",
);
const CUTS: Field<Numbers> = numbers(
    "cuts",
    Words("2, 1.6, 1.3, 1.1, 1, 0.9, 0.7 and 0.5"),
    "with `elasticity`: prices at which the curve is cut into steps, as falling multiples of \
     `reference_price`; 1 is one of them",
);

const SHIFT: Field<OneTable> = one_table(
    "shift",
    &shift::TABLE,
    Words("none of it may be used at another time"),
    "a part that may be used at another time",
);

/// The fields that say how a demand, or a branch, answers to prices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnswerFields {
    pub(crate) steps: Field<Items>,
    pub(crate) elasticity: Field<Number>,
    pub(crate) reference_price: Field<ByYear>,
    pub(crate) cuts: Field<Numbers>,
    pub(crate) shift: Field<OneTable>,
}

pub(crate) mod demand_step {
    use super::*;

    table! {
        title: "Steps of demand",
        written: "steps = { NAME = { share = …, worth = … } }",
        doc: "A part of a demand that is served only while that costs no more than it is worth.",
        open: None;

        const SHARE: Field<ByYear> = by_year(
            "share",
            Quantity::share(RY),
            Words("must be given, or `amount`"),
            "share of the demand; what is in no step is firm",
        );
        const AMOUNT: Field<ByYear> = by_year(
            "amount",
            Quantity::new(Dimension::AmountPerYear, stated::ANNUAL, RY),
            Absent,
            "the amount a year instead",
        );
        const WORTH: Field<ByYear> = by_year(
            "worth",
            Quantity::new(Dimension::CostPerAmount, "worth", RY).soft(0.0, 100_000.0),
            Required,
            "what serving a unit is worth: from which price on it is not served",
        );
        const BY: Field<Choice> = choice(
            "by",
            DecidedBy::WORDS,
            Words("year"),
            "how often that is decided: by `year`, so that the demand of all slices is smaller, or \
             by `slice`, so that it goes unserved in some",
        );
    }
}

pub(crate) mod shift {
    use super::*;

    table! {
        title: "Load that may be shifted",
        written: "shift = { share = …, cycle = … }",
        doc: "A part of a demand that may be used at another time: within each cycle as much as \
              without.",
        open: None;

        const SHARE: Field<ByYear> =
            by_year("share", Quantity::share(RY), Required, "share of the demand");
        const CYCLE: Field<Choice> = choice(
            storage::CYCLE.name(),
            Cycle::WORDS,
            Required,
            "within which time it is used",
        );
        const HOURS: Field<Number> = number(
            storage::HOURS.name(),
            Quantity::new(Dimension::Hours, "", R).hard(f64::MIN_POSITIVE, 8760.0),
            Words("as long as the cycle"),
            "most that may be used too early, or be still to come, at a time: in hours of its highest \
             load",
        );
        const MOST: Field<BySlice> = by_slice(
            "most",
            Quantity::new(Dimension::Ratio, "", RYS),
            Words("twice what it would use then"),
            "most that it may use at a time, as a multiple of its mean load over the year",
        );
    }
}

pub(crate) mod demands {
    use super::*;

    table! {
        title: "Demands",
        written: "[demands.COMMODITY]",
        doc: "A table for each region.",
        open: Some((Of::Regions, &Kind::Table(&demand::TABLE)));
    }
}

pub(crate) mod demand {
    use super::*;

    table! {
        title: "Demand in a region",
        written: "REGION = { annual = … }",
        doc: "What end users need of a commodity in a region.",
        open: None;

        const ANNUAL: Field<ByYear> = by_year(
            stated::ANNUAL,
            Quantity::new(Dimension::AmountPerYear, "demand", Y),
            Required,
            "the amount a year",
        );
        const PROFILE: Field<BySlice> = super::PROFILE;
        const NON_ENERGY_USE: Field<Flag> = super::NON_ENERGY_USE;
        const STEPS: Field<Items> = super::STEPS;
        const ELASTICITY: Field<Number> = super::ELASTICITY;
        const REFERENCE_PRICE: Field<ByYear> = super::REFERENCE_PRICE;
        const CUTS: Field<Numbers> = super::CUTS;
        const SHIFT: Field<OneTable> = super::SHIFT;
    }

    pub(crate) const ANSWERS: AnswerFields = AnswerFields {
        steps: STEPS,
        elasticity: ELASTICITY,
        reference_price: REFERENCE_PRICE,
        cuts: CUTS,
        shift: SHIFT,
    };
}

pub(crate) mod driver {
    use super::*;

    table! {
        title: "Drivers",
        written: "[drivers.NAME]",
        doc: "What demand follows: people, homes, income, output. Formulas name it.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const KIND: Field<Choice> = choice(
            "kind",
            DriverKind::WORDS,
            Words("something else"),
            "whether it is what indicators are per capita of, or per unit of output",
        );
        const UNIT: Field<Text> =
            text("unit", Words("a plain number"), "unit, such as `million` or `m2/head`");
        const EXTENSIVE: Field<Flag> = flag(
            "extensive",
            Words("`true` of a driver with a kind, else `false`"),
            "whether the values of regions add up: people do, income per capita does not",
        );
        const VALUE: Field<ByYear> = by_year(
            "value",
            Quantity::new(Dimension::Own, "", RY).any(),
            Required,
            "its value, or a formula",
        );
    }
}

pub(crate) mod branch {
    use super::*;

    table! {
        title: "Branches of demand",
        written: "[branches.NAME]",
        doc: "A part of demand in a tree. What the branches of a commodity need in a region is added \
              to its demand; a branch without a commodity gathers others.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const PARENT: Field<Name> =
            name("parent", Of::Branches, Absent, "the branch it is a part of");
        const FLOW: Field<Text> = text(
            "flow",
            Words("that of its parent, else `final/demand`"),
            "its row of the energy balance, such as `final/households`",
        );
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Absent, "what it needs");
        const REGIONS: Field<Names> =
            names("regions", Of::Regions, Words("all domestic regions"), "where it needs it");
        const ANNUAL: Field<ByYear> = by_year(
            stated::ANNUAL,
            Quantity::new(Dimension::AmountPerYear, "demand", RY).partial(),
            Words("must be given where `commodity` is"),
            "the amount a year, mostly a formula",
        );
        const PROFILE: Field<BySlice> = super::PROFILE;
        const NON_ENERGY_USE: Field<Flag> = super::NON_ENERGY_USE;
        const STEPS: Field<Items> = super::STEPS;
        const ELASTICITY: Field<Number> = super::ELASTICITY;
        const REFERENCE_PRICE: Field<ByYear> = super::REFERENCE_PRICE;
        const CUTS: Field<Numbers> = super::CUTS;
        const SHIFT: Field<OneTable> = super::SHIFT;
    }

    pub(crate) const ANSWERS: AnswerFields = AnswerFields {
        steps: STEPS,
        elasticity: ELASTICITY,
        reference_price: REFERENCE_PRICE,
        cuts: CUTS,
        shift: SHIFT,
    };
}
