//! `kzleap run`: find the least-cost plan of each scenario and write its results.
//!
//! Everything is read, and every folder is begun, before the first solve: what must be refused is
//! refused at once.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use kzleap_accounts::Accounts;
use kzleap_model::Model;
use kzleap_output::{Holds, Manifest, OpenFolder, OutputFolder, forget_comparison};
use kzleap_report::hours::{Planned, Verdict};
use kzleap_report::words::names;
use kzleap_report::{Summary, write_run_into};
use kzleap_solver::SolveError;
use kzleap_study::{
    Event, Events, Given, Held, Kind, NoPlan, Outcome, Read, Reason, RunSpec, solve_and_hold,
};
use serde_json::{Value, json};

use crate::args::{Hours, Nemo, Osemosys, Resolution, Run, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::hours::{can_be_looked_at, check, not_operated};
use super::infeasible::{infeasible, infeasible_json};
use super::info::{peak_memory_mb, run_info};
use super::kind::accept;
use super::nemo;
use super::otoole::{begin_otoole, write_otoole};
use super::outdated::say_outdated;
use super::read::{Printed, tell_all};
use super::say::{summary, unbounded};
use super::words::words_of;

/// The page that compares several scenarios.
const COMPARISON: &str = "compare.html";

/// A scenario that is read, with the folder its results go to.
struct Ready<'g> {
    given: &'g Given,
    spec: RunSpec,
    read: Read,
    folder: OutputFolder,
    /// The folder as the user knows it.
    dir: PathBuf,
    read_seconds: f64,
    /// The first run of several, which the others are compared with.
    reference: Option<Box<Summary>>,
}

/// How much a run says while it works, and where else its results go.
#[derive(Default)]
struct Manner {
    quiet: bool,
    log: bool,
    otoole: Option<OutputFolder>,
}

/// What the runs came to.
#[derive(Default)]
struct Ended {
    summaries: Vec<Summary>,
    /// What is printed of each for programs.
    printed: Vec<Value>,
    /// How the first that failed ended.
    code: Option<Code>,
}

/// Runs every scenario asked for.
pub(crate) fn run(args: &Run, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let kind = Kind::of(&args.model);
    let given = [
        (Kind::Folder, typed.among::<Resolution>()),
        (Kind::Folder, typed.among::<Hours>()),
        (Kind::Osemosys, typed.among::<Osemosys>()),
        (Kind::Nemo, typed.among::<Nemo>()),
    ];
    accept(kind, &args.model, &given)?;
    if kind == Kind::Nemo {
        return nemo::run(args);
    }
    let all = all_folder(args);
    let (given, opened) = open(args);
    let names = scenario_names(args, &given).map_err(WrongArguments)?;
    let several = names.len() > 1;
    let dir_of = |spec: &RunSpec| match several || args.out.is_none() {
        true => all.join(spec.scenario_name()),
        false => all.clone(),
    };
    let specs: Vec<RunSpec> = names.iter().map(|name| args.spec(name)).collect();
    let read = match read_scenarios(args, &given, opened, specs) {
        Ok(read) => read,
        Err(specs) => {
            for spec in specs {
                let why = "was refused, since the model has errors";
                say_outdated(&dir_of(&spec), &spec, why);
            }
            return Ok(Code::BadInput);
        }
    };
    for (spec, read, _) in &read {
        if let (Some(years), Some(model)) = (&spec.check_hours, &read.model) {
            can_be_looked_at(model, years)?;
        }
    }
    let comparison = several.then(|| begin_comparison(&all)).transpose()?;
    let otoole = begin_otoole(args, kind)?;
    let mut manner = Manner { quiet: args.quiet || args.json, log: args.solving.log, otoole };
    let mut ready = Vec::new();
    for (spec, read, read_seconds) in read {
        let dir = dir_of(&spec);
        let folder = OutputFolder::begin(&dir, Holds::Run)?;
        ready.push(Ready {
            given: &given,
            spec,
            read,
            folder,
            dir,
            read_seconds,
            reference: None,
        });
    }
    let mut ended = Ended::default();
    for mut ready in ready {
        let (spec, dir) = (ready.spec.clone(), ready.dir.clone());
        ready.reference = ended.summaries.first().cloned().map(Box::new);
        let done = solve_and_write(ready, &mut manner)?;
        if let Err((_, value)) = &done {
            let status = value["status"].as_str().unwrap_or_default();
            say_outdated(&dir, &spec, &format!("has no plan ({status})"));
        }
        ended.add(done)?;
    }
    if let Some(folder) = comparison {
        let said = compare(&folder, &all, &ended.summaries, &args.model)?;
        if !manner.quiet {
            print(&said)?;
        }
    }
    let code = ended.code.unwrap_or(Code::Done);
    if args.json {
        ended.print(several)?;
    }
    Ok(code)
}

