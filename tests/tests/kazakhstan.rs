//! The model of Kazakhstan against statistics and its own policy.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeMap;
use std::fs;

use kzleap::Plan;
use kzleap::input::Given;
use kzleap::model::{Model, YearIx};
use kzleap_tests::{long_checks, model, repository, solve};

/// TWh in one PJ.
const TWH: f64 = 1.0 / 3.6;

/// Electricity made in domestic regions in the first year by fuel, TWh; storage does not make any.
fn generation_by_fuel(model: &Model, plan: &Plan) -> BTreeMap<String, f64> {
    let electricity = model.commodities.position(|c| c.name == "electricity").unwrap();
    let first = YearIx::new(0);
    let mut made = BTreeMap::new();
    for (p, process) in model.processes.iter_ix() {
        if !model.regions[process.region].domestic || process.is_storage() {
            continue;
        }
        let fuel = process.category.split(' ').next().unwrap().to_owned();
        for (m, mode) in process.modes.iter().enumerate() {
            for (_, ratio) in mode.outputs.iter().filter(|(c, _)| *c == electricity) {
                for node in 0..model.time.node_count(process.tier) {
                    let ratio = model.time.mean_at(ratio, process.tier, node, first);
                    let activity = plan.solution.activity[p.get()][(m, node, 0)];
                    *made.entry(fuel.clone()).or_default() += ratio * activity * TWH;
                }
            }
        }
    }
    made
}

/// Generation of 2023 by fuel is within 2% of the chosen statistics, `data/generation_2023.csv`.
///
/// The first three milestone years are enough for that, and take a second instead of twenty.
#[test]
fn the_base_year_is_that_of_the_statistics() {
    let given = |path: &str, value: &str| Given {
        path: path.to_owned(),
        value: value.to_owned(),
        unit: None,
    };
    let folder = repository().join("models/kazakhstan");
    let changes =
        [given("time.years", "[2023, 2025, 2030]"), given("time.horizon_end", "2034")];
    let input = kzleap::input::read_changed(&folder, Some("neutrality-2060"), &changes);
    let model = input.model.expect("the model has no errors");
    let plan = solve(&model);

    let made = generation_by_fuel(&model, &plan);
    let table = fs::read_to_string(repository().join("data/generation_2023.csv")).unwrap();
    let mut compared = 0;
    for row in table.lines().filter(|row| row.starts_with("target,")) {
        let cells: Vec<&str> = row.split(',').collect();
        let (fuel, statistics) = (cells[1], cells[3].parse::<f64>().unwrap());
        let difference = made[fuel] / statistics - 1.0;
        assert!(difference.abs() < 0.02, "{fuel}: {} TWh, statistics {statistics}", made[fuel]);
        compared += 1;
    }
    assert_eq!(compared, 5);
    let unserved: f64 = plan.solution.balances.iter().map(|b| b.unserved.sum()).sum();
    assert!(unserved < 1e-6, "{unserved} PJ unserved");
}

/// The whole road to 2060: the caps hold, the last year is neutral, nobody goes without power.
#[test]
fn neutrality_ends_at_zero() {
    if !long_checks() {
        return;
    }
    let model = model("kazakhstan", Some("neutrality-2060"));
    assert!(model.time.slices.len() >= 48);
    let milestones: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
    assert_eq!(milestones, [2023, 2025, 2030, 2035, 2040, 2045, 2050, 2055, 2060]);
    let plan = solve(&model);
    let unserved: f64 = plan.solution.balances.iter().map(|b| b.unserved.sum()).sum();
    assert!(unserved < 1e-6, "{unserved} PJ unserved");
    // CO2e with land use, warming potentials of the fifth assessment report
    let potentials =
        [("co2", 1.0), ("ch4", 28.0), ("n2o", 265.0), ("f_gases", 1.0), ("land_use", 1.0)];
    let of_year = |year: usize| -> f64 {
        let mut all = 0.0;
        for (name, potential) in potentials {
            let gas = model.emissions.position(|e| e.name == name).unwrap();
            for (r, region) in model.regions.iter_ix() {
                if region.domestic {
                    all += potential * plan.solution.emissions[(gas.get(), r.get(), year)];
                }
            }
        }
        all
    };
    assert!((300.0..380.0).contains(&of_year(0)), "2023: {} Mt", of_year(0));
    assert!(of_year(2) < 290.0 + 1e-6, "2030: {} Mt", of_year(2));
    assert!(of_year(8).abs() < 1e-6, "2060: {} Mt", of_year(8));
}

/// Every scenario can be read without a finding.
#[test]
fn every_scenario_is_sound() {
    let names = kzleap::input::scenarios(&repository().join("models/kazakhstan"));
    assert_eq!(names.len(), 12, "the base and eleven scenarios: {names:?}");
    for scenario in names.iter().map(|scenario| scenario.name.as_str()) {
        let folder = repository().join("models/kazakhstan");
        let input = kzleap::input::read(&folder, Some(scenario));
        let findings: Vec<String> = input
            .diagnostics
            .iter()
            .map(|finding| kzleap::diagnostics::render(finding, &input.sources))
            .collect();
        assert!(findings.is_empty(), "{scenario}: {}", findings.join("\n"));
        assert!(input.model.is_some());
    }
}
