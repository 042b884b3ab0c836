//! Several scenarios in one run.

use std::fs;

use crate::support::{names, run, summary, text, two_plants};

#[test]
fn several_scenarios_are_compared() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let scenarios = ["--scenario", "base", "--scenario", "no-cap"];
    let arguments = ["run", "models/two-plants", "--out", text(&out), "--quiet"];
    let (code, _, stderr) = run(&[&arguments, &scenarios[..]].concat());
    assert_eq!(code, 0, "{stderr}");
    let cost = |name: &str| summary(&out.join(name))["objective"].as_f64().unwrap();
    assert!((cost("base") - 350.0).abs() < 1e-6);
    assert!((cost("no-cap") - 200.0).abs() < 1e-6);
    assert!(out.join("compare.html").exists());
}

#[test]
fn one_without_a_plan_does_not_hold_up_the_others() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let arguments = ["run", "models/two-plants", "--out", text(&out), "--json"];
    let scenarios = ["-s", "tight", "-s", "base", "-s", "no-cap", "-s", "base"];
    let (code, stdout, stderr) = run(&[&arguments, &scenarios[..]].concat());
    assert_eq!(code, 4, "{stderr}");
    assert!(stderr.starts_with("infeasible: in scenario tight"), "{stderr}");
    // one document, each scenario once, in the order asked for
    let printed: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let printed = printed.as_array().unwrap();
    let words = |key: &str| -> Vec<&str> {
        printed.iter().map(|summary| summary[key].as_str().unwrap()).collect()
    };
    assert_eq!(words("scenario"), ["tight", "base", "no-cap"]);
    assert_eq!(words("status"), ["infeasible", "optimal", "optimal"]);
    assert_eq!(printed[1], summary(&out.join("base")));
    assert_eq!(names(&out), ["base", "compare.html", "manifest.json", "no-cap"]);
}

#[test]
fn one_plan_alone_is_not_compared() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let arguments =
        ["run", "models/two-plants", "--out", text(&out), "-s", "tight", "-s", "no-cap"];
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!(code, 4, "{stderr}");
    assert!(
        stdout.ends_with("no comparison: it takes two scenarios with a plan\n"),
        "{stdout}"
    );
    assert_eq!(names(&out), ["manifest.json", "no-cap"]);
}

/// A page that compares results speaks of those that stand beside it, or is not there.
#[test]
fn a_comparison_does_not_outlive_what_it_compares() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let several = |scenarios: &[&str]| {
        let arguments = ["run", "models/two-plants", "--out", text(&out), "--quiet"];
        run(&[&arguments, scenarios].concat())
    };
    assert_eq!(several(&["-s", "base", "-s", "no-cap"]).0, 0);
    let base = out.join("base");
    assert_eq!(run(&["run", "models/two-plants", "--quiet", "--out", text(&base)]).0, 0);
    assert_eq!(names(&out), ["base", "manifest.json", "no-cap"]);
    assert_eq!(several(&["-s", "base", "-s", "no-cap"]).0, 0);
    assert!(out.join("compare.html").exists());
    // only one of the two has a plan: there is nothing to compare
    assert_eq!(several(&["-s", "tight", "-s", "base"]).0, 4);
    assert_eq!(names(&out), ["base", "manifest.json", "no-cap"]);
}

#[test]
fn one_run_and_several_do_not_share_a_folder() {
    let temp = tempfile::tempdir().unwrap();
    let (one, many) = (temp.path().join("one"), temp.path().join("many"));
    let base = ["run", "models/two-plants", "--quiet"];
    let several = ["-s", "base", "-s", "no-cap"];
    assert_eq!(run(&[&base[..], &["--out", text(&one)]].concat()).0, 0);
    assert_eq!(run(&[&base[..], &several, &["--out", text(&many)]].concat()).0, 0);
    let (code, _, stderr) = run(&[&base[..], &["--out", text(&many)]].concat());
    assert_eq!(code, 1);
    assert!(stderr.contains("holds the results of several scenarios"), "{stderr}");
    let (code, _, stderr) = run(&[&base[..], &several, &["--out", text(&one)]].concat());
    assert_eq!(code, 1);
    assert!(stderr.contains("holds the results of one run"), "{stderr}");
    assert!(one.join("index.html").exists() && many.join("compare.html").exists());
}

/// All are read before the first is solved.
#[test]
fn a_scenario_with_errors_is_told_before_the_first_solve() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    fs::write(model.join("scenarios/torn.toml"), "label = \n").unwrap();
    let out = temp.path().join("out");
    let (code, _, stderr) =
        run(&["run", text(&model), "-s", "base", "-s", "torn", "--out", text(&out)]);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("scenarios/torn.toml:1"), "{stderr}");
    assert!(!out.exists());
}

/// A model with three scenarios: gas cheaper and more expensive, more demand.
fn with_scenarios(folder: &std::path::Path) -> std::path::PathBuf {
    let model = two_plants(folder);
    let scale = |path: &str, factor: f64| {
        format!("[[set]]\npath = \"{path}\"\nscale = {factor}\nreason = \"to see\"\n")
    };
    for (name, text) in [
        ("gas-low", scale("resources.gas_*.steps.*.cost", 0.5)),
        ("gas-high", scale("resources.gas_*.steps.*.cost", 2.0)),
        ("more", scale("demands.electricity", 1.1)),
    ] {
        fs::write(model.join(format!("scenarios/{name}.toml")), text).unwrap();
    }
    model
}

