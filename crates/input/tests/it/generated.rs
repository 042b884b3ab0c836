//! The reference page and the schemas in the repository are those the program makes.
//!
//! With `KZLEAP_UPDATE=1` in the environment the files are written instead.

use std::fs;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn check(path: &Path, expected: &str) {
    if std::env::var_os("KZLEAP_UPDATE").is_some() {
        fs::write(path, expected).expect("a file of the repository");
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == expected,
        "{} is not what the program makes: run the tests with KZLEAP_UPDATE=1",
        path.display()
    );
}

#[test]
fn the_reference_page_is_up_to_date() {
    check(&repository().join("docs/src/fields.md"), &kzleap_input::fields_page());
}

#[test]
fn the_schemas_are_up_to_date() {
    for (name, schema) in kzleap_input::schemas() {
        let text = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
        check(&repository().join("schemas").join(name), &text);
    }
}
