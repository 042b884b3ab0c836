//! Fields of constraints: sums in the modeller's own terms.

use kzleap_model::stated;

use super::Default::{None as Absent, Required, Words};
use super::choices::{Counted, Direction};
use super::{
    BySlice, ByYear, Choice, Dimension, FIXED, Items, Members, Name, Names, Number, Of,
    OneTable, Quantity, RYS, Text, Y, by_slice, by_year, choice, items, name, names, number,
    one_table, shared, table, text,
};

const fn own(varies: super::Varies) -> Quantity {
    Quantity::new(Dimension::Own, "", varies).any()
}

pub(crate) mod constraint {
    use super::*;

    /// The word for a rule on each year.
    pub(crate) const YEAR: &str = "year";
    /// The word for a rule on all years together.
    pub(crate) const HORIZON: &str = "horizon";

    table! {
        title: "Constraints",
        written: "[constraints.NAME]",
        doc: "A weighted sum of what the plan decides, against a number, another sum, or itself in \
              the year before.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const UNIT: Field<Text> = text(
            "unit",
            Words("that of the first term, where no bound is given in it"),
            "what the sum is counted in, such as `Mm2` or `million m3`; `1` for points",
        );
        const TERMS: Field<Items> =
            items(stated::TERMS, &term::TABLE, Required, "what is added up");
        const RELATIVE_TO: Field<Items> = items(
            "relative_to",
            &term::TABLE,
            Absent,
            "another sum: the bounds are the ratio to it",
        );
        const OVER: Field<Choice> = choice(
            "over",
            &[YEAR, HORIZON],
            Words("`year`"),
            "whether it is of each year, or of all calendar years of the horizon together",
        );
        const AT_MOST: Field<ByYear> = by_year(
            stated::AT_MOST,
            own(Y),
            Absent,
            "the most it may be; no rule before the first given year",
        );
        const AT_LEAST: Field<ByYear> = by_year(
            stated::AT_LEAST,
            own(Y),
            Absent,
            "the least it may be; no rule before the first given year",
        );
        const EQUAL: Field<ByYear> = by_year(
            stated::EQUAL,
            own(Y),
            Absent,
            "what it must be; no rule before the first given year",
        );
        const GROWTH: Field<OneTable> = one_table(
            stated::GROWTH,
            &pace::TABLE,
            Absent,
            "how fast the sum itself may grow from year to year",
        );
        const DECLINE: Field<OneTable> = one_table(
            stated::DECLINE,
            &pace::TABLE,
            Absent,
            "how fast the sum itself may decline from year to year",
        );
        const START: Field<Number> = number(
            "start",
            own(FIXED),
            Words("none: the first milestone year is free"),
            "for `growth` and `decline`: the sum in the year before the first milestone year",
        );
    }
}

pub(crate) mod indicator {
    use super::*;

    table! {
        title: "Indicators",
        written: "[indicators.NAME]",
        doc: "A weighted sum of what the plan decides that is compared with nothing: results show \
              it by year, and `kzleap ranges` how far it may be from what it is.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const UNIT: Field<Text> = constraint::UNIT;
        const TERMS: Field<Items> = constraint::TERMS;
        const OVER: Field<Choice> = constraint::OVER;
    }
}

pub(crate) mod term {
    use super::*;

    table! {
        title: "Terms of constraints",
        written: "[constraints.NAME.terms.TERM]",
        doc: "What is counted, of whom, and how much of it counts. The terms of `relative_to` are \
              written alike.",
        open: None;

        const QUANTITY: Field<Choice> = choice(
            "quantity",
            Counted::WORDS,
            Required,
            "what is counted. `capacity`: in service; `new_capacity`: built, per calendar year; \
             `storage_size`: of storages that are sized on their own; `activity`; `output` and \
             `input`: of a commodity, used or not; `flow`: sent over links; `emissions`: of \
             processes, or where none are named all of a region",
        );
        const PROCESSES: Field<Names> = names(
            "processes",
            Of::Processes,
            Words("all, for `output`, `input` and `emissions`"),
            "names of processes, storages or resources",
        );
        const CATEGORIES: Field<Names> =
            names("categories", Of::Categories, Absent, "categories of them instead");
        const LINKS: Field<Names> = names(
            "links",
            Of::Links,
            Absent,
            "links; for `flow`, and instead of processes for `capacity` and `new_capacity`",
        );
        const REGIONS: Field<Names> =
            names("regions", Of::Regions, Words("all domestic regions"), "where");
        const COMMODITY: Field<Name> =
            name("commodity", Of::Commodities, Absent, "of what; for `output` and `input`");
        const EMISSION: Field<Name> =
            name("emission", Of::Emissions, Absent, "of what; for `emissions`");
        const DIRECTION: Field<Choice> = choice(
            "direction",
            Direction::WORDS,
            Words("both"),
            "which way, for `flow`: `forward` is from the start of a link to its end",
        );
        const WEIGHT: Field<BySlice> = by_slice(
            "weight",
            own(RYS),
            Words("1, where both have the same unit"),
            "how much one unit of it counts, in the unit of the constraint, such as `Mm2/MW`; below \
             zero it is taken off",
        );
    }

    pub(crate) const MEMBERS: Members =
        Members { processes: PROCESSES, categories: CATEGORIES, regions: REGIONS };
}

pub(crate) mod pace {
    use super::*;

    table! {
        title: "Growth and decline of a sum",
        written: "growth = { rate = …, seed = … }, decline = { rate = … }",
        doc: "How fast the sum of a constraint may change, compounded over the calendar years \
              between milestone years.",
        open: None;

        const RATE: Field<Number> = number(
            "rate",
            Quantity::new(Dimension::Ratio, "", FIXED)
                .hard(0.0, 10.0)
                .possible(0.0, f64::INFINITY)
                .soft(0.0, 2.0),
            Required,
            "most change, a ratio a year",
        );
        const SEED: Field<Number> = number(
            stated::SEED,
            Quantity::new(Dimension::Own, "", FIXED),
            Words("0; it must be given for `growth`"),
            "change a year that is always allowed beside it, in the unit of the constraint",
        );
    }
}
