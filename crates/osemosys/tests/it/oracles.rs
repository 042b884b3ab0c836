//! Other people's models: the same optimum as OSeMOSYS's own equations find.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kzleap_model::Solution;
use kzleap_model::policy::{ActivityLimit, ActivityWindow};
use kzleap_osemosys::results::{RESULTS, each};
use kzleap_osemosys::{Data, Imported, to_model};

use crate::support::{oracles, read_path, solve};

/// Every model with the objective to reach.
fn cases() -> Vec<(PathBuf, f64)> {
    let Some(root) = oracles() else { return Vec::new() };
    let mut cases = Vec::new();
    for entry in fs::read_dir(root).expect("the folder can be read") {
        let folder = entry.expect("an entry").path();
        let Ok(text) = fs::read_to_string(folder.join("reference.json")) else { continue };
        let reference: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let expected = reference["expected_objective"].as_f64().expect("an objective");
        for name in ["data.txt", "data_as_published.txt"] {
            let path = folder.join(name);
            if path.is_file() {
                cases.push((path, expected));
            }
        }
    }
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

#[test]
fn every_model_reaches_its_expected_objective() {
    let mut wrong = Vec::new();
    for (path, expected) in cases() {
        let imported = to_model(&read_path(&path));
        let found = solve(&imported.model).map(|solution| solution.objective);
        let line = match &found {
            Ok(found) => {
                let off = (found - expected).abs() / expected.abs();
                format!("{found:.9e} for {expected:.9e}, off by {off:.1e}")
            }
            Err(error) => format!("{error} for {expected:.9e}"),
        };
        println!("{}: {line}", path.display());
        if !found.is_ok_and(|found| (found - expected).abs() <= 1e-6 * expected.abs()) {
            wrong.push(format!("{}: {line}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One row of a reference table: its indices, its value in one optimum, and whether it is the
/// same in several.
struct Known {
    names: Vec<String>,
    value: f64,
    unique: bool,
}

fn known(path: &Path) -> Vec<Known> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.expect("a row");
        let indices = record.len() - 4;
        // where other optima were not looked for, any value may be one
        let cell = |at: usize, unknown: f64| match &record[indices + at] {
            "" => unknown,
            text => text.parse().expect("a number"),
        };
        rows.push(Known {
            names: record.iter().take(indices).map(str::to_owned).collect(),
            value: cell(0, f64::NAN),
            unique: cell(3, 0.0) > 0.5,
        });
    }
    rows
}

fn table(name: &str, data: &Data, imported: &Imported, solution: &Solution) -> Found {
    let result = RESULTS.iter().find(|result| result.name == name).expect("a table we write");
    let mut found = Found::new();
    each(result, (data, &imported.map), (&imported.model, solution), &mut |names, value| {
        found.insert(names.iter().map(|name| (*name).to_owned()).collect(), value);
    });
    found
}

type Found = BTreeMap<Vec<String>, f64>;

/// Rows that are the same in all optima known but differ in ours.
fn differing(folder: &Path, data: &Data, imported: &Imported, solution: &Solution) -> Vec<Row> {
    let mut rows = Vec::new();
    let Ok(files) = fs::read_dir(folder.join("results")) else { return rows };
    for file in files {
        let file = file.expect("an entry").path();
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let found = table(&name, data, imported, solution);
        for row in known(&file).into_iter().filter(|row| row.unique) {
            let value = found.get(&row.names).copied().unwrap_or(0.0);
            if (value - row.value).abs() > 1e-5 * row.value.abs().max(1e-3) {
                rows.push(Row { table: name.clone(), names: row.names, known: row.value });
            }
        }
    }
    rows
}

/// A row of a result table, as known and as found.
#[derive(Debug)]
struct Row {
    table: String,
    names: Vec<String>,
    known: f64,
}

/// Holds activities at what is known of them.
fn pin(imported: &Imported, rows: &[Row]) -> Imported {
    let mut pinned = imported.clone();
    let model = &mut pinned.model;
    for row in rows.iter().filter(|row| row.table == "TotalTechnologyAnnualActivity") {
        let process = model
            .processes
            .position(|process| {
                process.name == row.names[1]
                    && model.regions[process.region].name == row.names[0]
            })
            .expect("a process");
        let mut lower = vec![0.0; model.time.years.len()];
        let mut upper = vec![f64::INFINITY; model.time.years.len()];
        let named = |year: &kzleap_model::Year| year.milestone.to_string() == row.names[2];
        let y = model.time.years.position(named).expect("a year");
        (lower[y.get()], upper[y.get()]) = (row.known, row.known);
        model.activity_limits.push(ActivityLimit {
            name: "pinned".to_owned(),
            processes: vec![(process, None)],
            window: ActivityWindow::EachYear { lower, upper },
        });
    }
    pinned
}

/// The reference calls a row unique when a handful of optima agree on it. Where ours does not,
/// the known value must be part of an optimum too: with it held, nothing costs more, and then
/// every other row agrees.
#[test]
fn every_result_table_agrees_with_the_optima_known() {
    let mut wrong = Vec::new();
    for (path, _) in cases().into_iter().filter(|(path, _)| path.ends_with("data.txt")) {
        let folder = path.parent().expect("a folder");
        let data = read_path(&path);
        let imported = to_model(&data);
        let solution = solve(&imported.model).expect("an optimum");
        let mut rows = differing(folder, &data, &imported, &solution);
        if !rows.is_empty() {
            let pinned = pin(&imported, &rows);
            let again = solve(&pinned.model).expect("an optimum with known activities");
            let more = (again.objective - solution.objective) / solution.objective.abs();
            println!("{}: {} rows held; costs {more:.1e} more", folder.display(), rows.len());
            assert!(more.abs() < 1e-8, "{}: {more}, {rows:?}", folder.display());
            rows = differing(folder, &data, &pinned, &again);
        }
        wrong.extend(rows.into_iter().map(|row| format!("{}: {row:?}", folder.display())));
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// Holds every yearly activity and all building at what the reference has, a hair wider than
/// the digits it is written with.
fn hold_all(folder: &Path, imported: &Imported) -> Imported {
    let mut held = imported.clone();
    let read = |name: &str| -> Found {
        let rows = known(&folder.join("results").join(format!("{name}.csv")));
        rows.into_iter().map(|row| (row.names, row.value)).collect()
    };
    let (activity, built) = (read("TotalTechnologyAnnualActivity"), read("NewCapacity"));
    let model = &mut held.model;
    let years: Vec<String> =
        model.time.years.iter().map(|year| year.milestone.to_string()).collect();
    let regions: Vec<String> = model.regions.iter().map(|r| r.name.clone()).collect();
    let around = |of: &Found, region: &str, name: &str| -> (Vec<f64>, Vec<f64>) {
        let value = |year: &String| {
            let names = vec![region.to_owned(), name.to_owned(), year.clone()];
            of.get(&names).copied().unwrap_or(0.0)
        };
        let slack = |value: f64| 1e-6 * (value.abs() + 0.1);
        let values: Vec<f64> = years.iter().map(value).collect();
        let lower = values.iter().map(|v| (v - slack(*v)).max(0.0)).collect();
        (lower, values.iter().map(|v| v + slack(*v)).collect())
    };
    for (p, process) in model.processes.iter_ix() {
        let (lower, upper) = around(&activity, &regions[process.region.get()], &process.name);
        model.activity_limits.push(ActivityLimit {
            name: "held".to_owned(),
            processes: vec![(p, None)],
            window: ActivityWindow::EachYear { lower, upper },
        });
    }
    let technologies: Vec<_> =
        imported.map.technologies.iter().filter_map(|technology| technology.capacity).collect();
    for k in technologies {
        let capacity = &mut model.capacities[k];
        let (lower, upper) = around(&built, &regions[capacity.region.get()], &capacity.name);
        if let Some(investment) = &mut capacity.investment {
            (investment.lower, investment.upper) = (lower, upper);
        }
    }
    held
}

/// Optima are many, and the reference holds one of them and ranges over a few more. That one is
/// an optimum of our program too: with all its activity and building held, nothing costs more.
/// So where our plan differs from it, or lies outside the ranges, both are optimal.
#[test]
fn the_plan_of_the_reference_is_an_optimum_of_ours() {
    for (path, _) in cases().into_iter().filter(|(path, _)| path.ends_with("data.txt")) {
        let folder = path.parent().expect("a folder");
        // the tables of `indonesia_bau` are those of the verbose variant: they use fuel TRA_BUS,
        // which nothing makes, and so no plan of the intended equations
        if folder.ends_with("indonesia_bau") || !folder.join("results").is_dir() {
            continue;
        }
        let imported = to_model(&read_path(&path));
        let ours = solve(&imported.model).expect("an optimum").objective;
        let held = solve(&hold_all(folder, &imported).model);
        let held = held.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let more = (held.objective - ours) / ours.abs();
        println!("{}: costs {more:.1e} more", folder.display());
        assert!(more.abs() < 1e-6, "{}: {more}", folder.display());
    }
}

/// The costs in the result tables add up to the objective.
#[test]
fn discounted_costs_add_up_to_the_objective() {
    for (path, _) in cases().into_iter().filter(|(path, _)| path.ends_with("data.txt")) {
        let data = read_path(&path);
        let imported = to_model(&data);
        let solution = solve(&imported.model).expect("an optimum");
        let total: f64 =
            table("TotalDiscountedCost", &data, &imported, &solution).values().sum();
        let off = (total - solution.objective).abs() / solution.objective.abs();
        assert!(off < 1e-9, "{}: {total} is not {}", path.display(), solution.objective);
    }
}
