//! Confidence that nothing supports.

use kzleap_diagnostics::Diagnostic;

use super::Check;
use crate::registry::{CONFIDENCE, SOURCE};
use crate::tree::{Table, Value};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let root = check.rd.root;
    walk(check, root);
}

fn walk(check: &mut Check<'_, '_>, table: &Table) {
    let high = table.entry(&CONFIDENCE).filter(|entry| entry.node.text() == Some("high"));
    if let Some(entry) = high
        && table.get(&SOURCE).is_none()
    {
        let message = "high confidence without a source";
        check.report(
            Diagnostic::warning("confidence-without-source", message, entry.node.span, "")
                .hint("add `source`, or lower the confidence"),
        );
    }
    for entry in table.iter() {
        if let Value::Table(inner) = &entry.node.value {
            walk(check, inner);
        }
    }
}
