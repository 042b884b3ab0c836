//! What the tests of the command share.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn kzleap() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kzleap"));
    command.current_dir(repository()).env_remove("RUST_BACKTRACE");
    command
}

/// Exit code, standard output, standard error.
pub(crate) fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = kzleap().args(arguments).output().expect("the command was built");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

pub(crate) fn json(path: &Path) -> serde_json::Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn summary(folder: &Path) -> serde_json::Value {
    json(&folder.join("summary.json"))
}

/// Names in a folder, hidden ones too, in their order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A copy of `models/two-plants` that a test may change.
pub(crate) fn two_plants(folder: &Path) -> PathBuf {
    let from = repository().join("models/two-plants");
    let to = folder.join("two-plants");
    fs::create_dir_all(to.join("scenarios")).unwrap();
    for file in ["model.toml", "scenarios/tight.toml", "scenarios/no-cap.toml"] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
    to
}

/// Changes one text in a file, which must be there.
pub(crate) fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

/// Whether checks of more than a few seconds are asked for.
pub(crate) fn long_checks() -> bool {
    std::env::var_os("KZLEAP_LONG_CHECKS").is_some()
}
