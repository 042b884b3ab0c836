//! What tables show for what the reader chose.

use std::collections::BTreeMap;

use kzleap_page::{BalanceTable, BalanceWords, Column, Line, Row};
use serde_json::{Value, json};

use crate::script::evaluate;

/// 5 PJ of coal produced, 3 of them made 1 PJ of electricity; 2 vehicle kilometres.
fn balance() -> BalanceTable {
    let units = |own: (&str, f64)| {
        vec![
            ("PJ".to_owned(), 1.0),
            ("ktoe".to_owned(), 1000.0 / 41.868),
            (own.0.into(), own.1),
        ]
    };
    let column = |name: &str, main: bool, own: (&str, f64)| Column {
        name: name.into(),
        main,
        units: units(own),
    };
    let line = |label: &str, depth: usize, name: &'static str| Line {
        label: label.into(),
        depth,
        name,
    };
    let mut columns = vec![
        column("Coal", true, ("Mt", 0.05)),
        column("Electricity", true, ("TWh", 1.0 / 3.6)),
    ];
    columns.extend((0..5).map(|n| column(&format!("Service {n}"), false, ("Gvkm", 1.0))));
    columns.push(column("Never used", true, ("PJ", 1.0)));
    let mut rows = vec![
        Row { line: 0, total: Some(5.0), cells: vec![(0, 5.0)] },
        Row { line: 1, total: Some(-2.0), cells: vec![(0, -3.0), (1, 1.0)] },
        Row { line: 2, total: None, cells: vec![(2, 2.0)] },
    ];
    rows[2].cells.extend((3..7).map(|c| (c, 1.0)));
    BalanceTable {
        words: BalanceWords { row: "Flow", total: "All", empty: "Nothing", neighbour: "No" },
        remarks: vec!["", "", ""],
        columns,
        total: units(("PJ", 1.0)),
        lines: vec![
            line("Production", 0, "plain"),
            line("Plants", 1, "sum part"),
            line("Road", 0, "plain"),
        ],
        views: BTreeMap::from([("*".to_owned(), vec![rows, Vec::new()])]),
    }
}

/// The texts of head and body, and whether there is more to show.
fn shown(year: usize, unit: usize, all: bool) -> (Vec<Vec<String>>, Value) {
    let balance = serde_json::to_string(&balance()).expect("JSON");
    let text = evaluate(&format!(
        "(() => {{ const b = {balance}; return JSON.stringify(balanceTable(b, b.views[\"*\"]?.[{year}], {unit}, {all})); }})()"
    ));
    let table: Value = serde_json::from_str(&text).expect("JSON");
    let rows = ["head", "body"].map(|part| table[part].as_array().expect("rows").clone());
    let texts = |row: &Value| -> Vec<String> {
        let cells = row["cells"].as_array().expect("cells").iter();
        cells.map(|cell| cell["text"].as_str().unwrap_or_default().to_owned()).collect()
    };
    (rows.iter().flatten().map(texts).collect(), table["more"].clone())
}

#[test]
fn the_balance_shows_what_is_used_in_the_unit_chosen() {
    let (rows, more) = shown(0, 0, false);
    let wanted = [
        vec!["Flow", "All", "Coal", "Electricity"],
        vec!["", "PJ", "PJ", "PJ"],
        vec!["Production", "5", "5", ""],
        vec!["Plants", "−2", "−3", "1"],
    ];
    assert_eq!(rows, wanted, "the sum is the program's, five services wait to be asked for");
    assert_eq!(more, json!(true));
    // 5 PJ are 119.4 ktoe
    assert_eq!(shown(0, 1, false).0[2], ["Production", "119", "119", ""]);
    // in units of its own: 0.05 Mt for a PJ, 3.6 PJ for a TWh, sums stay in PJ
    assert_eq!(shown(0, 2, false).0[3], ["Plants", "−2", "−0.15", "0.28"]);
}

#[test]
fn services_stand_last_when_asked_for() {
    let (rows, _) = shown(0, 2, true);
    assert_eq!(rows[0][3..5], ["Electricity", "Service 0"]);
    assert_eq!(rows[1][4], "Gvkm");
    assert_eq!(rows[4][..5], ["Road", "", "", "", "2"], "no sum without energy");
}

#[test]
fn a_place_without_a_balance_says_so() {
    assert_eq!(shown(1, 0, false).0, [["Nothing"]]);
    assert_eq!(shown(2, 0, false).0, [["No"]]);
}

#[test]
fn inputs_are_found_by_every_word() {
    let inputs = json!({
        "words": { "each": "{found} of {all}", "some": "{found}, {most}", "scenario": "" },
        "names": { "processes.coal": ["Coal plant", "Coal"] },
        "files": ["plants.toml"],
        "says": [["high", "A book", "", ""], ["", "", "", ""]],
        "rows": [
            ["processes.coal.capital_cost", "1300", "USD/kW", 0, 4, 0],
            ["processes.coal.life", "40", "a", 0, 5, 1],
            ["processes.wind.life", "25", "a", 0, 9, 1],
        ],
    });
    let found = |query: &str, confidence: &str| {
        evaluate(&format!(
            "(() => {{ const i = {inputs}; const f = inputsFound(i, searchable(i), {query:?}, {confidence:?}); return f.count + \": \" + f.rows.map((r) => r[1]).join(); }})()"
        ))
    };
    assert_eq!(found("", ""), "3 of 3: 1300,40,25");
    assert_eq!(found("coal LIFE", ""), "1 of 3: 40", "by the name, in any case");
    assert_eq!(found("book", ""), "1 of 3: 1300");
    assert_eq!(found("", "high"), "1 of 3: 1300");
    assert_eq!(found("", "-"), "2 of 3: 40,25", "where none is stated");
}
