//! Policy models solved apart from us, with the answers they must have: taxes, caps, budgets,
//! shares, subsidies. `POLICY` picks some by their name, such as `P51`.
//!
//! They stand beside the repository, in `../shared/oracles/policy`; where they do not, the test
//! says so and passes.

use std::path::Path;

use kzleap_accounts::Accounts;
use kzleap_report::sheet::Cell;
use kzleap_report::tables;
use kzleap_study::input::{Change, Tree};
use kzleap_study::model::{Model, Solution};
use kzleap_study::solver::SolveError;
use kzleap_study::{Plan, optimise};
use kzleap_tests::outside::{close, oracles, with_half_a_year_of_interest};
use serde_json::Value;

/// Oracles with interest on what is built. Their annuity is the capital recovery factor, for
/// payments at the ends of years, but discounted from their middle, so that an investment costs
/// them (1 + rate)^½ of its overnight cost. Ours costs the overnight cost: raised by as much, all
/// their figures hold.
const PAID_AT_THE_ENDS_OF_YEARS: &[&str] = &["P36", "P46"];

/// Figures of the oracle with interest and a subsidy, calculated anew by year.
///
/// Our annuity is theirs over 1.05^½, of the investment and of what the fund gives. The plan stays:
/// 200 / 700 GW built for the first decade, 200 / 650 for the second, as far as the fund goes; the
/// coal it saves is 2.8908 TWh a GW at 30 USD/MWh.
fn calculated_anew(oracle: &str, check: &Value) -> Option<f64> {
    if oracle != "P51" {
        return None;
    }
    let annuity = 0.05 / (1.0 - 1.05_f64.powi(-20)) / 1.05_f64.sqrt();
    let (first, second) = (200.0 / 700.0, 200.0 / 650.0);
    let yearly = |built: f64, subsidy: f64| {
        30.0 * (10.0 - 2.8908 * built) + (1400.0 * annuity + 25.0) * built - subsidy * annuity
    };
    let decade = |from: i32| -> f64 {
        (from..from + 10).map(|t| 1.05_f64.powf(-(f64::from(t) + 0.5))).sum()
    };
    let (early, late) = (yearly(first, 200.0), yearly(first + second, 400.0));
    match (check["what"].as_str()?, check["year"].as_str()) {
        ("objective", _) => Some(early * decade(0) + late * decade(10)),
        ("annual_sum", Some("2030")) => Some(early),
        ("annual_sum", Some("2040")) => Some(late),
        _ => None,
    }
}

#[test]
fn policy_models_agree_with_what_was_solved_apart_from_us() {
    let Some(folder) = oracles("policy") else { return };
    let text = std::fs::read_to_string(folder.join("oracles.json")).expect("it can be read");
    let all: Value = serde_json::from_str(&text).expect("it is JSON");
    let picked = std::env::var("POLICY").ok();
    let (mut checked, mut wrong) = (0, Vec::new());
    for oracle in all["oracles"].as_array().expect("a list") {
        let id = oracle["id"].as_str().expect("a name");
        if picked.as_deref().is_some_and(|picked| picked != id) {
            continue;
        }
        for (name, case) in oracle["kzleap"]["cases"].as_object().into_iter().flatten() {
            checked += 1;
            let found = run(id, case);
            wrong.extend(found.into_iter().map(|text| format!("{id} {name}: {text}")));
        }
    }
    println!("{checked} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(picked.is_some() || checked > 40, "only {checked} cases");
}

/// Solves a case; what is not as it must be.
fn run(id: &str, case: &Value) -> Vec<String> {
    let temp = tempfile::tempdir().expect("a folder can be made");
    for (file, text) in case["files"].as_object().expect("files") {
        let path = temp.path().join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text.as_str().expect("text")).expect("it can be written");
    }
    let files = kzleap_migrate::migrate(temp.path()).expect("it can be migrated");
    kzleap_migrate::write_in_place(temp.path(), &files).expect("it can be written");
    let checks = case["checks"].as_array().expect("checks");
    if let Some(sweep) = case["sweep"].as_str() {
        return along(temp.path(), sweep, case["unit"].as_str(), &checks[0]["points"]);
    }
    let input = kzleap_study::input::read(temp.path(), None);
    let Some(mut model) = input.model else { return vec!["it is refused".to_owned()] };
    if PAID_AT_THE_ENDS_OF_YEARS.contains(&id) {
        with_half_a_year_of_interest(&mut model);
    }
    let options = kzleap_study::solver::Options { alternatives: true, ..Default::default() };
    let plan = optimise(&model, &options, Default::default());
    if checks.iter().any(|check| check["what"] == "status" && check["value"] == "infeasible") {
        let infeasible = matches!(plan, Err(SolveError::Infeasible));
        return if infeasible { Vec::new() } else { vec!["it has a plan".to_owned()] };
    }
    match plan {
        Ok(plan) => checks.iter().filter_map(|check| off(id, &model, &plan, check)).collect(),
        Err(error) => vec![error.to_string()],
    }
}

