//! `kzleap trace` of an OSeMOSYS model: parameter and indices to file, line and value.

use anyhow::Context;
use kzleap_diagnostics::{Diagnostics, Sources};
use kzleap_osemosys::{Given, Traced};
use serde_json::json;

use crate::args::Trace;
use crate::exit::Code;
use crate::output::{print, tell};

use super::read::Printed;

/// Prints every value that a path names, written or default.
pub(crate) fn trace_osemosys(args: &Trace) -> anyhow::Result<Code> {
    let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
    let read = kzleap_osemosys::read_written(
        &args.model,
        &args.osemosys.reading(),
        &mut sources,
        &mut findings,
    )
    .with_context(|| format!("reading `{}`", args.model.display()))?;
    let Some((data, written)) = read.filter(|_| !findings.has_errors()) else {
        Printed::default().findings(&findings, &sources, true);
        return Ok(Code::BadInput);
    };
    let values = match kzleap_osemosys::trace(&data, &written, &sources, &args.path) {
        Ok(values) => values,
        Err(why) => {
            tell(&format!("error: `{}` leads nowhere: {why}", args.path));
            return Ok(Code::BadInput);
        }
    };
    if values.is_empty() {
        tell(&format!("nothing is written of `{}`", args.path));
    }
    if args.json {
        let values: Vec<_> = values.iter().map(|value| as_json(value, &sources)).collect();
        print(&format!("{:#}\n", json!(values)))?;
    } else {
        print(&values.iter().map(|value| as_text(value, &sources)).collect::<String>())?;
    }
    Ok(Code::Done)
}

/// File and line of a value.
fn place(value: &Traced, sources: &Sources) -> Option<(String, usize)> {
    let place = value.place?;
    let file = sources.file(place.file);
    Some((file.path.clone(), file.position(place.start).line))
}

const fn origin(value: &Traced) -> &'static str {
    match value.given {
        Given::Value => "value",
        Given::Default => "default of the files",
        Given::Usual => "default of OSeMOSYS",
    }
}

fn as_text(value: &Traced, sources: &Sources) -> String {
    let at = place(value, sources);
    let at = at.map_or_else(String::new, |(file, line)| format!("{file}:{line}, "));
    let others = if value.path.contains('[') { "" } else { " where nothing is written" };
    format!("{}{others} = {}\n    {at}{}\n", value.path, value.value, origin(value))
}

fn as_json(value: &Traced, sources: &Sources) -> serde_json::Value {
    let at = place(value, sources);
    json!({
        "path": value.path, "value": value.value, "given": origin(value),
        "file": at.as_ref().map(|(file, _)| file), "line": at.as_ref().map(|(_, line)| line),
    })
}
