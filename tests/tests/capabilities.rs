//! The page of capabilities: what it names is there, and what it writes out is a model.

use std::collections::BTreeSet;
use std::fs;

use kzleap_tests::by_hand::read;
use kzleap_tests::{activity, assert_close, capacity, repository, solve};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

const PAGE: &str = "capabilities";
/// Pages that explain every field, command and option.
const REFERENCE: [&str; 6] = ["fields", "format", "commands", "nemo", "trading", "studies"];

fn text(page: &str) -> String {
    let path = repository().join(format!("docs/src/{page}.md"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[derive(Default)]
struct Cell {
    text: String,
    code: Vec<String>,
}

/// What a page has: code within its text, blocks of code, and rows of tables without their heads.
#[derive(Default)]
struct Parts {
    code: Vec<String>,
    blocks: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

fn parts(page: &str) -> Parts {
    let mut parts = Parts::default();
    let (mut block, mut row): (bool, Option<Vec<Cell>>) = (false, None);
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                block = true;
                parts.blocks.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => block = false,
            Event::Start(Tag::TableRow) => row = Some(Vec::new()),
            Event::End(TagEnd::TableRow) => parts.rows.extend(row.take()),
            Event::Start(Tag::TableCell) => {
                if let Some(row) = &mut row {
                    row.push(Cell::default());
                }
            }
            Event::Text(text) => {
                if block && let Some(block) = parts.blocks.last_mut() {
                    block.push_str(&text);
                }
                if let Some(cell) = row.as_mut().and_then(|row| row.last_mut()) {
                    cell.text.push_str(&text);
                }
            }
            Event::Code(code) => {
                if let Some(cell) = row.as_mut().and_then(|row| row.last_mut()) {
                    cell.code.push(code.to_string());
                }
                parts.code.push(code.into_string());
            }
            _ => {}
        }
    }
    parts
}

/// The names in a piece of code, of fields, tables, commands and options: words in lower case,
/// without comments and what is quoted.
fn names(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in code.lines() {
        let plain = line.split('"').step_by(2).collect::<Vec<_>>().join(" ");
        let plain = plain.split('#').next().unwrap_or_default();
        let words = plain.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
        found.extend(
            words
                .filter(|word| {
                    let name = word.strip_prefix("--").unwrap_or(word);
                    name.len() > 1 && name.starts_with(|c: char| c.is_ascii_lowercase())
                })
                .map(str::to_owned),
        );
    }
    found
}

/// Every row says how it is said, by names that the reference has, or that it is not.
#[test]
fn every_capability_is_said_by_what_is_there_or_not() {
    let mut known = BTreeSet::new();
    for page in REFERENCE {
        let parts = parts(&text(page));
        for code in parts.code.iter().chain(&parts.blocks) {
            known.extend(names(code));
        }
    }
    for field in ["lead_time", "annual_minimum_load", "--weather-year", "dispatch"] {
        assert!(known.contains(field), "the reference has `{field}`");
    }
    for misspelt in ["lead_times", "--weather-years", "unit_commitment"] {
        let seen = names(&format!("{misspelt} = 6"));
        assert!(seen.contains(misspelt) && !known.contains(misspelt), "`{misspelt}` is seen");
    }

    let rows = parts(&text(PAGE)).rows;
    assert!(rows.len() > 80, "the page has {} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        assert_eq!(row.len(), 3, "cells of the row {}", row[0].text);
        let (what, here) = (&row[0].text, &row[2]);
        for name in here.code.iter().flat_map(|code| names(code)) {
            if !known.contains(&name) {
                wrong.push(format!("{what}: nothing is called `{name}`"));
            }
        }
        if here.code.is_empty() && !here.text.starts_with("not") {
            wrong.push(format!("{what}: neither how, nor that it is not"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the pieces of the page are added to.
const COUNTRY: &str = r#"
[time]
years = [2030, 2035]
horizon_end = 2039
[[time.seasons]]
name = "winter"
days = 181
[[time.seasons]]
name = "summer"
days = 184
[finance]
discount_rate = 0.05
[commodities.electricity]
kind = "electricity"
[demands.electricity]
land = { annual = 315.36 }
[commodities.steel]
kind = "material"
unit = "Mt"
tier = "annual"
[resources.steel]
commodity = "steel"
cost = { value = 500, unit = "USD/t" }
[emissions.co2]
gas = "co2"
[commodities.coal]
kind = "fuel"
tier = "annual"
emissions = { co2 = 95 }
[resources.mine]
commodity = "coal"
cost = 3
[processes.coal_plant]
input = "coal"
output = "electricity"
efficiency = 0.4
[processes.wind]
output = "electricity"
capacity = "GW"
capital_cost = 6000
life = 25
availability = { winter = 0.4, summer = 0.3 }
"#;

/// Wind is too expensive but for the rule on emissions per output, so everything that is written out
/// binds. Coal emits 95 / 0.4 kt/PJ: of 2035 half a tonne for each MWh of coal and wind.
/// A GW of wind takes 0.2 Mt of steel, over the five years of its period. A PJ of the upper plant
/// sends 0.4 PJ of water to the lower one, which gives 0.9 of it.
#[test]
fn what_is_written_out_is_a_model() {
    let blocks = parts(&text(PAGE)).blocks;
    assert_eq!(blocks.len(), 4, "pieces that are written out");
    let mut pieces = vec![COUNTRY];
    pieces.extend(blocks.iter().map(String::as_str));
    let model = read(&pieces);
    let plan = solve(&model);
    let of = |process: &str, year: usize| activity(&model, &plan, process, "land", year);

    let emitted = |year: usize| 0.095 / 0.4 * of("coal_plant", year);
    let made = of("coal_plant", 1) + of("wind", 1);
    assert_close("emissions per output", emitted(1), 0.5 / 3.6 * made);
    for year in 0..2 {
        assert_close("the river", of("lower_plant", year), 0.4 * 0.9 * of("upper_plant", year));
    }
    let (_, built) = capacity(&model, &plan, "wind", 1);
    assert!(built > 1.0, "wind is built: {built}");
    assert_close("steel", of("building", 1), 0.2 * built / 5.0);
    let in_service = |name: &str| capacity(&model, &plan, name, 1).0;
    assert_close("grid", in_service("grid"), 0.8 * in_service("wind"));
}