/// What is off by a check, if anything.
fn off(id: &str, model: &Model, plan: &Plan, check: &Value) -> Option<String> {
    let solution = &plan.solution;
    let wanted = calculated_anew(id, check).or_else(|| check["value"].as_f64());
    let found = match check["what"].as_str()? {
        "objective" => solution.objective,
        "annual_sum" => {
            let year: i32 = check["year"].as_str()?.parse().ok()?;
            let accounts = Accounts::new(model, solution);
            let of_year = accounts.annual_costs().iter().filter(|cost| {
                model.time.years[kzleap_study::model::YearIx::new(cost.year)].milestone == year
            });
            of_year.map(|cost| cost.value).sum()
        }
        "table" => value(model, solution, check) * check["factor"].as_f64().unwrap_or(1.0),
        "between" => {
            let found = value(model, solution, check);
            let (low, high) = (check["low"].as_f64()?, check["high"].as_f64()?);
            let inside =
                (found >= low || close(found, low)) && (found <= high || close(found, high));
            return (!inside).then(|| format!("{check}: {found}"));
        }
        "flag" => {
            let alternative = solution.alternative.as_ref()?;
            let here = value(model, solution, check);
            let maybe = !close(here, value(model, alternative, check));
            return (maybe != (check["value"] == "maybe")).then(|| format!("{check}: {maybe}"));
        }
        other => return Some(format!("nobody knows how to check `{other}`")),
    };
    let wanted = wanted?;
    (!close(found, wanted)).then(|| format!("{check}: {found}, must be {wanted}"))
}

/// The value of the one row of a table that a check speaks of; 0 if there is none.
fn value(model: &Model, solution: &Solution, check: &Value) -> f64 {
    let accounts = Accounts::new(model, solution);
    let sheets = tables::ALL.iter().map(|table| table(&accounts));
    let sheet = sheets.into_iter().find(|sheet| check["table"] == sheet.name);
    let sheet = sheet.unwrap_or_else(|| panic!("{check}: no such table"));
    let column = |key: &str| sheet.columns.iter().position(|column| column.key == key);
    let wanted: Vec<(Option<usize>, &Value)> = (check["where"].as_object())
        .into_iter()
        .flatten()
        .map(|(key, value)| (column(key), value))
        .collect();
    let said = |cell: &Cell<'_>| match cell {
        Cell::Text(text) => text.to_string(),
        Cell::Year(year) => year.to_string(),
        Cell::Number(value) => value.to_string(),
    };
    let mut rows = sheet.rows().filter(|row| {
        wanted.iter().all(|(at, value)| at.is_some_and(|at| **value == said(&row[at])))
    });
    let Some(row) = rows.next() else { return 0.0 };
    assert!(rows.next().is_none(), "{check}: several rows");
    match row[column("value").expect("a column of values")] {
        Cell::Number(value) => value,
        _ => panic!("{check}: not a number"),
    }
}

/// Moves a number (`path=from:to:points`) and holds each cost to the line between given points.
fn along(folder: &Path, sweep: &str, unit: Option<&str>, points: &Value) -> Vec<String> {
    let (path, range) = sweep.split_once('=').expect("a path and a range");
    let numbers: Vec<f64> = range.split(':').map(|n| n.parse().expect("a number")).collect();
    let points: Vec<[f64; 2]> = serde_json::from_value(points.clone()).expect("pairs");
    let mut wrong = Vec::new();
    let last = numbers[2] - 1.0;
    let mut at = 0.0;
    let tree = Tree::read(folder);
    while at <= last {
        let value = numbers[0] + (numbers[1] - numbers[0]) * at / last;
        at += 1.0;
        let change = Change::set_in(path, value, unit.map(str::to_owned));
        let input = tree.with(&[change]).input();
        let plan =
            input.model.map(|model| optimise(&model, &Default::default(), Default::default()));
        let line = points.windows(2).find(|pair| value <= pair[1][0] + 1e-12);
        let (Some(Ok(plan)), Some([from, to])) = (plan, line) else {
            wrong.push(format!("no plan at {value}"));
            continue;
        };
        let wanted = from[1] + (to[1] - from[1]) * (value - from[0]) / (to[0] - from[0]);
        if !close(plan.solution.objective, wanted) {
            wrong.push(format!("at {value}: {}, must be {wanted}", plan.solution.objective));
        }
    }
    wrong
}
