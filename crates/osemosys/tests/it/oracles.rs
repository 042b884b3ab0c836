//! Other people's models: the same optimum as OSeMOSYS's own equations find.

use std::fs;
use std::path::PathBuf;

use kzleap_osemosys::to_model;

use crate::support::{oracles, read_path, solve};

/// Every model with the objective to reach.
fn cases() -> Vec<(PathBuf, f64)> {
    let Some(root) = oracles() else { return Vec::new() };
    let mut cases = Vec::new();
    for entry in fs::read_dir(root).expect("the folder can be read") {
        let folder = entry.expect("an entry").path();
        let Ok(text) = fs::read_to_string(folder.join("reference.json")) else { continue };
        let reference: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let expected = reference["expected_objective"].as_f64().expect("an objective");
        for name in ["data.txt", "data_as_published.txt"] {
            let path = folder.join(name);
            if path.is_file() {
                cases.push((path, expected));
            }
        }
    }
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

#[test]
fn every_model_reaches_its_expected_objective() {
    let mut wrong = Vec::new();
    for (path, expected) in cases() {
        let imported = to_model(&read_path(&path));
        let found = solve(&imported.model).map(|solution| solution.objective);
        let line = match &found {
            Ok(found) => {
                let off = (found - expected).abs() / expected.abs();
                format!("{found:.9e} for {expected:.9e}, off by {off:.1e}")
            }
            Err(error) => format!("{error} for {expected:.9e}"),
        };
        println!("{}: {line}", path.display());
        if !found.is_ok_and(|found| (found - expected).abs() <= 1e-6 * expected.abs()) {
            wrong.push(format!("{}: {line}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
