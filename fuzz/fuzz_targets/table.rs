//! The CSV tables of a model: the first byte says which, the rest is its text.
#![no_main]

use kzleap_fuzz::{TWO_PLANTS, check, folder};
use libfuzzer_sys::fuzz_target;

const TABLES: [&str; 4] =
    ["residual_capacity.csv", "parameters.csv", "demand.csv", "profiles.csv"];

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let table = TABLES[usize::from(*which) % TABLES.len()];
    let folder = folder([("model.toml", TWO_PLANTS), (table, text)]);
    check(folder.path(), None);
});
