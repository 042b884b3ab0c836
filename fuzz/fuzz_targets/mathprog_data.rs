//! Any text as a MathProg data file: it is read or refused, and what is read becomes a model.
//!
//! Every finding must be one that can be shown: its place lies within the text.

#![no_main]

use kzleap_diagnostics::{Diagnostics, Sources, render};
use kzleap_osemosys::{mathprog, to_model};
use libfuzzer_sys::fuzz_target;

/// Larger models only make the search slow.
const MOST_MEMBERS: usize = 50;

fuzz_target!(|text: &str| {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add("model.txt", text);
    let data = mathprog::read(file, "model", None, &sources, &mut diagnostics);
    for finding in &diagnostics {
        let _ = render(finding, &sources);
    }
    let Some(data) = data else {
        assert!(diagnostics.has_errors(), "refused without a word");
        return;
    };
    let small = |set| data.count(set) <= MOST_MEMBERS;
    if kzleap_osemosys::parameters::SetId::ALL.into_iter().all(small) {
        let _ = to_model(&data);
    }
});
