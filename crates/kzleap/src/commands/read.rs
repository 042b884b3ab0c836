//! Reading a model for a command, with its findings told to the user.

use std::path::Path;
use std::time::Duration;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Severity, Sources, render};
use kzleap_input::{DefaultUsed, FileRead, Input};
use kzleap_model::Model;
use kzleap_osemosys::{Data, Imported, Map};
use kzleap_solver::{Method, Options};

use crate::args::{Dialect, Osemosys, Solver, Solving};

/// A model, and what was found while reading it.
pub(crate) struct Read {
    /// The model; `None` if it cannot be used.
    pub(crate) model: Option<Model>,
    /// Findings, files and defaults.
    pub(crate) input: Input,
    /// What it was made from, if it is an OSeMOSYS model.
    pub(crate) osemosys: Option<(Data, Map)>,
}

/// Reads a model of ours or an OSeMOSYS model.
pub(crate) fn read_quietly(path: &Path, scenario: Option<&str>, options: &Osemosys) -> Read {
    if kzleap_osemosys::looks_like_osemosys(path) {
        return read_osemosys(path, scenario, options);
    }
    let mut input = kzleap_input::read(path, scenario);
    Read { model: input.model.take(), input, osemosys: None }
}

/// The same, with the findings printed: errors always, the rest unless `quiet`.
pub(crate) fn read(
    path: &Path,
    scenario: Option<&str>,
    options: &Osemosys,
    quiet: bool,
) -> Read {
    let read = read_quietly(path, scenario, options);
    for finding in &read.input.diagnostics {
        if finding.severity == Severity::Error || !quiet {
            eprintln!("{}\n", render(finding, &read.input.sources));
        }
    }
    if read.osemosys.is_some() && !quiet {
        for note in grouped(&read.input.defaults) {
            eprintln!("note: {note}");
        }
    }
    if read.model.is_none() {
        eprintln!("{}", count(&read.input));
    }
    read
}

/// Notes for people: parameters that are simply not given stand together in one.
fn grouped(defaults: &[DefaultUsed]) -> Vec<String> {
    let mut absent = Vec::new();
    let mut notes = Vec::new();
    for default in defaults {
        match default.reason.split_once(" is not given; taken ") {
            Some((name, taken)) => {
                let value = taken.strip_prefix("as ").unwrap_or(taken);
                absent.push(format!("{} = {value}", name.trim_matches('`')));
            }
            None => notes.push(default.reason.clone()),
        }
    }
    if !absent.is_empty() {
        notes.push(format!("not given, taken as OSeMOSYS does: {}", absent.join(", ")));
    }
    notes
}

fn read_osemosys(path: &Path, scenario: Option<&str>, options: &Osemosys) -> Read {
    let mut input = Input {
        sources: Sources::default(),
        diagnostics: Diagnostics::default(),
        model: None,
        defaults: Vec::new(),
        changes: Vec::new(),
        files: Vec::new(),
    };
    if let Some(name) = scenario.filter(|name| *name != "base") {
        let message = format!("there is no scenario `{name}`: an OSeMOSYS model has none");
        input.diagnostics.push(Diagnostic::error_overall("unknown-scenario", message));
    }
    let reading = kzleap_osemosys::Options {
        dialect: options.dialect.map(|dialect| match dialect {
            Dialect::Mathprog => kzleap_osemosys::Dialect::MathProg,
            Dialect::Clews => kzleap_osemosys::Dialect::Clews,
        }),
        config: options.config.clone(),
    };
    let data =
        kzleap_osemosys::read(path, &reading, &mut input.sources, &mut input.diagnostics);
    let data = data.unwrap_or_else(|error| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        input.diagnostics.push(Diagnostic::error_overall("unreadable", message));
        None
    });
    for file in input.sources.iter() {
        let bytes = file.text.clone().into_bytes();
        input.files.push(FileRead { path: file.path.clone(), bytes });
    }
    let Some(data) = data.filter(|_| !input.diagnostics.has_errors()) else {
        return Read { model: None, input, osemosys: None };
    };
    let Imported { model, map } = kzleap_osemosys::to_model(&data);
    input.defaults = model
        .notes
        .iter()
        .filter_map(|note| note.note.clone())
        .map(|reason| DefaultUsed { path: model.name.clone(), value: reason.clone(), reason })
        .collect();
    Read { model: Some(model), input, osemosys: Some((data, map)) }
}

/// `2 errors, 1 warning`.
pub(crate) fn count(input: &Input) -> String {
    let say = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    format!(
        "{}, {}",
        say(input.diagnostics.error_count(), "error"),
        say(input.diagnostics.warning_count(), "warning")
    )
}

/// What the arguments say about solving.
pub(crate) fn options(solving: &Solving) -> Options {
    Options {
        method: match solving.solver {
            Solver::Auto => Method::Auto,
            Solver::Simplex => Method::Simplex,
            Solver::Ipx => Method::Ipx,
            Solver::Hipo => Method::Hipo,
            Solver::Race => Method::Race,
        },
        threads: solving.threads,
        time_limit: solving.time_limit.map(Duration::from_secs),
        start: None,
        integer_gap: None,
    }
}
