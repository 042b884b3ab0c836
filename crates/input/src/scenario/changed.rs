//! What steps changed: values before and after, for lists of changes.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources, Span};
use kzleap_model::{ChangedValue, GivenValue, ScenarioStep, StepDoes};

use super::paths::Path;
use super::{Action, Step};
use crate::reader::FileUnits;
use crate::registry::SOURCE;
use crate::trace::{self, Traced};
use crate::tree::{Node, Table};

/// What one step changed.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) scenario: String,
    /// As it is written.
    pub(crate) path: String,
    /// All that it leads to.
    pub(crate) paths: Vec<String>,
    pub(crate) does: StepDoes,
    pub(crate) reason: String,
    pub(crate) source: Option<String>,
    /// Where the scenario says so.
    pub(crate) place: Span,
    /// The numbers that were scaled, and their names, where they are written.
    pub(crate) scaled: Vec<Span>,
    pub(crate) values: Vec<ChangedValue>,
}

impl Changed {
    pub(super) fn of(step: &Step, paths: &[Path]) -> Self {
        Self {
            scenario: step.scenario.clone(),
            path: step.path.clone(),
            paths: paths.iter().map(|path| path.join(".")).collect(),
            does: match step.action {
                Action::Put(_) | Action::PutInUnitThere(_) => StepDoes::Set,
                Action::Multiply(factor) => StepDoes::Scale(factor),
                Action::Add(amount) => StepDoes::Add(amount),
                Action::Remove => StepDoes::Remove,
            },
            reason: step.reason.clone(),
            source: step.table.get(&SOURCE).and_then(Node::text).map(ToOwned::to_owned),
            place: step.place,
            scaled: Vec::new(),
            values: Vec::new(),
        }
    }

    /// For reports.
    pub(crate) fn step(&self, sources: &Sources) -> ScenarioStep {
        let file = sources.file(self.place.file);
        ScenarioStep {
            scenario: self.scenario.clone(),
            path: self.path.clone(),
            does: self.does,
            reason: self.reason.clone(),
            source: self.source.clone(),
            file: file.path.clone(),
            line: file.position(self.place.start).line,
            values: self.values.clone(),
        }
    }

    /// What it did, in a few words.
    pub(crate) fn deed(&self) -> String {
        match self.does {
            StepDoes::Set => "set here".to_owned(),
            StepDoes::Scale(factor) => format!("scaled here, by {factor}"),
            StepDoes::Add(amount) => format!("{amount} added here"),
            StepDoes::Remove => "removed here".to_owned(),
        }
    }
}

/// Findings about numbers that were scaled, with the place that says so beside.
pub(crate) fn with_scaling(findings: &Diagnostics, changes: &[Changed]) -> Diagnostics {
    let mut all = Diagnostics::default();
    let scaled = |finding: &Diagnostic, change: &&Changed| {
        finding.span().is_some_and(|place| change.scaled.contains(&place))
    };
    for finding in findings {
        let by = changes.iter().filter(|change| scaled(finding, change));
        let places = by.map(|change| (change.place, change.deed())).collect();
        all.push(finding.clone().also_all(places));
    }
    all
}

/// The values at and below paths, by their own.
pub(super) fn values(
    root: &Table,
    paths: &[Path],
    units: &FileUnits,
) -> Vec<(String, GivenValue)> {
    let mut values = Vec::new();
    for path in paths {
        // a name with a point, as slices have, cannot be looked up in a path
        let plain = path.iter().take_while(|part| !part.contains('.'));
        let plain = plain.map(String::as_str).collect::<Vec<_>>().join(".");
        let whole = path.join(".");
        let is_it = |at: &str| {
            at.strip_prefix(&whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let (found, _) = trace::collect(root, &plain, units, &[]);
        // a formula has its units in it
        let given = |value: Traced| {
            let unit = value.unit.filter(|_| value.value.parse::<f64>().is_ok());
            (value.path, GivenValue { text: value.value, unit })
        };
        values.extend(found.into_iter().filter(|value| is_it(&value.path)).map(given));
    }
    values
}

/// What is not the same in both lists.
pub(super) fn differences(
    before: Vec<(String, GivenValue)>,
    after: Vec<(String, GivenValue)>,
) -> Vec<ChangedValue> {
    let order = before.clone();
    let mut olds: BTreeMap<String, GivenValue> = before.into_iter().collect();
    let mut changed = Vec::new();
    for (path, new) in after {
        let (old, new) = (olds.remove(&path), Some(new));
        if old != new {
            changed.push(ChangedValue { path, old, new });
        }
    }
    let gone = order.into_iter().filter(|(path, _)| olds.contains_key(path));
    changed.extend(gone.map(|(path, old)| ChangedValue { path, old: Some(old), new: None }));
    changed
}
