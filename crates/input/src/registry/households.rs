//! Fields of groups of households.

use super::Default::{None as Absent, Required, Value, Words};
use super::{
    ByYear, Dimension, FIXED, Map, Number, Of, Quantity, Text, Y, by_year, map, number, shared,
    table, text,
};

pub(crate) mod household {
    use super::*;

    table! {
        title: "Households",
        written: "[households.NAME]",
        doc: "A group of households, such as a fifth by income: which part of the bill of a sector \
              it pays, and what it is given of what the public receives for emissions. The plan does \
              not depend on it.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const SECTOR: Field<Text> = text(
            "sector",
            Required,
            "the sector whose bill it pays a part of, as rows of the energy balance name it",
        );
        const HEADS: Field<Number> = number(
            "heads",
            Quantity::share(FIXED),
            Required,
            "its share of the people; all groups of a sector have 1 together",
        );
        const INCOME: Field<ByYear> = by_year(
            "income",
            Quantity::new(Dimension::MoneyPerYear, "income", Y),
            Absent,
            "what the group has in a year, all together",
        );
        const USES: Field<Map> = map(
            "uses",
            Of::New,
            Quantity::share(FIXED),
            Words("`heads`"),
            "by commodity: its share of what the sector buys; all groups of a sector have 1 together",
        );
        const GIVEN_BACK: Field<Number> = number(
            "given_back",
            Quantity::share(FIXED),
            Value(0.0),
            "its share of what the public receives for emissions; by head it is that of `heads`",
        );
    }
}
