//! Classes of a resource: each with its own potential, yield and connection, solved by hand.

use kzleap_accounts::Accounts;
use kzleap_report::tables;
use kzleap_study::Repair;
use kzleap_study::model::{RegionGroup, RegionIx};
use kzleap_study::resolution::merge_regions;
use kzleap_study::solver::Control;
use kzleap_tests::by_hand::{DEMAND, ONE_YEAR, folder, plant, read, solved};
use kzleap_tests::{assert_close, capacity, solve};

/// Wind of 1000 USD/kW over 20 years and 10 USD/kW a year. A GW all year costs, in MUSD:
/// - on the coast, with a connection of 200: (1200 / 20 + 10) / 0.5 = 140;
/// - on the plain: (1000 / 20 + 10) / 0.4 = 150;
/// - on the hill, with a connection of 100: (1100 / 20 + 10) / 0.25 = 260.
const WIND: &str = "\
[categories]
wind = { family = \"wind_onshore\" }
[processes.wind]
label = \"Wind\"
category = \"wind\"
output = \"electricity\"
capacity = \"GW\"
capital_cost = 1000
fixed_cost = 10
life = 20
[processes.wind.classes.coast]
label = \"Wind at sea\"
availability = 0.5
max_capacity = 1
connection_cost = { value = 200, unit = \"USD/kW\" }
[processes.wind.classes.plain]
availability = 0.4
max_capacity = 0.5
[processes.wind.classes.hill]
availability = 0.25
connection_cost = { value = 100, unit = \"USD/kW\" }
";

/// Coal at 5 USD/GJ makes a GW all year for 157.68 MUSD: 0.3 GW of it, after 0.5 of the coast and 0.2
/// of the plain.
#[test]
fn the_best_classes_come_first() {
    let (model, plan) = solved(&[ONE_YEAR, DEMAND, WIND, &plant("coal", 1.0, 5.0, "")]);
    assert_close("cost", plan.solution.objective, 70.0 + 30.0 + 0.3 * 157.68);
    for (class, built) in [("coast", 1.0), ("plain", 0.5), ("hill", 0.0)] {
        assert_close(class, capacity(&model, &plan, &format!("wind.{class}"), 0).0, built);
    }
    let labels: Vec<&str> = model.processes.iter().map(|p| p.label.as_str()).collect();
    assert_eq!(labels, ["Wind at sea", "Wind, plain", "Wind, hill", "coal"]);
    // all of one category, by which reports gather them
    assert!(model.processes.iter().take(3).all(|p| p.category == "wind"));
    let table = tables::capacity::sheet(&Accounts::new(&model, &plan.solution)).to_csv();
    assert!(table.contains("land,wind.coast,process,wind,GW,2030,1"), "{table}");
}

/// A rule that names the process means all its classes: 1.2 GW leave 0.2 for the plain.
#[test]
fn a_rule_means_all_classes_by_the_name_of_their_process() {
    let limit = "[capacity_limits.wind]\nprocesses = [\"wind\"]\nmax = { value = 1.2, unit = \"GW\" }\n";
    let (_, plan) = solved(&[ONE_YEAR, DEMAND, WIND, &plant("coal", 1.0, 5.0, ""), limit]);
    assert_close("cost", plan.solution.objective, 70.0 + 12.0 + 0.42 * 157.68);
    let one = "[capacity_limits.coast]\nprocesses = [\"wind.coast\"]\n\
               max = { value = 0.4, unit = \"GW\" }\n";
    let (_, plan) = solved(&[ONE_YEAR, DEMAND, WIND, &plant("coal", 1.0, 5.0, ""), one]);
    assert_close("cost", plan.solution.objective, 28.0 + 30.0 + 0.6 * 157.68);
}

/// Existing capacity is of a class: 1 GW of it gives 0.4 of the demand, at 10 MUSD a year.
/// 0.5 GW of the plain, which a table asks for, give 0.2 at 30; coal makes the rest.
#[test]
fn existing_capacity_is_of_a_class_also_in_a_table() {
    let wind = WIND.replace("label = \"Wind at sea\"", "max_new_capacity = 0");
    let old = "[processes.wind.classes.old]\navailability = 0.4\nmax_new_capacity = 0\n";
    let parts = [ONE_YEAR, DEMAND, &wind, old, &plant("coal", 1.0, 5.0, "max_capacity = 1")];
    let folder = folder(&parts);
    let path = folder.path();
    let table = "process,region,year,value,unit\nwind.old,land,2030,1,GW\n";
    std::fs::write(path.join("residual_capacity.csv"), table).unwrap();
    let rows = "process,region,year,parameter,value,unit\nwind.plain,,,min_capacity,0.5,GW\n";
    std::fs::write(path.join("parameters.csv"), rows).unwrap();
    let model = kzleap_study::input::read(path, None).model.expect("no errors");
    let plan = solve(&model);
    assert_close("cost", plan.solution.objective, 10.0 + 30.0 + 0.4 * 157.68);
}

/// With no coal, 1 GW of the coast and 0.5 of the plain lack 0.3 GW: 0.6 GW
/// more of the coast would give them, or 0.75 GW of the plain.
#[test]
fn a_potential_that_is_too_small_is_named_where_it_is_written() {
    let wind = WIND.split("[processes.wind.classes.hill]").next().unwrap();
    let no_coal = "[constraints.no_coal]\nunit = \"PJ\"\nat_most = 0\n\
                   terms.coal = { quantity = \"activity\", processes = [\"coal\"] }\n";
    let model = read(&[ONE_YEAR, DEMAND, wind, &plant("coal", 1.0, 5.0, ""), no_coal]);
    let explanation = kzleap_study::explain(&model, Control::default()).unwrap();
    let path = |repair: &Repair| Some((repair.rule.path.clone()?, repair.text()));
    let repairs: Vec<_> = explanation.repairs.iter().flatten().filter_map(path).collect();
    for (class, needed) in [("coast", "from 1 to 1.6"), ("plain", "from 0.5 to 1.25")] {
        let written = format!("processes.wind.classes.{class}.max_capacity");
        let named = |(path, text): &(String, String)| *path == written && text.contains(needed);
        assert!(repairs.iter().any(named), "{written}: {repairs:?}");
    }
}

/// Two regions with the same classes, as one: each class once, with both potentials, and the same
/// cost of both.
#[test]
fn classes_stay_apart_where_regions_are_merged() {
    let demand = DEMAND.replace(
        "land = { annual = 31.536 }",
        "land = { annual = 31.536 }\nsea = { annual = 31.536 }",
    );
    let wind = WIND.replace(
        "[processes.wind]",
        "[regions.sea]\n[links.cable]\nfrom = \"land\"\nto = \"sea\"\ncommodity = \"electricity\"\n[processes.wind]",
    );
    let two = read(&[ONE_YEAR, &demand, &wind, &plant("coal", 1.0, 5.0, "")]);
    let members = vec![RegionIx::new(0), RegionIx::new(1)];
    let group = RegionGroup { name: "one".to_owned(), label: "One".to_owned(), members };
    let merged = merge_regions(&two, &[group]).expect("they are alike");
    let names: Vec<&str> = merged.processes.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["wind.coast", "wind.plain", "wind.hill", "coal"]);
    let plan = solve(&merged);
    assert_close("cost", plan.solution.objective, 2.0 * (70.0 + 30.0 + 0.3 * 157.68));
    assert_close("coast", capacity(&merged, &plan, "wind.coast", 0).0, 2.0);
}
