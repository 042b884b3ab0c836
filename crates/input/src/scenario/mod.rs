//! Scenarios: single values of the tree changed, each with its reason.

mod apply;

use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources, Span};

pub(crate) use apply::apply;

use crate::folder::{Files, SCENARIOS, scenario_names};
use crate::names::suggest;
use crate::reader::FileUnits;
use crate::registry::{REMOVE, SCENARIO, SET, TableKind};
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
pub struct Change {
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
    /// The new value; `None` to remove.
    pub(crate) value: Option<Node>,
    /// The other entries of the table.
    pub(crate) table: Table,
    pub(crate) reason: String,
}

/// The scenarios of a model folder, `base` first.
///
/// Files that cannot be read are listed with their name as label: reading such a scenario says
/// what is wrong with it.
pub fn scenarios(folder: &Path) -> Vec<Scenario> {
    let base = Scenario {
        name: BASE.to_owned(),
        label: "Base".to_owned(),
        description: String::new(),
        parent: None,
    };
    let others = scenario_names(folder, &mut Diagnostics::default()).into_iter().map(|name| {
        let (mut files, mut diags) = (Files::default(), Diagnostics::default());
        let path = format!("{SCENARIOS}/{name}.toml");
        let table = files
            .add(folder, &path, &mut diags)
            .map(|id| toml_file::parse(files.sources.file(id), &mut diags))
            .unwrap_or_default();
        let text = |key: &str| table.get(key).and_then(Node::text).map(ToOwned::to_owned);
        Scenario {
            label: text("label").unwrap_or_else(|| name.clone()),
            description: text("description").unwrap_or_default(),
            parent: Some(text("parent").unwrap_or_else(|| BASE.to_owned())),
            name,
        }
    });
    std::iter::once(base).chain(others).collect()
}

