//! otoole folders: the text is split at lines `--- NAME` into the configuration and tables.
#![no_main]

use kzleap_diagnostics::{Diagnostics, Sources, render};
use kzleap_fuzz::{folder, split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let folder = folder(split(text));
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let read =
        kzleap_osemosys::otoole::read(folder.path(), &Default::default(), &mut sources, &mut findings);
    for finding in &findings {
        let _ = render(finding, &sources);
    }
    if let Ok(Some(data)) = read
        && !findings.has_errors()
    {
        let imported = kzleap_osemosys::to_model(&data);
        let _ = kzleap_formulation::formulate(&imported.model);
    }
});