/// Coal emits 1 Mt a TWh, gas 0.36. For 11 TWh under the cap of 6.8 Mt, coal + 0.36 gas = 6.8: so
/// 4.4375 TWh of coal and 6.5625 of gas, each TWh of which needs 6.25 PJ at 4 or 16 USD/GJ.
#[test]
fn every_pair_of_scenarios_is_run_at_once() {
    let temp = tempfile::tempdir().unwrap();
    let model = with_scenarios(temp.path());
    let out = temp.path().join("out");
    let arguments = ["run", text(&model), "--out", text(&out), "--quiet", "-s"];
    let (code, _, stderr) = run(&[&arguments[..], &["gas-*+more"]].concat());
    assert_eq!(code, 0, "{stderr}");
    let folders = ["compare.html", "gas-high+more", "gas-low+more", "manifest.json"];
    assert_eq!(names(&out), folders);
    let (low, high) = (summary(&out.join("gas-low+more")), summary(&out.join("gas-high+more")));
    assert_eq!(low["scenario"], "gas-low+more");
    let more = high["objective"].as_f64().unwrap() - low["objective"].as_f64().unwrap();
    let gas = (11.0 - 6.8) / (1.0 - 0.36);
    assert!((more - gas * 6.25 * (16.0 - 4.0)).abs() < 1e-6, "{more}");
    // the folder says what was done, and it can be done again
    let folder = out.join("gas-low+more");
    let table = fs::read_to_string(folder.join("tables/changes.csv")).unwrap();
    assert!(
        table.contains("gas-low,resources.gas_*.steps.*.cost,× 0.5,resources.gas_import.steps.1.cost,8,USD/GJ,4,USD/GJ,to see,,scenarios/gas-low.toml,2\n"),
        "{table}"
    );
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    let section = page.split("<section id=\"changes\">").nth(1).expect("the section");
    assert!(section.contains("land.annual: 10 → 11 TWh"), "{}", &section[..900]);
    let manifest = folder.join("manifest.json");
    assert_eq!(run(&["reproduce", text(&manifest)]).0, 0);
}

/// The comparison says what each scenario changes, and what all of them do.
#[test]
fn a_comparison_says_what_scenarios_change() {
    let temp = tempfile::tempdir().unwrap();
    let model = with_scenarios(temp.path());
    let out = temp.path().join("out");
    let arguments = ["run", text(&model), "--out", text(&out), "--quiet", "-s"];
    let (code, _, stderr) = run(&[&arguments[..], &["gas-*+more"]].concat());
    assert_eq!(code, 0, "{stderr}");
    let page = fs::read_to_string(out.join("compare.html")).unwrap();
    let section = page.split("<section id=\"changes\">").nth(1).expect("the section");
    let section = section.split("</section>").next().unwrap();
    for row in [
        "<td>Gas-low+more</td><td><code>resources.gas_*.steps.*.cost</code> × 0.5</td>\
         <td>resources.gas_import.steps.1.cost: 8 → 4 USD&#x2f;GJ</td>",
        "<td>all</td><td><code>demands.electricity</code> × 1.1</td>",
    ] {
        assert!(section.contains(row), "{section}");
    }
}

/// Commands that take one scenario take a name for any letters too, if it stands for one.
#[test]
fn a_name_for_any_letters_serves_every_command() {
    let temp = tempfile::tempdir().unwrap();
    let model = with_scenarios(temp.path());
    let (code, stdout, stderr) = run(&["check", text(&model), "-s", "gas-*"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("0 errors"), "{stdout}");
    let (code, _, stderr) =
        run(&["trace", text(&model), "resources.gas_import.steps.1.cost", "-s", "*low"]);
    assert_eq!(code, 0, "{stderr}");
    for command in ["lp", "verify"] {
        let (code, _, stderr) = run(&[command, text(&model), "-s", "mo*"]);
        assert_eq!(code, 0, "{command}: {stderr}");
        let (code, _, stderr) = run(&[command, text(&model), "-s", "gas-*"]);
        assert_eq!(code, 2, "{command}: {stderr}");
        let said = format!(
            "`gas-*` stands for gas-high, gas-low, and `kzleap {command}` takes one scenario"
        );
        assert!(stderr.contains(&said), "{stderr}");
    }
}

#[test]
fn no_scenario_of_such_a_name() {
    let temp = tempfile::tempdir().unwrap();
    let model = with_scenarios(temp.path());
    let (code, _, stderr) = run(&["run", text(&model), "-s", "coal-*"]);
    assert_eq!(code, 2, "{stderr}");
    assert!(
        stderr.contains("no scenario is named like `coal-*`; there is gas-high"),
        "{stderr}"
    );
}

#[test]
fn changes_are_listed_on_request() {
    let temp = tempfile::tempdir().unwrap();
    let model = with_scenarios(temp.path());
    let check = ["check", text(&model), "--scenario", "gas-low+more"];
    let (code, stdout, stderr) = run(&[&check[..], &["--changes"]].concat());
    assert_eq!(code, 0, "{stderr}");
    let said = "change: resources.gas_*.steps.*.cost × 0.5: resources.gas_import.steps.1.cost: \
                8 → 4 USD/GJ\n    scenario gas-low, scenarios/gas-low.toml:2: to see\n\
                change: demands.electricity × 1.1: land.annual: 10 → 11 TWh\n    scenario more, \
                scenarios/more.toml:2: to see\n0 errors, 0 warnings\n";
    assert_eq!(stdout, said);
    let (_, stdout, _) = run(&[&check[..], &["--changes", "--json"]].concat());
    let printed: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(printed["findings"], serde_json::json!([]));
    let value = &printed["changes"][1]["values"][0];
    assert_eq!(value["path"], "demands.electricity.land.annual");
    assert_eq!(value["new"], serde_json::json!({ "value": "11", "unit": "TWh" }));
}
