//! What the fuzz targets share: folders made of one text, and what must hold of a model read.

use std::fs;
use std::path::{Component, Path};

use kzleap_diagnostics::{Located, render};
use kzleap_formulation::formulate;
use tempfile::TempDir;

/// The model that single tables, units and scenarios are added to.
pub const TWO_PLANTS: &str = include_str!("../../models/two-plants/model.toml");

/// Writes files into a new folder.
pub fn folder<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        if let Some(parent) = path.parent() {
            let _ = fs::create_dir_all(parent);
        }
        let _ = fs::write(path, text);
    }
    folder
}

/// Splits a text at lines such as `--- plants.toml` into files; names that lead out of the folder
/// are left out.
pub fn split(text: &str) -> Vec<(&str, &str)> {
    let mut files = Vec::new();
    for part in text.split("--- ").skip(1) {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        let inside = Path::new(name).components().all(|c| matches!(c, Component::Normal(_)));
        if inside && !name.is_empty() && name.len() < 40 && !name.contains('\0') {
            files.push((name, content));
        }
    }
    files
}

/// Reads a model folder: a model comes out just where nothing is wrong, every finding can be
/// shown as text and has its place, and the program of the model can be written.
pub fn check(folder: &Path, scenario: Option<&str>) {
    let input = kzleap_input::read(folder, scenario);
    for finding in &input.diagnostics {
        let _ = render(finding, &input.sources);
        let _ = Located::new(finding, &input.sources);
    }
    assert_eq!(input.model.is_some(), !input.diagnostics.has_errors());
    if let Some(model) = input.model {
        let program = formulate(&model).lp;
        assert!(program.values.iter().all(|value| value.is_finite()), "a number is not finite");
    }
}
