//! The command as a user meets it: exit codes, files, interruptions.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn kzleap() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kzleap"));
    command.current_dir(repository()).env_remove("RUST_BACKTRACE");
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = kzleap().args(arguments).output().expect("the command was built");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn summary(folder: &Path) -> serde_json::Value {
    serde_json::from_str(&fs::read_to_string(folder.join("summary.json")).unwrap()).unwrap()
}

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
    assert_eq!(run(&["run", "models/nowhere", "--out", out]).0, 3);
    assert_eq!(run(&["run", "models/two-plants", "--scenario", "nix", "--out", out]).0, 3);
    assert_eq!(run(&["frobnicate"]).0, 2);
}

#[test]
fn several_scenarios_are_compared() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().to_str().unwrap();
    let scenarios = ["--scenario", "base", "--scenario", "no-cap"];
    let (code, _, stderr) =
        run(&[&["run", "models/two-plants", "--out", out, "--quiet"], &scenarios[..]].concat());
    assert_eq!(code, 0, "{stderr}");
    let cost = |name: &str| summary(&temp.path().join(name))["objective"].as_f64().unwrap();
    assert!((cost("base") - 350.0).abs() < 1e-6);
    assert!((cost("no-cap") - 200.0).abs() < 1e-6);
    assert!(temp.path().join("compare.html").exists());
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

/// A run that is killed at any moment leaves either the old results or the new ones, whole.
#[test]
fn a_killed_run_leaves_whole_results() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("results");
    let arguments = |scenario: &'static str| {
        ["run", "models/two-plants", "--quiet", "--scenario", scenario, "--out"]
    };
    let whole = |expected: &[f64]| {
        let summary = summary(&out);
        let objective = summary["objective"].as_f64().unwrap();
        let known = expected.iter().any(|cost| (cost - objective).abs() < 1e-6);
        assert!(known, "objective {objective}");
        let costs = fs::read_to_string(out.join("tables/costs.csv")).unwrap();
        let page = fs::read_to_string(out.join("index.html")).unwrap();
        assert!(page.trim_end().ends_with("</html>"));
        assert!(costs.ends_with('\n'));
        objective
    };
    let start = std::time::Instant::now();
    assert!(kzleap().args(arguments("base")).arg(&out).status().unwrap().success());
    let usual = start.elapsed();
    whole(&[350.0]);
    let mut scenario = "no-cap";
    for step in 0..12_u32 {
        let mut child =
            kzleap().args(arguments(scenario)).arg(&out).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(usual * step / 10);
        child.kill().unwrap();
        child.wait().unwrap();
        // the next reader or writer finishes what was interrupted
        let found = if out.join("summary.json").exists() {
            whole(&[350.0, 200.0])
        } else {
            let (code, _, stderr) =
                run(&["run", "models/two-plants", "--quiet", "--out", out.to_str().unwrap()]);
            assert_eq!(code, 0, "{stderr}");
            whole(&[350.0])
        };
        scenario = if found > 300.0 { "no-cap" } else { "base" };
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(kzleap().args(arguments("base")).arg(&out).status().unwrap().success());
    whole(&[350.0]);
    let left: Vec<_> =
        fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("tmp")), "{left:?}");
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
fn a_sweep_goes_on_where_it_was() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().to_str().unwrap();
    let range = |n: &str| format!("emission_caps.land.limit.2030=10:4:{n}");
    let sweep = |n: &str| {
        run(&[
            "sweep",
            "models/two-plants",
            "--param",
            &range(n),
            "--unit",
            "Mt/a",
            "--out",
            out,
        ])
    };
    let (code, stdout, stderr) = sweep("4");
    assert_eq!(code, 0, "{stdout}{stderr}");
    // below 10 Mt each Mt costs 46.875 USD/t: see the textbook model
    let table = fs::read_to_string(temp.path().join("sweep.csv")).unwrap();
    let objectives: Vec<f64> = table
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).unwrap().parse().unwrap())
        .collect();
    for (found, cap) in objectives.iter().zip([10.0, 8.0, 6.0, 4.0]) {
        assert!((found - (200.0 + (10.0 - cap) * 46.875)).abs() < 1e-6, "{table}");
    }
    fs::remove_file(temp.path().join("points/00002.json")).unwrap();
    let (code, stdout, _) = sweep("4");
    assert_eq!(code, 0);
    assert!(stdout.starts_with("3 of 4 points are there already\n"), "{stdout}");
    assert_eq!(table, fs::read_to_string(temp.path().join("sweep.csv")).unwrap());
    assert_eq!(run(&["sweep", "models/two-plants", "--param", "a=1:2", "--out", out]).0, 2);
}

#[test]
fn an_unbounded_model_is_explained() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("model");
    fs::create_dir(&folder).unwrap();
    let text = fs::read_to_string(repository().join("models/two-plants/model.toml")).unwrap();
    let dream = "\n[processes.dream]\noutput = \"electricity\"\ncapacity = \"GW\"\nlife = 10\n\
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
