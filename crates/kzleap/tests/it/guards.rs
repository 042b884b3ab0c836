//! What kzleap did not write is never overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{names, run, text, two_plants};

/// Every file below a folder with what it holds.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for name in names(folder) {
        let path = folder.join(name);
        if path.is_dir() {
            all.extend(contents(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            all.insert(path, bytes);
        }
    }
    all
}

#[test]
fn no_command_writes_into_a_folder_of_somebody_else() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    fs::write(model.join("compare.html"), "mine").unwrap();
    let there = contents(&model);
    let (out, trade) = (text(&model), "models/osemosys/trade.txt");
    let own = temp.path().join("own");
    let sweep = "emission_caps.land.limit.2030=10:4:4";
    for arguments in [
        vec!["run", "models/two-plants", "--out", out],
        vec!["run", "models/two-plants", "-s", "base", "-s", "no-cap", "--out", out],
        vec!["sweep", out, "--param", sweep, "--unit", "Mt/a", "--out", out],
        vec!["import", "osemosys", trade, "--out", out],
        vec!["export", "osemosys", trade, "--out", out],
        vec!["run", trade, "--out", text(&own), "--results", "otoole", out],
    ] {
        let (code, _, stderr) = run(&arguments);
        assert_eq!(code, 1, "{arguments:?}: {stderr}");
        assert!(
            stderr.contains("is not empty and kzleap did not write it"),
            "{arguments:?}: {stderr}"
        );
        assert!(there == contents(&model), "{arguments:?}");
    }
    // the folder of other results is looked at before the solve
    assert!(!own.exists());
    assert_eq!(names(temp.path()), ["two-plants"]);
}

#[test]
fn no_folder_of_another_kind_is_lost() {
    let temp = tempfile::tempdir().unwrap();
    let (out, trade) = (temp.path().join("out"), "models/osemosys/trade.txt");
    assert_eq!(run(&["import", "osemosys", trade, "--out", text(&out)]).0, 0);
    // what was written is read again, and may be written again
    assert_eq!(run(&["check", text(&out)]).0, 0);
    assert_eq!(run(&["import", "osemosys", trade, "--out", text(&out)]).0, 0);
    let there = contents(&out);
    let (code, _, stderr) = run(&["run", trade, "--out", text(&out)]);
    assert_eq!(code, 1);
    assert!(stderr.contains("holds a model in another tool's form"), "{stderr}");
    assert!(there == contents(&out));
}

#[test]
fn the_root_is_refused_before_the_solve() {
    let temp = tempfile::tempdir().unwrap();
    let (out, trade) = (temp.path().join("out"), "models/osemosys/trade.txt");
    let (code, stdout, stderr) =
        run(&["run", trade, "--out", text(&out), "--results", "otoole", "/"]);
    assert_eq!((code, &*stdout), (1, ""));
    assert!(stderr.contains("`/` cannot be replaced as a whole"), "{stderr}");
    assert!(!out.exists());
    assert_eq!(run(&["run", trade, "--out", "/"]).0, 1);
}

#[test]
fn a_program_replaces_only_a_program() {
    let temp = tempfile::tempdir().unwrap();
    let model = two_plants(temp.path());
    let file = model.join("model.toml");
    let there = fs::read(&file).unwrap();
    let (code, _, stderr) = run(&["lp", text(&model), "--mps", text(&file)]);
    assert_eq!(code, 1);
    assert!(stderr.contains("is no program that kzleap wrote"), "{stderr}");
    assert_eq!(there, fs::read(&file).unwrap());
    let (code, _, stderr) = run(&["lp", text(&model), "--mps", text(&model)]);
    assert_eq!(code, 1);
    assert!(stderr.contains("is a folder; name a file within it"), "{stderr}");
    let program = temp.path().join("program.mps");
    for _ in 0..2 {
        assert_eq!(run(&["lp", text(&model), "--mps", text(&program)]).0, 0);
    }
    assert_eq!(names(temp.path()), ["program.mps", "two-plants"]);
}