impl Ended {
    fn add(&mut self, done: Result<Summary, (Code, Value)>) -> anyhow::Result<()> {
        let (status, value) = match done {
            Ok(summary) => {
                let holds = |hours: &Verdict| hours.holds && hours.certified;
                let certified =
                    summary.certificate.certified && summary.hours.iter().all(holds);
                let value = serde_json::to_value(&summary).context("writing the summary")?;
                self.summaries.push(summary);
                (if certified { Code::Done } else { Code::NotCertified }, value)
            }
            Err(without) => without,
        };
        self.printed.push(value);
        if status != Code::Done {
            self.code.get_or_insert(status);
        }
        Ok(())
    }

    /// For programs: the summary, or a list if there are several.
    fn print(self, several: bool) -> anyhow::Result<()> {
        let Self { summaries, printed, .. } = self;
        if several {
            return print(&format!("{:#}\n", Value::Array(printed)));
        }
        summaries.iter().try_for_each(|summary| print(&summary.to_json()))?;
        if summaries.is_empty() {
            printed.iter().try_for_each(|value| print(&format!("{value:#}\n")))?;
        }
        Ok(())
    }
}

/// Writes the page that compares scenarios, if there are two with a plan; returns what is said of
/// it.
fn compare(
    folder: &OpenFolder,
    all: &Path,
    summaries: &[Summary],
    model: &Path,
) -> anyhow::Result<String> {
    if summaries.len() < 2 {
        return Ok("no comparison: it takes two scenarios with a plan\n".to_owned());
    }
    let page = kzleap_report::compare_summaries(summaries, &names(&words_of(model)?));
    folder.write(COMPARISON, &page.context("making the comparison")?)?;
    Ok(format!("comparison in {}\n", all.join(COMPARISON).display()))
}

