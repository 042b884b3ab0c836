//! A run folder appears whole, with marks, times and a manifest.

use std::fs;
use std::path::Path;

use kzleap_output::{Holds, Manifest, OutputFolder};
use kzleap_report::{Unique, write_run, write_run_into};
use tempfile::TempDir;

use crate::fixture::{info, model, solution};

fn parent() -> TempDir {
    tempfile::tempdir().expect("a folder for temporary files")
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
    write_run(&folder, &model, &solution(&model), &info()).expect("written");
    let manifest = Manifest::read(&folder).expect("the manifest");
    assert_eq!(manifest.holds, Holds::Run);
    assert_eq!(manifest.inputs, info().inputs);
    assert_eq!(
        names(&folder),
        [
            "datapackage.json",
            "iamc.csv",
            "index.html",
            "manifest.json",
            "summary.json",
            "tables"
        ]
    );
    assert_eq!(names(&folder.join("tables")).len(), kzleap_report::tables::ALL.len());
    assert!(manifest.files.iter().all(|file| folder.join(file).is_file()));
    assert_eq!(names(&parent.path().join("deep")), ["run"], "nothing is left beside it");
}

/// The alternative builds half a GW less of solar power: what follows from it is marked, in the table
/// and by the count, and nothing else.
#[test]
fn figures_that_may_differ_are_marked() {
    let parent = parent();
    let folder = parent.path().join("run");
    let model = model();
    let mut solution = solution(&model);
    let mut alternative = solution.clone();
    alternative.new_capacity[(1, 1)] -= 0.5;
    solution.alternative = Some(Box::new(alternative));
    let summary = write_run(&folder, &model, &solution, &info()).expect("written");
    let table = fs::read_to_string(folder.join("tables/new_capacity.csv")).expect("the table");
    insta::assert_snapshot!(table, @"
    region,name,kind,category,addition,unit,year,value,unique
    south,solar,process,solar_pv,built,GW,2030,2.5,maybe
    south,battery,process,battery,built,GW,2030,0.5,yes
    ");
    assert_eq!(summary.unique["new_capacity"], Unique { rows: 2, unique: 1 });
    assert_eq!(summary.unique["capacity"], Unique { rows: 6, unique: 6 });
    let inputs = fs::read_to_string(folder.join("tables/inputs.csv")).expect("the table");
    assert!(!inputs.contains("unique") && !summary.unique.contains_key("inputs"));
}

#[test]
fn times_are_filled_in_at_the_end() {
    let parent = parent();
    let folder = parent.path().join("run");
    let model = model();
    let finish = |info: &mut kzleap_report::RunInfo| info.seconds.report = 1.5;
    write_run_into(
        OutputFolder::begin(&folder, Holds::Run).expect("free"),
        &model,
        &solution(&model),
        &mut info(),
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
        write_run(&folder, &model, &solution(&model), &info()).expect("written");
        let files = Manifest::read(&folder).expect("the manifest").files;
        files
            .iter()
            .map(|file| fs::read(folder.join(file)).expect("a file"))
            .collect::<Vec<_>>()
    };
    assert!(write("a") == write("b"));
}
