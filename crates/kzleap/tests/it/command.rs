//! What each command does.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{change, kzleap, names, repository, run, summary, text, two_plants};

#[test]
fn a_run_writes_its_folder_and_prints_its_summary() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("results");
    let (code, stdout, stderr) =
        run(&["run", "models/two-plants", "--out", out.to_str().unwrap(), "--json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let printed: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(printed, summary(&out));
    assert_eq!(printed["status"], "optimal");
    assert_eq!(printed["scenario"], "base");
    assert_eq!(printed["currency"], "USD2022");
    assert_eq!(printed["certificate"]["certified"], true);
    assert!((printed["objective"].as_f64().unwrap() - 350.0).abs() < 1e-6);
    assert!(
        (printed["emissions"]["co2"]["2030"].as_f64().unwrap() - 6.8).abs() < 1e-6,
        "{printed}"
    );
    for key in ["rows", "columns", "nonzeros"] {
        assert!(printed["lp"][key].as_u64().unwrap() > 0);
    }
    for key in ["read", "build", "solve", "extract", "report", "total"] {
        assert!(printed["seconds"][key].as_f64().unwrap() >= 0.0);
    }
    assert!(out.join("index.html").exists());
    assert!(out.join("iamc.csv").exists());
}

#[test]
fn exit_codes_say_what_happened() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("results");
    let out = out.to_str().unwrap();
    let tight = ["run", "models/two-plants", "--scenario", "tight", "--out", out, "--quiet"];
    let (code, _, stderr) = run(&tight);
    assert_eq!(code, 4, "{stderr}");
    assert!(stderr.contains("infeasible"), "{stderr}");
    assert!(!Path::new(out).exists(), "an infeasible run leaves nothing behind");
    let (code, stdout, _) = run(&[&tight[..], &["--json"]].concat());
    assert_eq!(code, 4);
    let shown: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&shown["status"], &shown["minimal"]), (&"infeasible".into(), &true.into()));
    let step = &shown["repairs"][0][0];
    assert_eq!(step["path"], "emission_caps.land.limit");
    assert_eq!(step["file"], "scenarios/tight.toml");
    assert_eq!((&step["from"], &step["to"]), (&3.0.into(), &3.6.into()));
    assert_eq!(run(&["run", "models/nowhere", "--out", out]).0, 3);
    assert_eq!(run(&["run", "models/two-plants", "--scenario", "nix", "--out", out]).0, 3);
    assert_eq!(run(&["frobnicate"]).0, 2);
}

#[test]
fn two_solvers_agree() {
    for model in ["two-plants", "storage-day", "milestone-periods"] {
        let (code, stdout, stderr) = run(&["verify", &format!("models/{model}")]);
        assert_eq!(code, 0, "{stdout}{stderr}");
        assert!(stdout.ends_with("agreed\n"), "{stdout}");
    }
}

#[test]
fn the_program_can_be_read_and_written() {
    let (code, stdout, _) = run(&["lp", "models/two-plants"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(stdout);
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("two-plants.mps");
    let (code, ..) = run(&["lp", "models/two-plants", "--mps", file.to_str().unwrap()]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(fs::read_to_string(file).unwrap());
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let temp = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for name in ["a", "b"] {
        let out = temp.path().join(name);
        let (code, ..) =
            run(&["run", "models/storage-day", "--quiet", "--out", out.to_str().unwrap()]);
        assert_eq!(code, 0);
        let mut tables: Vec<_> =
            fs::read_dir(out.join("tables")).unwrap().map(|e| e.unwrap().path()).collect();
        tables.sort();
        let bytes: Vec<_> = tables
            .iter()
            .map(|path| (path.file_name().unwrap().to_owned(), fs::read(path).unwrap()))
            .collect();
        all.push(bytes);
    }
    assert!(!all[0].is_empty());
    assert_eq!(all[0], all[1]);
}

#[test]
fn an_unbounded_model_is_explained() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("model");
    fs::create_dir(&folder).unwrap();
    let text = fs::read_to_string(repository().join("models/two-plants/model.toml")).unwrap();
    // it makes what nobody uses; what is used would bind it, however much it is paid
    let dream = "\n[commodities.fame]\n[processes.dream]\noutput = \"fame\"\ncapacity = \"GW\"\nlife = 10\n\
                 capital_cost = { value = 10, unit = \"USD/kW\" }\n\
                 variable_cost = { value = -5, unit = \"USD/MWh\" }\n";
    fs::write(folder.join("model.toml"), text + dream).unwrap();
    let out = temp.path().join("out");
    let (code, _, stderr) =
        run(&["run", folder.to_str().unwrap(), "--out", out.to_str().unwrap(), "--quiet"]);
    assert_eq!(code, 5, "{stderr}");
    assert!(stderr.contains("new capacity of dream in land"), "{stderr}");
    assert!(!out.exists());
}

/// A second run into the same folder is refused while the first one works.
#[test]
fn two_runs_into_one_folder_exclude_each_other() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("results");
    let long = ["run", "models/kazakhstan", "--quiet", "--out"];
    let mut first = kzleap().args(long).arg(&out).stderr(Stdio::null()).spawn().unwrap();
    let lock = temp.path().join(".results.new");
    while !lock.exists() {
        assert!(first.try_wait().unwrap().is_none(), "the first run is still at work");
        std::thread::sleep(Duration::from_millis(5));
    }
    let (code, _, stderr) =
        run(&["run", "models/two-plants", "--quiet", "--out", out.to_str().unwrap()]);
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("another run"), "{stderr}");
    // the killed run holds nothing back
    let (code, _, stderr) =
        run(&["run", "models/two-plants", "--quiet", "--out", out.to_str().unwrap()]);
    assert_eq!(code, 0, "{stderr}");
}