/// The names of the scenarios asked for, each once.
fn scenario_names(args: &Run, given: &Given) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = Vec::new();
    for asked in &args.scenarios {
        for name in given.scenarios_named(asked)? {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() {
        names.push("base".to_owned());
    }
    Ok(names)
}

/// A run with what was read for it, and the seconds that took.
type WasRead = (RunSpec, Read, f64);

/// Reads the files of the model once; the seconds that took.
fn open(args: &Run) -> (Given, f64) {
    let progress = Progress::new(args.quiet || args.json, false);
    progress.say(format!("reading {}", args.model.display()));
    let start = Instant::now();
    let given = Given::open(&args.spec("base"));
    progress.done();
    (given, start.elapsed().as_secs_f64())
}

/// Makes the scenarios of the model; the descriptions back if any has errors.
fn read_scenarios(
    args: &Run,
    given: &Given,
    opened: f64,
    specs: Vec<RunSpec>,
) -> Result<Vec<WasRead>, Vec<RunSpec>> {
    let quiet = args.quiet || args.json;
    let read = |spec: RunSpec| {
        let start = Instant::now();
        let read = given.read(&spec);
        (spec, read, opened + start.elapsed().as_secs_f64())
    };
    let all: Vec<WasRead> = specs.into_iter().map(read).collect();
    let mut printed = Printed::default();
    all.iter().for_each(|(_, read, _)| tell_all(read, quiet, &mut printed));
    if all.iter().any(|(_, read, _)| read.model.is_none()) {
        return Err(all.into_iter().map(|(spec, ..)| spec).collect());
    }
    Ok(all)
}

/// The folder for one run with `--out`; else the one that holds the folders of scenarios.
fn all_folder(args: &Run) -> PathBuf {
    match &args.out {
        Some(out) => out.clone(),
        None => Path::new("runs").join(model_name(&args.model)),
    }
}

/// The name of the model's folder, or of its file without the ending.
pub(crate) fn model_name(model: &Path) -> PathBuf {
    let absolute = model.canonicalize().unwrap_or_else(|_| model.to_owned());
    let name = if model.is_dir() { absolute.file_name() } else { absolute.file_stem() };
    name.map_or_else(|| PathBuf::from("model"), PathBuf::from)
}

/// The folder for a study of one scenario: that asked for, or one beside those of its runs.
pub(crate) fn study_folder(asked: Option<&PathBuf>, spec: &RunSpec, study: &str) -> PathBuf {
    let name = format!("{}-{study}", spec.scenario_name());
    asked.cloned().unwrap_or_else(|| Path::new("runs").join(model_name(&spec.model)).join(name))
}

fn begin_comparison(folder: &Path) -> anyhow::Result<OpenFolder> {
    let manifest = Manifest {
        kzleap: env!("CARGO_PKG_VERSION").to_owned(),
        holds: Holds::Scenarios,
        files: vec![COMPARISON.to_owned()],
        ..Manifest::default()
    };
    Ok(OpenFolder::begin(folder, manifest)?)
}

/// Makes a run again into `dir`; says nothing but why there is no plan.
pub(crate) fn run_again(
    spec: &RunSpec,
    read: Read,
    dir: &Path,
) -> anyhow::Result<Option<Summary>> {
    let (spec, folder) = (spec.clone(), OutputFolder::begin(dir, Holds::Run)?);
    let given = &Given::open(&spec);
    let dir = dir.to_owned();
    let ready = Ready { given, spec, read, folder, dir, read_seconds: 0.0, reference: None };
    let mut manner = Manner { quiet: true, ..Manner::default() };
    Ok(solve_and_write(ready, &mut manner)?.ok())
}

/// Solves one scenario and writes its results; or says that there is no plan, and gives what is
/// printed for programs.
fn solve_and_write(
    ready: Ready<'_>,
    manner: &mut Manner,
) -> anyhow::Result<Result<Summary, (Code, Value)>> {
    let start = Instant::now();
    let Ready { given, spec, read, folder, dir, read_seconds, reference } = ready;
    let progress = Progress::new(manner.quiet, manner.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let held = solve_and_hold(given, read, &spec, &events).map_err(not_operated)?;
    let Held { spec, read, outcome, hours, rounds } = held;
    let (model, plan) = match (&read.model, outcome) {
        (Some(model), Outcome::Plan(plan)) => (model, plan),
        (Some(model), Outcome::NoPlan(none)) => {
            progress.done();
            let (why, value) = why_not(model, &none)?;
            tell(&why);
            return Ok(Err((Code::of_solve(&none.error), value)));
        }
        // refused before; of groups of years `nemo` takes care
        _ => return Ok(Err((Code::BadInput, Value::Null))),
    };
    let mut info = run_info(&spec, model, &read, &plan);
    info.reference = reference;
    info.words = names(&words_of(&spec.model)?);
    info.description = given.description(spec.scenario_name());
    info.hours = (!hours.is_empty()).then(|| {
        let planned = Planned::of(&Accounts::new(model, &plan.solution));
        check(&hours, &rounds, &planned)
    });
    progress.say(format!("writing {}", dir.display()));
    info.seconds.read = read_seconds;
    let reporting = Instant::now();
    if let Some(all) = folder.path().parent() {
        forget_comparison(all)?;
    }
    let written = write_run_into(folder, model, &plan.solution, &mut info, |info| {
        info.seconds.report = reporting.elapsed().as_secs_f64();
        info.seconds.total = read_seconds + start.elapsed().as_secs_f64();
        info.peak_memory_mb = peak_memory_mb();
    })?;
    if let (Some(folder), Some((data, map))) = (manner.otoole.take(), &read.osemosys) {
        write_otoole(folder, (data, map), (model, &plan.solution))?;
    }
    progress.done();
    if !manner.quiet {
        print(&summary(model, &plan, &info, &dir))?;
        if !spec.settled.is_none() {
            print(&format!("  in rounds  what follows the plan {}\n", spec.settled))?;
        }
    }
    Ok(Ok(written))
}

/// What to tell the user when there is no plan, and a program.
fn why_not(model: &Model, none: &NoPlan) -> Result<(String, Value), SolveError> {
    let value = |status: &str| json!({ "scenario": model.scenario, "status": status });
    Ok(match (&none.reason, &none.error) {
        (Reason::Conflict(explanation), _) => {
            (infeasible(model, explanation), infeasible_json(model, explanation))
        }
        (Reason::Unlimited(named), _) => {
            let what = format!("in scenario {} the cost", model.scenario);
            (unbounded(&what, named), value("unbounded"))
        }
        (Reason::NotFound(error), _) => return Err(error.clone()),
        (Reason::None, error @ SolveError::Interrupted) => return Err(error.clone()),
        (Reason::None, error) => {
            (format!("error: scenario {}: {error}", model.scenario), value("stopped"))
        }
    })
}
