//! `kzleap check`: everything wrong with a model and its scenarios.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Located, Severity, Sources, render};
use kzleap_input::{DefaultUsed, Input};
use kzleap_model::{ChangedValue, GivenValue, ScenarioStep};
use kzleap_report::changes;
use kzleap_report::words::{coverage, labels};
use kzleap_study::{Given, Kind, RunSpec, plain_conflicts};
use serde_json::{Value, json};

use crate::args::{Check, Source, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::print;

use super::kind::of_source;
use super::read::count;
use super::words::words_of;

/// What reading the model with one scenario came to.
struct Reading {
    /// Its name, unless it is the base or the only one that was asked for.
    scenario: Option<String>,
    diagnostics: Diagnostics,
    sources: Sources,
    defaults: Vec<DefaultUsed>,
    changes: Vec<ScenarioStep>,
    /// The names that people read, by path.
    labels: BTreeMap<String, String>,
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
        // those of a scenario that several build on are listed once
        for step in reading.changes.iter().filter(|_| args.changes) {
            let text = changed(step);
            if seen.insert(text.clone()) {
                writeln!(report.text, "{text}")?;
                report.changes.push(as_json(step));
            }
        }
    }
    if args.words {
        let all = readings.iter().flat_map(|reading| reading.labels.clone()).collect();
        report.text.push_str(&coverage(&all, &words_of(&args.source.model)?));
    }
    if args.json {
        let mut json = json!({ "findings": report.findings });
        if args.defaults {
            json["defaults"] = Value::Array(report.defaults);
        }
        if args.changes {
            json["changes"] = Value::Array(report.changes);
        }
        if !(args.defaults || args.changes) {
            json = json["findings"].take();
        }
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
    changes: Vec<Value>,
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

/// A step of a scenario in words: where, what becomes of it, why.
fn changed(step: &ScenarioStep) -> String {
    let ScenarioStep { scenario, path, reason, file, line, .. } = step;
    let (deed, values) = (changes::deed(step), changes::values(step));
    format!("change: {path} {deed}: {values}\n    scenario {scenario}, {file}:{line}: {reason}")
}

/// A step of a scenario for programs, with every value.
fn as_json(step: &ScenarioStep) -> Value {
    let side = |value: &Option<GivenValue>| match value {
        Some(GivenValue { text, unit }) => json!({ "value": text, "unit": unit }),
        None => Value::Null,
    };
    let value = |value: &ChangedValue| json!({ "path": value.path, "old": side(&value.old), "new": side(&value.new) });
    json!({
        "scenario": step.scenario, "step": step.path, "does": changes::deed(step),
        "reason": step.reason, "source": step.source, "file": step.file, "line": step.line,
        "values": step.values.iter().map(value).collect::<Vec<_>>(),
    })
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
        let mut read = given.read(spec);
        let (mut diagnostics, sources) = (
            std::mem::take(&mut read.input.diagnostics),
            std::mem::take(&mut read.input.sources),
        );
        for conflict in read.model.iter().flat_map(plain_conflicts) {
            let finding = Diagnostic::error_overall("no-plan", conflict);
            diagnostics.push(finding.hint("no plan keeps both: change one of them"));
        }
        let Input { defaults, changes, .. } = read.input;
        let labels = read.model.as_ref().map(labels).unwrap_or_default();
        Reading { scenario: named, diagnostics, sources, defaults, changes, labels }
    };
    let of = |name: String| {
        let spec = RunSpec { scenario: Some(name.clone()), ..base.clone() };
        read(&spec, Some(name))
    };
    Ok(match source.scenario.as_deref() {
        None => {
            let others = given.scenarios().into_iter().filter(|name| name != "base");
            std::iter::once(read(&base, None)).chain(others.map(of)).collect()
        }
        Some(asked) if asked.contains('*') => {
            let names = given.scenarios_named(asked).map_err(WrongArguments)?;
            names.into_iter().map(of).collect()
        }
        Some(_) => vec![read(&base, None)],
    })
}
