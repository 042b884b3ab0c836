//! The tables of runs in one file: what a database and a workbook say is what the folders say.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, DataType as _, Reader, Xlsx, open_workbook};
use rusqlite::Connection;
use serde_json::Value;

use crate::support::{json, repository, run, text};

/// Two runs: 6.8 Mt are allowed, and as many as there are.
fn runs(folder: &Path) -> [PathBuf; 2] {
    let out = folder.join("runs");
    let model = "models/two-plants";
    let (code, _, stderr) =
        run(&["run", model, "-s", "base", "-s", "no-cap", "--out", text(&out)]);
    assert_eq!(code, 0, "{stderr}");
    [out.join("base"), out.join("no-cap")]
}

fn export(form: &str, runs: &[PathBuf], out: &Path) -> (i32, String) {
    let mut arguments = vec!["export", form];
    arguments.extend(runs.iter().map(|run| text(run)));
    arguments.extend(["--out", text(out)]);
    let (code, _, stderr) = run(&arguments);
    (code, stderr)
}

/// Whether a cell of a sheet has a text; an empty one has none.
fn says(cell: &Data, text: &str) -> bool {
    cell.as_string().unwrap_or_default() == text
}

/// By hand: coal emits 5 Mt at 5 TWh, so 6.8 Mt leave 5 TWh each to coal and gas. Without the cap coal
/// makes all it can.
#[test]
fn a_database_has_the_tables_of_both_runs() {
    let temp = tempfile::tempdir().unwrap();
    let (runs, out) = (runs(temp.path()), temp.path().join("both.sqlite"));
    assert_eq!(export("sqlite", &runs, &out), (0, String::new()));
    let database = Connection::open(&out).unwrap();
    let number =
        |query: &str| -> f64 { database.query_row(query, [], |row| row.get(0)).unwrap() };
    let coal = |scenario: &str| {
        number(&format!(
            "SELECT value FROM generation_annual WHERE scenario = '{scenario}' AND process = 'coal_plant' \
             AND year = 2030"
        ))
    };
    assert!((coal("base") - 18.0).abs() < 1e-9, "{}", coal("base"));
    assert!(coal("no-cap") > 20.0, "{}", coal("no-cap"));
    // money of the table is that of the summary, to the last digit
    for folder in &runs {
        let summary = json(&folder.join("summary.json"));
        let scenario = summary["scenario"].as_str().unwrap();
        let query = format!("SELECT objective FROM runs WHERE scenario = '{scenario}'");
        assert_eq!(number(&query), summary["objective"].as_f64().unwrap());
        let query = format!(
            "SELECT sum(value) FROM costs \
                             WHERE item = 'present_value' AND scenario = '{scenario}'"
        );
        let objective = summary["objective"].as_f64().unwrap();
        assert!((number(&query) - objective).abs() < 1e-9 * objective);
    }
    // the queries of the book are for names that are there
    let book = fs::read_to_string(repository().join("docs/src/results.md")).unwrap();
    let queries: Vec<&str> =
        book.split("```sql").skip(1).filter_map(|s| s.split("```").next()).collect();
    assert_eq!(queries.len(), 2);
    queries.iter().for_each(|query| database.execute_batch(query).unwrap());
    // every row of every table of the folders is there
    let described = json(&runs[0].join("datapackage.json"));
    for resource in described["resources"].as_array().unwrap() {
        let name = resource["name"].as_str().unwrap();
        let rows = |folder: &PathBuf| {
            let file = folder.join(resource["path"].as_str().unwrap());
            csv::Reader::from_path(file).unwrap().records().count()
        };
        let there = number(&format!("SELECT count(*) FROM \"{name}\""));
        let wanted: usize = runs.iter().map(rows).sum();
        #[expect(clippy::cast_precision_loss, reason = "some hundred rows")]
        let wanted = wanted as f64;
        assert_eq!(there, wanted, "{name}");
    }
}

