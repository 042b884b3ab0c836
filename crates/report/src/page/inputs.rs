//! Every number the model was given, for the table of inputs and sources: what `kzleap trace`
//! shows, with names and sources written once.

use std::collections::BTreeMap;

use kzleap_accounts::owners::main_output;
use kzleap_model::{Input, Model};
use serde::Serialize;

/// Texts of the table, with their arguments in braces.
#[derive(Debug, Serialize)]
struct Words {
    /// All that is found is shown.
    each: &'static str,
    /// More is found than shown.
    some: &'static str,
    /// Beside what a scenario has put there.
    scenario: &'static str,
}

const WORDS: Words = Words {
    each: "{found} of {all}",
    some: "{found} of {all}, the first {most} shown",
    scenario: "scenario {scenario}",
};

/// Inputs with what they share written once.
#[derive(Debug, Serialize)]
pub(super) struct Inputs<'a> {
    words: Words,
    /// Label, category and product of processes, and labels of other things, by path.
    names: BTreeMap<String, Vec<&'a str>>,
    files: Vec<&'a str>,
    /// Confidence, source, note, and what scenario put it there.
    says: Vec<[&'a str; 4]>,
    /// Path, value, unit, and positions: of the file, the line, and of what is said.
    rows: Vec<(&'a str, &'a str, &'a str, usize, usize, usize)>,
}

/// The inputs of a model.
pub(super) fn inputs(model: &Model) -> Inputs<'_> {
    let mut inputs = Inputs {
        words: WORDS,
        names: names(model),
        files: Vec::new(),
        says: Vec::new(),
        rows: Vec::new(),
    };
    let mut said = BTreeMap::new();
    for input in &model.inputs {
        let file = position(&mut inputs.files, &input.file);
        let says = says(input);
        let next = said.len();
        let at = *said.entry(says).or_insert(next);
        if at == inputs.says.len() {
            inputs.says.push(says);
        }
        let unit = input.unit.as_deref().unwrap_or_default();
        inputs.rows.push((&input.path, &input.value, unit, file, input.line, at));
    }
    inputs
}

fn says(input: &Input) -> [&str; 4] {
    [
        input.confidence.as_deref().unwrap_or_default(),
        input.source.as_deref().unwrap_or_default(),
        match (&input.note, &input.scenario) {
            (Some(note), _) => note,
            (None, Some((_, reason))) => reason,
            (None, None) => "",
        },
        input.scenario.as_ref().map_or("", |(scenario, _)| scenario),
    ]
}

fn position<'a>(known: &mut Vec<&'a str>, text: &'a str) -> usize {
    known.iter().position(|one| *one == text).unwrap_or_else(|| {
        known.push(text);
        known.len() - 1
    })
}

/// What people call things, by the beginning of their paths.
fn names(model: &Model) -> BTreeMap<String, Vec<&str>> {
    let mut names = BTreeMap::new();
    for process in model.processes.iter() {
        let made = main_output(process).map_or("", |c| model.commodities[c].label.as_str());
        let says = vec![process.label.as_str(), process.category.as_str(), made];
        for collection in ["processes", "storages", "resources"] {
            names.insert(format!("{collection}.{}", process.name), says.clone());
        }
    }
    for commodity in model.commodities.iter() {
        for collection in ["commodities", "demands"] {
            names.insert(format!("{collection}.{}", commodity.name), vec![&commodity.label]);
        }
    }
    for driver in &model.demand_tree.drivers {
        names.insert(format!("drivers.{}", driver.name), vec![&driver.label]);
    }
    let branches = &model.demand_tree.branches;
    for branch in branches {
        let mut says = vec![branch.label.as_str()];
        says.extend(branch.parent.map(|parent| branches[parent].label.as_str()));
        names.insert(format!("branches.{}", branch.name), says);
    }
    // only those that some input speaks of
    let owner = |path: &str| path.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
    let spoken: std::collections::BTreeSet<String> =
        model.inputs.iter().map(|input| owner(&input.path)).collect();
    names.retain(|path, _| spoken.contains(path));
    names
}
