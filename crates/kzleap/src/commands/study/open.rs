//! A study that was read, with its model and the list of its runs.

use std::path::{Path, PathBuf};

use anyhow::bail;
use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources, Span};
use kzleap_input::{Input, Sampling, Study, StudyRead, read_study};
use kzleap_output::{Holds, Manifest, WorkFolder};
use kzleap_resolution::Resolution;
use kzleap_study::{Ensemble, EnsembleRun, Given, Kind, RunSpec, samples};

use crate::args::StudyOf;
use crate::exit::WrongArguments;
use crate::output::tell;

use super::super::kind::one_of;
use super::super::read::{Printed, count, tell_all};
use super::{collect, kept, outcomes, robust};

/// The list of runs.
pub(super) const PLAN: &str = "plan.csv";
/// The table of all runs.
pub(crate) const TABLE: &str = "runs.csv";
/// More runs than anybody waits for.
const MOST_RUNS: usize = 1_000_000;

/// A study with all that its runs are made of.
pub(crate) struct Opened {
    pub(super) given: Given,
    pub(super) ensemble: Ensemble,
    /// How values go together.
    pub(super) sampling: Sampling,
    /// The tables of results that are kept of every run.
    pub(super) tables: Vec<String>,
    pub(super) out: PathBuf,
    pub(super) quiet: bool,
}

/// Whether the model is read with every input moved, to find what is wrong with one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inputs {
    /// It is: before many runs.
    LookedAt,
    /// It is not: a run says itself what is wrong with it.
    NotLookedAt,
}

/// What the command says beside the study.
pub(crate) struct Said<'s> {
    /// The text of the study file, if there is one.
    pub(crate) sources: &'s Sources,
    /// Tables of results to keep.
    pub(crate) tables: &'s [String],
    pub(crate) out: PathBuf,
    pub(crate) quiet: bool,
    pub(crate) inputs: Inputs,
}

impl Opened {
    /// Reads a study file; `None` if there are errors, which are printed.
    pub(super) fn open(args: &StudyOf, inputs: Inputs) -> anyhow::Result<Option<Self>> {
        let StudyRead { study, sources, diagnostics } = read_study(&args.study);
        Printed::default().findings(&diagnostics, &sources, args.quiet);
        let Some(study) = study else {
            tell(&count(diagnostics.error_count(), diagnostics.warning_count()));
            return Ok(None);
        };
        let (regions, slices) = (study.regions.clone(), study.slices);
        let run = RunSpec {
            model: study.model.clone(),
            resolution: Resolution { regions, slices, periods: None },
            solving: args.solving.wanted(),
            ..RunSpec::default()
        };
        let stem = args.study.file_stem().unwrap_or_default();
        let out = args.out.clone().unwrap_or_else(|| Path::new("runs").join(stem));
        let (tables, quiet) = (args.tables.as_slice(), args.quiet);
        Self::of(&study, run, Said { sources: &sources, tables, out, quiet, inputs })
    }

    /// Makes the list of runs of a study; `None` if there are errors, which are printed.
    pub(crate) fn of(
        study: &Study,
        run: RunSpec,
        said: Said<'_>,
    ) -> anyhow::Result<Option<Self>> {
        one_of(&run.model, "study", &[Kind::Folder])?;
        let tables = kept::names(said.tables)?;
        let given = Given::open(&run);
        let mut scenarios: Vec<String> = Vec::new();
        for asked in &study.scenarios {
            let named = given.scenarios_named(asked).map_err(WrongArguments)?;
            let new: Vec<String> =
                named.into_iter().filter(|name| !scenarios.contains(name)).collect();
            scenarios.extend(new);
        }
        let printed = &mut Printed::default();
        for scenario in &scenarios {
            let read = given.read(&RunSpec { scenario: Some(scenario.clone()), ..run.clone() });
            tell_all(&read, said.quiet, printed);
            if read.model.is_none() {
                return Ok(None);
            }
        }
        let samples = match samples(study) {
            Ok(samples) => samples,
            Err(wrong) => {
                let mut all = Diagnostics::default();
                wrong.into_iter().for_each(|one| all.push(one));
                printed.findings(&all, said.sources, said.quiet);
                return Ok(None);
            }
        };
        let runs = samples.len().saturating_mul(scenarios.len());
        if runs > MOST_RUNS {
            bail!("{runs} runs are too many: at most {MOST_RUNS}");
        }
        let inputs = study.inputs.clone();
        let ensemble = Ensemble::new(&given, run, &scenarios, inputs, &samples, &tables);
        let Said { sources, out, quiet, inputs, .. } = said;
        let opened = Self { given, ensemble, sampling: study.sampling, tables, out, quiet };
        let refused = inputs == Inputs::LookedAt && opened.look_at_inputs(sources, printed);
        Ok((!refused).then_some(opened))
    }

