//! `kzleap check`: everything wrong with a model.

use kzleap_diagnostics::{json, render};

use crate::args::{Check, Source};
use crate::exit::Code;

use super::read::{Read, count, read_quietly};

/// Prints the findings, and on request the defaults that were used.
pub(crate) fn check(args: &Check) -> anyhow::Result<Code> {
    let Source { model, scenario, osemosys } = &args.source;
    if kzleap_nemo::looks_like_nemo(model) {
        return Ok(super::nemo::check(model));
    }
    let Read { input, .. } = read_quietly(model, scenario.as_deref(), osemosys);
    if args.json {
        println!("{}", json(&input.diagnostics, &input.sources));
    } else {
        for finding in &input.diagnostics {
            println!("{}\n", render(finding, &input.sources));
        }
        if args.defaults {
            for default in &input.defaults {
                println!("default: {} = {} ({})", default.path, default.value, default.reason);
            }
        }
        println!("{}", count(&input));
    }
    Ok(if input.diagnostics.has_errors() { Code::BadInput } else { Code::Done })
}
