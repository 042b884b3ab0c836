//! `inputs`: every number the model was given, with where it is written and where it comes from.

use kzleap_accounts::Accounts;

use crate::sheet::{Column, Sheet, text};

const COLUMNS: &[Column] = &[
    Column {
        key: "path",
        meaning: "place in the model, such as `processes.wind.capital_cost`",
    },
    Column { key: "value", meaning: "as it is written, with what it varies by" },
    Column { key: "unit", meaning: "its unit, where it has one" },
    Column { key: "file", meaning: "the file it is written in" },
    Column { key: "line", meaning: "the line of the file" },
    Column { key: "source", meaning: "where it comes from" },
    Column { key: "confidence", meaning: "`high`, `medium`, `low` or `assumption`" },
    Column { key: "note", meaning: "anything else; the reasoning of an assumption" },
    Column { key: "scenario", meaning: "the scenario that put it there" },
    Column { key: "reason", meaning: "why the scenario changes it" },
];

/// Every input, in the order of the files.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("inputs", "What the model was given", COLUMNS);
    for input in &model.inputs {
        let or_empty = |value: &'a Option<String>| text(value.as_deref().unwrap_or_default());
        let (scenario, reason) =
            input.scenario.as_ref().map_or(("", ""), |(scenario, reason)| (scenario, reason));
        sheet.row([
            text(&input.path),
            text(&input.value),
            or_empty(&input.unit),
            text(&input.file),
            if input.line > 0 { text(input.line.to_string()) } else { text("") },
            or_empty(&input.source),
            or_empty(&input.confidence),
            or_empty(&input.note),
            text(scenario),
            text(reason),
        ]);
    }
    sheet
}
