//! Results of an earlier run, held against a second solver and repeated.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{change, json, kzleap, run, text, two_plants};

/// A run of a model, in folders of the test's own.
fn earlier(folder: &Path, scenario: &str) -> (PathBuf, PathBuf) {
    let (model, out) = (two_plants(folder), folder.join("out"));
    let (code, _, stderr) =
        run(&["run", text(&model), "-s", scenario, "--quiet", "--out", text(&out)]);
    assert_eq!(code, 0, "{stderr}");
    (model, out)
}

#[test]
fn a_run_is_verified() {
    let temp = tempfile::tempdir().unwrap();
    let (_, out) = earlier(temp.path(), "no-cap");
    let (code, stdout, stderr) = run(&["verify", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("the run                             200\n"), "{stdout}");
    assert!(stdout.ends_with("agreed\n"), "{stdout}");

    // one coal plant less cannot do it: 1 GW makes 8.76 of the 10 TWh, gas is more expensive
    let capacity = out.join("tables/capacity.csv");
    change(&capacity, "coal_plant,process,coal,GW,2030,2", "coal_plant,process,coal,GW,2030,1");
    let (code, stdout, _) = run(&["verify", text(&out)]);
    assert_eq!(code, 7);
    assert!(stdout.ends_with("NOT AGREED\n"), "{stdout}");
    change(&capacity, "coal_plant,process,coal,GW,2030,1", "coal_plant,process,coal,GW,2030,2");

    // a cost that was changed by hand
    let costs = fs::read_to_string(out.join("tables/costs.csv")).unwrap();
    let row = costs.lines().find(|line| line.contains(",present_value,")).unwrap();
    change(&out.join("tables/costs.csv"), row, &row.replace(",200,", ",199,"));
    assert_eq!(run(&["verify", text(&out)]).0, 7);
}

#[test]
fn a_run_is_reproduced() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = earlier(temp.path(), "no-cap");
    let manifest = out.join("manifest.json");
    for path in [&manifest, &out] {
        let (code, stdout, stderr) = run(&["reproduce", text(path)]);
        assert_eq!(code, 0, "{stdout}{stderr}");
        assert!(stdout.starts_with("reproduced: all "), "{stdout}");
    }
    change(&out.join("tables/price.csv"), "land", "sea");
    let (code, stdout, _) = run(&["reproduce", text(&manifest)]);
    assert_eq!(code, 7);
    assert!(stdout.contains("differ: tables/price.csv\n"), "{stdout}");

    change(&model.join("scenarios/no-cap.toml"), "shows what", "shows, in short, what");
    for command in ["reproduce", "verify"] {
        let (code, _, stderr) = run(&[command, text(&out)]);
        assert_eq!(code, 1, "{stderr}");
        assert!(stderr.contains("scenarios/no-cap.toml has changed"), "{stderr}");
    }
    fs::rename(&model, temp.path().join("elsewhere")).unwrap();
    let (code, _, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 1);
    assert!(stderr.contains("start in the folder it was started in"), "{stderr}");
    assert_eq!(run(&["reproduce", text(&model)]).0, 2);
}

#[test]
fn another_version_is_told() {
    let temp = tempfile::tempdir().unwrap();
    let (_, out) = earlier(temp.path(), "base");
    let version = format!("\"kzleap\": \"{}\"", env!("CARGO_PKG_VERSION"));
    change(&out.join("manifest.json"), &version, "\"kzleap\": \"0.0.1\"");
    let (code, _, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 1);
    assert!(stderr.contains("the run was made by kzleap 0.0.1"), "{stderr}");
}

/// How hours are cut into slices is written down, and repeated without choosing again: with other
/// periods in the manifest the repetition has those.
#[test]
fn the_cut_of_the_year_is_kept() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let (code, _, stderr) =
        run(&["run", "models/island", "--slices", "6", "--quiet", "--out", text(&out)]);
    assert_eq!(code, 0, "{stderr}");
    let manifest = out.join("manifest.json");
    let periods = json(&manifest)["spec"]["resolution"]["periods"].clone();
    assert_eq!(periods["calendar"].as_str().map(|line| line.split(' ').count()), Some(365));
    let kinds = periods["kinds"].as_array().unwrap();
    let edges = kinds.iter().map(|kind| kind.as_str().unwrap().split(' ').count() - 1);
    assert_eq!(edges.sum::<usize>(), 6, "{periods}");
    let (code, stdout, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");

    let calendar = ["0"; 365].join(" ");
    let other = serde_json::json!({ "calendar": calendar, "kinds": ["0 12 24"] });
    let mut changed = json(&manifest);
    changed["spec"]["resolution"]["periods"] = other;
    fs::write(&manifest, changed.to_string()).unwrap();
    let (code, stdout, _) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 7, "{stdout}");
    assert!(stdout.contains("tables/slices.csv"), "{stdout}");

    let mut garbled = json(&manifest);
    garbled["spec"]["resolution"]["periods"]["calendar"] = "0 x".into();
    fs::write(&manifest, garbled.to_string()).unwrap();
    let (code, _, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("not those of this year"), "{stderr}");
}

