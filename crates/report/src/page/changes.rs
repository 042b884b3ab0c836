//! What the scenario changes, a row for each of its steps.

use kzleap_model::{Model, ScenarioStep};
use serde::Serialize;

use crate::changes;

/// A step of the scenario, or of one it builds on.
#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    path: &'a str,
    does: String,
    values: String,
    reason: &'a str,
    source: &'a str,
    /// File and line.
    place: String,
}

/// All steps, in their order.
pub(super) fn rows(model: &Model) -> Vec<Row<'_>> {
    model.changes.iter().map(Row::of).collect()
}

impl<'a> Row<'a> {
    fn of(step: &'a ScenarioStep) -> Self {
        Self {
            path: &step.path,
            does: changes::deed(step),
            values: changes::values(step),
            reason: &step.reason,
            source: step.source.as_deref().unwrap_or_default(),
            place: format!("{}:{}", step.file, step.line),
        }
    }
}
