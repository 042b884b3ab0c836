//! Formulas of the book: one meaning for each symbol.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use kzleap_tests::repository;

const TABLE: &str = "docs/src/formulation/symbols.md";

/// Accents: with what they stand on they make another symbol.
const ACCENTS: [&str; 5] = ["bar", "hat", "tilde", "underline", "mathcal"];

/// Commands that arrange or relate; `pi` is the number.
const STRUCTURE: [&str; 27] = [
    "Big",
    "cdot",
    "dots",
    "frac",
    "ge",
    "in",
    "lbrace",
    "le",
    "left",
    "leftarrow",
    "ln",
    "min",
    "notin",
    "pi",
    "pm",
    "qquad",
    "quad",
    "rbrace",
    "right",
    "sqrt",
    "sum",
    "text",
    "tfrac",
    "times",
    "to",
    "bigl",
    "bigr",
];

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The pages of the linear program, the table of symbols apart.
fn pages() -> Vec<PathBuf> {
    let families = repository().join("crates/formulation/src/families");
    let mut pages: Vec<PathBuf> = fs::read_dir(families)
        .expect("a folder of families")
        .map(|entry| entry.expect("an entry").path().join("page.md"))
        .filter(|page| page.exists())
        .collect();
    pages.push(repository().join("docs/src/formulation/index.md"));
    pages.sort();
    pages
}

/// What is between dollar signs, code apart.
fn formulas(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let pieces: Vec<&str> = text.split("$$").collect();
    for (at, piece) in pieces.iter().enumerate() {
        if at % 2 == 1 {
            found.push((*piece).to_owned());
            continue;
        }
        for line in piece.lines() {
            let without_code = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
            found.extend(without_code.split('$').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// The symbols of a formula, each with its accent: `x`, `\alpha`, `\bar K`.
fn symbols(formula: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut accent = String::new();
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        if first == '\\' {
            let length = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
            let (command, after) = after.split_at(length);
            rest = after;
            if command == "text" {
                rest = after.split_once('}').map_or("", |(_, rest)| rest);
            } else if ACCENTS.contains(&command) {
                accent = format!("\\{command} ");
            } else if !STRUCTURE.contains(&command) {
                found.insert(format!("{}\\{command}", std::mem::take(&mut accent)));
            }
            continue;
        }
        if first.is_alphabetic() {
            found.insert(format!("{}{first}", std::mem::take(&mut accent)));
        }
        rest = after;
    }
    found
}

/// The rows of the tables of a page that begin with a symbol: its formula, and the rest.
fn rows(text: &str) -> Vec<(String, String)> {
    text.lines()
        .filter_map(|line| {
            let (symbol, rest) = line.strip_prefix("| $")?.split_once("$ |")?;
            Some((symbol.to_owned(), rest.to_owned()))
        })
        .collect()
}

/// The words in code of a line.
fn code(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

#[test]
fn each_symbol_has_one_entry_and_is_used() {
    let table = rows(&read(TABLE));
    let mut entries: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (symbol, rest) in &table {
        if entries.insert(symbol, rest).is_some() {
            wrong.push(format!("{symbol} has two entries in {TABLE}"));
        }
    }
    let mut used = BTreeSet::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for symbol in formulas(&text).iter().flat_map(|formula| symbols(formula)) {
            if !entries.contains_key(symbol.as_str()) {
                wrong.push(format!("{}: {symbol} is not in {TABLE}", page.display()));
            }
            used.insert(symbol);
        }
    }
    for symbol in entries.keys().filter(|symbol| !used.contains(**symbol)) {
        wrong.push(format!("{symbol} of {TABLE} is in no formula"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a page calls a symbol is what the table calls it.
#[test]
fn pages_name_symbols_as_the_table_does() {
    let table: BTreeMap<String, String> = rows(&read(TABLE)).into_iter().collect();
    let mut wrong = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for (symbol, rest) in rows(&text).into_iter().filter(|(s, _)| !s.contains(',')) {
            let entry = table.get(&symbol).map_or("", String::as_str);
            let name = rest.split(" | ").next().unwrap_or_default();
            for word in code(name).into_iter().filter(|word| !code(entry).contains(word)) {
                wrong.push(format!("{}: {symbol} is `{word}`: {entry}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
