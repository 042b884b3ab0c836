//! The file of a scenario, on top of a model that is right.
#![no_main]

use kzleap_fuzz::{TWO_PLANTS, check, folder};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let folder = folder([("model.toml", TWO_PLANTS), ("scenarios/s.toml", text)]);
    check(folder.path(), Some("s"));
});
