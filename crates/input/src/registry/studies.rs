//! Fields of a study file.

use super::Default::{None as Absent, Required, Value, Words};
use super::{
    Choice, Dimension, FIXED, Items, List, Names, Number, Numbers, Of, OneTable, Quantity,
    Text, choice, items, list, names, number, numbers, one_table, table, text,
};

/// A number that counts something.
const COUNT: Quantity = Quantity::new(Dimension::Ratio, "", FIXED).whole();

pub(crate) mod study {
    use super::*;

    table! {
        title: "Studies",
        written: "study.toml",
        doc: "One model, solved many times: which numbers are moved, how, and for which scenarios.",
        open: None;

        const MODEL: Field<Text> =
            text("model", Required, "folder of the model, from the folder of this file");
        const SCENARIOS: Field<Names> = names(
            "scenarios",
            Of::Scenarios,
            Words("`base`"),
            "scenarios that every sample is crossed with; `*` stands for any letters",
        );
        const REGIONS: Field<Text> =
            text("regions", Words("as written"), "level of regions that it is solved at");
        const SLICES: Field<Number> =
            number("slices", COUNT.hard(1.0, 8784.0), Words("as written"), "most time slices");
        const SAMPLING: Field<OneTable> = one_table(
            "sampling",
            &sampling::TABLE,
            Words("a grid"),
            "how the values of the inputs go together",
        );
        const INPUTS: Field<Items> =
            items("inputs", &input::TABLE, Absent, "what is moved, by a name that you give");
        const CORRELATIONS: Field<List> =
            list("correlations", &correlation::TABLE, Absent, "inputs that go together");
    }
}

pub(crate) mod sampling {
    use super::*;

    /// How samples are made, in the order of [`crate::study::Method`].
    pub(crate) const METHODS: &[&str] =
        &["grid", "one_at_a_time", "latin_hypercube", "sobol", "morris", "sobol_indices"];

    table! {
        title: "How values go together",
        written: "[sampling]",
        doc: "The sampling of a study; the same seed gives the same sample.",
        open: None;

        const METHOD: Field<Choice> =
            choice("method", METHODS, Words("`grid`"), "how values are chosen");
        const SIZE: Field<Number> = number(
            "size",
            COUNT.hard(2.0, 65536.0),
            Absent,
            "samples of `latin_hypercube` and `sobol`; trajectories of `morris`; points of each of \
             the inputs + 2 samples of `sobol_indices`",
        );
        const LEVELS: Field<Number> = number(
            "levels",
            COUNT.hard(4.0, 64.0),
            Value(4.0),
            "levels of the grid of `morris`, an even number",
        );
        const SEED: Field<Number> =
            number("seed", COUNT.hard(0.0, 4_294_967_295.0), Value(1.0), "where chance begins");
    }
}

pub(crate) mod input {
    use super::*;

    /// What a change does, in the order of [`crate::study::Does`].
    pub(crate) const CHANGES: &[&str] = &["set", "multiply", "add"];

    table! {
        title: "Inputs of a study",
        written: "[inputs.NAME]",
        doc: "A number of the model, or all below a path, with its values or its distribution: one \
              of `values`, `uniform`, `triangular`, `normal` and `lognormal`.",
        open: None;

        const PATH: Field<Names> = names(
            "path",
            Of::Paths,
            Required,
            "what is moved, such as `processes.wind.capital_cost`; all numbers below it; several \
             paths move together",
        );
        const CHANGE: Field<Choice> = choice(
            "change",
            CHANGES,
            Words("`set`"),
            "whether a value is put there, multiplies or is added to what is there",
        );
        const UNIT: Field<Text> =
            text("unit", Words("that of what is there"), "unit of the values that are put there");
        const VALUES: Field<Numbers> =
            numbers("values", Absent, "values, each as likely as another");
        const UNIFORM: Field<Numbers> = numbers("uniform", Absent, "least and most");
        const TRIANGULAR: Field<Numbers> =
            numbers("triangular", Absent, "least, most likely and most");
        const NORMAL: Field<Numbers> =
            numbers("normal", Absent, "mean and standard deviation");
        const LOGNORMAL: Field<Numbers> =
            numbers("lognormal", Absent, "median, and standard deviation of the logarithm");
    }
}

pub(crate) mod correlation {
    use super::*;

    table! {
        title: "Correlations of a study",
        written: "[[correlations]]",
        doc: "Two inputs that go together, in a `latin_hypercube`.",
        open: None;

        const INPUTS: Field<Names> =
            names("inputs", Of::New, Required, "the names of two inputs");
        const RANK: Field<Number> = number(
            "rank",
            Quantity::new(Dimension::Ratio, "", FIXED).hard(-1.0, 1.0),
            Required,
            "correlation of their ranks (Spearman's), -1 to 1",
        );
    }
}
