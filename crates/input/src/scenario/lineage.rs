//! Which scenarios are read for one that is asked for, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};

use super::steps::steps;
use super::{AND, BASE, Step};
use crate::damage::Damage;
use crate::folder::{Files, SCENARIOS, ScenarioFiles, scenario_path};
use crate::names::suggest;
use crate::reader::FileUnits;
use crate::registry::scenario;
use crate::toml_file;
use crate::tree::{Node, Table, Value};

/// A scenario, or several together, with all they build on.
#[derive(Debug, Default)]
pub(crate) struct Lineage {
    /// Empty if none of them has one.
    pub(crate) label: String,
    /// The earliest first: each scenario once, after those it builds on.
    pub(crate) steps: Vec<Step>,
    /// All that each scenario builds on, itself among them.
    pub(crate) within: BTreeMap<String, BTreeSet<String>>,
}

/// Reads a scenario by its name, or several by their names with `+` between them.
pub(crate) fn lineage(
    all: &ScenarioFiles,
    asked: &str,
    files: &mut Files,
    units: &mut FileUnits,
    diags: &mut Diagnostics,
    damage: &mut Damage,
) -> Lineage {
    let names: Vec<&str> = asked.split(AND).collect();
    let mut walk =
        Walk { all, files, units, diags, damage, path: Vec::new(), found: Lineage::default() };
    let mut labels = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if let Some(wrong) = not_in_a_list(name, asked, &names[..at]) {
            walk.diags.push(wrong);
            walk.damage.lose_scenario();
        } else if *name != BASE {
            labels.push((*name, walk.scenario(name, None)));
        }
    }
    let mut found = walk.found;
    if labels.iter().any(|(_, label)| label.is_some()) {
        let label = |(name, label): (&str, Option<String>)| label.unwrap_or(name.to_owned());
        found.label = labels.into_iter().map(label).collect::<Vec<_>>().join(" + ");
    }
    found
}

/// What is wrong with a name among several.
fn not_in_a_list(name: &str, asked: &str, before: &[&str]) -> Option<Diagnostic> {
    let is_list = asked.contains(AND);
    let (message, hint) = if name == BASE && is_list {
        let message =
            format!("`{asked}` names `{BASE}`, which is the model without a scenario");
        (message, "leave it out")
    } else if name.is_empty() && is_list {
        (format!("`{asked}` has a `{AND}` without a scenario beside it"), "leave it out")
    } else if before.contains(&name) {
        (format!("`{asked}` names `{name}` twice"), "name each scenario once")
    } else {
        return None;
    };
    Some(Diagnostic::error_overall("unknown-scenario", message).hint(hint))
}

/// The scenarios a file builds on, with their places; `None` if `parent` is something else.
pub(super) fn parents(table: &Table) -> Option<Vec<(String, Span)>> {
    let named = |node: &Node| Some((node.text()?.to_owned(), node.span));
    match table.get(&scenario::PARENT.key()) {
        None => Some(Vec::new()),
        Some(Node { value: Value::List(nodes), .. }) => nodes.iter().map(named).collect(),
        Some(node) => Some(vec![named(node)?]),
    }
}

struct Walk<'w> {
    all: &'w ScenarioFiles,
    files: &'w mut Files,
    units: &'w mut FileUnits,
    diags: &'w mut Diagnostics,
    damage: &'w mut Damage,
    /// From the one asked for to the one being read.
    path: Vec<String>,
    found: Lineage,
}

impl Walk<'_> {
    /// Adds a scenario after all it builds on; its label, if it has one.
    fn scenario(&mut self, name: &str, asked: Option<Span>) -> Option<String> {
        if self.path.iter().any(|above| above == name) {
            self.lost(ring(&self.path, asked));
            return None;
        }
        if self.found.within.contains_key(name) {
            return None; // another builds on it too
        }
        let Some(loaded) = self.all.get(name) else {
            self.lost(unknown(name, asked, self.all));
            return None;
        };
        let path = scenario_path(name);
        let id = self.files.add_or_lose(&path, loaded, self.diags, self.damage)?;
        let mut table = toml_file::parse(self.files.sources.file(id), self.diags, self.damage);
        if let Some(own) = crate::read::take_units(&mut table, scenario::UNITS, self.diags) {
            self.units.insert(id, own);
        }
        let own = steps(name, &mut table, self.diags, self.damage);
        let label = table.get(&scenario::LABEL.key()).and_then(Node::text);
        let label = label.map(ToOwned::to_owned);
        let mut within = BTreeSet::from([name.to_owned()]);
        self.path.push(name.to_owned());
        for (parent, place) in self.parents_of(&table) {
            if parent != BASE {
                self.scenario(&parent, Some(place));
                within.extend(self.found.within.get(&parent).into_iter().flatten().cloned());
            }
        }
        self.path.pop();
        self.found.within.insert(name.to_owned(), within);
        self.found.steps.extend(own);
        label
    }

    fn parents_of(&mut self, table: &Table) -> Vec<(String, Span)> {
        if let Some(parents) = parents(table) {
            if let Some(entry) = table.entry(&scenario::PARENT.key())
                && parents.is_empty()
            {
                let message = "`parent` names no scenario";
                let diagnostic =
                    Diagnostic::error("empty-list", message, entry.node.span, "").hint(
                        "name the scenarios it builds on, or leave it out: it builds on the base",
                    );
                self.diags.push(diagnostic);
            }
            return parents;
        }
        if let Some(node) = table.get(&scenario::PARENT.key()) {
            let message = format!(
                "`parent` takes the name of a scenario, or a list of names, not {}",
                match &node.value {
                    Value::List(_) => "a list of other things",
                    other => other.kind(),
                }
            );
            self.diags.push(Diagnostic::error("wrong-type", message, node.span, ""));
        }
        Vec::new()
    }

    /// What would follow from a scenario that is not there is not said.
    fn lost(&mut self, why: Diagnostic) {
        self.diags.push(why);
        self.damage.lose_scenario();
    }
}

/// Refuses files by names that nobody could ever ask for.
pub(crate) fn refuse_reserved_names(all: &ScenarioFiles, diags: &mut Diagnostics) {
    for name in all.names() {
        let why = if name == BASE {
            format!("`{BASE}` is the model without a scenario")
        } else if name.contains(AND) {
            format!("`{AND}` joins scenarios that are read together")
        } else if name.contains('*') {
            "`*` is for any letters of a name".to_owned()
        } else {
            continue;
        };
        let message = format!("`{SCENARIOS}/{name}.toml`: {why}");
        let diagnostic = Diagnostic::error_overall("reserved-name", message);
        diags.push(diagnostic.hint("give the scenario another name"));
    }
}

fn ring(path: &[String], asked: Option<Span>) -> Diagnostic {
    let message = format!("scenarios build on each other in a ring: {}", path.join(", "));
    let diagnostic = match asked {
        Some(span) => Diagnostic::error("scenario-ring", message, span, "back to the start"),
        None => Diagnostic::error_overall("scenario-ring", message),
    };
    diagnostic.hint("one of them must build on `base`")
}

fn unknown(name: &str, asked: Option<Span>, all: &ScenarioFiles) -> Diagnostic {
    let message = format!("there is no scenario `{name}`");
    let diagnostic = match asked {
        Some(span) => Diagnostic::error("unknown-scenario", message, span, "not declared"),
        None => Diagnostic::error_overall("unknown-scenario", message),
    };
    let names: Vec<&str> = all.names().chain([BASE]).collect();
    match suggest(name, names) {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}
