//! Reading the `[[set]]` and `[[remove]]` of a scenario file.

use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};

use super::{Action, Step};
use crate::damage::Damage;
use crate::names::{nearest, suggest};
use crate::registry::{
    Field, List, Names, PROVENANCE, SOURCE, TableKind, Text, remove, scenario, set,
};
use crate::tree::{Entry, Node, Table, Value};

/// Reads the `[[set]]` and `[[remove]]` of one file, in the order written.
pub(super) fn steps(
    scenario: &str,
    table: &mut Table,
    diags: &mut Diagnostics,
    damage: &mut Damage,
) -> Vec<Step> {
    let mut steps = Vec::new();
    unknown_keys(&scenario::TABLE, table, diags);
    for entry in table.iter_mut() {
        let asks = [scenario::SET, scenario::REMOVE].into_iter();
        let Some(ask) = asks.into_iter().find(|ask| entry.key == ask.name()) else { continue };
        let List(kind) = ask.holds;
        if !matches!(entry.node.value, Value::List(_)) {
            let message = format!("`{}` is {}", entry.key, entry.node.value.kind());
            let hint = format!("it is written as `{}`", kind.written);
            let diagnostic = Diagnostic::error("wrong-type", message, entry.key_span, "");
            diags.push(diagnostic.hint(hint));
        }
        // one table is read on as the only one of its list
        let nodes = match &mut entry.node.value {
            Value::List(nodes) => nodes.as_mut_slice(),
            _ => std::slice::from_mut(&mut entry.node),
        };
        for node in nodes {
            let Value::Table(table) = &mut node.value else { continue };
            unknown_keys(kind, table, diags);
            steps.extend(match ask.name() == scenario::SET.name() {
                true => set_steps(scenario, node, diags, damage),
                false => remove_steps(scenario, node, diags),
            });
        }
    }
    steps.sort_by_key(|step| step.place);
    steps
}

/// Reports keys that no such table has; a misspelt one is read on as the one it is taken for.
pub(crate) fn unknown_keys(
    kind: &'static TableKind,
    table: &mut Table,
    diags: &mut Diagnostics,
) {
    let known = kind.fields.iter().map(|field| field.name).chain(PROVENANCE.iter().copied());
    let known: Vec<&str> = known.collect();
    let unknown = table.keys().filter(|key| !known.contains(key)).map(ToOwned::to_owned);
    for key in unknown.collect::<Vec<String>>() {
        let Some(entry) = table.entry(&key) else { continue };
        let message = format!("`{}` has no field `{key}`", kind.written);
        let mut diagnostic = Diagnostic::error("unknown-key", message, entry.key_span, "");
        if let Some(hint) = suggest(&key, known.iter().copied()) {
            diagnostic = diagnostic.hint(hint);
        }
        diags.push(diagnostic);
        let meant = nearest(&key, known.iter().copied());
        if let Some(meant) = meant.filter(|meant| table.get(meant).is_none()) {
            table.rename(&key, meant);
        }
    }
}

/// Reads a `[[set]]`: a step for each of its paths.
fn set_steps(
    scenario: &str,
    node: &Node,
    diags: &mut Diagnostics,
    damage: &mut Damage,
) -> Vec<Step> {
    let fields = (set::PATH, set::REASON);
    let Some((paths, reason)) = paths_and_reason(node, &set::TABLE, fields, diags) else {
        return Vec::new();
    };
    let Some(action) = node.table().and_then(|table| action(node, table, diags)) else {
        paths.iter().for_each(|(path, _)| damage.row(path));
        return Vec::new();
    };
    all_steps(scenario, node, paths, &action, &reason)
}

/// Reads a `[[remove]]`: a step for each of its paths.
fn remove_steps(scenario: &str, node: &Node, diags: &mut Diagnostics) -> Vec<Step> {
    let fields = (remove::PATH, remove::REASON);
    let Some((paths, reason)) = paths_and_reason(node, &remove::TABLE, fields, diags) else {
        return Vec::new();
    };
    all_steps(scenario, node, paths, &Action::Remove, &reason)
}

