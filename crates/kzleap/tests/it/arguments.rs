//! Arguments that do not fit are refused, and files that are no model are reported as what they
//! are.

use std::fs;

use crate::support::{repository, run, text};

/// A whole scenario database cannot be made here without SQLite; its beginning can.
const BEGINNING_OF_A_DATABASE: &[u8] = b"SQLite format 3\0 and then nothing";

#[test]
fn options_for_another_kind_of_model() {
    let temp = tempfile::tempdir().unwrap();
    let database = temp.path().join("scenario");
    fs::write(&database, BEGINNING_OF_A_DATABASE).unwrap();
    let database = text(&database);
    let (plants, trade) = ("models/two-plants", "models/osemosys/trade.txt");
    for (arguments, why) in [
        (vec!["run", plants, "--dialect", "clews"], "`--dialect` is for OSeMOSYS models"),
        (vec!["check", plants, "--config", "x.yaml"], "`--config` is for OSeMOSYS models"),
        (vec!["run", plants, "--calcyears", "2030"], "`--calcyears` is for NEMO databases"),
        (vec!["run", plants, "--correct"], "`--correct` is for NEMO databases"),
        (vec!["run", trade, "--vars", "vprod"], "`--vars` is for NEMO databases"),
        (vec!["run", trade, "--slices", "4"], "`--slices` is for model folders"),
        (vec!["lp", trade, "--regions", "national"], "`--regions` is for model folders"),
        (vec!["run", database, "--slices", "4"], "`--slices` is for model folders"),
        (vec!["run", plants, "--slices", "0"], "0 is not in 1.."),
        (vec!["run", trade, "--report-zeros"], "`--report-zeros` is for NEMO databases"),
        (vec!["run", plants, "--results", "otoole", "x"], "is for OSeMOSYS models"),
        (vec!["run", trade, "--results", "excel", "x"], "`--results excel` is not known"),
        (vec!["run", database, "--dialect", "clews"], "`--dialect` is for OSeMOSYS models"),
        (vec!["run", database, "--out", "x"], "`--out` is not for NEMO databases"),
        (vec!["run", database, "--tie-break"], "`--tie-break` is not for NEMO databases"),
        (vec!["run", database, "-s", "a"], "`--scenario` is not for NEMO databases"),
        (
            vec!["export", "osemosys", database, "--out", "x"],
            "is for model folders and OSeMOSYS models",
        ),
        (vec!["sweep", database, "--param", "a=1:2:3", "--out", "x"], "is for model folders"),
        (vec!["sweep", trade, "--param", "a=1:2:3", "--out", "x"], "is for model folders"),
        (vec!["sweep", plants, "--param", "a=1:2", "--out", "x"], "write PATH=from:to:n"),
        (vec!["frobnicate"], "unrecognized subcommand"),
    ] {
        let (code, stdout, stderr) = run(&arguments);
        assert_eq!(code, 2, "{arguments:?}: {stdout}{stderr}");
        assert!(stderr.contains(why), "{arguments:?}: {stderr}");
    }
}

#[test]
fn what_is_no_model_is_told_as_what_it_is() {
    let temp = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = temp.path().join(name);
        fs::write(&path, bytes).unwrap();
        text(&path).to_owned()
    };
    let folder = temp.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let course = temp.path().join("course");
    fs::create_dir_all(course.join("data")).unwrap();
    for set in ["REGION", "YEAR", "TECHNOLOGY"] {
        fs::write(course.join("data").join(format!("{set}.csv")), "VALUE\n").unwrap();
    }
    let cohort = temp.path().join("cohort");
    fs::create_dir(&cohort).unwrap();
    fs::copy(repository().join("models/osemosys/trade.txt"), cohort.join("data.txt")).unwrap();
    for (path, why) in [
        (file("notes.md", b"notes"), "is not a model that is read"),
        (file("torn.sqlite", b"no database"), "it is not an SQLite database"),
        (file("torn", BEGINNING_OF_A_DATABASE), "it is not an SQLite database"),
        (text(&temp.path().join("gone.db")).to_owned(), "there is no file"),
        (text(&temp.path().join("gone")).to_owned(), "there is no file or folder"),
        (text(&folder).to_owned(), "has no model.toml"),
        (file("clicsand.xlsm", b"PK\x03\x04"), "otoole convert excel csv"),
        (file("case.zip", b"PK\x03\x04..Atlantis/genData.json"), "generate the data file"),
        (file("genData.json", br#"{"osy-version": "5.0"}"#), "generate the data file"),
        (file("datapackage.json", br#"{"resources": []}"#), "data package of otoole"),
        (file("wales.yaml", b"time_definition:\n  id: years\n"), "to_otoole_csv"),
        (file("osemosys.lp", b"Minimize\n"), "give the data it was made from"),
        (file("osemosys.mps", b"NAME model\n"), "give the data it was made from"),
        (file("osemosys.sol", b"Status: optimal\n"), "give the data it was made from"),
        (file("plants.toml", b""), "give its folder"),
        (file("freedonia.leap", b""), "keep intermediate results"),
        (text(&course).to_owned(), "but its folder `data` is"),
        (text(&cohort).to_owned(), "holds an OSeMOSYS data file"),
    ] {
        for command in ["run", "check"] {
            let (code, stdout, stderr) = run(&[command, &path]);
            assert_eq!(code, 3, "{command} {path}: {stdout}{stderr}");
            let all = stdout + &stderr;
            assert!(all.contains(why), "{command} {path}: {all}");
            assert!(!all.contains("is not a folder"), "{all}");
        }
    }
}

#[test]
fn one_of_a_thing_is_one() {
    let (code, stdout, stderr) = run(&["import", "osemosys", "models/osemosys/trade.txt"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(
        stdout,
        "trade: 2 regions, 2 technologies, 1 fuel, 0 storages, 1 trade route, 1 emission, 1 time \
         slice, 2 years (2030 to 2031)\n0 errors, 0 warnings\n"
    );
}
