//! `kzleap import`: another tool's model, read, judged, and written in its normal form.

use anyhow::Context;
use kzleap_model::Model;
use kzleap_osemosys::export;

use crate::args::{Import, Tool};
use crate::exit::Code;

use super::read::{count, read};

/// Reads the model, prints what was assumed, and writes it if a folder is given.
pub(crate) fn import(args: &Import) -> anyhow::Result<Code> {
    let Tool::Osemosys = args.tool;
    if !kzleap_osemosys::looks_like_osemosys(&args.path) {
        eprintln!(
            "error: `{}` is neither a MathProg data file (`param NAME … := …;`) nor an otoole \
             folder (TECHNOLOGY.csv, REGION.csv, YEAR.csv)",
            args.path.display()
        );
        return Ok(Code::BadInput);
    }
    let read = read(&args.path, None, &args.osemosys, false);
    let (Some(model), Some((data, _))) = (&read.model, &read.osemosys) else {
        return Ok(Code::BadInput);
    };
    println!("{}", summary(model));
    println!("{}", count(&read.input));
    if let Some(out) = &args.out {
        export::write(data, out).with_context(|| format!("writing {}", out.display()))?;
        println!("written to {}", out.display());
    }
    Ok(Code::Done)
}

fn summary(model: &Model) -> String {
    let years = model.time.years.iter().map(|year| year.milestone);
    format!(
        "{}: {} regions, {} technologies, {} fuels, {} storages, {} trade routes, {} emissions, \
         {} time slices, {} years ({} to {})",
        model.name,
        model.regions.len(),
        model.processes.len(),
        model.commodities.len(),
        model.storages.len(),
        model.links.len(),
        model.emissions.len(),
        model.time.slices.len(),
        model.time.years.len(),
        years.clone().min().unwrap_or_default(),
        years.max().unwrap_or_default(),
    )
}
