//! Fields of a scenario file.

use super::Default::{None as Absent, Required, Words};
use super::{
    Any, Dimension, FIXED, List, Names, Number, Of, Quantity, Text, Units, any, list, names,
    number, shared, table, text, units,
};

pub(crate) mod scenario {
    use super::*;

    table! {
        title: "Scenarios",
        written: "scenarios/NAME.toml",
        doc: "A scenario changes single values of the model, or of the scenario it builds on.",
        open: None;

        const PARENT: Field<Names> =
            names("parent", Of::Scenarios, Words("base"), "the scenario it builds on, or several");
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
        doc: "Replaces the value at a path, adds it, or scales what is there.",
        open: None;

        const PATH: Field<Names> = names(
            "path",
            Of::Paths,
            Required,
            "where, such as `processes.wind.capital_cost.2030`; `*` stands for any name, region or \
             year that is there",
        );
        const VALUE: Field<Any> = any("value", Words("`scale`"), "the new value");
        const SCALE: Field<Number> = number(
            "scale",
            Quantity::new(Dimension::Ratio, "", FIXED),
            Words("`value`"),
            "factor of every number that is there",
        );
        const UNIT: Field<Text> = text("unit", Absent, "unit of the new value");
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

        const PATH: Field<Names> =
            names("path", Of::Paths, Required, "what, such as `processes.nuclear`; `*` as above");
        const REASON: Field<Text> = text("reason", Required, "why");
    }
}
