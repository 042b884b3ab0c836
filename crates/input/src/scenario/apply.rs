//! Applies the steps of scenarios to the tree.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};

use super::arithmetic::{change_all, number_in, unit_in};
use super::between::{bent, milestones};
use super::changed::{self, Changed};
use super::conflicts::Conflicts;
use super::paths::{self, ANY, Path};
use super::{Action, Lineage, Step};
use crate::damage::Damage;
use crate::names::{did_you_mean, fits, suggest};
use crate::reader::FileUnits;
use crate::registry::{CONFIDENCE, Located, NOTE, PROVENANCE, VALUE, locate, set};
use crate::tree::{Entry, Node, Table, Value};

/// Applies every step; returns what was changed. What cannot be is reported and passed over.
pub(crate) fn apply(
    lineage: &Lineage,
    root: &mut Table,
    units: &FileUnits,
    diags: &mut Diagnostics,
    damage: &mut Damage,
) -> Vec<Changed> {
    let mut changes = Vec::new();
    let mut failed: Vec<&str> = Vec::new();
    let mut set: BTreeMap<(&str, &str), Span> = BTreeMap::new();
    let mut conflicts = Conflicts::new(&lineage.within, &lineage.steps);
    let mut removed: Vec<(&Step, Path)> = Vec::new();
    for (at, step) in lineage.steps.iter().enumerate() {
        if !matches!(step.action, Action::Remove)
            && let Some(first) = set.insert((&step.scenario, &step.path), step.place)
        {
            let message = format!("`{}` is set twice in one scenario", step.path);
            let twice = Diagnostic::error("duplicate", message, step.place, "again here");
            diags.push(twice.also(first, "first here"));
            continue;
        }
        match everywhere(step, root, units) {
            Ok(Done { change, paths, bent }) => {
                conflicts.applied(at, &paths, root);
                if matches!(step.action, Action::Remove) {
                    removed.extend(paths.into_iter().map(|path| (step, path)));
                }
                changes.push(change);
                bent.into_iter().for_each(|warning| diags.push(warning));
            }
            Err(diagnostic) => {
                // what is missing may have been set in what could not be read
                let lost = step.path.split('.').any(|part| damage.may_hold(part));
                let follows = failed.iter().any(|path| leads_through(&step.path, path));
                if !(damage.lost_scenario() || lost || follows) {
                    diags.push(taken_out(*diagnostic, step, &removed));
                }
                failed.push(&step.path);
            }
        }
    }
    conflicts.report(diags);
    // what is there now may lack what these would have set
    failed.iter().for_each(|path| damage.row(path));
    changes
}

/// Says which scenario took out what a step of another does not find.
fn taken_out(diagnostic: Diagnostic, step: &Step, removed: &[(&Step, Path)]) -> Diagnostic {
    let parts: Vec<&str> = step.path.split('.').collect();
    let was_there = |path: &Path| parts.iter().zip(path).all(|(part, name)| fits(part, name));
    let other =
        removed.iter().find(|(other, path)| other.scenario != step.scenario && was_there(path));
    let Some((other, _)) = other else { return diagnostic };
    let (one, other_name) = (&step.scenario, &other.scenario);
    let hint = format!(
        "`{one}` changes what `{other_name}` takes out: leave one of them out, or say what holds in \
         a scenario of its own"
    );
    diagnostic.also(other.place, "taken out here").hint(hint)
}

/// What a step came to.
struct Done {
    change: Changed,
    paths: Vec<Path>,
    /// What else it moves.
    bent: Vec<Diagnostic>,
}

/// Applies a step to all that its path leads to.
fn everywhere(
    step: &Step,
    root: &mut Table,
    units: &FileUnits,
) -> Result<Done, Box<Diagnostic>> {
    refuse_unknown(step)?;
    let paths = paths::of_step(step, root)?;
    let before = changed::values(root, &paths, units);
    let mut change = Changed::of(step, &paths);
    let mut bent = Vec::new();
    match &step.action {
        Action::Multiply(factor) => {
            change.scaled = change_all(step, root, &paths, '*', *factor)?;
        }
        Action::Add(amount) => change.scaled = change_all(step, root, &paths, '+', *amount)?,
        _ => {
            for path in &paths {
                bent.extend(one(step, root, path)?);
            }
        }
    }
    change.values = changed::differences(before, changed::values(root, &paths, units));
    Ok(Done { change, paths, bent })
}

