//! All numbers at and below a path times a factor, or with an amount added.

use kzleap_diagnostics::{Diagnostic, Span};

use super::Step;
use super::apply::nowhere;
use crate::names::did_you_mean;
use crate::registry::{FORMULA, PROVENANCE, UNIT};
use crate::tree::{Entry, Node, Table, Value};

/// Changes what is at a name of a table; there is nothing to say beside it.
pub(super) fn change_numbers(
    step: &Step,
    table: &mut Table,
    last: &str,
    sign: char,
    by: f64,
) -> Result<Option<Diagnostic>, Box<Diagnostic>> {
    let to = if sign == '*' { "multiply" } else { "add to" };
    let Some(node) = table.get_mut(last) else {
        let message = format!("`{}` does not exist, so there is nothing to {to}", step.path);
        let hint = did_you_mean(last, table.keys());
        return Err(nowhere(step, message, hint));
    };
    if number_in(node).is_none() {
        let message = format!("there is no number at `{}` to {to}", step.path);
        return Err(nowhere(step, message, None));
    }
    change(node, sign, by);
    Ok(None)
}

fn change(node: &mut Node, sign: char, by: f64) {
    match &mut node.value {
        Value::Number(number) if sign == '*' => *number *= by,
        Value::Number(number) => *number += by,
        Value::Table(table) => {
            let mut changed: Vec<Entry> =
                table.iter().filter(|e| is_value(e)).cloned().collect();
            for entry in &mut changed {
                match &mut entry.node.value {
                    Value::Text(formula) if entry.key == *FORMULA => {
                        *formula = format!("({formula}) {sign} {by}");
                    }
                    _ => change(&mut entry.node, sign, by),
                }
            }
            changed.into_iter().for_each(|entry| table.set(entry));
        }
        _ => {}
    }
}

/// The place of the first number, or formula, at or below a node.
pub(super) fn number_in(node: &Node) -> Option<Span> {
    match &node.value {
        Value::Number(_) => Some(node.span),
        Value::Table(table) => table.iter().filter(|entry| is_value(entry)).find_map(|entry| {
            let is_formula = entry.key == *FORMULA;
            if is_formula { Some(entry.node.span) } else { number_in(&entry.node) }
        }),
        _ => None,
    }
}

/// The unit that is beside the first number at or below a node.
pub(super) fn unit_in(node: &Node) -> Option<&Entry> {
    let table = node.table()?;
    let mut values = table.iter().filter(|entry| is_value(entry));
    let inner = values.find(|entry| number_in(&entry.node).is_some());
    inner.and_then(|entry| unit_in(&entry.node)).or_else(|| table.entry(&UNIT))
}

fn is_value(entry: &Entry) -> bool {
    entry.key != *UNIT && !PROVENANCE.contains(&entry.key.as_str())
}
