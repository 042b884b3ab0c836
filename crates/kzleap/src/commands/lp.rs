//! `kzleap lp`: the linear program, to read or for another solver.

use std::io::{BufWriter, Write};

use anyhow::Context;
use kzleap_formulation::formulate;
use kzleap_lp::mps;

use crate::args::LpArgs;
use crate::exit::Code;

use super::read::read;

/// Prints the program with its names, or writes it as MPS.
pub(crate) fn lp(args: &LpArgs) -> anyhow::Result<Code> {
    let source = &args.source;
    let read = read(&source.model, source.scenario.as_deref(), &source.osemosys, false);
    let Some(model) = read.model else { return Ok(Code::BadInput) };
    let formulation = formulate(&model);
    match &args.mps {
        Some(path) => {
            let named = || format!("writing {}", path.display());
            let mut out = BufWriter::new(std::fs::File::create(path).with_context(named)?);
            mps::write(&formulation.lp, &formulation, &mut out).with_context(named)?;
            out.flush().with_context(named)?;
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            match formulation.write_text(&mut out).and_then(|()| out.flush()) {
                // whoever reads may stop early, as `head` does
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
                other => other.context("printing the program")?,
            }
        }
    }
    Ok(Code::Done)
}
