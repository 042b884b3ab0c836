//! Fields are named in the list of fields alone: whoever reads one does so by its constant.

use std::fs;
use std::path::Path;

/// Files of Rust below a folder but the list of fields, with what each holds.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry of it").path();
        if path.is_dir() && !path.ends_with("registry") {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found
                .push((path.display().to_string(), fs::read_to_string(&path).expect("a text")));
        }
    }
}

/// A table of a file is asked for nothing by a text, which could be misspelt.
#[test]
fn tables_are_read_by_constants() {
    const ASKING: [&str; 5] =
        [".get(\"", ".entry(\"", ".get_mut(\"", ".remove(\"", ".rename(\""];
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 80, "{} files", found.len());
    for (file, text) in found {
        for (at, line) in text.lines().enumerate() {
            let asks = ASKING.iter().any(|asking| line.contains(asking));
            assert!(!asks, "{file}:{} names a field by a text: {line}", at + 1);
        }
    }
}
