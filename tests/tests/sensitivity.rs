//! How the least cost moves with each number, beside hand calculation and models solved again.

use std::collections::BTreeMap;

use kzleap_study::input::Change;
use kzleap_study::{Events, Given, RunSpec, Sensitivity, run, sensitivities};
use kzleap_tests::outside::close;

/// 10 PJ of demand: wind makes 4 PJ at nothing, gas the rest at 50 USD/GJ with a tax on its CO2.
const MODEL: &str = r#"
format = 2
name = "small"
currency = "USD2022"
[time]
years = [2030]
[finance]
discount_rate = 0.0
[units]
variable_cost = "USD/GJ"
max_activity = "PJ/a"
annual = "PJ/a"
price = "USD/t"
limit = "Mt/a"
emission_factor = "kt/PJ"
[regions.land]
[emissions.co2]
price = 20
[commodities.electricity]
[demands.electricity]
land = { annual = 10 }
[processes.wind]
output = "electricity"
max_activity = 4
free = "it blows"
[processes.gas]
output = "electricity"
variable_cost = 50
emissions = { co2 = { value = 100, unit = "kt/PJ" } }
"#;

fn found(model: &std::path::Path) -> BTreeMap<String, Option<f64>> {
    let spec = RunSpec { model: model.to_owned(), ..RunSpec::default() };
    let given = Given::open(&spec);
    let read = given.read(&spec);
    let found = sensitivities(&given, &read, &spec, &Events::default()).expect("a plan");
    assert!(found.certified);
    let all = found.inputs;
    let model = read.model.expect("it has no errors");
    assert_eq!(all.len(), model.inputs.len());
    let named = |one: &Sensitivity| (model.inputs[one.input].path.clone(), one.change);
    all.iter().map(named).collect()
}

/// Gas makes 6 PJ, each at 50 and 2 of tax. One per cent more demand is 0.1 PJ more of gas: 5.2; more
/// wind 0.04 PJ less: −2.08; a GJ of gas that is more expensive 6 × 0.5 = 3;
/// a higher tax or factor 6 × 0.02 = 0.12.
#[test]
fn a_hand_calculation() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("model.toml"), MODEL).expect("it can be written");
    let found = found(folder.path());
    for (path, wanted) in [
        ("demands.electricity.land.annual", 5.2),
        ("processes.wind.max_activity", -2.08),
        ("processes.gas.variable_cost", 3.0),
        ("emissions.co2.price", 0.12),
        ("processes.gas.emissions.co2", 0.12),
    ] {
        let known = || panic!("{path} is not among {:?}", found.keys());
        let change = found.get(path).copied().flatten().unwrap_or_else(known);
        assert!(close(change, wanted), "{path}: {change}, by hand {wanted}");
    }
}

/// Of the models of the repository: what a number does to the cost is what solving again says, where
/// the step is too small to change the plan.
#[test]
fn it_is_what_solving_again_says() {
    let model = kzleap_tests::repository().join("models/two-plants");
    let spec = RunSpec { model: model.clone(), ..RunSpec::default() };
    let cost = |changes: Vec<Change>| {
        let moved = RunSpec { changes, ..spec.clone() };
        match run(&moved, &Events::default()).outcome {
            kzleap_study::Outcome::Plan(plan) => plan.solution.objective,
            other => panic!("{other:?}"),
        }
    };
    let (least, mut compared) = (cost(Vec::new()), 0);
    for (path, change) in found(&model) {
        let Some(change) = change else { continue };
        let again = cost(vec![Change::multiply(&path, 1.0001)]) - least;
        let difference = (again * 100.0 - change).abs();
        assert!(
            difference <= 1e-3 * change.abs().max(1e-4 * least),
            "{path}: {change} {again}"
        );
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}
