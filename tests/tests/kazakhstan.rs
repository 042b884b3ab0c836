//! The model of Kazakhstan against statistics and its own policy.

use kzleap_accounts::Accounts;
use kzleap_study::input::{Change, Tree};
use kzleap_tests::{in_its_slices, long_checks, model, repository, solve};

/// The policy of later years does not change what was generated in 2023.
///
/// The first three milestone years are enough for that, and take a second instead of twenty.
#[test]
fn the_base_year_is_that_of_the_statistics_under_a_policy_too() {
    let folder = repository().join("models/kazakhstan");
    let changes = [
        Change::set("time.years", [2023.0, 2025.0, 2030.0]),
        Change::set("time.horizon_end", 2034.0),
    ];
    let input = Tree::read(&folder).scenario(Some("neutrality-2060")).with(&changes).input();
    let model = in_its_slices(input.model.expect("the model has no errors"));
    let plan = solve(&model);

    let accounts = Accounts::new(&model, &plan.solution);
    let rows = accounts.calibration();
    let made = rows.iter().filter(|row| row.statistic.of.word() == "generation");
    for row in made.clone() {
        let (name, stated) = (&row.statistic.name, row.statistic.value);
        assert!(row.is_within(), "{name}: {}, statistics {stated}", row.plan);
    }
    assert_eq!(made.count(), 7);
    let unserved: f64 = plan.solution.balances.iter().map(|b| b.unserved().sum()).sum();
    assert!(unserved < 1e-6, "{unserved} PJ unserved");
}

/// The whole road to 2060: the caps hold, the last year is neutral, nobody goes without power.
#[test]
fn neutrality_ends_at_zero() {
    if !long_checks() {
        return;
    }
    let model = in_its_slices(model("kazakhstan", Some("neutrality-2060")));
    assert!(model.time.slices.len() >= 36);
    let milestones: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
    assert_eq!(milestones, [2023, 2025, 2030, 2035, 2040, 2045, 2050, 2055, 2060]);
    let plan = solve(&model);
    let unserved: f64 = plan.solution.balances.iter().map(|b| b.unserved().sum()).sum();
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
    let names = Tree::read(&repository().join("models/kazakhstan")).scenarios();
    assert_eq!(names.len(), 16, "the base and fifteen scenarios: {names:?}");
    for scenario in names.iter().map(|scenario| scenario.name.as_str()) {
        let folder = repository().join("models/kazakhstan");
        let input = kzleap_study::input::read(&folder, Some(scenario));
        let findings: Vec<String> = input
            .diagnostics
            .iter()
            .map(|finding| kzleap_study::diagnostics::render(finding, &input.sources))
            .collect();
        assert!(findings.is_empty(), "{scenario}: {}", findings.join("\n"));
        assert!(input.model.is_some());
    }
}

/// Every number says where it comes from and how far it can be trusted, and every assumption why.
/// Formulas and names of profiles follow from numbers that do; a ratio of 1 is what others are of.
#[test]
fn every_number_has_its_source() {
    let model = model("kazakhstan", Some("neutrality-2060"));
    let is_number = |value: &str| {
        let last = |piece: &str| piece.rsplit(": ").next().unwrap_or("").parse::<f64>().is_ok();
        value.split("; ").all(last)
    };
    let of_its_own =
        |path: &str, value: &str| path == "format" || path.starts_with("time.") || value == "1";
    let mut without = Vec::new();
    for input in &model.inputs {
        // what a scenario sets has the scenario's reason
        let reason = input.scenario.as_ref().is_some_and(|(_, reason)| !reason.is_empty());
        if !is_number(&input.value) || of_its_own(&input.path, &input.value) || reason {
            continue;
        }
        let reasoned =
            input.confidence.as_deref() != Some("assumption") || input.note.is_some();
        if input.source.is_none() || input.confidence.is_none() || !reasoned {
            without.push(format!(
                "{} = {} ({}:{})",
                input.path, input.value, input.file, input.line
            ));
        }
    }
    assert!(without.is_empty(), "{}", without.join("\n"));
    assert!(model.inputs.len() > 1000, "{}", model.inputs.len());
}

/// At most two fifths of the cost inputs are assumptions, as the documents say.
#[test]
fn most_costs_have_a_source() {
    let model = model("kazakhstan", None);
    let costs = || model.inputs.iter().filter(|input| input.path.contains("cost"));
    let assumed = costs().filter(|input| input.confidence.as_deref() == Some("assumption"));
    let (assumed, all) = (assumed.count(), costs().count());
    assert!(all > 300, "{all} cost inputs");
    assert!(assumed * 5 <= all * 2, "{assumed} of {all} cost inputs are assumptions");
}
