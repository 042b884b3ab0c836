//! Whether what tables say of where their numbers come from is sound.

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use crate::names::suggest;
use crate::registry::{CONFIDENCE, CONFIDENCES, Key, NOTE, SOURCE, WAIVER};
use crate::tree::{Table, Value, join};

/// Checks source, confidence, note and waiver of every table that has them.
pub(crate) fn check(root: &Table, diags: &mut Diagnostics) {
    walk(root, "", diags);
}

fn walk(table: &Table, path: &str, diags: &mut Diagnostics) {
    let mut text = |key: Key| {
        let node = table.get(&key)?;
        if node.text().is_none() {
            // a table here is what a user named so: its own name is refused elsewhere
            if node.table().is_none() && !matches!(node.value, Value::Broken) {
                let message = format!("`{key}` takes a text, not {}", node.value.kind());
                diags.push(Diagnostic::error("wrong-type", message, node.span, ""));
            }
            return None;
        }
        node.text().map(|text| text.trim().to_owned())
    };
    text(SOURCE);
    let (confidence, note, waiver) = (text(CONFIDENCE), text(NOTE), text(WAIVER));
    if let (Some(""), Some(entry)) = (waiver.as_deref(), table.entry(&WAIVER)) {
        let message = format!("`{path}` does not say why it is plausible");
        diags.push(
            Diagnostic::error("waiver-without-reason", message, entry.node.span, "").hint(
                "write the reason, as in `plausible = \"measured at the plant in 2023\"`",
            ),
        );
    }
    if let (Some(confidence), Some(entry)) = (&confidence, table.entry(&CONFIDENCE)) {
        if !CONFIDENCES.contains(&confidence.as_str()) {
            let message = format!("`{confidence}` is not a confidence");
            let mut diagnostic =
                Diagnostic::error("unknown-choice", message, entry.node.span, "");
            if let Some(hint) = suggest(confidence, CONFIDENCES.iter().copied()) {
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
    for entry in table.iter() {
        let path = join(path, &entry.key);
        let path = path.strip_suffix(".value").unwrap_or(&path);
        match &entry.node.value {
            Value::Table(inner) => walk(inner, path, diags),
            Value::List(nodes) => {
                for inner in nodes.iter().filter_map(crate::tree::Node::table) {
                    walk(inner, path, diags);
                }
            }
            _ => {}
        }
    }
}
