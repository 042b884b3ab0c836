//! Every case of NEMO's own test suite, with the values it expects (`NEMO_CASE` picks some by
//! their name, `NEMO_LOG` shows the solver's log).
//!
//! The databases stand beside the repository, in `../shared/oracles/nemo`; where they do not, the
//! test says so and passes.

use std::path::{Path, PathBuf};
use std::time::Instant;

use kzleap_nemo::{NemoOptions, read, write_results};
use kzleap_study::Plan;
use rusqlite::Connection;
use serde_json::Value;

use crate::solving::solve_with;

fn oracles() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/oracles/nemo");
    if folder.join("cases.json").is_file() {
        return Some(folder);
    }
    println!("SKIPPED: no oracles at {}", folder.display());
    None
}

/// Copies a database of a case and changes it as the case says.
fn prepare(oracles: &Path, case: &Value, folder: &Path) -> PathBuf {
    let id = case["id"].as_str().unwrap();
    let path = folder.join(format!("{id}.sqlite"));
    let bytes =
        std::fs::read(oracles.join("db").join(case["database"].as_str().unwrap())).unwrap();
    std::fs::write(&path, bytes).unwrap();
    let connection = Connection::open(&path).unwrap();
    for sql in case["sql_before"].as_array().unwrap() {
        connection.execute_batch(sql.as_str().unwrap()).unwrap();
    }
    path
}

fn options(case: &Value) -> NemoOptions {
    let year = |value: &Value| i32::try_from(value.as_i64().unwrap()).unwrap();
    let calcyears = match case["calcyears"].as_array() {
        None => Vec::new(),
        Some(list) if list.iter().all(Value::is_i64) => vec![list.iter().map(year).collect()],
        Some(list) => list
            .iter()
            .map(|plan| plan.as_array().unwrap().iter().map(year).collect())
            .collect(),
    };
    NemoOptions {
        calcyears,
        vars: kzleap_nemo::variables().into_iter().map(str::to_owned).collect(),
        continuous_transmission: case["continuoustransmission"].as_bool() == Some(true),
        report_zeros: false,
        correct: false,
    }
}

/// The value a check speaks of: the row of that year (and number among its rows).
fn found(connection: &Connection, check: &Value) -> Option<f64> {
    let table = check["variable"].as_str().unwrap();
    let mut wanted: Vec<String> =
        check["where"].as_str().map(str::to_owned).into_iter().collect();
    for (column, value) in check["key"].as_object().unwrap() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        wanted.push(format!("{column} = '{value}'"));
    }
    if wanted.is_empty() {
        wanted.push("1".to_owned());
    }
    let sql = format!("select val from {table} where {} order by y", wanted.join(" and "));
    connection.query_row(&sql, [], |row| row.get(0)).ok()
}

/// Runs one case; returns a line for the table of cases, and what is wrong.
#[expect(clippy::too_many_lines, reason = "one case from reading to comparing")]
fn run(oracles: &Path, case: &Value) -> (String, Vec<String>) {
    let id = case["id"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = prepare(oracles, case, folder.path());
    let start = Instant::now();
    let reading = read(&path);
    let read_seconds = start.elapsed().as_secs_f64();
    let errors: Vec<String> =
        reading.diagnostics.iter().map(|finding| finding.message.clone()).collect();
    let Some(data) = reading.data else {
        return (format!("{id} unreadable"), errors);
    };
    let options = options(case);
    // its 96 choices of direction are proved to 2e-4 in seconds, to 1e-6 not in minutes
    let gap = (id == "nemo_31").then_some(2e-4);
    let solver = kzleap_solver::Options { integer_gap: gap, ..Default::default() };
    let log = |line: &str| print!("{line}");
    let control = kzleap_solver::Control {
        stop: None,
        log: std::env::var_os("NEMO_LOG").map(|_| &log as &(dyn Fn(&str) + Sync)),
    };
    let (outcome, plans) = match solve_with(&data, &options, &solver, control) {
        Ok(solved) => solved,
        Err(failed) => {
            return (format!("{id} {}", failed.error), vec![failed.error.to_string()]);
        }
    };
    let start = Instant::now();
    write_results(&path, &data, &outcome, &options).unwrap();
    let write_seconds = start.elapsed().as_secs_f64();
    let mut wrong = Vec::new();
    let expected = case["proto_total_discounted_cost"].as_f64().unwrap();
    let total = outcome.total_discounted_cost();
    let off = (total - expected) / expected;
    if off.abs() > gap.unwrap_or(1e-6) {
        wrong.push(format!("{id}: total {total}, expected {expected}"));
    }
    let connection = Connection::open(&path).unwrap();
    let saved: f64 = connection
        .query_row("select sum(val) from vtotaldiscountedcost", [], |row| row.get(0))
        .unwrap();
    assert!(
        (saved - total).abs() < 1e-6 * total.abs(),
        "{id}: {saved} saved, {total} calculated"
    );
    let mut furthest: f64 = 0.0;
    for check in case["checks"].as_array().unwrap() {
        if let Some(most) = check["abs_max"].as_f64() {
            let value = found(&connection, check).unwrap_or(0.0);
            if value.abs() > most {
                wrong.push(format!("{id}: {check}: {value}"));
            }
        }
        let (Some(value), Some(tolerance)) = (check["value"].as_f64(), check["atol"].as_f64())
        else {
            continue;
        };
        match found(&connection, check) {
            Some(found) => {
                furthest = furthest.max((found - value).abs());
                if (found - value).abs() > tolerance {
                    wrong.push(format!("{id}: {check}: {found}"));
                }
            }
            None if value.abs() <= tolerance => {} // zeros are not saved
            None => wrong.push(format!("{id}: {check}: no row")),
        }
    }
    if let (Some(asserts), Some(queries)) =
        (case["extra_asserts"].as_array(), case["extra_queries"].as_array())
    {
        assert_eq!(asserts.len(), 1, "the one case with more asks for 0.5 at least");
        let sql = queries[0].as_str().unwrap();
        let value: f64 = connection.query_row(sql, [], |row| row.get(0)).unwrap();
        if value < 0.5 - 1e-6 {
            wrong.push(format!("{id}: {sql}: {value}"));
        }
    }
    let seconds = |of: fn(&Plan) -> f64| plans.iter().map(of).sum::<f64>();
    let line = format!(
        "{id} {total:.6} off {off:+.1e}, values within {furthest:.1e}; seconds: read \
         {read_seconds:.2}, build {:.2}, solve {:.1}, extract {:.2}, write all {write_seconds:.2}",
        seconds(|plan| plan.build_seconds),
        seconds(|plan| plan.solve_seconds),
        seconds(|plan| plan.extract_seconds),
    );
    (line, wrong)
}

#[test]
fn every_case_of_the_suite_has_its_values() {
    let Some(oracles) = oracles() else { return };
    let text = std::fs::read_to_string(oracles.join("cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let only = std::env::var("NEMO_CASE").ok();
    let mut wrong = Vec::new();
    for case in cases.iter().filter(|case| {
        only.as_deref().is_none_or(|only| case["id"].as_str().unwrap().contains(only))
    }) {
        let (line, more) = run(&oracles, case);
        println!("{line}{}", if more.is_empty() { "" } else { "  <-- WRONG" });
        wrong.extend(more);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
