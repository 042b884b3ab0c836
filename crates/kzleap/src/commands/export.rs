//! `kzleap export`: a model in another tool's form.

use anyhow::Context;
use kzleap_osemosys::export;

use crate::args::{Export, Tool};
use crate::exit::Code;

use super::read::read;

/// Writes an otoole folder, or names everything that OSeMOSYS cannot say.
pub(crate) fn export(args: &Export) -> anyhow::Result<Code> {
    let Tool::Osemosys = args.tool;
    let source = &args.source;
    let read = read(&source.model, source.scenario.as_deref(), &source.osemosys, false);
    let Some(model) = &read.model else { return Ok(Code::BadInput) };
    let data = match &read.osemosys {
        Some((data, _)) => data.clone(),
        None => match export::from_model(model) {
            Ok(data) => data,
            Err(lacking) => {
                eprintln!("OSeMOSYS cannot say what this model says:");
                for what in lacking {
                    eprintln!("    {what}");
                }
                return Ok(Code::BadInput);
            }
        },
    };
    let written = export::write(&data, &args.out);
    written.with_context(|| format!("writing {}", args.out.display()))?;
    println!("written to {}", args.out.display());
    Ok(Code::Done)
}
