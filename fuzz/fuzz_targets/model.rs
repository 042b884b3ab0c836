//! A model folder, whole: any files give a model or findings, never a panic.
//!
//! The text is split at lines `--- NAME` into files; `scenarios/s.toml` is read as well.
#![no_main]

use kzleap_fuzz::{check, folder, split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let files = split(text);
    let folder = folder(files.iter().copied());
    check(folder.path(), None);
    if files.iter().any(|(name, _)| *name == "scenarios/s.toml") {
        check(folder.path(), Some("s"));
    }
});
