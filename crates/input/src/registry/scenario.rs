//! Fields of a scenario file.

use super::Default::{None as Absent, Required, Words};
use super::kinds::LABEL;
use super::{Kind, TableKind, field};

pub(crate) static SCENARIO: TableKind = TableKind {
    title: "Scenarios",
    written: "scenarios/NAME.toml",
    doc: "A scenario changes single values of the model, or of the scenario it builds on.",
    fields: &[
        field("parent", Kind::Text, Words("base"), "the scenario it builds on"),
        LABEL,
        field("description", Kind::Text, Absent, "what it is about"),
        field("units", Kind::Units, Absent, "units of this file, by field name"),
        field("set", Kind::List(&SET), Absent, "values it sets"),
        field("remove", Kind::List(&REMOVE), Absent, "what it takes out"),
    ],
    open: None,
};

pub(crate) static SET: TableKind = TableKind {
    title: "Values a scenario sets",
    written: "[[set]]",
    doc: "Replaces what stands at a path, or adds it.",
    fields: &[
        field(
            "path",
            Kind::Text,
            Required,
            "where, such as `processes.wind.capital_cost.2030`",
        ),
        field("value", Kind::Any, Required, "what stands there from now on"),
        field("unit", Kind::Text, Absent, "its unit"),
        field("reason", Kind::Text, Required, "why"),
    ],
    open: None,
};

pub(crate) static REMOVE: TableKind = TableKind {
    title: "What a scenario removes",
    written: "[[remove]]",
    doc: "Takes out what stands at a path.",
    fields: &[
        field("path", Kind::Text, Required, "what, such as `processes.nuclear`"),
        field("reason", Kind::Text, Required, "why"),
    ],
    open: None,
};
