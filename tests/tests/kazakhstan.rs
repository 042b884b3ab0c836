//! The model of Kazakhstan against statistics and its own policy.

use kzleap_accounts::Accounts;
use kzleap_study::input::{Change, Tree};
use kzleap_tests::{in_its_slices, long_checks, model, repository, solve, sources};

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
    sources::every_scenario_is_sound("kazakhstan", 16);
}

/// Every number says where it comes from and how far it can be trusted, and every assumption why.
#[test]
fn every_number_has_its_source() {
    let model = model("kazakhstan", Some("neutrality-2060"));
    let missing = sources::missing(&model);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
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
