//! `kzleap check`: everything wrong with a model.

use std::fmt::Write;

use kzleap_diagnostics::{json, render};

use crate::args::{Check, Source};
use crate::exit::Code;
use crate::output::print;

use super::read::{Read, count, read_quietly};

/// Prints the findings, and on request the defaults that were used.
pub(crate) fn check(args: &Check) -> anyhow::Result<Code> {
    let Source { model, scenario, osemosys } = &args.source;
    if kzleap_nemo::looks_like_nemo(model) {
        return Ok(super::nemo::check(model));
    }
    let Read { input, .. } = read_quietly(model, scenario.as_deref(), osemosys);
    let mut text = String::new();
    if args.json {
        writeln!(text, "{}", json(&input.diagnostics, &input.sources))?;
    } else {
        for finding in &input.diagnostics {
            writeln!(text, "{}\n", render(finding, &input.sources))?;
        }
        for default in input.defaults.iter().filter(|_| args.defaults) {
            let (path, value, reason) = (&default.path, &default.value, &default.reason);
            writeln!(text, "default: {path} = {value} ({reason})")?;
        }
        writeln!(text, "{}", count(&input))?;
    }
    print(&text)?;
    Ok(if input.diagnostics.has_errors() { Code::BadInput } else { Code::Done })
}
