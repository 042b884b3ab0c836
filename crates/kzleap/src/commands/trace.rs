//! `kzleap trace`: where numbers of a model stand and where they come from.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Severity, Sources};
use kzleap_input::{Evaluated, Trace, Traced, Tree};
use kzleap_study::{Kind, RunSpec, look_up};
use serde_json::json;

use crate::args;
use crate::exit::Code;
use crate::output::{print, tell};

use super::kind::{accept, of_one, one_of};
use super::osemosys::trace_osemosys;
use super::read::Printed;

/// Prints every value at and under a path.
pub(crate) fn trace(args: &args::Trace, typed: &args::Typed<'_>) -> anyhow::Result<Code> {
    let kind = one_of(&args.model, "trace", &[Kind::Folder, Kind::Osemosys])?;
    accept(kind, &args.model, &[(Kind::Osemosys, typed.among::<args::Osemosys>())])?;
    if kind == Kind::Osemosys {
        return trace_osemosys(args);
    }
    let spec = RunSpec {
        model: args.model.clone(),
        scenario: args.scenario.clone(),
        ..RunSpec::default()
    };
    let spec = of_one(spec, "trace")?;
    let tree = Tree::read(&args.model).scenario(spec.scenario.as_deref());
    let found = look_up(&tree, &args.path);
    let Trace { values, sources, diagnostics, known } = &found.trace;
    let errors = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    if errors {
        Printed::default().findings(diagnostics, sources, true);
        return Ok(Code::BadInput);
    }
    if values.is_empty() {
        let hint = match (&found.meant, known.as_slice()) {
            (Some(name), _) => format!("; did you mean `{name}`?"),
            (None, []) => String::new(),
            (None, known) => format!("; there is {}", list(known)),
        };
        tell(&format!("error: `{}` leads nowhere{hint}", args.path));
        return Ok(Code::BadInput);
    }
    if args.json {
        let values: Vec<_> = values.iter().map(|value| as_json(value, sources)).collect();
        print(&format!("{:#}\n", json!(values)))?;
    } else {
        print(&values.iter().map(|value| as_text(value, sources)).collect::<String>())?;
    }
    Ok(Code::Done)
}

/// File and line of a value.
fn place(value: &Traced, sources: &Sources) -> (String, usize) {
    let file = sources.file(value.place.file);
    (file.path.clone(), file.position(value.place.start).line)
}

fn as_json(value: &Traced, sources: &Sources) -> serde_json::Value {
    let (file, line) = place(value, sources);
    json!({
        "path": value.path, "value": value.value, "unit": value.unit,
        "file": file, "line": line, "rule": value.rule,
        "evaluated": value.evaluated.iter().map(by_year).collect::<Vec<_>>(),
        "source": value.source,
        "confidence": value.confidence, "note": value.note,
        "scenario": value.changed.as_ref().map(|(scenario, _)| scenario),
        "reason": value.changed.as_ref().map(|(_, reason)| reason),
    })
}

fn as_text(value: &Traced, sources: &Sources) -> String {
    let (file, line) = place(value, sources);
    // what a formula comes to has its own
    let unit = value.unit.as_ref().filter(|_| value.evaluated.is_empty());
    let unit = unit.map_or_else(String::new, |unit| format!(" {unit}"));
    let mut text = format!("{} = {}{unit}\n", value.path, value.value);
    for evaluated in &value.evaluated {
        text.push_str(&format!("    {}\n", in_words(evaluated)));
    }
    if let Some(rule) = &value.rule {
        text.push_str(&format!("    {rule}\n"));
        return text;
    }
    text.push_str(&format!("    {file}:{line}"));
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
    text
}

/// What a formula gives, for programs.
fn by_year(evaluated: &Evaluated) -> serde_json::Value {
    let Evaluated { region, unit, values } = evaluated;
    let values: BTreeMap<i32, f64> = values.iter().copied().collect();
    json!({ "region": region, "unit": unit, "values": values })
}

/// `north: 2025 = 10 PJ/a, 2030 = 12 PJ/a`.
fn in_words(evaluated: &Evaluated) -> String {
    let Evaluated { region, unit, values } = evaluated;
    let region = region.as_ref().map_or_else(String::new, |region| format!("{region}: "));
    let unit = unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    let values: Vec<String> = (values.iter())
        .map(|(year, value)| format!("{year} = {}{unit}", kzleap_input::shown(*value)))
        .collect();
    format!("{region}{}", values.join(", "))
}

fn list(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
