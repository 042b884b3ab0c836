//! What was once accepted in silence, or brought the reader down.

use std::fs;

use crate::support::{Files, broken, messages};

broken! {
    a_column_given_twice: |m| m.replace("profile,slice,value\n", "profile,slice,value,value\n");
    a_table_without_a_header: |m| m.add("demand.csv", "");
    a_region_with_a_quoted_dot: |m| m.replace("[regions.south]", "[regions.\"a.south\"]");
    a_limit_beyond_the_horizon: |m| m
        .replace("limit = { 2030 = 12, 2040 = 9 }", "limit = { 2090 = 12 }")
        .replace("max_new_capacity = 0.5", "max_new_capacity = { 2095 = 0.5 }");
    electricity_into_more_than_it_was: |m| m.add("more.toml",
        "[commodities.hydrogen]\n[processes.electrolyser]\ninput = \"electricity\"\n\
         output = \"hydrogen\"\nefficiency = 1.4\n[demands.hydrogen]\n\
         north = { annual = { value = 1, unit = \"PJ\" } }\n");
    heat_beyond_any_heat_pump: |m| m.add("more.toml",
        "[commodities.heat]\nkind = \"heat\"\n[processes.heat_pump]\ninput = \"electricity\"\n\
         output = \"heat\"\nefficiency = 300\n[demands.heat]\n\
         north = { annual = { value = 1, unit = \"PJ\" } }\n");
    a_demand_beyond_all_measure: |m| m
        .replace("south = { annual = 4,", "south = { annual = 1e15,");
    a_cost_beyond_all_measure: |m| m.replace("variable_cost = 3.6", "variable_cost = -1e300");
    a_unit_beyond_all_measure: |m| m.replace("life = 40", "life = 40\nunit_size = 1e6");
    a_unit_of_a_watt: |m| m.replace("life = 40", "life = 40\nunit_size = 1e-9");
    an_efficiency_of_nothing: |m| m.replace("efficiency = 0.4", "efficiency = 1e-12");
    names_of_other_scripts_and_signs: |m| m
        .replace("[commodities.coal]", "[commodities.\"=cmd\"]\n[commodities.\"<script>\"]\n[commodities.coal]")
        .replace("[processes.wind]", "[processes.\"ветер\"]")
        .replace("[storages.battery]", "[storages.-]");
    a_mode_named_with_a_bracket: |m| m.add("more.toml",
        "[processes.chp.modes.\"a[b\"]\ninputs = { coal = 2 }\noutputs = { electricity = 1 }\n");
    a_step_named_like_a_formula: |m| m.replace("cost = 7.2", "steps.\"=cmd\".cost = 7.2");
    a_model_without_a_name: |m| m.replace("name = \"valley\"", "name = \"\"");
    a_model_named_like_a_path: |m| m.replace("name = \"valley\"", "name = \"../../evil\"");
    a_default_out_of_range_that_nobody_uses: |m| m
        .add("model.toml", "[defaults]\nlife = 0\navailability = { winter = 2, summer = 1 }\n");
    an_empty_model: |m| m
        .without("system.toml")
        .without("profiles.csv")
        .without("residual_capacity.csv")
        .edit(0, Vec::clear);
}

#[test]
fn a_removed_region_points_at_what_removed_it() {
    let scenario = "[[remove]]\npath = \"regions.south\"\nreason = \"a smaller valley\"\n";
    let input = Files::right()
        .replace("availability = \"wind\"", "availability = { north = 0.3, south = 0.4 }")
        .add("scenarios/small.toml", scenario)
        .read(Some("small"));
    insta::assert_snapshot!("a_removed_region", messages(&input));
}

#[test]
fn a_unit_of_a_hundred_thousand_brackets_is_no_unit() {
    for unit in ["(".repeat(100_000), "(".repeat(11) + "kW" + &")".repeat(11)] {
        let text = format!("capital_cost = {{ value = 1900, unit = \"{unit}\" }}");
        let input = Files::right().replace("capital_cost = 1900", &text).read(None);
        assert_eq!(input.diagnostics.error_count(), 1);
        assert!(messages(&input).starts_with("error[unknown-unit]: `(((((((((("));
        assert!(messages(&input).len() < 3000, "the message is cut");
    }
}

#[test]
fn a_parameter_of_many_dots_is_no_path() {
    let dots = "a.".repeat(100_000);
    let csv = format!("process,region,year,parameter,value,unit\nwind,,,{dots},1,GW\n");
    let input = Files::right().add("parameters.csv", &csv).read(None);
    assert!(
        messages(&input).contains("error[path-leads-nowhere]"),
        "{}",
        messages(&input).len()
    );
}

/// Folders, pipes and links that lead nowhere under the names of tables.
#[cfg(unix)]
#[test]
fn what_is_named_like_a_table_and_is_none_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("model.toml"), "format = 2\n").expect("a file");
    fs::create_dir(path("plants.toml")).expect("a folder");
    fs::create_dir(path("data")).expect("a folder");
    std::os::unix::fs::symlink(path("nowhere"), path("demand.csv")).expect("a link");
    std::os::unix::fs::symlink(path("nowhere"), path("README")).expect("a link");
    let pipe = std::process::Command::new("mkfifo").arg(path("parameters.csv")).status();
    assert!(pipe.expect("mkfifo").success());
    fs::create_dir(path("scenarios")).expect("a folder");
    std::os::unix::fs::symlink(path("nowhere"), path("scenarios/low.toml")).expect("a link");
    let input = kzleap_input::read(folder.path(), None);
    let shown: Vec<_> = (input.diagnostics.iter())
        .map(|finding| finding.message.as_str())
        .filter(|message| !message.starts_with("the model has no"))
        .collect();
    assert_eq!(
        shown,
        [
            "demand.csv is a link that leads nowhere",
            "parameters.csv is no file that can be read",
            "plants.toml is a folder",
            "scenarios/low.toml is a link that leads nowhere",
        ]
    );
}

#[test]
fn whatever_has_a_mistake_gives_no_model() {
    for (name, attack) in ALL {
        let input = attack(Files::right()).read(None);
        assert_eq!(input.model.is_some(), !input.diagnostics.has_errors(), "{name}");
    }
}
