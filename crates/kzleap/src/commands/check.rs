//! `kzleap check`: everything wrong with a model.

use kzleap_diagnostics::{json, render};

use crate::args::Check;
use crate::exit::Code;

use super::read::count;

/// Prints the findings, and on request the defaults that were used.
pub(crate) fn check(args: &Check) -> anyhow::Result<Code> {
    let input = kzleap_input::read(&args.source.model, args.source.scenario.as_deref());
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
