//! Where the numbers come from: source, confidence and note of every table that has them.

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::Note;

use crate::names::suggest;
use crate::registry::CONFIDENCE;
use crate::tree::{Table, Value, join};

/// Collects the notes of the whole tree, and checks them.
pub(crate) fn notes(root: &Table, diags: &mut Diagnostics) -> Vec<Note> {
    let mut notes = Vec::new();
    walk(root, "", &mut notes, diags);
    notes
}

fn walk(table: &Table, path: &str, notes: &mut Vec<Note>, diags: &mut Diagnostics) {
    let mut text = |key: &str| {
        let node = table.get(key)?;
        if node.text().is_none() {
            // a table here is what a user named so: its own name is refused elsewhere
            if node.table().is_none() {
                let message = format!("`{key}` takes a text, not {}", node.value.kind());
                diags.push(Diagnostic::error("wrong-type", message, node.span, ""));
            }
            return None;
        }
        node.text().map(|text| text.trim().to_owned())
    };
    let (source, confidence, note) = (text("source"), text("confidence"), text("note"));
    if let (Some(confidence), Some(entry)) = (&confidence, table.entry("confidence")) {
        if !CONFIDENCE.contains(&confidence.as_str()) {
            let message = format!("`{confidence}` is not a confidence");
            let mut diagnostic =
                Diagnostic::error("unknown-choice", message, entry.node.span, "");
            if let Some(hint) = suggest(confidence, CONFIDENCE.iter().copied()) {
                diagnostic = diagnostic.hint(hint);
            }
            diags.push(diagnostic);
        } else if confidence == "assumption" && note.as_deref().unwrap_or_default().is_empty() {
            let message = format!("`{path}` is an assumption without its reasoning");
            let diagnostic =
                Diagnostic::error("assumption-without-note", message, entry.node.span, "")
                    .hint("add `note`: why this value and not another");
            diags.push(diagnostic);
        }
    }
    if source.is_some() || confidence.is_some() || note.is_some() {
        let path = if path.is_empty() { "model" } else { path };
        notes.push(Note { path: path.to_owned(), source, confidence, note });
    }
    for entry in table.iter() {
        let path = join(path, &entry.key);
        let path = path.strip_suffix(".value").unwrap_or(&path);
        match &entry.node.value {
            Value::Table(inner) => walk(inner, path, notes, diags),
            Value::List(nodes) => {
                for inner in nodes.iter().filter_map(crate::tree::Node::table) {
                    walk(inner, path, notes, diags);
                }
            }
            _ => {}
        }
    }
}
