//! `kzleap trace`: where numbers of a model stand and where they come from.

use std::collections::BTreeSet;

use kzleap_diagnostics::Severity;
use kzleap_input::{Trace, Traced};
use serde_json::json;

use crate::args;
use crate::exit::Code;
use crate::output::{print, tell};

use super::kind::Kind;
use super::osemosys::trace_osemosys;
use super::read::Told;

/// Collections whose items may be asked for by their name alone.
const COLLECTIONS: [&str; 7] =
    ["processes", "storages", "links", "resources", "commodities", "drivers", "branches"];

/// The name of an item that is near to what was asked for.
fn meant(args: &args::Trace) -> Option<String> {
    let scenario = args.scenario.as_deref();
    let names: BTreeSet<String> = COLLECTIONS
        .iter()
        .flat_map(|collection| kzleap_input::trace(&args.model, scenario, collection).values)
        .filter_map(|value| value.path.split('.').nth(1).map(str::to_owned))
        .collect();
    kzleap_input::nearest(&args.path, names.iter().map(String::as_str)).map(str::to_owned)
}

/// Prints every value at and under a path.
pub(crate) fn trace(args: &args::Trace) -> anyhow::Result<Code> {
    let kind = Kind::one_of(&args.model, "trace", &[Kind::Folder, Kind::Osemosys])?;
    kind.accept(&args.model, &[(Kind::Osemosys, args.osemosys.given())])?;
    if kind == Kind::Osemosys {
        return trace_osemosys(args);
    }
    let scenario = args.scenario.as_deref();
    let mut found = kzleap_input::trace(&args.model, scenario, &args.path);
    if found.values.is_empty() {
        for collection in COLLECTIONS {
            let path = format!("{collection}.{}", args.path);
            let other = kzleap_input::trace(&args.model, scenario, &path);
            if !other.values.is_empty() {
                found = other;
                break;
            }
        }
    }
    let Trace { values, sources, diagnostics, known } = &found;
    let errors = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    if errors {
        Told::default().findings(diagnostics, sources, true);
        return Ok(Code::BadInput);
    }
    if values.is_empty() {
        let hint = match (meant(args), known.as_slice()) {
            (Some(name), _) => format!("; did you mean `{name}`?"),
            (None, []) => String::new(),
            (None, known) => format!("; there is {}", list(known)),
        };
        tell(&format!("error: `{}` leads nowhere{hint}", args.path));
        return Ok(Code::BadInput);
    }
    let place = |value: &Traced| {
        let file = sources.file(value.place.file);
        (file.path.clone(), file.position(value.place.start).line)
    };
    if args.json {
        let values: Vec<_> = values
            .iter()
            .map(|value| {
                let (file, line) = place(value);
                json!({
                    "path": value.path, "value": value.value, "unit": value.unit,
                    "file": file, "line": line, "source": value.source,
                    "confidence": value.confidence, "note": value.note,
                    "scenario": value.changed.as_ref().map(|(scenario, _)| scenario),
                    "reason": value.changed.as_ref().map(|(_, reason)| reason),
                })
            })
            .collect();
        print(&format!("{:#}\n", json!(values)))?;
        return Ok(Code::Done);
    }
    let mut text = String::new();
    for value in values {
        let (file, line) = place(value);
        let unit = value.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
        text.push_str(&format!("{} = {}{unit}\n    {file}:{line}", value.path, value.value));
        if let Some(confidence) = &value.confidence {
            text.push_str(&format!(", {confidence}"));
        }
        if let Some(source) = &value.source {
            text.push_str(&format!(": {source}"));
        }
        text.push('\n');
        if let Some(note) = &value.note {
            text.push_str(&format!("    {note}\n"));
        }
        if let Some((scenario, reason)) = &value.changed {
            text.push_str(&format!("    by scenario {scenario}: {reason}\n"));
        }
    }
    print(&text)?;
    Ok(Code::Done)
}

fn list(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
