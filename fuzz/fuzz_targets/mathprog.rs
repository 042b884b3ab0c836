//! The reader of MathProg data files: any bytes give a model or findings, never a panic.
//!
//! `cargo fuzz run mathprog` (needs cargo-fuzz and a nightly compiler).
#![no_main]

use kzleap_diagnostics::{Diagnostics, Sources, render};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let file = sources.add("fuzz.txt", text);
    let read = kzleap_osemosys::mathprog::read(file, "fuzz", &Default::default(), &sources, &mut findings);
    for finding in &findings {
        let _ = render(finding, &sources);
    }
    if let Some(data) = read.filter(|_| !findings.has_errors()) {
        let _ = kzleap_osemosys::to_model(&data);
    }
});