/// Whether a path is another one or is below it.
fn leads_through(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Refuses a path that no model has.
fn refuse_unknown(step: &Step) -> Result<(), Box<Diagnostic>> {
    let path = &step.path;
    let parts: Vec<&str> = path.split('.').collect();
    if parts.iter().any(|part| part.trim().is_empty()) {
        return Err(nowhere(step, format!("`{path}` is not a path"), None));
    }
    let Located::Unknown { step: at, known } = locate(&parts) else { return Ok(()) };
    if parts[at].contains(ANY) {
        return Ok(()); // it may stand for a field
    }
    let message = if at == 0 {
        format!("a model has no `{}`", parts[0])
    } else {
        format!("`{}` has no field `{}`", parts[..at].join("."), parts[at])
    };
    let hint = suggest(parts[at], known.iter().copied());
    Err(nowhere(step, message, hint))
}

/// Puts or removes what is at one path; what else it moves is reported.
fn one(
    step: &Step,
    root: &mut Table,
    path: &Path,
) -> Result<Option<Diagnostic>, Box<Diagnostic>> {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let (last, above) = parts.split_last().unwrap_or((&"", &[]));
    let milestones = milestones(root);
    let table = descend(step, root, above)?;
    let table = through_wrapper(table, last);
    let mut unit = step.table.entry(&set::UNIT.key()).cloned();
    let value = match &step.action {
        Action::PutInUnitThere(value) => {
            // the unit of what is there serves, else that of the file it is in
            unit = table.get(last).and_then(unit_in).cloned();
            let there = table.get(last).or_else(|| table.iter().next().map(|e| &e.node));
            let span = there.map_or(value.span, |node| number_in(node).unwrap_or(node.span));
            Node { span, ..value.clone() }
        }
        Action::Put(value) => value.clone(),
        _ if table.remove(last).is_some() => return Ok(None),
        _ => {
            let hint = did_you_mean(last, table.keys())
                .unwrap_or_else(|| "there is nothing to remove".to_owned());
            return Err(nowhere(step, format!("`{}` does not exist", step.path), Some(hint)));
        }
    };
    let bent = bent(step, table, last, &milestones);
    let node = new_node(step, value, unit, &locate(&parts))?;
    table.set(Entry { key: (*last).to_owned(), key_span: step.place, node });
    Ok(bent)
}

/// The table that `above` leads to; an empty collection of the model is made where needed.
pub(super) fn descend<'t>(
    step: &Step,
    root: &'t mut Table,
    above: &[&str],
) -> Result<&'t mut Table, Box<Diagnostic>> {
    let mut table = root;
    for (at, part) in above.iter().enumerate() {
        let so_far = above[..=at].join(".");
        table = through_wrapper(table, part);
        if table.get(part).is_none() {
            if at > 0 {
                let hint = did_you_mean(part, table.keys());
                let message = format!("`{so_far}` does not exist");
                return Err(nowhere(step, message, hint));
            }
            let node = Node { span: step.place, value: Value::Table(Table::default()) };
            table.set(Entry { key: (*part).to_owned(), key_span: step.place, node });
        }
        match table.get_mut(part) {
            Some(Node { value: Value::Table(inner), .. }) => table = inner,
            _ => {
                let message = format!("`{so_far}` is one value, so there is nothing below it");
                let hint = format!("set `{so_far}` as a whole");
                return Err(nowhere(step, message, Some(hint)));
            }
        }
    }
    Ok(table)
}

/// A path passes through `{ value = { 2030 = … }, unit = … }` without naming `value`.
pub(super) fn through_wrapper<'t>(table: &'t mut Table, part: &str) -> &'t mut Table {
    let inner_is_meant =
        table.get(part).is_none() && table.get(&VALUE).and_then(Node::table).is_some();
    if !inner_is_meant {
        return table;
    }
    match table.get_mut(&VALUE) {
        Some(Node { value: Value::Table(inner), .. }) => inner,
        _ => unreachable!("just seen to be a table"),
    }
}

/// The node to put: with the unit and provenance that stand beside the value.
fn new_node(
    step: &Step,
    value: Node,
    unit: Option<Entry>,
    located: &Located,
) -> Result<Node, Box<Diagnostic>> {
    let span = value.span;
    let beside = |key: &str| step.table.entry(key).cloned();
    let mut table = Table::default();
    if matches!(located, Located::Quantity) {
        let value_span =
            step.table.entry(&set::VALUE.key()).map_or(span, |entry| entry.key_span);
        table.set(Entry { key: VALUE.to_string(), key_span: value_span, node: value });
        if let Some(unit) = unit {
            table.set(unit);
        }
    } else {
        if let Some(unit) = step.table.entry(&set::UNIT.key()) {
            let message = format!("`{}` is not one quantity, so it has no unit", step.path);
            return Err(Box::new(
                Diagnostic::error("unit-on-table", message, unit.key_span, "")
                    .hint("give the unit beside each number: `{ value = …, unit = \"…\" }`"),
            ));
        }
        match value.value {
            Value::Table(inner) => table = inner,
            plain => return Ok(Node { span, value: plain }),
        }
    }
    for key in PROVENANCE {
        if let Some(entry) = beside(key).filter(|_| table.get(key).is_none()) {
            table.set(entry);
        }
    }
    let is_assumption = table.get(&CONFIDENCE).and_then(Node::text) == Some("assumption");
    if is_assumption && table.get(&NOTE).is_none() {
        // the reason of the change is the reasoning of the assumption
        let place =
            step.table.entry(&set::REASON.key()).map_or(step.place, |entry| entry.node.span);
        let node = Node { span: place, value: Value::Text(step.reason.clone()) };
        table.set(Entry { key: NOTE.to_string(), key_span: place, node });
    }
    Ok(Node { span, value: Value::Table(table) })
}

pub(super) fn nowhere(step: &Step, message: String, hint: Option<String>) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::error("path-leads-nowhere", message, step.place, "");
    Box::new(match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    })
}
