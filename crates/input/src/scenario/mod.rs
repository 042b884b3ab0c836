//! Scenarios: single values of the tree changed, each with its reason.

mod apply;
mod arithmetic;
mod between;
mod given;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};

pub(crate) use apply::apply;
pub(crate) use given::steps as given;
pub use given::{Change, Operation, Plain};

use crate::damage::Damage;
use crate::folder::{Files, SCENARIOS, ScenarioFiles, scenario_path};
use crate::names::{nearest, suggest};
use crate::reader::FileUnits;
use crate::registry::{Field, List, PROVENANCE, TableKind, Text, remove, scenario, set};
use crate::toml_file;
use crate::tree::{Node, Table, Value};

/// The name of the model without any scenario.
pub(crate) const BASE: &str = "base";

/// A scenario of a model, as its file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Name of its file without `.toml`, or `base`.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it is about.
    pub description: String,
    /// The scenario it builds on; `None` for `base`.
    pub parent: Option<String>,
}

/// One thing a scenario changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The scenario that says so.
    pub scenario: String,
    /// What it changed.
    pub path: String,
    /// Whether it took it out.
    pub removed: bool,
    /// Why.
    pub reason: String,
    /// Where the new value comes from.
    pub source: Option<String>,
    /// Where the scenario says so.
    pub place: Span,
}

/// One `[[set]]` or `[[remove]]`.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) scenario: String,
    pub(crate) path: String,
    pub(crate) place: Span,
    pub(crate) action: Action,
    /// The other entries of the table.
    pub(crate) table: Table,
    pub(crate) reason: String,
}

/// What a step does at its path.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Puts a value.
    Put(Node),
    /// Puts a value in the unit of what is there.
    PutInUnitThere(Node),
    /// Multiplies what is there.
    Multiply(f64),
    /// Adds to what is there.
    Add(f64),
    /// Takes out what is there.
    Remove,
}

/// The scenarios of a model, `base` first.
///
/// Files that cannot be read are listed with their name as label: reading such a scenario says
/// what is wrong with it.
pub(crate) fn scenarios(all: &ScenarioFiles) -> Vec<Scenario> {
    let base = Scenario {
        name: BASE.to_owned(),
        label: "Base".to_owned(),
        description: String::new(),
        parent: None,
    };
    let others = all.names().map(|name| {
        let (mut files, mut diags) = (Files::default(), Diagnostics::default());
        let table = all
            .get(name)
            .and_then(|loaded| files.take(&scenario_path(name), loaded, &mut diags))
            .map(|id| {
                let file = files.sources.file(id);
                toml_file::parse(file, &mut diags, &mut Damage::default())
            })
            .unwrap_or_default();
        let text = |field: Field<Text>| {
            table.get(&field.key()).and_then(Node::text).map(ToOwned::to_owned)
        };
        Scenario {
            label: text(scenario::LABEL).unwrap_or_else(|| name.to_owned()),
            description: text(scenario::DESCRIPTION).unwrap_or_default(),
            parent: Some(text(scenario::PARENT).unwrap_or_else(|| BASE.to_owned())),
            name: name.to_owned(),
        }
    });
    std::iter::once(base).chain(others).collect()
}

/// The label of a scenario, empty if it has none, and the steps of it and of all it builds on, the
/// earliest first.
pub(crate) fn chain(
    all: &ScenarioFiles,
    name: &str,
    files: &mut Files,
    units: &mut FileUnits,
    diags: &mut Diagnostics,
    damage: &mut Damage,
) -> (String, Vec<Step>) {
    let mut label = String::new();
    let mut chain: Vec<(String, Vec<Step>)> = Vec::new();
    let mut next = Some((name.to_owned(), None::<Span>));
    while let Some((name, asked)) = next.take() {
        if name == BASE {
            break;
        }
        if let Some(diagnostic) = not_usable(&name, asked, all, &chain) {
            diags.push(diagnostic);
            damage.lose_scenario();
            break;
        }
        let Some(loaded) = all.get(&name) else { break };
        let Some(id) = files.add_or_lose(&scenario_path(&name), loaded, diags, damage) else {
            break;
        };
        let mut table = toml_file::parse(files.sources.file(id), diags, damage);
        if let Some(own) = crate::read::take_units(&mut table, scenario::UNITS, diags) {
            units.insert(id, own);
        }
        let steps = steps(&name, &mut table, diags, damage);
        if chain.is_empty() {
            label = table
                .get(&scenario::LABEL.key())
                .and_then(Node::text)
                .unwrap_or_default()
                .to_owned();
        }
        if let Some(node) = table.get(&scenario::PARENT.key()) {
            match node.text() {
                Some(parent) => next = Some((parent.to_owned(), Some(node.span))),
                None => diags.push(Diagnostic::error(
                    "wrong-type",
                    format!("`parent` takes the name of a scenario, not {}", node.value.kind()),
                    node.span,
                    "",
                )),
            }
        }
        chain.push((name, steps));
    }
    (label, chain.into_iter().rev().flat_map(|(_, steps)| steps).collect())
}

