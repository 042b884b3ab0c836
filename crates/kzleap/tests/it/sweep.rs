//! Sweeps.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{change, names, run, text, two_plants};

const CAP: &str = "emission_caps.land.limit.2030";

fn sweep(model: &Path, range: &str, out: &Path, more: &[&str]) -> (i32, String, String) {
    let param = format!("{CAP}={range}");
    let arguments = ["sweep", text(model), "--param", &param, "--out", text(out)];
    run(&[&arguments, more].concat())
}

fn column(out: &Path, at: usize) -> Vec<String> {
    let table = fs::read_to_string(out.join("runs.csv")).unwrap();
    table.lines().skip(1).map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
}

fn files_of_runs(out: &Path) -> Vec<PathBuf> {
    let folder = out.join("runs");
    names(&folder).iter().map(|name| folder.join(name)).collect()
}

const UNIT: &[&str] = &["--unit", "Mt/a"];

#[test]
fn a_sweep_goes_on_where_it_was() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let (code, stdout, stderr) = sweep(&model, "10:4:4", &out, UNIT);
    assert_eq!(code, 0, "{stdout}{stderr}");
    // below 10 Mt each Mt costs 46.875 USD/t: see the textbook model
    let objectives: Vec<f64> =
        column(&out, 5).iter().map(|number| number.parse().unwrap()).collect();
    for (found, cap) in objectives.iter().zip([10.0, 8.0, 6.0, 4.0]) {
        assert!((found - (200.0 + (10.0 - cap) * 46.875)).abs() < 1e-6, "{objectives:?}");
    }
    let table = fs::read_to_string(out.join("runs.csv")).unwrap();
    fs::remove_file(&files_of_runs(&out)[1]).unwrap();
    let (code, stdout, _) = sweep(&model, "10:4:4", &out, UNIT);
    assert_eq!(code, 0);
    assert!(stdout.starts_with("3 of 4 runs are there already\n"), "{stdout}");
    assert_eq!(table, fs::read_to_string(out.join("runs.csv")).unwrap());

    // a finer sweep uses what is there, and so does a coarser one
    let (_, stdout, _) = sweep(&model, "10:4:7", &out, UNIT);
    assert!(stdout.starts_with("4 of 7 runs are there already\n"), "{stdout}");
    let (_, stdout, _) = sweep(&model, "10:4:2", &out, UNIT);
    assert!(stdout.starts_with("2 of 2 runs are there already\n"), "{stdout}");
    assert_eq!(column(&out, 4).len(), 2);
    assert_eq!(column(&out, 3), ["10", "4"]);

    // another model, or another way to solve it, is another point
    let (_, stdout, _) = sweep(&model, "10:4:2", &out, &["--unit", "Mt/a", "--solver", "ipx"]);
    assert!(!stdout.contains("already"), "{stdout}");
    change(&model.join("model.toml"), "efficiency = 0.36", "efficiency = 0.4");
    let (_, stdout, _) = sweep(&model, "10:4:2", &out, UNIT);
    assert!(!stdout.contains("already"), "{stdout}");
    assert_eq!(files_of_runs(&out).len(), 7 + 2 + 2);
    let tables = ["capacity.csv", "effects.csv", "generation_annual.csv", "manifest.json"];
    assert_eq!(names(&out)[..4], tables);
    let others = ["missing.csv", "runs", "runs.csv", "spreads.csv", "starts"];
    assert_eq!(names(&out)[4..], others);
}

#[test]
fn the_unit_of_the_file_serves() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let (code, stdout, stderr) = sweep(&model, "10:4:2", &out, &[]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert_eq!(column(&out, 5)[0].parse::<f64>().unwrap().round(), 200.0);
    // the same in another unit, which the command gives
    let (code, ..) = sweep(&model, "10000:4000:2", &out, &["--unit", "kt/a"]);
    assert_eq!(code, 0);
    assert_eq!(column(&out, 5)[0].parse::<f64>().unwrap().round(), 200.0);
}

#[test]
fn factors_multiply_whole_paths_and_several_parameters_are_crossed() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let arguments = [
        "sweep",
        text(&model),
        "--param",
        "demands.electricity=*0.5:*1:2",
        "--param",
        "emission_caps.land.limit=*1:*2:2",
        "--table",
        "price_annual",
        "--out",
        text(&out),
    ];
    let (code, stdout, stderr) = run(&arguments);
    assert_eq!(code, 0, "{stdout}{stderr}");
    let table = fs::read_to_string(out.join("runs.csv")).unwrap();
    let header =
        "run,id,scenario,demands.electricity,emission_caps.land.limit,status,objective,";
    assert!(table.starts_with(header), "{table}");
    assert_eq!(column(&out, 3), ["0.5", "0.5", "1", "1"]);
    assert_eq!(column(&out, 4), ["1", "2", "1", "2"]);
    // half of the demand is made of coal alone, at 2 USD/GJ over 36 %: 18 PJ cost 100
    let half: Vec<String> = column(&out, 6);
    assert!((half[0].parse::<f64>().unwrap() - 100.0).abs() < 1e-6, "{half:?}");
    for name in ["capacity", "generation_annual", "price_annual"] {
        let kept = fs::read_to_string(out.join(format!("{name}.csv"))).unwrap();
        assert!(kept.starts_with(
            "run,id,scenario,demands.electricity,emission_caps.land.limit,region,"
        ));
        let made = |line: &&str| line.contains(",base,0.5,1,");
        assert!(kept.lines().filter(made).count() > 0, "{name}: {kept}");
    }
}

#[test]
fn a_year_between_given_years_does_not_bend_its_neighbours_unsaid() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    change(&model.join("model.toml"), "years = [2030]", "years = [2030, 2035, 2040, 2050]");
    change(&model.join("model.toml"), "limit = { 2030 = ", "limit = { 2050 = 9, 2030 = ");
    let param = "emission_caps.land.limit.2040=9:8:2";
    let (_, _, stderr) = run(&["sweep", text(&model), "--param", param, "--out", text(&out)]);
    assert!(stderr.contains("a value of its own for 2040 moves 2035 too"), "{stderr}");
}

#[test]
fn an_unknown_table_is_refused_with_those_there_are() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let (code, _, stderr) = sweep(&model, "10:4:4", &out, &["--table", "prices"]);
    assert_ne!(code, 0);
    assert!(stderr.contains("there is no table `prices`; known: capacity, "), "{stderr}");
}

#[test]
fn a_point_without_a_plan_does_not_hold_up_the_others() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    // 2 Mt cannot be reached: a result of the sweep
    let (code, stdout, stderr) = sweep(&model, "10:2:3", &out, UNIT);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert_eq!(column(&out, 4), ["optimal", "optimal", "infeasible"]);
    // below zero is no model at all
    let (code, stdout, stderr) = sweep(&model, "10:-2:3", &out, UNIT);
    assert_eq!(code, 3, "{stdout}{stderr}");
    assert!(stdout.contains("1 of 3 runs missing or failed: "), "{stderr}");
    assert!(!stderr.contains("-0 Mt"), "{stderr}");
    assert_eq!(column(&out, 4), ["optimal", "optimal", "refused"]);
    // there is no minus before nothing
    let (code, stdout, stderr) = sweep(&model, "10:-0.0:3", &out, UNIT);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert_eq!(column(&out, 3), ["10", "5", "0"]);
    // nothing but points without a plan is a failure
    let (code, ..) = sweep(&model, "2:1:3", &out, UNIT);
    assert_eq!(code, 4);
    assert_eq!(column(&out, 4), ["infeasible"; 3]);
}
