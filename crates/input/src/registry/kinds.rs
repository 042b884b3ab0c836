//! Fields of categories and sectors, which say what things of theirs are.

use kzleap_model::{Family, SectorKind};

use super::Default::None as Absent;
use super::{Choice, Text, choice, shared, table};

pub(crate) mod category {
    use super::*;

    table! {
        title: "Categories",
        written: "[categories.NAME]",
        doc: "What reports gather processes under. Those that are not listed here have no family; \
              those that are stack in the order written.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const FAMILY: Field<Choice> = choice(
            "family",
            Family::WORDS,
            Absent,
            "what its processes work with: gives the colour, and the source of what they make \
             where no input says so",
        );
        const COLOUR: Field<Text> = shared::COLOUR;
    }
}

pub(crate) mod sector {
    use super::*;

    table! {
        title: "Sectors",
        written: "[sectors.NAME]",
        doc: "The part after `final/` or `transformation/` in rows of the energy balance.",
        open: None;

        const LABEL: Field<Text> = shared::LABEL;
        const KIND: Field<Choice> = choice(
            "kind",
            SectorKind::WORDS,
            Absent,
            "what it is: gives the colour, and of final use the sector of scenario databases",
        );
        const COLOUR: Field<Text> = shared::COLOUR;
    }
}
