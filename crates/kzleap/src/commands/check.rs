//! `kzleap check`: everything wrong with a model and its scenarios.

use std::collections::BTreeSet;
use std::fmt::Write;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Located, Severity, Sources, render};
use kzleap_input::DefaultUsed;
use kzleap_study::{Given, Kind, RunSpec, plain_conflicts};
use serde_json::{Value, json};

use crate::args::{Check, Source, Typed};
use crate::exit::Code;
use crate::output::print;

use super::kind::of_source;
use super::read::count;

/// What reading the model with one scenario came to.
struct Reading {
    /// Its name, unless it is the base or the only one that was asked for.
    scenario: Option<String>,
    diagnostics: Diagnostics,
    sources: Sources,
    defaults: Vec<DefaultUsed>,
}

/// Prints each finding once, and on request the defaults that were used.
pub(crate) fn check(args: &Check, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let readings = readings(&args.source, typed)?;
    let mut seen = BTreeSet::new();
    let mut report = Report::default();
    for reading in &readings {
        let mut heading = reading.scenario.as_ref();
        for finding in &reading.diagnostics {
            let text = render(finding, &reading.sources);
            if !seen.insert(text.clone()) {
                continue;
            }
            if let Some(scenario) = heading.take() {
                writeln!(report.text, "in scenario {scenario}:\n")?;
            }
            writeln!(report.text, "{text}\n")?;
            report.count(finding.severity);
            let located = serde_json::to_value(Located::new(finding, &reading.sources))?;
            report.findings.push(of_scenario(located, reading));
        }
        for default in reading.defaults.iter().filter(|_| args.defaults) {
            let (path, value, reason) = (&default.path, &default.value, &default.reason);
            let text = format!("default: {path} = {value} ({reason})");
            if seen.insert(text.clone()) {
                writeln!(report.text, "{text}")?;
                let default = json!({ "path": path, "value": value, "reason": reason });
                report.defaults.push(of_scenario(default, reading));
            }
        }
    }
    if args.json {
        let json = match args.defaults {
            true => json!({ "findings": report.findings, "defaults": report.defaults }),
            false => Value::Array(report.findings),
        };
        print(&format!("{json:#}\n"))?;
    } else {
        let where_ = match readings.len() - 1 {
            0 => String::new(),
            1 => " in the base and 1 scenario".to_owned(),
            others => format!(" in the base and {others} scenarios"),
        };
        let count = count(report.errors, report.warnings);
        print(&format!("{}{count}{where_}\n", report.text))?;
    }
    Ok(if report.errors > 0 { Code::BadInput } else { Code::Done })
}

#[derive(Default)]
struct Report {
    text: String,
    findings: Vec<Value>,
    defaults: Vec<Value>,
    errors: usize,
    warnings: usize,
}

impl Report {
    const fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
    }
}

/// Names the scenario that something was found in, if it does not hold for the base.
fn of_scenario(mut found: Value, reading: &Reading) -> Value {
    if let Some(scenario) = &reading.scenario {
        found["scenario"] = json!(scenario);
    }
    found
}

/// The model with the scenario asked for; if none is, the base and every scenario.
fn readings(source: &Source, typed: &Typed<'_>) -> anyhow::Result<Vec<Reading>> {
    of_source(source, typed, "check", &[Kind::Folder, Kind::Osemosys, Kind::Nemo])?;
    let base = source.spec();
    let given = Given::open(&base);
    let read = |spec: &RunSpec, named: Option<String>| {
        let read = given.read(spec);
        let (mut diagnostics, sources) = (read.input.diagnostics, read.input.sources);
        for conflict in read.model.iter().flat_map(plain_conflicts) {
            let finding = Diagnostic::error_overall("no-plan", conflict);
            diagnostics.push(finding.hint("no plan keeps both: change one of them"));
        }
        Reading { scenario: named, diagnostics, sources, defaults: read.input.defaults }
    };
    let mut readings = vec![read(&base, None)];
    if source.scenario.is_none() {
        let others = given.scenarios().into_iter().filter(|name| name != "base");
        readings.extend(others.map(|name| {
            let spec = RunSpec { scenario: Some(name.clone()), ..base.clone() };
            read(&spec, Some(name))
        }));
    }
    Ok(readings)
}
