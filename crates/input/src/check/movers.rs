//! What is paid for moving a commodity to and fro.

use kzleap_diagnostics::Diagnostic;

use super::Check;
use crate::registry::{link, root};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let links = check.model().links.iter();
    let both_ways = links.filter(|link| {
        link.variable_cost.range().0 < 0.0 && link.reverse_availability.range().1 > 0.0
    });
    let paths: Vec<String> = both_ways.map(|link| root::LINKS.key().path(&link.name)).collect();
    for path in paths {
        let hint = "give the payment to the process that makes or uses what it carries, or write \
                    `two_way = false`";
        report(check, &path, "carry", hint);
    }
    let mut seen = Vec::new();
    for (ix, process) in check.processes() {
        let path = check.path_of(ix);
        let paid = process.modes.iter().any(|mode| mode.variable_cost.range().0 < 0.0);
        if process.is_storage() && paid && !seen.contains(&path) {
            report(check, &path, "discharge", "give the payment to the process that uses it");
            seen.push(path);
        }
    }
}

fn report(check: &mut Check<'_, '_>, path: &str, what: &str, hint: &str) {
    let message =
        format!("`{path}` is paid to {what}: it would move the same energy to and fro for it");
    let place = check.place(path, link::VARIABLE_COST);
    check.report(Diagnostic::error("paid-to-move", message, place, "").hint(hint));
}