fn all_steps(
    scenario: &str,
    node: &Node,
    paths: Vec<(String, Span)>,
    action: &Action,
    reason: &str,
) -> Vec<Step> {
    let step = |(path, place)| {
        let (scenario, reason) = (scenario.to_owned(), reason.to_owned());
        let table = node.table()?.clone();
        Some(Step { scenario, path, place, action: action.clone(), table, reason })
    };
    paths.into_iter().filter_map(step).collect()
}

/// What a `[[set]]` does: puts its `value`, or scales.
fn action(node: &Node, table: &Table, diags: &mut Diagnostics) -> Option<Action> {
    let (value, scale) = (table.get(&set::VALUE.key()), table.entry(&set::SCALE.key()));
    let wrong = match (value, scale) {
        (Some(value), None) => return Some(Action::Put(value.clone())),
        (None, None) => {
            let message = format!("this `{}` has no value", set::TABLE.written);
            Diagnostic::error("missing-field", message, start_of(node), "").hint(
                "give a `value`, or `scale` for a factor; to take something out, use `[[remove]]`",
            )
        }
        (Some(value), Some(scale)) => {
            let message = format!("this `{}` has both `value` and `scale`", set::TABLE.written);
            Diagnostic::error("both-given", message, scale.key_span, "")
                .also(value.span, "")
                .hint("keep one of them, or make two steps of it")
        }
        (None, Some(scale)) => match beside_scale(table) {
            Some(wrong) => wrong,
            None => match scale.node.value {
                Value::Number(factor) if factor >= 0.0 && factor.is_finite() => {
                    return Some(Action::Multiply(factor));
                }
                Value::Broken => return None,
                _ => {
                    let message = "`scale` takes a factor, a number that is not below 0";
                    Diagnostic::error("wrong-type", message, scale.node.span, "")
                        .hint("written as `scale = 1.1` for 10 % more")
                }
            },
        },
    };
    diags.push(wrong);
    None
}

/// What cannot stand beside `scale`: what is scaled keeps its unit, and where it comes from.
fn beside_scale(table: &Table) -> Option<Diagnostic> {
    let unit = set::UNIT.key();
    let others = PROVENANCE.iter().copied().filter(|key| *key != SOURCE.name());
    let entry: &Entry = others.chain([unit.name()]).find_map(|key| table.entry(key))?;
    let message = format!("`{}` does not go with `scale`", entry.key);
    let diagnostic = Diagnostic::error("unknown-key", message, entry.key_span, "");
    Some(diagnostic.hint(if entry.key == *unit {
        "take it out: every number is scaled in its own unit"
    } else {
        "say it in the `reason`: what is scaled keeps what is said of it"
    }))
}

/// Where a table of a list begins.
fn start_of(node: &Node) -> Span {
    let first = node.table().and_then(|table| table.iter().next());
    first.map_or(node.span, |entry| entry.key_span)
}

/// What a change changes, and why: nothing if it does not say what.
fn paths_and_reason(
    node: &Node,
    kind: &TableKind,
    (path, reason): (Field<Names>, Field<Text>),
    diags: &mut Diagnostics,
) -> Option<(Vec<(String, Span)>, String)> {
    let table = node.table()?;
    let mut missing = |field: &'static str, found: Option<&Node>, code, hint: &str| {
        if !found.is_some_and(|node| matches!(node.value, Value::Broken)) {
            let message = format!("this `{}` has no {field}", kind.written);
            let place = found.map_or(start_of(node), |node| node.span);
            diags.push(Diagnostic::error(code, message, place, "").hint(hint));
        }
    };
    let text = |node: &Node| {
        node.text()
            .filter(|text| !text.trim().is_empty())
            .map(|text| (text.to_owned(), node.span))
    };
    let given = table.get(&path.key());
    let paths: Option<Vec<_>> = match given {
        Some(Node { value: Value::List(nodes), .. }) => nodes.iter().map(text).collect(),
        other => other.and_then(text).map(|one| vec![one]),
    };
    let paths = paths.filter(|paths| !paths.is_empty());
    if paths.is_none() {
        let what = "say what is changed: `path = \"processes.wind.capital_cost\"`";
        missing(path.name(), given, "missing-field", what);
    }
    let given = table.get(&reason.key());
    let why = given.and_then(text);
    if why.is_none() {
        let hint = "say why: every change of a scenario is explained";
        missing(reason.name(), given, "missing-reason", hint);
    }
    Some((paths?, why.map(|(text, _)| text).unwrap_or_default()))
}
