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
