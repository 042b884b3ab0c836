//! What a model names whichever scenario is read: what one of them replaces is used all the same.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostics;

use crate::damage::Damage;
use crate::folder::{Files, ScenarioFiles, scenario_path};
use crate::registry::{
    FORMULA, Field, List, Located, PROVENANCE, VALUE, locate, remove, scenario, set,
};
use crate::toml_file;
use crate::tree::{Node, Table, Value};

/// What the base and its scenarios name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    /// Profiles that a value of the base or of a scenario is given by.
    profiles: BTreeSet<String>,
    /// Words of the values that scenarios set, and of the paths they change.
    words: BTreeSet<String>,
}

impl Named {
    /// Of all scenarios.
    pub(crate) fn of(scenarios: &ScenarioFiles) -> Self {
        let mut named = Self::default();
        for name in scenarios.names() {
            let (mut files, mut diags) = (Files::default(), Diagnostics::default());
            let loaded = scenarios.get(name);
            let id =
                loaded.and_then(|loaded| files.take(&scenario_path(name), loaded, &mut diags));
            let Some(id) = id else { continue };
            let table =
                toml_file::parse(files.sources.file(id), &mut diags, &mut Damage::default());
            let steps = |list: Field<List>| match table.get(&list.key()).map(|node| &node.value)
            {
                Some(Value::List(nodes)) => nodes.as_slice(),
                _ => &[],
            };
            steps(scenario::SET).iter().filter_map(Node::table).for_each(|set| named.set(set));
            let removes = steps(scenario::REMOVE).iter().filter_map(Node::table);
            removes.for_each(|remove| {
                named.paths(remove.get(&remove::PATH.key()));
            });
        }
        named
    }

    /// The same with what the base names, without any scenario.
    pub(crate) fn with_base(mut self, base: &Table) -> Self {
        self.table(base, &mut Vec::new());
        self
    }

    /// Whether a value of the base or of any scenario is given by a profile of this name.
    pub(crate) fn uses_profile(&self, name: &str) -> bool {
        self.profiles.contains(name)
    }

    /// Whether a scenario sets or removes something that has this name in it.
    pub(crate) fn in_scenario(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    /// The paths of a step, cut into theirs.
    fn paths<'n>(&mut self, path: Option<&'n Node>) -> Vec<Vec<&'n str>> {
        let all: Vec<&Node> = match path {
            Some(Node { value: Value::List(nodes), .. }) => nodes.iter().collect(),
            other => other.into_iter().collect(),
        };
        let texts = all.into_iter().filter_map(Node::text);
        let paths: Vec<Vec<&str>> = texts.map(|text| text.split('.').collect()).collect();
        self.words.extend(paths.iter().flatten().map(|step| (*step).to_owned()));
        paths
    }

    fn set(&mut self, step: &Table) {
        let paths = self.paths(step.get(&set::PATH.key()));
        let Some(value) = step.get(&set::VALUE.key()) else { return };
        self.all_words(value);
        for mut path in paths {
            self.node(value, &mut path);
        }
    }

    fn table<'t>(&mut self, table: &'t Table, path: &mut Vec<&'t str>) {
        for entry in table.iter() {
            let key = entry.key.as_str();
            if PROVENANCE.contains(&key) || key == FORMULA.name() {
                continue;
            }
            // `value` is not named in a path
            let steps = usize::from(key != VALUE.name());
            path.extend(std::iter::repeat_n(key, steps));
            self.node(&entry.node, path);
            path.truncate(path.len() - steps);
        }
    }

    fn node<'t>(&mut self, node: &'t Node, path: &mut Vec<&'t str>) {
        match &node.value {
            Value::Table(inner) => self.table(inner, path),
            Value::Text(text) if matches!(locate(path), Located::Quantity) => {
                self.profiles.insert(text.clone());
            }
            _ => {}
        }
    }

    fn all_words(&mut self, node: &Node) {
        match &node.value {
            // `final/industry` names two
            Value::Text(text) => self.words.extend(text.split('/').map(ToOwned::to_owned)),
            Value::List(nodes) => nodes.iter().for_each(|node| self.all_words(node)),
            Value::Table(table) => {
                for entry in table.iter() {
                    self.words.insert(entry.key.clone());
                    self.all_words(&entry.node);
                }
            }
            _ => {}
        }
    }
}
