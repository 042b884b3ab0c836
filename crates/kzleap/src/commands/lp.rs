//! `kzleap lp`: the linear program, to read or for another solver.

use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context, bail};
use kzleap_formulation::{Formulation, formulate};
use kzleap_lp::mps;
use kzleap_study::Kind;

use crate::args::{LpArgs, Typed};
use crate::exit::Code;
use crate::output::print_with;

use super::kind::{of_one, of_source};
use super::read::read;

/// How an MPS file of ours begins.
const OURS: &[u8; 11] = b"NAME kzleap";

/// Prints the program with its names, or writes it as MPS.
pub(crate) fn lp(args: &LpArgs, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let source = &args.source;
    let kinds = [Kind::Folder, Kind::Osemosys, Kind::Nemo];
    of_source(source, typed, "lp", &kinds)?;
    if let Some(path) = &args.mps {
        may_be_written(path)?;
    }
    let spec = of_one(source.spec(), "lp")?;
    let Some(model) = read(&spec, false).model else { return Ok(Code::BadInput) };
    let formulation = formulate(&model);
    match &args.mps {
        Some(path) => write_mps(&formulation, path)?,
        None => print_with(|out| formulation.write_text(out))?,
    }
    Ok(Code::Done)
}

/// Refuses a file that is no program of ours, so that no model is lost to a slip of the hand.
fn may_be_written(path: &Path) -> anyhow::Result<()> {
    if path.is_dir() {
        bail!("`{}` is a folder; name a file within it", path.display());
    }
    if !path.is_file() {
        return Ok(()); // nothing there, or a device
    }
    let mut beginning = [0; OURS.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut beginning));
    if read.is_err() || &beginning != OURS {
        bail!(
            "`{}` is there already and is no program that kzleap wrote; choose another name, or \
             remove it",
            path.display()
        );
    }
    Ok(())
}

fn write_mps(formulation: &Formulation<'_>, path: &Path) -> anyhow::Result<()> {
    if path.exists() && !path.is_file() {
        let named = || format!("writing {}", path.display());
        let mut out = BufWriter::new(File::create(path).with_context(named)?);
        mps::write(&formulation.lp, formulation, &mut out).with_context(named)?;
        return out.flush().with_context(named);
    }
    Ok(kzleap_output::write_file(path, |out| mps::write(&formulation.lp, formulation, out))?)
}
