//! A folder appears whole or not at all.

use std::fs;
use std::path::Path;

use kzleap_output::{
    Holds, Manifest, OpenFolder, OutputFolder, WorkFolder, WriteError, forget_comparison,
    recover, write_file,
};
use tempfile::TempDir;

fn parent() -> TempDir {
    tempfile::tempdir().expect("a folder for temporary files")
}

/// Writes a small run with one file of this text.
fn run(folder: &Path, text: &str) -> Result<(), WriteError> {
    let mut run = OutputFolder::begin(folder, Holds::Run)?;
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
    let mut half = OutputFolder::begin(&folder, Holds::Run).expect("begun");
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
    let first = OutputFolder::begin(&folder, Holds::Run).expect("begun");
    let error = OutputFolder::begin(&folder, Holds::Run).expect_err("locked");
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
    assert!(matches!(error, WriteError::NotOurs(_)), "{error}");
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
    let mut run = OutputFolder::begin(&folder, Holds::Run).expect("begun");
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
        write_file(&path, |out| out.write_all(text.as_bytes())).expect("written");
        assert_eq!(fs::read_to_string(&path).expect("the file"), text);
    }
    assert_eq!(names(&parent.path().join("new")), ["compare.html"]);
}

fn study(files: &[&str]) -> Manifest {
    let files = files.iter().map(|&file| file.to_owned()).collect();
    Manifest { holds: Holds::Study, files, ..Manifest::default() }
}

#[test]
fn a_folder_of_files_that_come_one_by_one() {
    let parent = parent();
    let folder = parent.path().join("study");
    let first = OpenFolder::begin(&folder, study(&["points/1", "table"])).expect("begun");
    first.write("points/1", "one").expect("written");
    drop(first); // killed before the table

    // what was half-written goes, what is whole stays until the end
    fs::write(folder.join("points/.1.new"), "hal").expect("made");
    let second = OpenFolder::begin(&folder, study(&["points/2", "table"])).expect("begun");
    assert_eq!(names(&folder.join("points")), ["1"]);
    second.write("points/2", "two").expect("written");
    second.write("table", "two").expect("written");
    assert_eq!(names(&folder.join("points")), ["1", "2"]);
    second.finish().expect("finished");
    assert_eq!(names(&folder.join("points")), ["2"]);
    assert_eq!(names(&folder), ["manifest.json", "points", "table"]);
    assert_eq!(names(parent.path()), ["study"]);
}

#[test]
fn a_folder_is_written_again_only_by_what_wrote_it() {
    let parent = parent();
    let folder = parent.path().join("study");
    let open = OpenFolder::begin(&folder, study(&["table"])).expect("begun");
    open.write("table", "hours of work").expect("written");
    open.finish().expect("finished");
    let error = run(&folder, "new").expect_err("refused");
    assert!(
        error
            .to_string()
            .ends_with("holds the runs of a study, which would be lost; choose another folder")
    );
    run(&parent.path().join("run"), "old").expect("written");
    let error =
        OpenFolder::begin(parent.path().join("run"), study(&["table"])).expect_err("refused");
    assert!(matches!(error, WriteError::HoldsOther { holds: Holds::Run, .. }), "{error}");
}

#[test]
fn a_comparison_stands_among_folders_of_runs() {
    let parent = parent();
    let all = parent.path().join("all");
    run(&all.join("base"), "base").expect("written");
    fs::create_dir(all.join(".cap.new")).expect("made"); // of a killed run
    let manifest = Manifest {
        holds: Holds::Scenarios,
        files: vec!["compare.html".to_owned()],
        ..Manifest::default()
    };
    let open = OpenFolder::begin(&all, manifest.clone()).expect("begun");
    open.write("compare.html", "a page").expect("written");
    drop(open);
    assert_eq!(names(&all), ["base", "compare.html", "manifest.json"]);

    // one run would take the place of all
    let error = run(&all, "new").expect_err("refused");
    assert!(error.to_string().contains("holds the results of several scenarios"), "{error}");
    forget_comparison(&all).expect("removed");
    assert_eq!(names(&all), ["base", "manifest.json"]);

    fs::write(all.join("notes.txt"), "mine").expect("made");
    let error = OpenFolder::begin(&all, manifest).expect_err("refused");
    assert!(error.to_string().contains("`notes.txt`, which kzleap did not write"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn where_a_file_system_begins_is_refused_at_once() {
    let error = OutputFolder::begin("/", Holds::Run).expect_err("refused");
    assert!(error.to_string().contains("cannot be replaced as a whole"), "{error}");
}

/// Two programs begin at the same time, and each writes its file; a folder of something else is
/// refused.
#[test]
fn several_programs_write_into_one_folder() {
    let parent = parent();
    let folder = parent.path().join("study");
    let manifest = || study(&["runs.csv"]);
    std::thread::scope(|scope| {
        for name in ["1", "2", "3"] {
            let (folder, manifest) = (&folder, manifest());
            scope.spawn(move || {
                let work = WorkFolder::begin(folder, &manifest).expect("begun");
                work.write(format!("runs/{name}.json"), name).expect("written");
            });
        }
    });
    assert_eq!(names(&folder), ["manifest.json", "runs"]);
    assert_eq!(names(&folder.join("runs")), ["1.json", "2.json", "3.json"]);
    // what a killed program left is replaced
    fs::write(folder.join("runs/.1.json.new"), "hal").expect("made");
    let work = WorkFolder::begin(&folder, &manifest()).expect("begun");
    work.write("runs/1.json", "one").expect("written");
    assert_eq!(names(&folder.join("runs")), ["1.json", "2.json", "3.json"]);
    run(&parent.path().join("run"), "old").expect("written");
    let error = WorkFolder::begin(parent.path().join("run"), &manifest()).expect_err("refused");
    assert!(matches!(error, WriteError::HoldsOther { holds: Holds::Run, .. }), "{error}");
    assert!(run(&folder, "new").is_err());
}
