//! `changes`: every value that the scenario changed, step by step.

use kzleap_accounts::Accounts;
use kzleap_model::GivenValue;

use crate::changes::deed;
use crate::sheet::{Column, Sheet, text};

const COLUMNS: &[Column] = &[
    Column { key: "scenario", meaning: "the scenario that says so, or one it builds on" },
    Column {
        key: "step",
        meaning: "where, as the scenario writes it: `*` stands for any name",
    },
    Column {
        key: "does",
        meaning: "`set`, `removed`, or what it does with what is there: `× 1.1`",
    },
    Column { key: "path", meaning: "place of the value in the model" },
    Column { key: "old", meaning: "value before the step; empty if there was none" },
    Column { key: "old_unit", meaning: "its unit, where it has one" },
    Column { key: "new", meaning: "value after the step; empty if there is none" },
    Column { key: "new_unit", meaning: "its unit, where it has one" },
    Column { key: "reason", meaning: "why" },
    Column { key: "source", meaning: "where the new value comes from" },
    Column { key: "file", meaning: "the file of the scenario" },
    Column { key: "line", meaning: "the line of the file" },
];

/// Every change, in the order in which they are made.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let mut sheet = Sheet::new("changes", "What the scenario changes", COLUMNS);
    for step in &accounts.model.changes {
        let does = deed(step);
        for value in &step.values {
            let said = |side: &'a Option<GivenValue>| {
                let unit = side.as_ref().and_then(|value| value.unit.as_deref());
                [
                    text(side.as_ref().map_or("", |value| &value.text)),
                    text(unit.unwrap_or_default()),
                ]
            };
            let ([old, old_unit], [new, new_unit]) = (said(&value.old), said(&value.new));
            sheet.row([
                text(&step.scenario),
                text(&step.path),
                text(does.clone()),
                text(&value.path),
                old,
                old_unit,
                new,
                new_unit,
                text(&step.reason),
                text(step.source.as_deref().unwrap_or_default()),
                text(&step.file),
                text(step.line.to_string()),
            ]);
        }
    }
    sheet
}