/// Where a limit takes what exists, that is early and not the end of its life.
#[test]
fn what_a_limit_of_zero_takes_is_retired_early() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    let file = model.join("model.toml");
    change(&file, "years = [2030]", "years = [2025, 2030]\nhorizon_end = 2034");
    change(&file, "limit = { 2030 = 6.8 }", "limit = { 2030 = 20 }");
    let limited = "efficiency = 0.36\nearly_retirement = true\n\
                   max_capacity = { value = { 2025 = 5, 2030 = 0 }, unit = \"GW\" }";
    change(&file, "efficiency = 0.36", limited);
    let out = temp.path().join("out");
    let (code, stdout, stderr) = run(&["run", text(&model), "--out", text(&out)]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let retired = fs::read_to_string(out.join("tables/retirement.csv")).unwrap();
    assert_eq!(
        retired,
        "region,name,kind,category,retirement,unit,year,value,unique\n\
         land,coal_plant,process,coal,early,GW,2030,2,maybe\n"
    );
    // the page speaks of the whole horizon and of one region
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("Least-cost plan for 2025–2034"));
    assert!(page.contains("in 1 region, 2 milestone years and 1 time slice."));
    // the seconds on the screen are those of the summary
    let total = summary(&out)["seconds"]["total"].as_f64().unwrap();
    assert!(stdout.contains(&format!("total {total:.2}\n")), "{stdout}");
}

#[test]
fn labels_are_what_people_read() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let scenarios = ["-s", "base", "-s", "no-cap", "--quiet", "--out", text(&out)];
    let (code, _, stderr) = run(&[&["run", "models/two-plants"], &scenarios[..]].concat());
    assert_eq!(code, 0, "{stderr}");
    let page = fs::read_to_string(out.join("no-cap/index.html")).unwrap();
    assert!(page.contains("<title>Two plants and a cap: Without the cap</title>"));
    let page = fs::read_to_string(out.join("base/index.html")).unwrap();
    assert!(page.contains("<title>Two plants and a cap: Base</title>"));
    let comparison = fs::read_to_string(out.join("compare.html")).unwrap();
    assert!(comparison.contains("<h1>Two plants and a cap</h1>"));
    assert!(comparison.contains("<a href=\"no-cap/index.html\">Without the cap</a>"));
    let summary = summary(&out.join("no-cap"));
    assert_eq!(
        [
            &summary["model"],
            &summary["label"],
            &summary["scenario"],
            &summary["scenario_label"]
        ],
        ["two-plants", "Two plants and a cap", "no-cap", "Without the cap"]
    );
    assert_eq!(names(&out), ["base", "compare.html", "manifest.json", "no-cap"]);
}

#[test]
fn bench_solves_generated_models_and_says_how_it_grows() {
    let (code, stdout, stderr) = run(&["bench", "1x1x4x3", "1x1x8x3", "--json"]);
    assert_eq!(code, 0, "{stderr}");
    let shown: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let runs = shown["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 2);
    for one in runs {
        assert_eq!(one["certified"], true);
        assert!(one["objective"].as_f64().unwrap() > 0.0, "{one}");
    }
    assert!(runs[0]["nonzeros"].as_u64() < runs[1]["nonzeros"].as_u64());
    assert!(shown["growth"]["build"].is_f64(), "{shown}");

    // the same seed, the same model, whatever the algorithm
    let (_, again, _) = run(&["bench", "1x1x8x3", "--json", "--solver", "race"]);
    let again: serde_json::Value = serde_json::from_str(&again).unwrap();
    let cost = |run: &serde_json::Value| run["objective"].as_f64().unwrap();
    assert!((cost(&again["runs"][0]) / cost(&runs[1]) - 1.0).abs() < 1e-9);
    assert_eq!(again["growth"], serde_json::Value::Null);

    let (code, _, stderr) = run(&["bench", "1x1x4"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("`1x1x4` is not a size; write REGIONSxSEASONS"), "{stderr}");
}
