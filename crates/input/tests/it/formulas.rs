//! Drivers, formulas and branches: values that hand calculation gives.
//!
//! The valley has the milestone years 2025, 2030 and 2040, and the regions north and south.

use crate::support::Files;

/// The values of a driver whose formula is given, in its own unit, in its first region.
fn driver(unit: &str, formula: &str) -> Vec<f64> {
    let text = format!(
        "[drivers.people]\nunit = \"million\"\nvalue = {{ north = {{ 2025 = 2, 2040 = 5 }}, south = 1 }}\n\
         [drivers.income]\nunit = \"USD/head\"\nvalue = {{ 2025 = 10000, 2040 = 40000 }}\n\
         [drivers.asked]\nunit = \"{unit}\"\nvalue = {{ formula = \"{formula}\" }}\n"
    );
    let input = Files::right().add("drivers.toml", &text).read(None);
    let findings: Vec<_> = input.diagnostics.iter().map(|d| d.message.clone()).collect();
    let model = input.model.unwrap_or_else(|| panic!("{formula}: {findings:?}"));
    let driver = model.demand_tree.drivers.iter().find(|d| d.name == "asked").unwrap();
    driver.values[0].1.clone()
}

#[track_caller]
fn assert_gives(unit: &str, formula: &str, expected: [f64; 3]) {
    let found = driver(unit, formula);
    for (found, expected) in found.iter().zip(&expected) {
        let near = (found - expected).abs() <= 1e-9 * (1.0 + expected.abs());
        assert!(near, "{formula}: {found} instead of {expected}");
    }
}

#[test]
fn operators() {
    assert_gives("1", "1 + 2 * 3 - 4 / 8", [6.5; 3]);
    assert_gives("1", "(1 + 2) * -3", [-9.0; 3]);
    assert_gives("1", "2 ^ 3 ^ 2", [512.0; 3]);
    assert_gives("1", "-2 ^ 2", [-4.0; 3]);
    assert_gives("1", "10 - 3 - 2", [5.0; 3]);
    assert_gives("1", "year - 2025", [0.0, 5.0, 15.0]);
    assert_gives("1", "1.5e3 / 3E2", [5.0; 3]);
}

#[test]
fn units() {
    // 2, 3 and 5 million people in the north
    assert_gives("PJ", "people * 3 GJ/head", [6.0, 9.0, 15.0]);
    assert_gives("TWh", "people * 3.6 GJ / head", [2.0, 3.0, 5.0]);
    assert_gives("bnUSD", "people * income", [20.0, 60.0, 200.0]);
    assert_gives("Mm2", "people * 20 m2/head", [40.0, 60.0, 100.0]);
    assert_gives("%", "0.5", [50.0; 3]);
    assert_gives("1", "50 % + 0.25", [0.75; 3]);
    assert_gives("1", "1 TWh / (3.6 PJ)", [1.0; 3]);
    assert_gives("1", "5 PJ / a / (5 PJ/a)", [1.0; 3]);
    assert_gives("USD/kW", "400 MUSD/(GW) * 2", [800.0; 3]);
}

#[test]
fn functions() {
    assert_gives("1", "index(people)", [1.0, 1.5, 2.5]);
    assert_gives("million", "base(people)", [2.0; 3]);
    assert_gives("million", "sum(people)", [3.0, 4.0, 6.0]);
    assert_gives("1", "growth(2 %)", [1.0, 1.02_f64.powi(5), 1.02_f64.powi(15)]);
    assert_gives("PJ", "step(2030, 4 PJ, 7 PJ)", [4.0, 7.0, 7.0]);
    assert_gives("million", "max(people, 2.5 million)", [2.5, 3.0, 5.0]);
    assert_gives("million", "min(people, 4 million, 2.5 million)", [2.0, 2.5, 2.5]);
    assert_gives("1", "ln(exp(2))", [2.0; 3]);
    // an elasticity of a half to income, which grows fourfold
    assert_gives("1", "index(income) ^ 0.5", [1.0, 2.0_f64.sqrt(), 2.0]);
}

#[test]
fn a_formula_that_states_a_number_is_the_number() {
    let right = Files::right().read(None).model.unwrap();
    let stated = Files::right()
        .replace("capital_cost = 1900", "capital_cost = { formula = \"1.9 kUSD/kW\" }")
        .replace("efficiency = 0.4", "efficiency = { formula = \"40 %\" }")
        .replace("life = 40", "life = 40\nmax_capacity = { formula = \"12 GW\" }")
        .read(None)
        .model
        .unwrap();
    let coal = |model: &kzleap_model::Model| {
        let (_, k) = model.capacities.iter_ix().find(|(_, k)| k.name == "coal_plant").unwrap();
        k.clone()
    };
    let cost =
        |model: &kzleap_model::Model| coal(model).investment.unwrap().overnight_cost.clone();
    for (right, stated) in cost(&right).iter().zip(cost(&stated)) {
        assert!((right - stated).abs() < 1e-9);
    }
    assert!(coal(&stated).upper.iter().all(|upper| (upper - 12.0).abs() < 1e-12));
}

/// A tree of two branches of electricity in both regions.
const TREE: &str = "[drivers.people]
unit = \"million\"
value = { north = { 2025 = 2, 2040 = 5 }, south = 1 }
[drivers.use]
unit = \"PJ/million\"
value = 3
[branches.homes]
[branches.lights]
parent = \"homes\"
commodity = \"electricity\"
annual = { formula = \"people * use\" }
profile = \"load\"
[branches.mill]
commodity = \"electricity\"
regions = [\"north\"]
annual = { formula = \"2 TWh * index(people) + lights\" }
";

#[test]
fn branches_add_to_the_demand_of_their_regions() {
    let input = Files::right().add("tree.toml", TREE).read(None);
    let model = input.model.expect("it has no errors");
    let tree = &model.demand_tree;
    assert_eq!(tree.branches[1].parent, Some(0));
    assert_eq!(tree.branches[1].annual[0].1, [6.0, 9.0, 15.0]);
    assert_eq!(tree.branches[1].annual[1].1, [3.0, 3.0, 3.0]);
    // 7.2 PJ times 1, 1.5 and 2.5, and the lights of the same region
    let expected = [7.2 + 6.0, 10.8 + 9.0, 18.0 + 15.0];
    for (found, expected) in tree.branches[2].annual[0].1.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9);
    }
    // 10 TWh of the demand as it was, and both branches
    let north: f64 = (model.demands.iter())
        .filter(|d| model.regions[d.region].name == "north")
        .map(|d| d.annual[0])
        .sum();
    assert!((north - (36.0 + 6.0 + 13.2)).abs() < 1e-9);
}

#[test]
fn a_scenario_moves_what_follows_a_driver() {
    let files = Files::right().add("tree.toml", TREE);
    let frugal =
        "[[set]]\npath = \"drivers.use.value\"\nvalue = 1.5\nreason = \"better lamps\"\n";
    let model = files.add("scenarios/frugal.toml", frugal).read(Some("frugal")).model;
    let model = model.expect("it has no errors");
    assert_eq!(model.demand_tree.branches[1].annual[0].1, [3.0, 4.5, 7.5]);
}
