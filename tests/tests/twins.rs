//! The same small country in English and in Russian names: whatever things are called, results,
//! sections, units and colours are the same.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_report::page::{Charts, render};
use kzleap_report::sheet::Cell;
use kzleap_report::{RunInfo, iamc, tables};
use kzleap_study::Plan;
use kzleap_study::model::Model;
use kzleap_tests::{model, solve};
use serde_json::Value;

/// The English word for each Russian name and label: things stand in the same order in both.
fn words(russian: &Model, english: &Model) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    let names = |model: &Model| -> Vec<String> {
        let mut all = vec![model.name.clone(), model.label.clone()];
        let mut add = |name: &str, label: &str| all.extend([name.to_owned(), label.to_owned()]);
        model.regions.iter().for_each(|r| add(&r.name, &r.label));
        model.commodities.iter().for_each(|c| add(&c.name, &c.label));
        model.emissions.iter().for_each(|e| add(&e.name, &e.label));
        model.emission_caps.iter().for_each(|cap| add(&cap.name, &cap.name));
        model.processes.iter().for_each(|p| add(&p.name, &p.label));
        model.categories.iter().for_each(|c| add(&c.name, &c.label));
        model.sectors.iter().for_each(|s| add(&s.name, &s.label));
        model.links.iter().for_each(|l| add(&l.name, &l.name));
        model.storages.iter().for_each(|z| add(&z.name, &z.name));
        let points = model.storages.iter().flat_map(|z| &z.chronology.points);
        points.for_each(|point| add(point, point));
        model.capacities.iter().for_each(|k| add(&k.name, &k.name));
        model.time.seasons.iter().for_each(|s| add(&s.name, &s.label));
        model.time.slices.iter().for_each(|s| add(&s.name, &s.name));
        model.demand_tree.drivers.iter().for_each(|d| add(&d.name, &d.label));
        model.demand_tree.branches.iter().for_each(|b| add(&b.name, &b.label));
        model.processes.iter().for_each(|p| {
            let flow = model.flow_of(p);
            add(&flow, &flow);
        });
        model.demands.iter().for_each(|d| add(&d.flow, &d.flow));
        all
    };
    let (russian, english) = (names(russian), names(english));
    assert_eq!(russian.len(), english.len());
    for (russian, english) in russian.into_iter().zip(english) {
        // a label may serve several things, such as a steel branch and its commodity
        words.entry(russian).or_insert(english);
    }
    words
}

/// A text, or the names on a path of the model, in English.
fn in_english(text: &str, words: &BTreeMap<String, String>) -> String {
    let word = |text: &str| words.get(text).cloned();
    let of_path = || text.split('.').map(|name| word(name).unwrap_or_else(|| name.to_owned()));
    word(text).unwrap_or_else(|| of_path().collect::<Vec<_>>().join("."))
}