/// Names and types of columns are those of the files: who reads by them reads everything.
#[test]
fn the_data_package_describes_the_tables() {
    let temp = tempfile::tempdir().unwrap();
    let [folder, _] = runs(temp.path());
    let described = json(&folder.join("datapackage.json"));
    let resources = described["resources"].as_array().unwrap();
    let files = fs::read_dir(folder.join("tables")).unwrap().count();
    assert_eq!(resources.len(), files);
    for resource in resources {
        let file = folder.join(resource["path"].as_str().unwrap());
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let mut reader = csv::Reader::from_path(file).unwrap();
        let names: Vec<&str> =
            fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert!(
            reader.headers().unwrap().iter().eq(names.iter().copied()),
            "{}",
            resource["name"]
        );
        for record in reader.records() {
            for (cell, field) in record.unwrap().iter().zip(fields) {
                let fits = match field["type"].as_str().unwrap() {
                    "number" => cell.is_empty() || cell.parse::<f64>().is_ok(),
                    "year" => cell.parse::<i32>().is_ok(),
                    kind => kind == "string",
                };
                assert!(fits, "{}: `{cell}` is no {field}", resource["name"]);
            }
        }
    }
}

/// The sheet of pathways has what the summary has, by year; that of the balance adds up.
#[test]
fn a_workbook_has_pathways_and_a_balance_that_adds_up() {
    let temp = tempfile::tempdir().unwrap();
    let (runs, out) = (runs(temp.path()), temp.path().join("both.xlsx"));
    assert_eq!(export("xlsx", &runs, &out), (0, String::new()));
    let mut book: Xlsx<_> = open_workbook(&out).unwrap();
    let pathways = book.worksheet_range("Pathways").unwrap();
    let at = |name: &str| {
        let header = pathways.rows().next().unwrap();
        header.iter().position(|cell| says(cell, name)).unwrap()
    };
    let row = |wanted: [&str; 3]| {
        let keys = ["scenario", "quantity", "by"].map(at);
        let is =
            |row: &&[Data]| keys.iter().zip(wanted).all(|(key, text)| says(&row[*key], text));
        pathways.rows().find(is).unwrap_or_else(|| panic!("{wanted:?}"))
    };
    // 18 PJ are 5 TWh
    let coal = row(["base", "output", "coal"])[at("2030")].as_f64().unwrap();
    assert!((coal - 5.0).abs() < 1e-9, "{coal}");
    let summary: Value = json(&runs[1].join("summary.json"));
    let emitted = summary["emissions"]["co2"]["2030"].as_f64().unwrap();
    assert_eq!(row(["no-cap", "emissions", ""])[at("2030")], Data::Float(emitted));
    let balance = book.worksheet_range("Energy balance").unwrap();
    let column = balance.rows().next().unwrap();
    let coal = column.iter().position(|cell| says(cell, "coal, PJ/a")).unwrap();
    for scenario in ["base", "no-cap"] {
        let of = balance.rows().filter(|row| says(&row[0], scenario));
        let amounts: Vec<f64> = of.filter_map(|row| row[coal].as_f64()).collect();
        assert!(amounts.len() > 1 && amounts[0] > 0.0, "{amounts:?}");
        assert!(amounts.iter().sum::<f64>().abs() < 1e-9, "what is dug is burnt: {amounts:?}");
    }
}

#[test]
fn the_same_runs_give_the_same_bytes() {
    let temp = tempfile::tempdir().unwrap();
    let runs = runs(temp.path());
    for form in ["sqlite", "xlsx"] {
        let files = ["first", "second"].map(|name| temp.path().join(format!("{name}.{form}")));
        files.iter().for_each(|file| assert_eq!(export(form, &runs, file).0, 0));
        let [first, second] = files.map(|file| fs::read(file).unwrap());
        assert!(first == second, "{form}");
    }
}

#[test]
fn what_cannot_be_told_apart_or_would_be_lost_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    let runs = runs(temp.path());
    let out = temp.path().join("out.xlsx");
    let (code, said) = export("xlsx", &[runs[0].clone(), runs[0].clone()], &out);
    assert!(code == 1 && said.contains("are both of scenario base"), "{said}");
    let (code, said) = export("xlsx", &[temp.path().join("runs")], &out);
    assert!(code == 1 && said.contains("is no folder of results"), "{said}");
    assert!(!out.exists());
    fs::write(&out, "mine").unwrap();
    let (code, said) = export("xlsx", &runs, &out);
    assert!(code == 2 && said.contains("is there already"), "{said}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    fs::remove_file(runs[0].join("datapackage.json")).unwrap();
    let (code, said) = export("sqlite", &runs, &temp.path().join("out.sqlite"));
    assert!(code == 1 && said.contains("run the model again"), "{said}");
}
