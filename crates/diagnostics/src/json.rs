//! A diagnostic as plain data for an editor or a page: every place with its line and column.

use serde::Serialize;

use crate::{Diagnostic, Diagnostics, Position, Severity, Sources, Span};

/// A diagnostic with its places looked up; its serialised form is the JSON others read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Located {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// The place to look at; absent if it is about the whole model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Other places that matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Place>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// A place in a file, as an editor shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Path of the file, relative to the model folder.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, one past the last character.
    pub end: Position,
    /// What to see there; may be empty.
    pub label: String,
}

impl Located {
    /// Looks up the places of a diagnostic.
    pub fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let place = |(span, label): &(Span, String)| {
            let file = sources.file(span.file);
            Place {
                path: file.path.clone(),
                start: file.position(span.start),
                end: file.position(span.end),
                label: label.clone(),
            }
        };
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code.to_owned(),
            message: diagnostic.message.clone(),
            place: diagnostic.primary.as_ref().map(place),
            also: diagnostic.secondary.iter().map(place).collect(),
            hint: diagnostic.hint.clone(),
        }
    }
}

/// All diagnostics as a JSON array of [`Located`].
pub fn json(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let located: Vec<Located> =
        diagnostics.iter().map(|diagnostic| Located::new(diagnostic, sources)).collect();
    // texts and numbers only, so that there is nothing to fail
    serde_json::to_string_pretty(&located).unwrap_or_default()
}
