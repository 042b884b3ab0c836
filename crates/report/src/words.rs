//! The names of a model in other languages: the file `words.csv` of its folder.

use std::collections::BTreeMap;

use kzleap_model::Model;
use kzleap_page::Name;
use serde::Deserialize;

use crate::page::title;

/// A row of `words.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Word {
    /// Where the name is in the model, such as `processes.wind.label`.
    pub path: String,
    /// The name as the model has it.
    pub en: String,
    /// In Russian; empty where nobody has written it.
    pub ru: String,
    /// In Kazakh; empty where nobody has written it.
    pub kk: String,
    /// How sure the Kazakh is: `high`, `medium` or `low`.
    pub confidence: String,
    /// Who of the field has read it; empty for nobody.
    pub checked_by: String,
}

/// Reads the words of a model.
///
/// # Errors
/// If the text is no such table; the message has the line.
pub fn words(text: &str) -> Result<Vec<Word>, csv::Error> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect()
}

/// The words as pages look names up: as people read them.
pub fn names(words: &[Word]) -> Vec<Name> {
    words.iter().map(|word| [title(&word.en), title(&word.ru), title(&word.kk)]).collect()
}

/// The names of a model that people read, by their paths.
pub fn labels(model: &Model) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    let mut add = |of: &str, name: &str, label: &str| {
        if !label.is_empty() {
            labels.insert(format!("{of}.{name}.label"), label.to_owned());
        }
    };
    model.commodities.iter().for_each(|one| add("commodities", &one.name, &one.label));
    model.processes.iter().for_each(|one| add("processes", &one.name, &one.label));
    model.regions.iter().for_each(|one| add("regions", &one.name, &one.label));
    model.emissions.iter().for_each(|one| add("emissions", &one.name, &one.label));
    model.categories.iter().for_each(|one| add("categories", &one.name, &one.label));
    model.sectors.iter().for_each(|one| add("sectors", &one.name, &one.label));
    model.demand_tree.branches.iter().for_each(|one| add("branches", &one.name, &one.label));
    model.demand_tree.drivers.iter().for_each(|one| add("drivers", &one.name, &one.label));
    add("scenarios", &model.scenario, &model.scenario_label);
    labels
}

/// How far the words of a model go: counts, what is missing, and what has changed since.
pub fn coverage(labels: &BTreeMap<String, String>, words: &[Word]) -> String {
    let by_label = |label: &str| words.iter().find(|word| word.en == label);
    let found: Vec<Option<&Word>> = labels.values().map(|label| by_label(label)).collect();
    let count =
        |has: fn(&Word) -> bool| found.iter().flatten().filter(|word| has(word)).count();
    let mut text = format!(
        "words: {} names; Russian {}, Kazakh {} (sure {}, read by someone of the field {})\n",
        labels.len(),
        count(|word| !word.ru.is_empty()),
        count(|word| !word.kk.is_empty()),
        count(|word| word.confidence == "high"),
        count(|word| !word.checked_by.is_empty()),
    );
    for ((path, label), word) in labels.iter().zip(&found) {
        if word.is_none_or(|word| word.ru.is_empty() || word.kk.is_empty()) {
            text.push_str(&format!("missing: {path} ({label})\n"));
        }
    }
    for word in words {
        if labels.get(&word.path).is_some_and(|label| *label != word.en) {
            text.push_str(&format!("changed since: {} ({})\n", word.path, word.en));
        }
    }
    text
}
