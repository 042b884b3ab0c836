//! Fields of a scenario file.

use super::Default::{None as Absent, Required, Words};
use super::{Any, List, Text, Units, any, list, shared, table, text, units};

pub(crate) mod scenario {
    use super::*;

    table! {
        title: "Scenarios",
        written: "scenarios/NAME.toml",
        doc: "A scenario changes single values of the model, or of the scenario it builds on.",
        open: None;

        const PARENT: Field<Text> = text("parent", Words("base"), "the scenario it builds on");
        const LABEL: Field<Text> = shared::LABEL;
        const DESCRIPTION: Field<Text> = text("description", Absent, "what it is about");
        const UNITS: Field<Units> = units("units", Absent, "units of this file, by field name");
        const SET: Field<List> = list("set", &set::TABLE, Absent, "values it sets");
        const REMOVE: Field<List> = list("remove", &remove::TABLE, Absent, "what it takes out");
    }
}

pub(crate) mod set {
    use super::*;

    table! {
        title: "Values a scenario sets",
        written: "[[set]]",
        doc: "Replaces the value at a path, or adds it.",
        open: None;

        const PATH: Field<Text> =
            text("path", Required, "where, such as `processes.wind.capital_cost.2030`");
        const VALUE: Field<Any> = any("value", Required, "the new value");
        const UNIT: Field<Text> = text("unit", Absent, "its unit");
        const REASON: Field<Text> = text("reason", Required, "why");
    }
}

pub(crate) mod remove {
    use super::*;

    table! {
        title: "What a scenario removes",
        written: "[[remove]]",
        doc: "Removes the value at a path.",
        open: None;

        const PATH: Field<Text> = text("path", Required, "what, such as `processes.nuclear`");
        const REASON: Field<Text> = text("reason", Required, "why");
    }
}
