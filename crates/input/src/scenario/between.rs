//! A value put between given years: the years beside it, which lay on a straight line, move too.

use kzleap_diagnostics::Diagnostic;

use super::Step;
use crate::registry::{root, time};
use crate::tree::{Node, Table, Value};

/// The milestone years as they are written.
pub(super) fn milestones(tree: &Table) -> Vec<i32> {
    let years = tree.get(&root::TIME.key()).and_then(Node::table);
    let years = years.and_then(|time| time.get(&time::YEARS.key()));
    let Some(Value::List(years)) = years.map(|node| &node.value) else { return Vec::new() };
    let year = |node: &Node| match node.value {
        #[expect(clippy::cast_possible_truncation, reason = "calendar years are small")]
        Value::Number(number) => Some(number as i32),
        _ => None,
    };
    years.iter().filter_map(year).collect()
}

/// A warning if putting a value at a year that was not given moves milestone years beside it.
pub(super) fn bent(
    step: &Step,
    table: &Table,
    last: &str,
    milestones: &[i32],
) -> Option<Diagnostic> {
    let year: i32 = last.parse().ok()?;
    let given: Vec<i32> = table.keys().filter_map(|key| key.parse().ok()).collect();
    if given.is_empty() || given.contains(&year) {
        return None;
    }
    let before = given.iter().copied().filter(|other| *other < year).max();
    let after = given.iter().copied().filter(|other| *other > year).min();
    let moved: Vec<String> = milestones
        .iter()
        .filter(|at| **at != year && before.is_none_or(|before| before < **at))
        .filter(|at| after.is_none_or(|after| after > **at))
        .map(ToString::to_string)
        .collect();
    if moved.is_empty() {
        return None;
    }
    let path = step.path.strip_suffix(last)?.trim_end_matches('.');
    let years: Vec<String> = given.iter().map(ToString::to_string).collect();
    let message = format!(
        "`{path}` is given for {}; a value of its own for {year} moves {} too, which {} on a line \
         to it",
        years.join(", "),
        moved.join(", "),
        if moved.len() == 1 { "lies" } else { "lie" },
    );
    let diagnostic = Diagnostic::warning("moves-years-beside", message, step.place, "");
    Some(diagnostic.hint("to move this year alone, give those years their values as well"))
}
