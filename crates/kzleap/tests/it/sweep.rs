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
    let table = fs::read_to_string(out.join("sweep.csv")).unwrap();
    table.lines().skip(1).map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
}

fn points(out: &Path) -> Vec<PathBuf> {
    let folder = out.join("points");
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
        column(&out, 2).iter().map(|number| number.parse().unwrap()).collect();
    for (found, cap) in objectives.iter().zip([10.0, 8.0, 6.0, 4.0]) {
        assert!((found - (200.0 + (10.0 - cap) * 46.875)).abs() < 1e-6, "{objectives:?}");
    }
    let table = fs::read_to_string(out.join("sweep.csv")).unwrap();
    fs::remove_file(&points(&out)[1]).unwrap();
    let (code, stdout, _) = sweep(&model, "10:4:4", &out, UNIT);
    assert_eq!(code, 0);
    assert!(stdout.starts_with("3 of 4 points are there already\n"), "{stdout}");
    assert_eq!(table, fs::read_to_string(out.join("sweep.csv")).unwrap());

    // a finer sweep keeps what it can use, a coarser one leaves nothing over
    let (_, stdout, _) = sweep(&model, "10:4:7", &out, UNIT);
    assert!(stdout.starts_with("4 of 7 points are there already\n"), "{stdout}");
    let (_, stdout, _) = sweep(&model, "10:4:2", &out, UNIT);
    assert!(stdout.starts_with("2 of 2 points are there already\n"), "{stdout}");
    assert_eq!(points(&out).len(), 2);
    assert_eq!(column(&out, 0), ["10.0", "4.0"]);

    // another model, or another way to solve it, is another point
    let (_, stdout, _) = sweep(&model, "10:4:2", &out, &["--unit", "Mt/a", "--solver", "ipx"]);
    assert!(!stdout.contains("already"), "{stdout}");
    change(&model.join("model.toml"), "efficiency = 0.36", "efficiency = 0.4");
    let (_, stdout, _) = sweep(&model, "10:4:2", &out, UNIT);
    assert!(!stdout.contains("already"), "{stdout}");
    assert_eq!(points(&out).len(), 2);
    assert_eq!(names(&out), ["manifest.json", "points", "sweep.csv"]);
}

#[test]
fn a_missing_unit_is_given_with_the_command() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    let (code, _, stderr) = sweep(&model, "10:4:4", &out, &[]);
    assert_eq!(code, 3);
    assert_eq!(stderr.matches("`limit` needs a unit").count(), 1, "{stderr}");
    assert!(stderr.contains("give the unit of the values with `--unit`"), "{stderr}");
    assert!(!out.exists());
}

#[test]
fn a_point_without_a_plan_does_not_hold_up_the_others() {
    let temp = tempfile::tempdir().unwrap();
    let (model, out) = (two_plants(temp.path()), temp.path().join("out"));
    // 2 Mt cannot be reached: a result of the sweep
    let (code, stdout, stderr) = sweep(&model, "10:2:3", &out, UNIT);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert_eq!(column(&out, 1), ["optimal", "optimal", "infeasible"]);
    // below zero is no model at all
    let (code, stdout, stderr) = sweep(&model, "10:-2:3", &out, UNIT);
    assert_eq!(code, 3, "{stdout}{stderr}");
    assert!(stderr.contains("1 of 3 points left out: the model has errors"), "{stderr}");
    assert!(!stderr.contains("-0 Mt"), "{stderr}");
    assert_eq!(column(&out, 1), ["optimal", "optimal", "refused"]);
    // nothing but points without a plan is a failure
    let (code, ..) = sweep(&model, "2:1:3", &out, UNIT);
    assert_eq!(code, 4);
    assert_eq!(column(&out, 1), ["infeasible"; 3]);
}
