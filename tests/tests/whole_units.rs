//! Models built in whole units, against results by hand.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use kzleap_study::model::Model;
use kzleap_study::solver::SolveError;
use kzleap_tests::{assert_close, model, solve};

/// Two plants, and wind that needs no fuel at 0.05 USD/kW for one year, in units of `unit_size`
/// GW.
fn with_wind(unit_size: f64) -> Model {
    let folder = tempfile::tempdir().unwrap();
    let base = kzleap_tests::repository().join("models/two-plants/model.toml");
    std::fs::copy(base, folder.path().join("model.toml")).unwrap();
    let wind = "\
[processes.wind]
output = 'electricity'
capacity = 'GW'
capital_cost = { value = 0.05, unit = 'USD/kW' }
life = 1
unit_size = { value = 1, unit = 'GW' }
";
    std::fs::write(folder.path().join("wind.toml"), wind).unwrap();
    let mut model = kzleap_study::input::read(folder.path(), None).model.unwrap();
    let k = model.capacities.position(|k| k.name == "wind").unwrap();
    model.capacities[k].investment.as_mut().unwrap().unit_size = Some(vec![unit_size]);
    model
}

/// 10 TWh a year are 10 / 8.76 GW; two units of 1 GW cost 0.1 MUSD, one unit and 1.24 TWh of
/// coal 0.05 + 24.8.
#[test]
fn two_units_where_one_is_too_few() {
    let plan = solve(&with_wind(1.0));
    assert_close("cost", plan.solution.objective, 0.1);
    assert!(plan.integer_gap.unwrap() <= 1e-9);
}

/// Units of one watt: 10 / 8.76 GW of wind at 0.05 MUSD/GW are 0.0571 MUSD. A solver takes the
/// coefficient 1e-9 for zero, and then no wind can be built and the plan costs 350.
#[test]
fn units_of_one_watt_are_units() {
    let plan = solve(&with_wind(1e-9));
    assert_close("cost", plan.solution.objective, 10.0 / 8.76 * 0.05);
}

/// One unit of a million GW costs 50000 MUSD; coal and gas 350.
#[test]
fn a_millionth_of_a_unit_is_not_built() {
    let plan = solve(&with_wind(1e6));
    assert_close("cost", plan.solution.objective, 350.0);
}

#[test]
fn a_number_beyond_the_solver_is_refused_by_name() {
    let mut model = with_wind(1.0);
    model.demands[0].annual[0] = 1e21;
    let error =
        kzleap_study::optimise(&model, &Default::default(), Default::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`annual_balance[land,electricity,2030]` is held to 1e21: a solver takes 1e20 and more \
         for infinite; give it a sensible size"
    );
    let error =
        kzleap_study::optimise(&with_wind(1e-40), &Default::default(), Default::default());
    assert_eq!(
        error.unwrap_err().to_string(),
        "`whole_units[land,wind,2030]` holds -1e-40 of `new_units[land,wind,2030]` and 1e0 of \
         `new_capacity[land,wind,2030]`: a solver cannot hold both; leave the smaller one out, \
         or give the larger one a sensible size"
    );
}

/// Units of 0.6 GW: none, 0.6 or 1.2 GW stand, and between 1 and 1.1 there is none. The nearest
/// repair takes the smaller share: 0.1 of 1.1 GW up rather than 0.4 of 1 GW down.
#[test]
fn a_model_infeasible_only_in_whole_units_is_explained() {
    let mut model = with_wind(0.6);
    let k = model.capacities.position(|k| k.name == "wind").unwrap();
    model.capacities[k].lower = vec![1.0];
    model.capacities[k].upper = vec![1.1];
    let error =
        kzleap_study::optimise(&model, &Default::default(), Default::default()).unwrap_err();
    assert_eq!(error, SolveError::Infeasible);
    let explanation = kzleap_study::explain(&model, Default::default()).unwrap();
    // both sides of the limit are in the way
    let names: Vec<_> = explanation.conflict.iter().map(kzleap_study::Rule::text).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| name.starts_with("capacity limit of wind in land 2030")));
    assert_eq!(explanation.besides, ["whole units of wind in land (0.6 GW)"]);
    let texts: Vec<_> = explanation.repairs[0].iter().map(kzleap_study::Repair::text).collect();
    assert_eq!(texts, ["raise capacity limit of wind in land 2030 by 0.1 GW from 1.1 to 1.2"]);
}

/// The cap is what prevents it, whole units or not: 0.1 Mt, where 0.5 GW of wind and gas for
/// the rest of 10 TWh emit 2.0 Mt.
#[test]
fn whole_units_that_are_not_to_blame_are_not_blamed() {
    let mut model = with_wind(0.6);
    let k = model.capacities.position(|k| k.name == "wind").unwrap();
    model.capacities[k].upper = vec![0.5];
    let cap = model.emission_caps.ixs().next().unwrap();
    model.emission_caps[cap].window =
        kzleap_study::model::policy::CapWindow::EachYear(vec![Some(0.1)]);
    let explanation = kzleap_study::explain(&model, Default::default()).unwrap();
    let names: Vec<_> = explanation.conflict.iter().map(|rule| rule.name.as_str()).collect();
    assert!(names.contains(&"emission cap land 2030"), "{names:?}");
    assert!(explanation.besides.is_empty(), "{:?}", explanation.besides);
    assert!(!explanation.repairs[0].is_empty());
}

/// 4 GW of plants make 126.144 PJ; the demand is 1e12.
#[test]
fn a_demand_beyond_all_measure_is_named() {
    let mut model = model("two-plants", Some("no-cap"));
    model.demands[0].annual[0] = 1e12;
    let explanation = kzleap_study::explain(&model, Default::default()).unwrap();
    let names: Vec<_> = explanation.conflict.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["demand of electricity in land 2030"]);
    assert_eq!(explanation.repairs[0][0].rule.name, "demand of electricity in land 2030");
    let step = &explanation.repairs[0][0];
    let by = step.by * step.rule.worth; // the file has it in TWh
    assert!((by / (1e12 - 126.144) - 1.0).abs() < 1e-9, "{by}");
}
