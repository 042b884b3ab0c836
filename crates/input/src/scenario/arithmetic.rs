//! All numbers at and below a path times a factor, or with an amount added.

use std::collections::BTreeSet;

use kzleap_diagnostics::{Diagnostic, Span};

use super::Step;
use super::apply::{descend, nowhere, through_wrapper};
use super::paths::Path;
use crate::names::did_you_mean;
use crate::registry::{BY_AGE, FORMULA, PROVENANCE, UNIT, VALUE, quantity};
use crate::tree::{Entry, Node, Table, Value};

/// How many quantities a message names.
const NAMED: usize = 4;

/// Changes all that a step leads to, or nothing of it; the places of the numbers and their names.
pub(super) fn change_all(
    step: &Step,
    root: &mut Table,
    paths: &[Path],
    sign: char,
    by: f64,
) -> Result<Vec<Span>, Box<Diagnostic>> {
    let to = if sign == '*' { "multiply" } else { "add to" };
    let mut leaves = Leaves::default();
    for path in paths {
        let (key, node) = there(step, root, path, to)?;
        leaves.key(key, path);
        leaves.collect(node, &mut path.clone());
    }
    if leaves.quantities.len() > 1 {
        let names: Vec<&str> = leaves.quantities.iter().map(String::as_str).collect();
        let message = match names.len() {
            few if few <= NAMED => {
                format!("`{}` leads to several quantities: {}", step.path, names.join(", "))
            }
            _ => format!(
                "`{}` leads to several quantities: {} and more",
                step.path,
                names[..NAMED].join(", ")
            ),
        };
        let hint =
            "a factor is for one of them: end the path with it, and make a step for each";
        let diagnostic = Diagnostic::error("cannot-scale", message, step.place, "");
        return Err(Box::new(diagnostic.hint(hint)));
    }
    if let Some((path, text, span)) = leaves.in_the_way() {
        let message = format!("`{path}` is `{text}`, which is no number to {to}");
        let hint = format!(
            "scale `profiles.{text}` if that is meant, or name the paths that hold numbers"
        );
        let diagnostic = Diagnostic::error("cannot-scale", message, step.place, "");
        return Err(Box::new(diagnostic.also(*span, "written here").hint(hint)));
    }
    if !leaves.any {
        let message = format!("there is no number at `{}` to {to}", step.path);
        return Err(nowhere(step, message, None));
    }
    for path in paths {
        change(there(step, root, path, to)?.1, sign, by);
    }
    Ok(leaves.places)
}

/// The place of the last name of a path, and what it leads to.
fn there<'t>(
    step: &Step,
    root: &'t mut Table,
    path: &[String],
    to: &str,
) -> Result<(Span, &'t mut Node), Box<Diagnostic>> {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let (last, above) = parts.split_last().unwrap_or((&"", &[]));
    let table = through_wrapper(descend(step, root, above)?, last);
    let hint = did_you_mean(last, table.keys());
    let key = table.entry(last).map_or(step.place, |entry| entry.key_span);
    table.get_mut(last).map(|node| (key, node)).ok_or_else(|| {
        let message = format!("`{}` does not exist, so there is nothing to {to}", step.path);
        nowhere(step, message, hint)
    })
}

/// What is at and below paths.
#[derive(Default)]
struct Leaves {
    /// Places of numbers and formulas, and of the names they are under.
    places: Vec<Span>,
    /// Whether there is any.
    any: bool,
    /// The fields they are values of.
    quantities: BTreeSet<String>,
    /// Values of quantities that are no numbers: field, path, text, place.
    others: Vec<(String, (String, String, Span))>,
}

impl Leaves {
    /// A value that is no number, where numbers are meant.
    fn in_the_way(&self) -> Option<&(String, String, Span)> {
        let is_meant = |field: &String| !self.any || self.quantities.contains(field);
        let (_, other) = self.others.iter().find(|(field, _)| is_meant(field))?;
        Some(other)
    }

    fn collect(&mut self, node: &Node, path: &mut Path) {
        if let Value::Table(table) = &node.value {
            for entry in table.iter().filter(|entry| is_changed(entry)) {
                if entry.key == *FORMULA {
                    self.number(entry.node.span, path);
                } else if entry.key == *VALUE {
                    self.collect(&entry.node, path);
                } else {
                    path.push(entry.key.clone());
                    self.key(entry.key_span, path);
                    self.collect(&entry.node, path);
                    path.pop();
                }
            }
            return;
        }
        match &node.value {
            Value::Number(_) => self.number(node.span, path),
            Value::Text(text) => {
                let other = (path.join("."), text.clone(), node.span);
                self.others.extend(name_of(path).map(|field| (field, other)));
            }
            _ => {}
        }
    }

    fn number(&mut self, place: Span, path: &[String]) {
        self.any = true;
        self.places.push(place);
        self.quantities.extend(name_of(path));
    }

    /// The place of a name, if what is under it is a quantity.
    fn key(&mut self, place: Span, path: &[String]) {
        self.places.extend(name_of(path).map(|_| place));
    }
}

/// The field of the quantity that a path leads to.
fn name_of(path: &[String]) -> Option<String> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    quantity(&path).map(|(_, name)| name.to_owned())
}

fn change(node: &mut Node, sign: char, by: f64) {
    match &mut node.value {
        Value::Number(number) if sign == '*' => *number *= by,
        Value::Number(number) => *number += by,
        Value::Table(table) => {
            let mut changed: Vec<Entry> =
                table.iter().filter(|e| is_changed(e)).cloned().collect();
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

/// What ages by a factor of what is built is changed with it.
fn is_changed(entry: &Entry) -> bool {
    is_value(entry) && entry.key != *BY_AGE
}
