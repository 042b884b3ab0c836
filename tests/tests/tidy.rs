//! House rules as tests: arrows between crates, sizes of files.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kzleap_tests::repository;

/// Each crate and the crates it may use, as drawn in `docs/src/architecture.md`.
const ARROWS: &[(&str, &[&str])] = &[
    ("diagnostics", &[]),
    ("lp", &[]),
    ("model", &[]),
    ("generator", &["model"]),
    ("resolution", &["diagnostics", "model"]),
    ("input", &["diagnostics", "model"]),
    ("migrate", &[]),
    ("osemosys", &["accounts", "diagnostics", "model"]),
    ("formulation", &["lp", "model"]),
    ("solver", &["lp"]),
    ("output", &[]),
    ("accounts", &["model"]),
    ("page", &[]),
    ("report", &["accounts", "model", "output", "page"]),
    ("package", &["output", "report"]),
    ("analytics", &["diagnostics", "input", "model", "page", "report"]),
    ("nemo", &["accounts", "diagnostics", "model"]),
    (
        "study",
        &[
            "accounts",
            "diagnostics",
            "formulation",
            "input",
            "lp",
            "model",
            "nemo",
            "osemosys",
            "resolution",
            "solver",
        ],
    ),
    (
        "kzleap",
        &[
            "accounts",
            "analytics",
            "diagnostics",
            "formulation",
            "generator",
            "input",
            "lp",
            "migrate",
            "model",
            "nemo",
            "osemosys",
            "output",
            "package",
            "report",
            "resolution",
            "solver",
            "study",
        ],
    ),
];

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn crates_use_only_what_the_picture_shows() {
    let mut actual = BTreeMap::new();
    for (name, _) in ARROWS {
        let path = repository().join("crates").join(name).join("Cargo.toml");
        let text = fs::read_to_string(path).unwrap();
        let dependencies = text.split("[dependencies]").nth(1).unwrap_or_default();
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        let mut uses: Vec<String> = dependencies
            .lines()
            .filter_map(|line| {
                line.strip_prefix("kzleap-")?.split('.').next().map(str::to_owned)
            })
            .collect();
        uses.sort();
        actual.insert((*name).to_owned(), uses);
    }
    let drawn: BTreeMap<String, Vec<String>> = ARROWS
        .iter()
        .map(|(name, uses)| ((*name).to_owned(), uses.iter().map(|&u| u.to_owned()).collect()))
        .collect();
    assert_eq!(actual, drawn, "redraw docs/src/architecture.md and ARROWS, or drop the arrow");
    let crates = fs::read_dir(repository().join("crates")).unwrap().count();
    assert_eq!(crates, ARROWS.len(), "a crate is not in the picture");
}

#[test]
fn files_are_rooms_of_one_purpose() {
    for folder in ["crates", "tests", "benches"] {
        let scripts = files(&repository().join(folder), ".js");
        for path in files(&repository().join(folder), ".rs").into_iter().chain(scripts) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 450, "{} has {lines} lines: two rooms?", path.display());
        }
    }
}

/// `unsafe_code` is denied in every package, and what lifts it is in one file.
#[test]
fn unsafe_code_stands_in_one_file() {
    let mut found = Vec::new();
    for folder in ["crates", "tests", "benches", "fuzz"] {
        for path in files(&repository().join(folder), ".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let mut words =
                code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
            if words.any(|word| word == "unsafe" || word == "unsafe_code") {
                found.push(path.strip_prefix(repository()).unwrap().to_owned());
            }
        }
        for path in files(&repository().join(folder), "Cargo.toml") {
            let text = fs::read_to_string(&path).unwrap();
            let inherits = text.contains("[lints]\nworkspace = true");
            assert!(inherits || folder == "fuzz", "{} has other lints", path.display());
        }
    }
    found.retain(|path| !path.ends_with("tests/tests/tidy.rs"));
    assert_eq!(found, [Path::new("crates/solver/src/highs.rs")]);
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"deny\""));
}

#[test]
fn every_library_is_named_with_its_reason() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let page = fs::read_to_string(repository().join("docs/src/dependencies.md")).unwrap();
    let dependencies = manifest.split("[workspace.dependencies]").nth(1).unwrap();
    let dependencies = dependencies.split("\n[").next().unwrap();
    for line in dependencies.lines() {
        let Some((name, _)) = line.split_once([' ', '=']) else { continue };
        if name.starts_with(['#', ' ']) || name.starts_with("kzleap") || name.is_empty() {
            continue;
        }
        assert!(page.contains(&format!("`{name}`")), "docs/src/dependencies.md lacks `{name}`");
    }
}

/// The quick build knows every crate of ours, so that none is optimised unawares.
#[test]
fn the_quick_build_names_every_crate() {
    let quick = fs::read_to_string(repository().join(".cargo/quick.toml")).unwrap();
    for entry in fs::read_dir(repository().join("crates")).unwrap() {
        let manifest = fs::read_to_string(entry.unwrap().path().join("Cargo.toml")).unwrap();
        let name = manifest.split("name = \"").nth(1).and_then(|rest| rest.split('"').next());
        let name = name.expect("a crate has a name");
        let section = format!("[profile.release.package.{name}]\nopt-level = 0");
        assert!(quick.contains(&section), ".cargo/quick.toml lacks {name}");
    }
}

/// A library that is not built for tests of its own has none: they would never run.
#[test]
fn no_test_is_left_out() {
    let root = repository();
    let crates = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    for folder in crates.chain([root.join("tests")]) {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        for path in files(&folder.join("src"), ".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let has_test = text.lines().any(|line| line.trim() == "#[test]");
            let fences = text.lines().filter_map(|line| {
                let line = line.trim().trim_start_matches("///").trim_start_matches("//!");
                line.trim().strip_prefix("```")
            });
            let has_example = fences.step_by(2).any(|language| language != "text");
            let left_out = has_test && manifest.contains("\ntest = false")
                || has_example && manifest.contains("doctest = false");
            assert!(!left_out, "{}: its tests are left out in Cargo.toml", path.display());
        }
    }
}
