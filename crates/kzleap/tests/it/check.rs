//! `check` looks at the base model and at every scenario.

use std::fs;

use crate::support::{change, run, text, two_plants};

#[test]
fn every_scenario_is_looked_at() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    let scenario = |name: &str, text: &str| {
        fs::write(model.join(format!("scenarios/{name}.toml")), text).unwrap();
    };
    let (code, stdout, _) = run(&["check", text(&model)]);
    assert_eq!((code, &*stdout), (0, "0 errors, 0 warnings in the base and 2 scenarios\n"));
    scenario("egg", "parent = \"hen\"\n");
    scenario("hen", "parent = \"egg\"\n");
    scenario("orphan", "parent = \"nobody\"\n");
    scenario("torn", "label = \n");
    let (code, stdout, _) = run(&["check", text(&model)]);
    assert_eq!(code, 3, "{stdout}");
    for (heading, finding) in [
        ("in scenario egg:", "scenarios build on each other in a ring: egg, hen"),
        ("in scenario hen:", "scenarios build on each other in a ring: hen, egg"),
        ("in scenario orphan:", "there is no scenario `nobody`"),
        ("in scenario torn:", "scenarios/torn.toml:1:"),
    ] {
        let after = stdout.split_once(heading).expect(heading).1;
        assert!(after.split("in scenario").next().unwrap().contains(finding), "{stdout}");
    }
    assert!(stdout.ends_with("4 errors, 0 warnings in the base and 6 scenarios\n"), "{stdout}");
    // one that is named is looked at alone
    let (code, stdout, _) = run(&["check", text(&model), "-s", "base"]);
    assert_eq!((code, &*stdout), (0, "0 errors, 0 warnings\n"));
    assert_eq!(run(&["check", text(&model), "-s", "torn"]).0, 3);
}

#[test]
fn what_stands_for_the_base_is_said_once() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    change(&model.join("model.toml"), "efficiency = 0.36", "efficiency = 36");
    let (code, stdout, _) = run(&["check", text(&model)]);
    assert_eq!(code, 3);
    assert_eq!(stdout.matches("error[").count(), 1, "{stdout}");
    assert!(!stdout.contains("in scenario"), "{stdout}");
    let (code, stdout, _) = run(&["check", text(&model), "--json"]);
    assert_eq!(code, 3);
    let findings: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(findings.as_array().unwrap().len(), 1);
    assert_eq!(findings[0]["place"]["path"], "model.toml");
}

#[test]
fn the_name_of_the_base_is_reserved() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    fs::write(model.join("scenarios/base.toml"), "label = \"never used\"\n").unwrap();
    for command in ["check", "run"] {
        let (code, stdout, stderr) = run(&[command, text(&model)]);
        assert_eq!(code, 3, "{command}");
        let all = stdout + &stderr;
        assert!(
            all.contains("`scenarios/base.toml`: `base` is the model without a scenario"),
            "{all}"
        );
    }
}

#[test]
fn defaults_stand_in_the_json_too() {
    let (code, stdout, _) = run(&["check", "models/two-plants", "--json", "--defaults"]);
    assert_eq!(code, 0);
    let both: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(both["findings"], serde_json::json!([]));
    let defaults = both["defaults"].as_array().unwrap();
    assert!(
        defaults.iter().any(|default| default["path"] == "finance.base_year"
            && default["value"] == "2030"
            && default["reason"] == "the first milestone year"),
        "{stdout}"
    );
}

#[test]
fn a_trace_of_a_misspelt_name_says_what_was_meant() {
    let (code, _, stderr) = run(&["trace", "models/two-plants", "coal_plnt"]);
    assert_eq!(code, 3);
    assert_eq!(stderr, "error: `coal_plnt` leads nowhere; did you mean `coal_plant`?\n");
}

#[test]
fn a_trace_of_an_osemosys_model_tells_values_and_defaults() {
    let trace = |path: &str| run(&["trace", "models/osemosys/trade.txt", path]);
    let (code, stdout, stderr) = trace("VariableCost[EAST,PLANT,1,2031]");
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stdout, "VariableCost[EAST,PLANT,1,2031] = 7\n    trade.txt:25, value\n");
    let (_, stdout, _) = trace("DiscountRate[WEST]");
    assert_eq!(stdout, "DiscountRate[WEST] = 0.1\n    trade.txt:14, default of the files\n");
    let (_, stdout, _) = trace("FixedCost[WEST,PLANT,2030]");
    assert_eq!(stdout, "FixedCost[WEST,PLANT,2030] = 0\n    default of OSeMOSYS\n");
    let (_, stdout, _) = trace("SpecifiedAnnualDemand[*,ELC,2031]");
    assert_eq!(
        stdout,
        "SpecifiedAnnualDemand[WEST,ELC,2031] = 10\n    trade.txt:19, value\n\
         SpecifiedAnnualDemand[EAST,ELC,2031] = 20\n    trade.txt:20, value\n\
         SpecifiedAnnualDemand where nothing is written = 0\n    trade.txt:17, default of the files\n"
    );
    let (_, stdout, _) = trace("CO2");
    assert!(stdout.contains("EmissionsPenalty[WEST,CO2,2030] = 4\n    trade.txt:32, value"));
    for (path, why) in [
        ("VariableCost[EAST,PLNT]", "did you mean `PLANT`?"),
        ("VariableCosts", "did you mean `VariableCost`?"),
        ("DiscountRate[WEST,2030]", "its indices are REGION"),
    ] {
        let (code, _, stderr) = trace(path);
        assert_eq!(code, 3, "{path}");
        assert!(stderr.contains(why), "{path}: {stderr}");
    }
}