/// The label of a scenario, empty if it has none, and the steps of it and of all it builds on, the
/// earliest first.
pub(crate) fn chain(
    folder: &Path,
    name: &str,
    files: &mut Files,
    units: &mut FileUnits,
    diags: &mut Diagnostics,
) -> (String, Vec<Step>) {
    let known = scenario_names(folder, diags);
    let mut label = String::new();
    let mut chain: Vec<(String, Vec<Step>)> = Vec::new();
    let mut next = Some((name.to_owned(), None::<Span>));
    while let Some((name, asked)) = next.take() {
        if name == BASE {
            break;
        }
        if let Some(diagnostic) = not_usable(&name, asked, &known, &chain) {
            diags.push(diagnostic);
            break;
        }
        let path = format!("{SCENARIOS}/{name}.toml");
        let Some(id) = files.add(folder, &path, diags) else { break };
        let mut table = toml_file::parse(files.sources.file(id), diags);
        if let Some(own) = crate::take_units(&mut table, diags) {
            units.insert(id, own);
        }
        let steps = steps(&name, &table, diags);
        if chain.is_empty() {
            label = table.get("label").and_then(Node::text).unwrap_or_default().to_owned();
        }
        if let Some(node) = table.get("parent") {
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
pub(crate) fn refuse_reserved_name(folder: &Path, diags: &mut Diagnostics) {
    if scenario_names(folder, diags).iter().any(|name| name == BASE) {
        let message =
            format!("`{SCENARIOS}/{BASE}.toml`: `{BASE}` is the model without a scenario");
        let diagnostic = Diagnostic::error_overall("reserved-name", message);
        diags.push(diagnostic.hint("give the scenario another name"));
    }
}

/// A change given with the command, on top of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What is changed, such as `emission_caps.power.limit.2060`.
    pub path: String,
    /// The new value, as TOML.
    pub value: String,
    /// Its unit, if it needs one.
    pub unit: Option<String>,
}

/// The steps of changes given with the command.
pub(crate) fn given(
    changes: &[Given],
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Vec<Step> {
    if changes.is_empty() {
        return Vec::new();
    }
    let name = "given with the command";
    let text: String = changes
        .iter()
        .map(|Given { path, value, unit }| {
            let unit =
                unit.as_ref().map_or_else(String::new, |unit| format!("unit = {unit:?}\n"));
            format!("[[set]]\npath = {path:?}\nvalue = {value}\n{unit}reason = {name:?}\n")
        })
        .collect();
    let id = sources.add(format!("({name})"), text);
    let table = toml_file::parse(sources.file(id), diags);
    steps(name, &table, diags)
}

fn not_usable(
    name: &str,
    asked: Option<Span>,
    known: &[String],
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
    if known.iter().any(|known| known == name) {
        return None;
    }
    let message = format!("there is no scenario `{name}`");
    let diagnostic = match asked {
        Some(span) => Diagnostic::error("unknown-scenario", message, span, "not declared"),
        None => Diagnostic::error_overall("unknown-scenario", message),
    };
    let names = known.iter().map(String::as_str).chain([BASE]);
    let names: Vec<&str> = names.collect();
    Some(match suggest(name, names) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    })
}

/// Reads the `[[set]]` and `[[remove]]` of one file, in the order written.
fn steps(scenario: &str, table: &Table, diags: &mut Diagnostics) -> Vec<Step> {
    let mut steps = Vec::new();
    for entry in table.iter() {
        let kind = match entry.key.as_str() {
            "set" => &SET,
            "remove" => &REMOVE,
            _ => {
                unknown_key(&SCENARIO, entry, diags);
                continue;
            }
        };
        let Value::List(nodes) = &entry.node.value else {
            let message = format!("`{}` is {}", entry.key, entry.node.value.kind());
            let hint = format!("it is written as `{}`", kind.written);
            let diagnostic = Diagnostic::error("wrong-type", message, entry.key_span, "");
            diags.push(diagnostic.hint(hint));
            continue;
        };
        steps.extend(nodes.iter().filter_map(|node| step(scenario, kind, node, diags)));
    }
    steps.sort_by_key(|step| step.place);
    steps
}

fn unknown_key(
    kind: &'static TableKind,
    entry: &crate::tree::Entry,
    diags: &mut Diagnostics,
) -> bool {
    let provenance = crate::registry::PROVENANCE;
    if kind.field(&entry.key).is_some() || provenance.contains(&entry.key.as_str()) {
        return false;
    }
    let message = format!("`{}` has no field `{}`", kind.written, entry.key);
    let known = kind.fields.iter().map(|field| field.name).chain(provenance.iter().copied());
    let mut diagnostic = Diagnostic::error("unknown-key", message, entry.key_span, "");
    if let Some(hint) = suggest(&entry.key, known) {
        diagnostic = diagnostic.hint(hint);
    }
    diags.push(diagnostic);
    true
}

fn step(
    scenario: &str,
    kind: &'static TableKind,
    node: &Node,
    diags: &mut Diagnostics,
) -> Option<Step> {
    let table = node.table()?;
    let misspelt = table.iter().filter(|entry| unknown_key(kind, entry, diags)).count() > 0;
    let start = table.iter().next().map_or(node.span, |entry| entry.key_span);
    let mut text = |key: &str, hint: &str| {
        let found = table.get(key);
        let text = found.and_then(Node::text).filter(|text| !text.trim().is_empty());
        if text.is_none() && !misspelt {
            let message = format!("this `{}` has no {key}", kind.written);
            let place = found.map_or(start, |node| node.span);
            let code = if key == "reason" { "missing-reason" } else { "missing-field" };
            diags.push(Diagnostic::error(code, message, place, "").hint(hint));
        }
        text.map(ToOwned::to_owned)
    };
    let path = text("path", "say what is changed: `path = \"processes.wind.capital_cost\"`");
    let reason = text("reason", "say why: every change of a scenario is explained");
    let (path, reason) = (path?, reason?);
    let value = table.get("value").cloned();
    if kind.field("value").is_some() && value.is_none() {
        if !misspelt {
            let message = format!("this `{}` has no value", kind.written);
            let diagnostic = Diagnostic::error("missing-field", message, start, "");
            diags.push(diagnostic.hint("to take something out, use `[[remove]]`"));
        }
        return None;
    }
    Some(Step {
        scenario: scenario.to_owned(),
        path,
        place: table.get("path").map_or(start, |node| node.span),
        value,
        table: table.clone(),
        reason,
    })
}