/// Every row of the tables of results with its texts in English, in order.
fn rows(model: &Model, plan: &Plan, words: &BTreeMap<String, String>) -> Vec<(String, f64)> {
    let accounts = Accounts::new(model, &plan.solution);
    let mut rows = Vec::new();
    for sheet in tables::ALL.iter().map(|table| table(&accounts)) {
        for row in sheet.rows() {
            let (mut key, mut number) = (sheet.name.to_owned(), 0.0);
            for cell in row {
                match cell {
                    Cell::Text(text) => {
                        key += " ";
                        key += &in_english(text, words);
                    }
                    Cell::Year(year) => key += &format!(" {year}"),
                    Cell::Number(value) => number = *value,
                }
            }
            // where the numbers of the model are written, and as what
            if sheet.name != "inputs" {
                rows.push((key, number));
            }
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

/// The rows of the IAMC table that have a name there.
fn variables(model: &Model, plan: &Plan, words: &BTreeMap<String, String>) -> Vec<String> {
    let mut out = Vec::new();
    iamc::write(&Accounts::new(model, &plan.solution), &RunInfo::default(), &mut out)
        .expect("a table");
    let text = String::from_utf8(out).expect("UTF-8");
    let lines = text.lines().filter(|line| !line.contains("kzleap|"));
    let mut rows: Vec<String> = lines
        .map(|line| {
            let cells = line.split(',').skip(2);
            let english =
                cells.map(|cell| words.get(cell).map_or(cell, String::as_str).to_owned());
            english.collect::<Vec<_>>().join(",")
        })
        .collect();
    rows.sort();
    rows
}

/// What the page of a model draws.
fn drawn(model: &Model, plan: &Plan) -> Value {
    let accounts = Accounts::new(model, &plan.solution);
    let info = RunInfo::default();
    let charts = Charts::new(&accounts, &info);
    let page = render(&accounts, &info, &charts).expect("a page");
    let (_, data) = page.split_once("id=\"data\">").expect("data");
    let (data, _) = data.split_once("</script>").expect("an end");
    serde_json::from_str(&data.replace("<\\/", "</")).expect("JSON")
}

/// Holds what two pages draw to be the same but for names: sections and charts in their order,
/// units, colours, texts and numbers. How many colours were compared.
fn compare(
    russian: &Value,
    english: &Value,
    words: &BTreeMap<String, String>,
    at: &str,
) -> usize {
    match (russian, english) {
        (Value::Object(russian), Value::Object(english)) => {
            assert_eq!(russian.len(), english.len(), "{at}");
            let each = russian.iter().map(|(key, value)| {
                let other = words.get(key).map_or(key.as_str(), String::as_str);
                let twin = english.get(other).unwrap_or_else(|| panic!("{at}.{key}"));
                compare(value, twin, words, &format!("{at}.{other}"))
            });
            each.sum()
        }
        (Value::Array(russian), Value::Array(english)) => {
            assert_eq!(russian.len(), english.len(), "{at}");
            let pairs = russian.iter().zip(english).enumerate();
            pairs
                .map(|(n, (one, other))| compare(one, other, words, &format!("{at}.{n}")))
                .sum()
        }
        (Value::String(russian), Value::String(english)) => {
            // what has a name in it is in another language
            let is_ours =
                russian.is_ascii() || !russian.chars().any(|c| ('а'..='я').contains(&c));
            assert!(!is_ours || russian == english, "{at}: {russian}, {english}");
            usize::from(russian.starts_with('#'))
        }
        (Value::Number(russian), Value::Number(english)) => {
            let (a, b) = (russian.as_f64(), english.as_f64());
            let (a, b) = (a.expect("a number"), b.expect("a number"));
            assert!((a - b).abs() <= 2e-3 * b.abs() + 1e-9, "{at}: {a}, {b}");
            0
        }
        _ => {
            assert_eq!(russian, english, "{at}");
            0
        }
    }
}

#[test]
fn a_model_in_russian_shows_what_its_english_twin_shows() {
    let (english, russian) = (model("valley", None), model("dolina", None));
    let (plan, twin) = (solve(&english), solve(&russian));
    let words = words(&russian, &english);
    let none = BTreeMap::new();

    let (left, right) = (rows(&russian, &twin, &words), rows(&english, &plan, &none));
    assert_eq!(left.len(), right.len());
    for ((name, value), (other, wanted)) in left.into_iter().zip(right) {
        assert_eq!(name, other);
        assert!((value - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{name}: {value}");
    }

    let here = variables(&russian, &twin, &words);
    assert_eq!(here, variables(&english, &plan, &none));
    for variable in [
        "Secondary Energy|Electricity|Gas|w/ CCS",
        "Secondary Energy|Electricity|Solar|PV",
        "Final Energy|Residential|Electricity",
        "Final Energy|Industry|Solids|Coal",
        "Emissions|CO2",
        "Emissions|CH4",
        "Price|Carbon",
        "Capacity|Electricity|Wind|Onshore",
    ] {
        let named = format!(",{variable},");
        assert!(here.iter().any(|row| row.contains(&named)), "{variable} is not there");
    }

    let (shown, wanted) = (drawn(&russian, &twin), drawn(&english, &plan));
    let mut colours = 0;
    for part in ["charts", "sections"] {
        colours += compare(&shown[part], &wanted[part], &words, part);
    }
    assert!(colours > 100, "only {colours} colours");
    let titles = shown["sections"].as_array().expect("sections").iter();
    let titles: Vec<&str> = titles.filter_map(|section| section["title"].as_str()).collect();
    assert_eq!(titles[..3], ["Overview", "Electricity", "Heat"]);
    for wanted in ["Primary energy", "Final energy"] {
        assert!(titles.contains(&wanted), "{wanted} is not among {titles:?}");
    }
    // a colour that the model gives is that of the chart
    assert!(shown.to_string().contains("#a34b57"));
}
