//! Fields that say what a thing is and how people see it, and the tables of categories and sectors.

use kzleap_model::{CommodityKind, Family, Gas, SectorKind};

use super::Default::{None as Absent, Words};
use super::{Field, Kind, TableKind, field};

/// What people read instead of a name.
pub(crate) const LABEL: Field =
    field("label", Kind::Text, Words("the name"), "the name shown to people, in any script");
pub(super) const COLOUR: Field = field(
    "colour",
    Kind::Text,
    Words("that of its family, or another"),
    "its colour in charts, such as `#3fa39a`",
);
pub(super) const KIND: Field = field(
    "kind",
    Kind::Choice(CommodityKind::WORDS),
    Words("not known: no rule of a kind applies"),
    "what it is, whatever it is called: see [kinds](format.md#what-things-are)",
);
pub(super) const FAMILY: Field =
    field("family", Kind::Choice(Family::WORDS), Absent, "which fuel it is, or what of nature");
pub(super) const FAMILY_OF_PROCESS: Field = field(
    "family",
    Kind::Choice(Family::WORDS),
    Words("that of its category"),
    "what it works with, where its inputs do not say so",
);
pub(super) const GAS: Field = field(
    "gas",
    Kind::Choice(Gas::WORDS),
    Words("something else"),
    "what it is: `capture` is of `co2`, and scenario databases name them",
);

pub(crate) static CATEGORY: TableKind = TableKind {
    title: "Categories",
    written: "[categories.NAME]",
    doc: "What reports gather processes under. Those that are not listed here have no family; \
          those that are stack in the order written.",
    fields: &[
        LABEL,
        field(
            "family",
            Kind::Choice(Family::WORDS),
            Absent,
            "what its processes work with: gives the colour, and the source of what they make \
             where no input says so",
        ),
        COLOUR,
    ],
    open: None,
};

pub(crate) static SECTOR: TableKind = TableKind {
    title: "Sectors",
    written: "[sectors.NAME]",
    doc: "What stands after `final/` or `transformation/` in rows of the energy balance.",
    fields: &[
        LABEL,
        field(
            "kind",
            Kind::Choice(SectorKind::WORDS),
            Absent,
            "what it is: gives the colour, and of final use the sector of scenario databases",
        ),
        COLOUR,
    ],
    open: None,
};
