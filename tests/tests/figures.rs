//! Figures in prose are those of the model as it is today.
//!
//! `docs/figures/figures.py` makes them from runs and keeps a record; this test makes no run, so
//! it is quick: it compares the documents with the record, and the programs that the record was
//! made from with those of today.

use std::collections::BTreeMap;

use kzleap_study::resolution::Resolution;
use kzleap_study::{Given, RunSpec};
use kzleap_tests::repository;

/// What the script keeps.
#[derive(serde::Deserialize)]
struct Record {
    /// Digest of the linear program of each scenario.
    programs: BTreeMap<String, String>,
    /// Text of each expression that a document marks.
    figures: BTreeMap<String, String>,
}

const AGAIN: &str = "run `python3 docs/figures/figures.py run` (some minutes), then `… write`";

/// Models that documents have figures of: name, slices of the runs, record, documents.
const MODELS: [(&str, Option<usize>, &str, &[&str]); 2] = [
    (
        "kazakhstan",
        None,
        "record.json",
        &[
            "models/kazakhstan/README.md",
            "docs/src/kazakhstan.md",
            "docs/src/kazakhstan-results.md",
            "docs/src/kazakhstan-scenarios.md",
            "docs/src/resolution.md",
        ],
    ),
    ("central-asia", Some(24), "record_central_asia.json", &["docs/src/central-asia.md"]),
];

fn record(name: &str) -> Record {
    let path = repository().join("docs/figures").join(name);
    let text = std::fs::read_to_string(path).expect("there is a record");
    serde_json::from_str(&text).expect("the record is JSON of this shape")
}

/// The marked figures of a document: what is written, and the expression behind it.
fn marked(document: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (before, rest) in pieces(document, "<!--=") {
        let (expression, _) = rest.split_once("-->").expect("a mark is closed");
        let number = |c: char| c.is_ascii_digit() || ".,+-?".contains(c);
        let start = before.trim_end_matches(number).len();
        found.push((before[start..].to_owned(), expression.to_owned()));
    }
    for (_, rest) in pieces(document, "<!--table ") {
        let (expression, rest) = rest.split_once("-->\n").expect("a mark is closed");
        let (table, _) = rest.split_once("\n<!--end-->").expect("a table ends");
        found.push((table.to_owned(), expression.to_owned()));
    }
    found
}

fn pieces<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.match_indices(mark).map(move |(at, _)| (&text[..at], &text[at + mark.len()..]))
}

#[test]
fn documents_say_what_the_record_says() {
    for (_, _, name, documents) in MODELS {
        say_what_it_says(&record(name), documents);
    }
}

/// `docs/figures/policy.py` makes this page and its record, from the reference of the other.
#[test]
fn the_page_on_policy_says_what_its_record_says() {
    let policy = record("policy.json");
    say_what_it_says(&policy, &["docs/src/kazakhstan-policy.md"]);
    let today = record("record.json").programs;
    for (scenario, was) in &policy.programs {
        assert_eq!(
            today.get(scenario),
            Some(was),
            "{scenario}: docs/figures/policy.py run, write"
        );
    }
}

fn say_what_it_says(record: &Record, documents: &[&str]) {
    let mut unseen: Vec<&String> = record.figures.keys().collect();
    for name in documents {
        let text = std::fs::read_to_string(repository().join(name)).expect("a document");
        for (written, expression) in marked(&text) {
            let made = record.figures.get(&expression);
            assert_eq!(Some(&written), made, "{name}: {expression}: {AGAIN}");
            unseen.retain(|known| **known != expression);
        }
    }
    assert!(unseen.is_empty(), "no document has {unseen:?}: {AGAIN}");
}

/// A change of the model, or of the formulation, that changes a program leaves figures behind.
#[test]
fn the_record_is_of_todays_programs() {
    for (name, slices, kept, _) in MODELS {
        let record = record(kept);
        let folder = repository().join("models").join(name);
        let scenarios: Vec<String> = kzleap_study::input::Tree::read(&folder)
            .scenarios()
            .into_iter()
            .map(|scenario| scenario.name)
            .collect();
        assert_eq!(scenarios.len(), record.programs.len(), "{scenarios:?}: {AGAIN}");
        for scenario in scenarios {
            let spec = RunSpec {
                model: folder.clone(),
                scenario: Some(scenario.clone()),
                resolution: Resolution { slices, ..Resolution::default() },
                ..RunSpec::default()
            };
            let model = Given::open(&spec).read(&spec).model.expect("it has no errors");
            let program = kzleap_study::formulation::formulate(&model).lp;
            let was = record.programs.get(&scenario);
            assert_eq!(Some(&program.digest()), was, "{name}, {scenario}: {AGAIN}");
        }
    }
}