/// Refuses a file by the name of the model without a scenario, as nobody could ever ask for it.
pub(crate) fn refuse_reserved_name(all: &ScenarioFiles, diags: &mut Diagnostics) {
    if all.get(BASE).is_some() {
        let message =
            format!("`{SCENARIOS}/{BASE}.toml`: `{BASE}` is the model without a scenario");
        let diagnostic = Diagnostic::error_overall("reserved-name", message);
        diags.push(diagnostic.hint("give the scenario another name"));
    }
}

fn not_usable(
    name: &str,
    asked: Option<Span>,
    all: &ScenarioFiles,
    chain: &[(String, Vec<Step>)],
) -> Option<Diagnostic> {
    if chain.iter().any(|(earlier, _)| earlier == name) {
        let names: Vec<&str> = chain.iter().map(|(name, _)| name.as_str()).collect();
        let message = format!("scenarios build on each other in a ring: {}", names.join(", "));
        let diagnostic = match asked {
            Some(span) => {
                Diagnostic::error("scenario-ring", message, span, "back to the start")
            }
            None => Diagnostic::error_overall("scenario-ring", message),
        };
        return Some(diagnostic.hint("one of them must build on `base`"));
    }
    if all.get(name).is_some() {
        return None;
    }
    let message = format!("there is no scenario `{name}`");
    let diagnostic = match asked {
        Some(span) => Diagnostic::error("unknown-scenario", message, span, "not declared"),
        None => Diagnostic::error_overall("unknown-scenario", message),
    };
    let names: Vec<&str> = all.names().chain([BASE]).collect();
    Some(match suggest(name, names) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    })
}

/// Reads the `[[set]]` and `[[remove]]` of one file, in the order written.
fn steps(
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
            let step = match ask.name() == scenario::SET.name() {
                true => set_step(scenario, node, diags, damage),
                false => remove_step(scenario, node, diags),
            };
            steps.extend(step);
        }
    }
    steps.sort_by_key(|step| step.place);
    steps
}

/// Reports keys that no such table has; a misspelt one is read on as the one it is taken for.
fn unknown_keys(kind: &'static TableKind, table: &mut Table, diags: &mut Diagnostics) {
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

/// Reads a `[[set]]`.
fn set_step(
    scenario: &str,
    node: &Node,
    diags: &mut Diagnostics,
    damage: &mut Damage,
) -> Option<Step> {
    let (path, reason) = (set::PATH, set::REASON);
    let (path, reason) = path_and_reason(node, &set::TABLE, (path, reason), diags)?;
    let table = node.table()?;
    let Some(value) = table.get(&set::VALUE.key()).cloned() else {
        let message = format!("this `{}` has no value", set::TABLE.written);
        let diagnostic = Diagnostic::error("missing-field", message, start_of(node), "");
        diags.push(diagnostic.hint("to take something out, use `[[remove]]`"));
        damage.row(&path);
        return None;
    };
    let place = table.get(&set::PATH.key()).map_or(start_of(node), |node| node.span);
    let (scenario, action) = (scenario.to_owned(), Action::Put(value));
    Some(Step { scenario, path, place, action, table: table.clone(), reason })
}

/// Reads a `[[remove]]`.
fn remove_step(scenario: &str, node: &Node, diags: &mut Diagnostics) -> Option<Step> {
    let (path, reason) = (remove::PATH, remove::REASON);
    let (path, reason) = path_and_reason(node, &remove::TABLE, (path, reason), diags)?;
    let table = node.table()?;
    let place = table.get(&remove::PATH.key()).map_or(start_of(node), |node| node.span);
    let (scenario, action) = (scenario.to_owned(), Action::Remove);
    Some(Step { scenario, path, place, action, table: table.clone(), reason })
}

/// Where a table of a list begins.
fn start_of(node: &Node) -> Span {
    let first = node.table().and_then(|table| table.iter().next());
    first.map_or(node.span, |entry| entry.key_span)
}

/// What a change changes, and why: nothing if it does not say what.
fn path_and_reason(
    node: &Node,
    kind: &TableKind,
    (path, reason): (Field<Text>, Field<Text>),
    diags: &mut Diagnostics,
) -> Option<(String, String)> {
    let table = node.table()?;
    let mut text = |field: Field<Text>, code: &'static str, hint: &str| {
        let found = table.get(&field.key());
        let text = found.and_then(Node::text).filter(|text| !text.trim().is_empty());
        if text.is_none() && !found.is_some_and(|node| matches!(node.value, Value::Broken)) {
            let message = format!("this `{}` has no {field}", kind.written);
            let place = found.map_or(start_of(node), |node| node.span);
            diags.push(Diagnostic::error(code, message, place, "").hint(hint));
        }
        text.map(ToOwned::to_owned)
    };
    let what = "say what is changed: `path = \"processes.wind.capital_cost\"`";
    let why = "say why: every change of a scenario is explained";
    let path = text(path, "missing-field", what);
    let reason = text(reason, "missing-reason", why);
    Some((path?, reason.unwrap_or_default()))
}