/// The options of the run are those of its repetition.
#[test]
fn options_are_kept() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let options = ["--solver", "ipx", "--threads", "1", "--tie-break", "--time-limit", "60"];
    let done = kzleap()
        .args(["run", "models/osemosys/trade.txt", "--dialect", "mathprog", "--quiet"])
        .args(options)
        .args(["--out", text(&out)])
        .status()
        .unwrap();
    assert!(done.success());
    let manifest = crate::support::json(&out.join("manifest.json"));
    assert_eq!(
        manifest["spec"],
        serde_json::json!({
            "model": "models/osemosys/trade.txt",
            "osemosys": { "dialect": "mathprog", "config": null, "ignore": [] },
            "solving": { "method": "ipx", "threads": 1, "time_limit_seconds": 60 },
            "ties": "least_activity",
            "alternatives": true,
            "explain": true,
        })
    );
    let (code, stdout, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let (code, stdout, stderr) = run(&["verify", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
}

/// What a run is made of is data: changes that no option of the command has are repeated too.
#[test]
fn changes_are_made_again() {
    let temp = tempfile::tempdir().unwrap();
    let (_, out) = earlier(temp.path(), "no-cap");
    let demand = r#""changes": [{ "path": "demands.electricity", "multiply": 0.5 }],"#;
    let manifest = out.join("manifest.json");
    change(&manifest, "\"alternatives\": true,", &format!("\"alternatives\": true, {demand}"));
    let (code, stdout, _) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 7, "half the demand is another plan: {stdout}");
    change(&manifest, demand, "");
    let (code, stdout, _) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 0, "{stdout}");
    change(&manifest, "\"explain\": true", "\"explain\": \"wish\"");
    let (code, _, stderr) = run(&["reproduce", text(&out)]);
    assert_eq!(code, 1);
    assert!(stderr.contains("does not say what made it"), "{stderr}");
}

/// A run at a coarser resolution says so, and is verified and repeated at the same.
#[test]
fn the_resolution_is_kept() {
    let temp = tempfile::tempdir().unwrap();
    let together = serde_json::json!({ "regions": "together" });
    let one_slice = serde_json::json!({ "slices": 1 });
    for (model, option, value, spec, cost, said) in [
        ("models/two-regions", "--regions", "together", together, 350.4, "regions together"),
        ("models/storage-day", "--slices", "1", one_slice, 0.0, "1 slice"),
    ] {
        let out = temp.path().join(value);
        let (code, stdout, stderr) = run(&["run", model, option, value, "--out", text(&out)]);
        assert_eq!(code, 0, "{stderr}");
        assert!(stdout.contains(&format!(", scenario base, {said}\n")), "{stdout}");
        let summary = crate::support::summary(&out);
        assert!((summary["objective"].as_f64().unwrap() - cost).abs() < 1e-6, "{summary}");
        let manifest = crate::support::json(&out.join("manifest.json"));
        assert_eq!(manifest["spec"]["model"], model);
        assert_eq!(manifest["spec"]["resolution"], spec);
        assert!(fs::read_to_string(out.join("index.html")).unwrap().contains(said));
        for command in ["reproduce", "verify"] {
            let (code, stdout, stderr) = run(&[command, text(&out)]);
            assert_eq!(code, 0, "{stdout}{stderr}");
        }
        let (code, _, stderr) = run(&["verify", text(&out), option, value]);
        assert_eq!(code, 2);
        let why = format!("`{option}` is for models: a run has the one it was made with");
        assert!(stderr.contains(&why), "{stderr}");
    }
}

#[test]
fn an_unknown_level_is_refused_with_those_that_are_known() {
    for command in ["run", "check", "lp", "verify"] {
        let (code, stdout, stderr) =
            run(&[command, "models/two-regions", "--regions", "national"]);
        assert_eq!(code, 3, "{stdout}{stderr}");
        let said = stdout + &stderr;
        assert!(said.contains("there is no level of regions `national`"), "{said}");
        assert!(said.contains("known: `together`"), "{said}");
    }
}
