//! Reading a model for a command, with its findings shown to the user.

use std::collections::BTreeSet;

use kzleap_diagnostics::{Diagnostics, Severity, Sources, render};
use kzleap_input::Input;
use kzleap_osemosys::Data;
use kzleap_study::{Given, Read, RunSpec};

use crate::output::tell;

/// Findings that were printed, so that each is printed once, by code, place and message.
#[derive(Default)]
pub(crate) struct Printed(BTreeSet<(&'static str, String, String)>);

impl Printed {
    /// Prints what was not yet printed: errors always, the rest unless `quiet`.
    pub(crate) fn findings(&mut self, findings: &Diagnostics, sources: &Sources, quiet: bool) {
        for finding in findings {
            if finding.severity == Severity::Error || !quiet {
                let place = finding.span().map_or_else(String::new, |span| {
                    let file = sources.file(span.file);
                    format!("{}:{}", file.path, file.position(span.start).line)
                });
                if self.0.insert((finding.code, place, finding.message.clone())) {
                    tell(&format!("{}\n", render(finding, sources)));
                }
            }
        }
    }
}

/// Reads the model of a run, of whatever kind, and prints the findings: errors always, the rest
/// unless `quiet`.
pub(crate) fn read(spec: &RunSpec, quiet: bool) -> Read {
    let read = Given::open(spec).read(spec);
    tell_all(&read, quiet, &mut Printed::default());
    read
}

/// Prints the findings of a reading, the notes on an imported model, and how many errors there are
/// if it cannot be used.
pub(crate) fn tell_all(read: &Read, quiet: bool, printed: &mut Printed) {
    let Input { diagnostics, sources, .. } = &read.input;
    printed.findings(diagnostics, sources, quiet);
    if let (Some((data, _)), false) = (&read.osemosys, quiet) {
        grouped(data).iter().for_each(|note| tell(&format!("note: {note}")));
    }
    if read.model.is_none() {
        tell(&count(diagnostics.error_count(), diagnostics.warning_count()));
    }
}

/// Notes for people: parameters that are simply not given stand together in one.
fn grouped(data: &Data) -> Vec<String> {
    let mut notes = data.notes.clone();
    let absent: Vec<String> = (data.absent.iter())
        .map(|absent| format!("{} = {}", absent.parameter, absent.taken()))
        .collect();
    if !absent.is_empty() {
        notes.push(format!("not given, taken as OSeMOSYS does: {}", absent.join(", ")));
    }
    notes
}

/// `2 errors, 1 warning`.
pub(crate) fn count(errors: usize, warnings: usize) -> String {
    format!("{}, {}", several(errors, "error"), several(warnings, "warning"))
}

/// `1 error`, `2 errors`.
pub(crate) fn several(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}
