//! Reading a model for a command, with its findings told to the user.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Severity, Sources, render};
use kzleap_input::{DefaultUsed, FileRead, Input};
use kzleap_model::{Model, RegionChange};
use kzleap_osemosys::{Data, Imported, Map};
use kzleap_solver::{Method, Options};

use crate::args::{Osemosys, Resolution, Solver, Solving, Source};
use crate::output::tell;

use super::foreign::{not_read, told};
use super::kind::Kind;

/// A model, and what was found while reading it.
pub(crate) struct Read {
    /// The model; `None` if it cannot be used.
    pub(crate) model: Option<Model>,
    /// Findings, files and defaults.
    pub(crate) input: Input,
    /// What it was made from, if it is an OSeMOSYS model.
    pub(crate) osemosys: Option<(Data, Map)>,
    /// What was merged or split of what is written.
    pub(crate) resolution: kzleap_report::Resolution,
}

impl Read {
    /// Of what has only the resolution it is written in.
    fn as_written(model: Option<Model>, input: Input, osemosys: Option<(Data, Map)>) -> Self {
        Self { model, input, osemosys, resolution: kzleap_report::Resolution::default() }
    }
}

/// Reads a model of any kind; of a NEMO database all years together.
pub(crate) fn read_quietly(
    path: &Path,
    kind: Kind,
    scenario: Option<&str>,
    options: &Osemosys,
    resolution: &Resolution,
) -> Read {
    if kind == Kind::Osemosys {
        return read_osemosys(path, scenario, options);
    }
    if kind == Kind::Nemo {
        return read_nemo(path, scenario);
    }
    if !path.is_dir() || told(path).is_some() {
        return Read::as_written(None, none_of_ours(path), None);
    }
    let mut input = kzleap_input::read(path, scenario);
    let read = at_resolution(&mut input, resolution);
    let (model, resolution) = read.map_or_else(Default::default, |(m, r)| (Some(m), r));
    Read { model, input, osemosys: None, resolution }
}

/// Takes out the model that was read, at the resolution asked for, and says what that changed;
/// `None` if it cannot be had.
pub(crate) fn at_resolution(
    input: &mut Input,
    resolution: &Resolution,
) -> Option<(Model, kzleap_report::Resolution)> {
    let written = input.model.take()?;
    let slices = written.time.slices.len();
    let level = resolution.regions.as_ref().and_then(|name| {
        let level = written.region_levels.iter().find(|level| level.name == *name)?;
        match &level.change {
            RegionChange::Merge(groups) if groups.is_empty() => None,
            RegionChange::Merge(_) => Some((name.clone(), false)),
            RegionChange::Split(_) => Some((name.clone(), true)),
        }
    });
    match resolution.wanted().of(written) {
        Ok(model) => {
            let left = model.time.slices.len();
            let resolution = kzleap_report::Resolution {
                split: level.as_ref().is_some_and(|(_, split)| *split),
                regions: level.map(|(name, _)| name),
                slices: (left < slices).then_some(left),
            };
            Some((model, resolution))
        }
        Err(findings) => {
            input.diagnostics.extend(&findings);
            None
        }
    }
}

/// Findings that were printed, so that each is printed once, by code, place and message.
#[derive(Default)]
pub(crate) struct Told(BTreeSet<(&'static str, String, String)>);

impl Told {
    /// Prints what was not yet printed: errors always, the rest unless `quiet`.
    pub(crate) fn findings(&mut self, findings: &Diagnostics, sources: &Sources, quiet: bool) {
        for finding in findings {
            if finding.severity == Severity::Error || !quiet {
                let place = finding.span().map_or_else(String::new, |span| {
                    let file = sources.file(span.file);
                    format!("{}:{}", file.path, file.position(span.start).line)
                });
                if self.0.insert((finding.code, place, finding.message.clone())) {
                    tell(&format!("{}\n", render(finding, sources)));
                }
            }
        }
    }
}

/// Reads a model of any kind and prints the findings: errors always, the rest
/// unless `quiet`.
pub(crate) fn read(source: &Source, kind: Kind, quiet: bool) -> Read {
    let Source { model, scenario, resolution, osemosys } = source;
    let read = read_quietly(model, kind, scenario.as_deref(), osemosys, resolution);
    tell_all(&read, quiet, &mut Told::default());
    read
}

/// Prints the findings of a reading, the notes on an imported model, and how many errors there are
/// if it cannot be used.
pub(crate) fn tell_all(read: &Read, quiet: bool, told: &mut Told) {
    let Input { diagnostics, sources, defaults, .. } = &read.input;
    told.findings(diagnostics, sources, quiet);
    if read.osemosys.is_some() && !quiet {
        grouped(defaults).iter().for_each(|note| tell(&format!("note: {note}")));
    }
    if read.model.is_none() {
        tell(&count(diagnostics.error_count(), diagnostics.warning_count()));
    }
}

fn no_input() -> Input {
    Input {
        sources: Sources::default(),
        diagnostics: Diagnostics::default(),
        model: None,
        defaults: Vec::new(),
        changes: Vec::new(),
        files: Vec::new(),
    }
}

/// What is wrong with a path that no reader takes.
fn none_of_ours(path: &Path) -> Input {
    let mut input = no_input();
    input.diagnostics.push(not_read(path));
    input
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

/// Nothing read yet, but for a scenario asked for of a model that has none.
fn without_scenarios(scenario: Option<&str>, what: &str) -> Input {
    let mut input = no_input();
    if let Some(name) = scenario.filter(|name| *name != "base") {
        let message = format!("there is no scenario `{name}`: {what} has none");
        input.diagnostics.push(Diagnostic::error_overall("unknown-scenario", message));
    }
    input
}

fn read_nemo(path: &Path, scenario: Option<&str>) -> Read {
    let mut input = without_scenarios(scenario, "a NEMO database");
    let reading = kzleap_nemo::read(path);
    input.diagnostics.extend(&reading.diagnostics);
    let found = &mut input.diagnostics;
    let models =
        reading.data.map(|data| kzleap_nemo::models(&data, &Default::default(), found));
    let model = match models {
        Some(Ok(models)) => models.into_iter().next(),
        Some(Err(finding)) => {
            found.push(*finding);
            None
        }
        None => None,
    };
    let model = model.filter(|_| !found.has_errors());
    Read::as_written(model, input, None)
}

fn read_osemosys(path: &Path, scenario: Option<&str>, options: &Osemosys) -> Read {
    let mut input = without_scenarios(scenario, "an OSeMOSYS model");
    let reading = options.reading();
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
        return Read::as_written(None, input, None);
    };
    let Imported { model, map } = kzleap_osemosys::to_model(&data);
    input.defaults = model
        .inputs
        .iter()
        .filter_map(|note| note.note.clone())
        .map(|reason| DefaultUsed { path: model.name.clone(), value: reason.clone(), reason })
        .collect();
    Read::as_written(Some(model), input, Some((data, map)))
}

/// `2 errors, 1 warning`.
pub(crate) fn count(errors: usize, warnings: usize) -> String {
    format!("{}, {}", several(errors, "error"), several(warnings, "warning"))
}

/// `1 error`, `2 errors`.
pub(crate) fn several(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
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
        ..Options::default()
    }
}
