//! Scenarios that are read together and of which none builds on another: where the order in which
//! they are read would matter, they disagree.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use super::paths::{self, ANY, Path, is_within, overlap};
use super::{Action, Step};
use crate::registry::{PROVENANCE, set};
use crate::tree::{Node, Table, Value};

/// A change at a path that still holds.
struct Made {
    step: usize,
    path: Path,
}

/// What two steps disagree on.
struct Disagreement {
    earlier: usize,
    later: usize,
    path: Path,
}

/// Follows the steps of a scenario and all it builds on.
pub(super) struct Conflicts<'s> {
    within: &'s BTreeMap<String, BTreeSet<String>>,
    steps: &'s [Step],
    /// Whether there are any of which none builds on the other.
    possible: bool,
    made: Vec<Made>,
    found: Vec<Disagreement>,
}

impl<'s> Conflicts<'s> {
    pub(super) fn new(
        within: &'s BTreeMap<String, BTreeSet<String>>,
        steps: &'s [Step],
    ) -> Self {
        let apart = |(one, below): (&String, &BTreeSet<String>)| {
            let apart = |other: &String| !below.contains(other) && !within[other].contains(one);
            within.keys().any(apart)
        };
        let possible = within.iter().any(apart);
        Self { within, steps, possible, made: Vec::new(), found: Vec::new() }
    }

    /// Whether a scenario builds on another, or is the same.
    fn builds_on(&self, scenario: &str, other: &str) -> bool {
        scenario == other
            || self.within.get(scenario).is_some_and(|within| within.contains(other))
    }

    /// Takes note of what a step has changed.
    pub(super) fn applied(&mut self, at: usize, changed: &[Path], root: &Table) {
        if !self.possible {
            return;
        }
        let steps = self.steps;
        let step = &steps[at];
        for path in changed {
            for earlier in &self.made {
                let other = &steps[earlier.step];
                if overlap(&earlier.path, path)
                    && !self.builds_on(&step.scenario, &other.scenario)
                    && !agree(other, step, earlier.path == *path)
                {
                    let longer =
                        if path.len() > earlier.path.len() { path } else { &earlier.path };
                    let (earlier, path) = (earlier.step, longer.clone());
                    self.found.push(Disagreement { earlier, later: at, path });
                }
            }
        }
        if matches!(step.action, Action::Put(_)) {
            self.met_too_late(at, changed, root);
        }
        if matches!(step.action, Action::Put(_) | Action::Remove) {
            self.settle(&step.scenario, changed);
        }
        let made = changed.iter().map(|path| Made { step: at, path: path.clone() });
        self.made.extend(made);
    }

    /// What steps with `*` before would have met, had they come later.
    fn met_too_late(&mut self, at: usize, changed: &[Path], root: &Table) {
        let step = &self.steps[at];
        for (earlier, other) in self.steps[..at].iter().enumerate() {
            if !other.path.contains(ANY) || self.builds_on(&step.scenario, &other.scenario) {
                continue;
            }
            let parts: Vec<&str> = other.path.split('.').collect();
            for path in paths::met(&parts, root).paths {
                let is_new = changed.iter().any(|above| is_within(&path, above));
                let known = self.made.iter().any(|s| s.step == earlier && s.path == path);
                if is_new && !known {
                    self.found.push(Disagreement { earlier, later: at, path });
                }
            }
        }
    }

    /// What a scenario says itself replaces what those say that it builds on.
    fn settle(&mut self, scenario: &str, changed: &[Path]) {
        let is_said = |path: &Path| changed.iter().any(|above| is_within(path, above));
        let (steps, within) = (self.steps, self.within);
        let below = |step: usize| {
            let other = &steps[step].scenario;
            within.get(scenario).is_some_and(|within| within.contains(other))
        };
        self.made.retain(|one| !(is_said(&one.path) && below(one.step)));
        self.found
            .retain(|one| !(is_said(&one.path) && below(one.earlier) && below(one.later)));
    }

    /// Says what they disagree on: once for two steps.
    pub(super) fn report(&self, diags: &mut Diagnostics) {
        let mut said: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
        for one in &self.found {
            said.entry((one.earlier, one.later)).or_default().push(one.path.join("."));
        }
        for ((earlier, later), paths) in said {
            let (earlier, later) = (&self.steps[earlier], &self.steps[later]);
            let more = match paths.len() - 1 {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let (one, other) = (&earlier.scenario, &later.scenario);
            let message = format!("`{one}` and `{other}` disagree on `{}`{more}", paths[0]);
            let diagnostic =
                Diagnostic::error("scenarios-disagree", message, later.place, "changed here")
                    .also(earlier.place, "and here");
            diags.push(diagnostic.hint(format!(
                "the result would depend on their order; say what holds in a scenario with \
                 `parent = [\"{one}\", \"{other}\"]`"
            )));
        }
    }
}

/// Whether the order of two steps means nothing where they meet.
fn agree(one: &Step, other: &Step, at_the_same_path: bool) -> bool {
    match (&one.action, &other.action) {
        (Action::Multiply(_), Action::Multiply(_)) => true,
        (Action::Remove, Action::Remove) => at_the_same_path,
        (Action::Put(value), Action::Put(again)) => {
            let unit = |step: &Step| step.table.get(&set::UNIT.key()).cloned();
            at_the_same_path && same(value, again) && same_or_none(unit(one), unit(other))
        }
        _ => false,
    }
}

fn same_or_none(one: Option<Node>, other: Option<Node>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(&one, &other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Whether two values are the same, wherever they are written and wherever they come from.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Text(one), Value::Text(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => one.total_cmp(other).is_eq(),
        (Value::Flag(one), Value::Flag(other)) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Table(one), Value::Table(other)) => {
            let says = |table: &Table| {
                let says = |key: &&str| !PROVENANCE.contains(key);
                table.keys().filter(says).map(ToOwned::to_owned).collect::<BTreeSet<_>>()
            };
            let keys = says(one);
            keys == says(other)
                && keys.iter().all(|key| match (one.get(key), other.get(key)) {
                    (Some(one), Some(other)) => same(one, other),
                    _ => false,
                })
        }
        _ => false,
    }
}
