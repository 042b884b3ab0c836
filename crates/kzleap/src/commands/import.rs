//! `kzleap import`: another tool's model, read, judged, and written in its normal form.

use kzleap_diagnostics::{Diagnostic, Sources, render};
use kzleap_model::Model;
use kzleap_study::{Kind, RunSpec, not_read, what_it_is};

use crate::args::{Import, Tool};
use crate::exit::Code;
use crate::output::{print, tell};

use super::export::write_otoole_model;
use super::read::{count, read, several};

/// Reads the model, prints what was assumed, and writes it if a folder is given.
pub(crate) fn import(args: &Import) -> anyhow::Result<Code> {
    let Tool::Osemosys = args.tool;
    if Kind::of(&args.path) != Kind::Osemosys {
        let shown = args.path.display();
        let finding = match what_it_is(&args.path) {
            None if args.path.exists() => Diagnostic::error_overall(
                "not-osemosys",
                format!("`{shown}` is no model of OSeMOSYS"),
            )
            .hint(
                "a MathProg data file (`param NAME … := …;`) or an otoole folder \
                 (TECHNOLOGY.csv, REGION.csv, YEAR.csv)",
            ),
            Some(finding) => finding,
            None => not_read(&args.path),
        };
        tell(&render(&finding, &Sources::default()));
        return Ok(Code::BadInput);
    }
    let osemosys = args.osemosys.reading();
    let spec = RunSpec { model: args.path.clone(), osemosys, ..RunSpec::default() };
    let read = read(&spec, false);
    let (Some(model), Some((data, _))) = (&read.model, &read.osemosys) else {
        return Ok(Code::BadInput);
    };
    let findings = &read.input.diagnostics;
    let count = count(findings.error_count(), findings.warning_count());
    print(&format!("{}\n{count}\n", summary(model)))?;
    if let Some(out) = &args.out {
        write_otoole_model(data, out)?;
        print(&format!("written to {}\n", out.display()))?;
    }
    Ok(Code::Done)
}

fn summary(model: &Model) -> String {
    let years = model.time.years.iter().map(|year| year.milestone);
    let parts = [
        several(model.regions.len(), "region"),
        several(model.processes.len(), "technology").replace("ys", "ies"),
        several(model.commodities.len(), "fuel"),
        several(model.storages.len(), "storage"),
        several(model.links.len(), "trade route"),
        several(model.emissions.len(), "emission"),
        several(model.time.slices.len(), "time slice"),
        several(model.time.years.len(), "year"),
    ];
    format!(
        "{}: {} ({} to {})",
        model.name,
        parts.join(", "),
        years.clone().min().unwrap_or_default(),
        years.max().unwrap_or_default(),
    )
}
