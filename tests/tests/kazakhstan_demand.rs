//! What homes, services and transport of Kazakhstan take in the base year, against the table of
//! demand by sector.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeMap;
use std::fs;

use kzleap_study::Plan;
use kzleap_study::input::{Change, Tree};
use kzleap_study::model::{Model, YearIx};
use kzleap_tests::{in_its_slices, repository, solve};

/// Rows of the balance below which this test adds up.
const SECTORS: [&str; 3] = ["final/households", "final/services", "final/transport"];

/// PJ by row of the balance and fuel.
type Uses = BTreeMap<(String, String), f64>;

/// The row of the balance that a branch of `data/demand_sectors.csv` belongs to.
fn row_of(sector: &str, branch: &str) -> Option<&'static str> {
    match (sector, branch) {
        ("households", _) => Some("final/households"),
        ("services", _) => Some("final/services"),
        ("transport", "cars and buses") => Some("final/transport/road passenger"),
        ("transport", "trucks") => Some("final/transport/road freight"),
        ("transport", "rail") => Some("final/transport/rail"),
        ("transport", "\"air, domestic\"") => Some("final/transport/air"),
        ("transport", "inland water") => Some("final/transport/water"),
        // pipelines stand with the energy industry
        _ => None,
    }
}

/// Splits a line at commas outside quotation marks.
fn cells(line: &str) -> Vec<&str> {
    let mut quoted = false;
    line.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .collect()
}

/// What the table of demand by sector says.
fn stated() -> Uses {
    let table = fs::read_to_string(repository().join("data/demand_sectors.csv")).unwrap();
    let mut uses = Uses::new();
    for line in table.lines().skip(1) {
        let cells = cells(line);
        let Some(row) = row_of(cells[0], cells[1]) else { continue };
        let fuel = match cells[3] {
            "hard coal" => "coal",
            "natural gas" => "gas",
            "jet fuel" => "jet",
            "fuel oil" => "fuel_oil",
            "LPG" => "lpg",
            other => other,
        };
        let value: f64 = cells[4].parse().unwrap();
        *uses.entry((row.to_owned(), fuel.to_owned())).or_default() += value;
    }
    uses
}

/// What the plan burns in the first year: inputs of the processes of these rows.
fn planned(model: &Model, plan: &Plan) -> Uses {
    let first = YearIx::new(0);
    let mut uses = Uses::new();
    for (p, process) in model.processes.iter_ix() {
        let Some(flow) = &process.flow else { continue };
        if !SECTORS.iter().any(|sector| flow.starts_with(sector)) || flow.ends_with("pipeline")
        {
            continue;
        }
        for (m, mode) in process.modes.iter().enumerate() {
            for (commodity, ratio) in &mode.inputs {
                // `electricity_final`, `heat_final`: what reaches users, behind the networks
                let name = model.commodities[*commodity].name.as_str();
                let fuel = match name.split_once('_') {
                    Some((carrier @ ("electricity" | "heat"), _)) => carrier,
                    _ => name,
                };
                let used = uses.entry((flow.clone(), fuel.to_owned())).or_default();
                for node in 0..model.time.node_count(process.tier) {
                    let ratio = model.time.mean_at(ratio, process.tier, node, first);
                    *used += ratio * plan.solution.activity[p.get()][(m, node, 0)];
                }
            }
        }
    }
    uses
}

/// Each fuel of each row is within 2% of the table, and no fuel is used that is not in it.
#[test]
fn homes_services_and_transport_take_what_the_statistics_say() {
    let changes =
        [Change::set("time.years", [2023.0, 2025.0]), Change::set("time.horizon_end", 2029.0)];
    let folder = repository().join("models/kazakhstan");
    let input = Tree::read(&folder).scenario(None).with(&changes).input();
    let model = in_its_slices(input.model.expect("the model has no errors"));
    let plan = solve(&model);

    let (stated, planned) = (stated(), planned(&model, &plan));
    assert_eq!(stated.len(), 32, "rows of the table: {:?}", stated.keys());
    for ((row, fuel), value) in &stated {
        let used = planned.get(&(row.clone(), fuel.clone())).copied().unwrap_or_default();
        let difference = (used - value).abs();
        assert!(difference <= 0.02 * value, "{row}, {fuel}: {used} PJ, statistics {value}");
    }
    for ((row, fuel), used) in &planned {
        let is_known = stated.contains_key(&(row.clone(), fuel.clone()));
        assert!(
            is_known || *used < 1e-3,
            "{row} takes {used} PJ of {fuel}, none in statistics"
        );
    }
    let total: f64 = planned.values().sum();
    assert!((total / stated.values().sum::<f64>() - 1.0).abs() < 0.005, "{total} PJ in all");
}