    /// Reads the model with each input alone at its least and its most, and prints what is found
    /// then and not in the model as it is. What a study file says is found at its place there, and
    /// stops the study; what a command says is a run that is refused.
    fn look_at_inputs(&self, sources: &Sources, printed: &mut Printed) -> bool {
        let mut found = Diagnostics::default();
        let first = &self.ensemble.runs[0];
        let as_it_is = self.read(&vec![None; first.values.len()]).diagnostics;
        let same = |one: &Diagnostic, other: &Diagnostic| {
            one.code == other.code && one.message == other.message
        };
        for (at, input) in self.ensemble.inputs.iter().enumerate() {
            let values = || self.ensemble.runs.iter().filter_map(|run| run.values[at]);
            let ends = [values().min_by(f64::total_cmp), values().max_by(f64::total_cmp)];
            let mut said: Vec<Diagnostic> = as_it_is.iter().cloned().collect();
            for value in ends.into_iter().flatten() {
                let mut alone = vec![None; first.values.len()];
                alone[at] = Some(value);
                let Input { diagnostics, sources, .. } = self.read(&alone);
                let mut new = Diagnostics::default();
                for one in &diagnostics {
                    if said.iter().any(|known| same(known, one)) {
                        continue;
                    }
                    said.push(one.clone());
                    match input.place {
                        Some(place) => found.push(at_place(one, place, value)),
                        None => new.push(in_words_of_the_command(one)),
                    }
                }
                printed.findings(&new, &sources, self.quiet);
            }
        }
        printed.findings(&found, sources, self.quiet);
        if found.has_errors() {
            tell(&count(found.error_count(), found.warning_count()));
        }
        found.has_errors()
    }

    /// Reads the model with these values, in the scenario of the first run.
    fn read(&self, values: &[Option<f64>]) -> Input {
        let first = self.ensemble.runs[0].clone();
        let run = EnsembleRun { values: values.to_vec(), ..first };
        self.given.read(&self.ensemble.spec(&run)).input
    }

    /// The folder of runs and tables, begun or joined.
    pub(super) fn folder(&self) -> anyhow::Result<WorkFolder> {
        let own = [PLAN, TABLE, collect::MISSING, outcomes::SPREADS, outcomes::EFFECTS];
        let own = own.into_iter().chain([robust::COSTS, robust::STEPS]).map(str::to_owned);
        let tables = self.tables.iter().map(|name| format!("{name}.csv"));
        let manifest = Manifest {
            kzleap: env!("CARGO_PKG_VERSION").to_owned(),
            holds: Holds::Study,
            files: own.chain(tables).collect(),
            ..Manifest::default()
        };
        Ok(WorkFolder::begin(&self.out, &manifest)?)
    }
}

/// What is found with a value, at the place that says the input.
fn at_place(finding: &Diagnostic, place: Span, value: f64) -> Diagnostic {
    Diagnostic {
        primary: Some((place, String::new())),
        secondary: Vec::new(),
        message: format!("{} (with {value})", finding.message),
        ..finding.clone()
    }
}

/// A number that came with the command gets its unit there too.
fn in_words_of_the_command(finding: &Diagnostic) -> Diagnostic {
    match finding.code {
        "missing-unit" => {
            let hint = "give the unit of the values with `--unit`";
            Diagnostic { hint: Some(hint.to_owned()), ..finding.clone() }
        }
        _ => finding.clone(),
    }
}
