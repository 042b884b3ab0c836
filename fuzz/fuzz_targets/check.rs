//! What `kzleap check` does with a model folder, whole: any files give a model or findings, for
//! the base and for every scenario in them, never a panic.
//!
//! The text is split at lines `--- NAME` into files.
#![no_main]

use kzleap_fuzz::{check, folder, split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let folder = folder(split(text));
    check(folder.path(), None);
    for scenario in kzleap_input::Tree::read(folder.path()).scenarios() {
        if scenario.name != "base" {
            check(folder.path(), Some(&scenario.name));
        }
    }
});
