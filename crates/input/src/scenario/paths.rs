//! Paths with `*` for any name, region or year: what of the tree they lead to.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostic;

use super::Step;
use super::apply::nowhere;
use crate::names::{fits, suggest};
use crate::registry::{VALUE, quantity};
use crate::tree::{Node, Table, Value};
use crate::values::is_reserved;

/// Any letters of a name.
pub(super) const ANY: char = '*';

/// How many places a message names.
const NAMED: usize = 3;

/// A path by its steps: names of slices have a point.
pub(super) type Path = Vec<String>;

/// What a path with `*` leads to.
#[derive(Default)]
pub(super) struct Met {
    pub(super) paths: Vec<Path>,
    /// Quantities that are there, but not what the path says of them, with the reason.
    without: Vec<String>,
    /// A value that is no quantity, below which the path goes on.
    ends: Option<String>,
    /// The most steps that lead anywhere, and what could stand at the next.
    depth: usize,
    known: BTreeSet<String>,
}

/// All that a path leads to in a tree.
pub(super) fn met(parts: &[&str], root: &Table) -> Met {
    let mut met = Met::default();
    walk(parts, root, &mut Vec::new(), &mut met);
    met
}

fn walk(parts: &[&str], table: &Table, so_far: &mut Path, met: &mut Met) {
    let Some((part, rest)) = parts[so_far.len()..].split_first() else { return };
    let inner = table.get(&VALUE).and_then(Node::table);
    let table = match inner {
        Some(inner) if table.get(part).is_none() => inner,
        _ => table,
    };
    let keys = || table.keys().filter(|key| !is_reserved(key));
    if so_far.len() >= met.depth {
        if so_far.len() > met.depth {
            met.known.clear();
        }
        met.depth = so_far.len();
        met.known.extend(keys().map(ToOwned::to_owned));
    }
    let mut any = false;
    for entry in table.iter().filter(|entry| fits(part, &entry.key)) {
        if part.contains(ANY) && is_reserved(&entry.key) {
            continue;
        }
        any = true;
        so_far.push(entry.key.clone());
        match &entry.node.value {
            _ if rest.is_empty() => met.paths.push(so_far.clone()),
            Value::Table(inner) => walk(parts, inner, so_far, met),
            _ if is_meant(parts, so_far) => {
                let here = so_far.join(".");
                met.without.push(format!("`{here}` is one value, with nothing below it"));
            }
            _ => {
                met.ends.get_or_insert_with(|| so_far.join("."));
            }
        }
        so_far.pop();
    }
    if !any && is_meant(parts, so_far) {
        met.without.push(format!("`{}` has no `{part}`", so_far.join(".")));
    }
}

/// Whether what was reached is a quantity, or a part of one, that the path calls by its name.
fn is_meant(parts: &[&str], reached: &[String]) -> bool {
    let reached: Vec<&str> = reached.iter().map(String::as_str).collect();
    quantity(&reached)
        .is_some_and(|(steps, _)| steps <= reached.len() && !parts[steps - 1].contains(ANY))
}

/// What a step of a scenario leads to. A path without `*` leads to itself, there or not.
pub(super) fn of_step(step: &Step, root: &Table) -> Result<Vec<Path>, Box<Diagnostic>> {
    let parts: Vec<&str> = step.path.split('.').collect();
    if !step.path.contains(ANY) {
        return Ok(vec![parts.into_iter().map(ToOwned::to_owned).collect()]);
    }
    let met = met(&parts, root);
    if let Some(first) = met.without.first() {
        let more = met.without.len() - 1;
        let named = met.without[1..].iter().take(NAMED - 1);
        let mut message = named.fold(first.clone(), |text, next| text + "; " + next);
        if more >= NAMED {
            message = format!("{message}; and {} more", more + 1 - NAMED);
        }
        let hint = format!(
            "`{}` is for values that all have this: name the paths that are meant, or end it earlier",
            step.path
        );
        return Err(nowhere(step, message, Some(hint)));
    }
    if !met.paths.is_empty() {
        return Ok(met.paths);
    }
    if let Some(end) = &met.ends {
        let message = format!("`{end}` is one value, so there is nothing below it");
        return Err(nowhere(step, message, Some(format!("set `{end}` as a whole"))));
    }
    let upto = parts[..=met.depth.min(parts.len() - 1)].join(".");
    let message = match upto == step.path {
        true => format!("nothing in the model is at `{upto}`"),
        false => format!("nothing in the model is at `{upto}`, where `{}` begins", step.path),
    };
    let part = parts.get(met.depth).map_or(String::new(), |part| part.replace(ANY, ""));
    let known = met.known.iter().map(String::as_str);
    let hint = match met.depth {
        0 => Some("leave the step out: there is nothing to change".to_owned()),
        _ => suggest(&part, known),
    };
    Err(nowhere(step, message, hint))
}

/// Whether two paths are the same, or one of them is within the other.
pub(super) fn overlap(one: &[String], other: &[String]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other)
}

/// Whether a path is another one or is within it.
pub(super) fn is_within(path: &[String], above: &[String]) -> bool {
    path.len() >= above.len() && overlap(path, above)
}
