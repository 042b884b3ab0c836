//! A run folder appears whole or not at all.

use std::fs;
use std::path::Path;

use kzleap_report::{RunFolder, WriteError, recover, write_run, write_run_into};
use tempfile::TempDir;

use crate::fixture::{info, model, solution};

fn parent() -> TempDir {
    tempfile::tempdir().expect("a folder for temporary files")
}

/// Writes a small run with one file of this text.
fn run(folder: &Path, text: &str) -> Result<(), WriteError> {
    let mut run = RunFolder::begin(folder)?;
    run.add_text("tables/a.csv", text)?;
    run.commit("0.1.0").map(|_| ())
}

fn read(folder: &Path) -> String {
    fs::read_to_string(folder.join("tables/a.csv")).expect("the file of the run")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_whole_run_is_written() {
    let parent = parent();
    let folder = parent.path().join("deep/run");
    let model = model();
    let files = write_run(&folder, &model, &solution(&model), &info()).expect("written");
    assert_eq!(
        names(&folder),
        ["iamc.csv", "index.html", "manifest.json", "summary.json", "tables"]
    );
    assert_eq!(names(&folder.join("tables")).len(), kzleap_report::tables::ALL.len());
    assert!(files.iter().all(|file| file.is_file()));
    assert_eq!(names(&parent.path().join("deep")), ["run"], "nothing is left beside it");
}

#[test]
fn times_are_filled_in_at_the_end() {
    let parent = parent();
    let folder = parent.path().join("run");
    let model = model();
    let finish = |info: &mut kzleap_report::RunInfo| info.seconds.report = 1.5;
    write_run_into(
        RunFolder::begin(&folder).expect("free"),
        &model,
        &solution(&model),
        &info(),
        finish,
    )
    .expect("written");
    let summary = fs::read_to_string(folder.join("summary.json")).expect("the summary");
    assert!(summary.contains("\"report\": 1.5"));
}

#[test]
fn the_same_run_writes_the_same_bytes() {
    let parent = parent();
    let model = model();
    let write = |name: &str| {
        let folder = parent.path().join(name);
        let files = write_run(&folder, &model, &solution(&model), &info()).expect("written");
        files.iter().map(|file| fs::read(file).expect("a file")).collect::<Vec<_>>()
    };
    assert!(write("a") == write("b"));
}

#[test]
fn a_later_run_replaces_an_earlier_one() {
    let parent = parent();
    let folder = parent.path().join("run");
    run(&folder, "old").expect("written");
    run(&folder, "new").expect("written");
    assert_eq!(read(&folder), "new");
    assert_eq!(names(parent.path()), ["run"]);
}

#[test]
fn a_run_that_stops_half_way_leaves_the_previous_results() {
    let parent = parent();
    let folder = parent.path().join("run");
    run(&folder, "old").expect("written");
    let mut half = RunFolder::begin(&folder).expect("begun");
    half.add_text("tables/a.csv", "half").expect("added");
    drop(half);
    assert_eq!(read(&folder), "old");
    assert_eq!(names(parent.path()), ["run"]);
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let parent = parent();
    let folder = parent.path().join("run");
    run(&folder, "old").expect("written");
    fs::create_dir_all(parent.path().join(".run.new/tables")).expect("made");
    fs::write(parent.path().join(".run.new/tables/a.csv"), "half").expect("made");
    fs::write(parent.path().join(".run.lock"), "").expect("made");
    assert_eq!(read(&folder), "old");
    run(&folder, "new").expect("written");
    assert_eq!(read(&folder), "new");
    assert_eq!(names(parent.path()), ["run"]);
}

#[test]
fn results_renamed_aside_by_a_killed_run_come_back() {
    let parent = parent();
    let folder = parent.path().join("run");
    run(&folder, "old").expect("written");
    fs::rename(&folder, parent.path().join(".run.old")).expect("renamed");
    fs::create_dir(parent.path().join(".run.new")).expect("made");
    recover(&folder).expect("recovered");
    assert_eq!(read(&folder), "old");
    assert_eq!(names(parent.path()), ["run"]);
}

#[test]
fn two_runs_into_one_folder_exclude_each_other() {
    let parent = parent();
    let folder = parent.path().join("run");
    let first = RunFolder::begin(&folder).expect("begun");
    let error = RunFolder::begin(&folder).expect_err("locked");
    assert!(matches!(error, WriteError::Locked(_)), "{error}");
    drop(first);
    run(&folder, "new").expect("the lock is free again");
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let parent = parent();
    let folder = parent.path().join("thesis");
    fs::create_dir(&folder).expect("made");
    run(&folder, "an empty folder will do").expect("written");
    let other = parent.path().join("photos");
    fs::create_dir(&other).expect("made");
    fs::write(other.join("1.jpg"), "x").expect("made");
    let error = run(&other, "new").expect_err("refused");
    assert!(matches!(error, WriteError::NotARun(_)), "{error}");
    assert_eq!(names(&other), ["1.jpg"]);
}

#[test]
fn a_file_put_among_the_results_is_not_lost() {
    let parent = parent();
    let folder = parent.path().join("run");
    run(&folder, "old").expect("written");
    fs::write(folder.join("notes.txt"), "mine").expect("made");
    let error = run(&folder, "new").expect_err("refused");
    assert!(error.to_string().contains("`notes.txt`, which kzleap did not write"), "{error}");
    assert_eq!(read(&folder), "old");
}

#[test]
fn a_file_in_the_way_is_refused() {
    let parent = parent();
    let folder = parent.path().join("run");
    fs::write(&folder, "a file").expect("made");
    let error = run(&folder, "new").expect_err("refused");
    assert!(matches!(error, WriteError::NotAFolder(_)), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_in_words() {
    let parent = parent();
    let folder = parent.path().join("run");
    let mut run = RunFolder::begin(&folder).expect("begun");
    let full = |_: &mut dyn std::io::Write| Err(std::io::ErrorKind::StorageFull.into());
    let error = run.add("big.csv", full).expect_err("full");
    assert!(error.to_string().starts_with("the disk is full"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let parent = parent();
    let real = parent.path().join("real");
    let link = parent.path().join("link");
    run(&real, "old").expect("written");
    std::os::unix::fs::symlink(&real, &link).expect("linked");
    run(&link, "new").expect("written");
    assert_eq!(read(&real), "new");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
}

#[test]
fn a_single_file_is_replaced_whole() {
    let parent = parent();
    let path = parent.path().join("new/compare.html");
    for text in ["old", "new"] {
        kzleap_report::write_text_file(&path, text).expect("written");
        assert_eq!(fs::read_to_string(&path).expect("the file"), text);
    }
    assert_eq!(names(&parent.path().join("new")), ["compare.html"]);
}
