//! `kzleap run`: find the least-cost plan of each scenario and write its results.
//!
//! Everything is read, and every folder is begun, before the first solve: what must be refused is
//! refused at once.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use kzleap_input::Input;
use kzleap_model::Model;
use kzleap_osemosys::{Data, Map};
use kzleap_output::{Holds, Manifest, OpenFolder, OutputFolder, forget_comparison};
use kzleap_report::{Resolution, Summary, write_run_into};
use kzleap_solver::{Control, Options, SolveError};
use kzleap_study::{Ties, explain, explain_unbounded, optimise_with};
use serde_json::{Value, json};

use crate::args::Run;
use crate::exit::Code;
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::info::{peak_memory_mb, run_info};
use super::kind::Kind;
use super::nemo;
use super::otoole::{begin_otoole, write_otoole};
use super::outdated::say_outdated;
use super::read::{Read, Told, options, read_quietly, tell_all};
use super::say::{summary, unbounded};
use super::why::{infeasible, infeasible_json};

/// The page that compares several scenarios.
const COMPARISON: &str = "compare.html";

/// A scenario that is read, with the folder its results go to.
struct Ready {
    model: Model,
    input: Input,
    osemosys: Option<(Data, Map)>,
    resolution: Resolution,
    folder: OutputFolder,
    /// The folder as the user knows it.
    dir: PathBuf,
    read_seconds: f64,
}

/// Runs every scenario asked for.
pub(crate) fn run(args: &Run) -> anyhow::Result<Code> {
    let kind = Kind::of(&args.model);
    let given = [
        (Kind::Folder, args.resolution.given()),
        (Kind::Osemosys, args.osemosys.given()),
        (Kind::Nemo, args.nemo.given()),
    ];
    kind.accept(&args.model, &given)?;
    if kind == Kind::Nemo {
        return nemo::run(args);
    }
    let all = all_folder(args);
    let names = scenario_names(args);
    let several = names.len() > 1;
    let dir_of = |scenario: &str| match several || args.out.is_none() {
        true => all.join(scenario),
        false => all.clone(),
    };
    let Some(read) = read_scenarios(args, kind, &names) else {
        for name in names {
            let why = "was refused, since the model has errors";
            say_outdated(&dir_of(name), &args.model, name, why);
        }
        return Ok(Code::BadInput);
    };
    let comparison = several.then(|| begin_comparison(&all)).transpose()?;
    let mut otoole = begin_otoole(args, kind)?;
    let mut ready = Vec::new();
    for (scenario, Read { model, input, osemosys, resolution }, read_seconds) in read {
        let Some(model) = model else { return Ok(Code::BadInput) };
        let dir = dir_of(&scenario);
        let folder = OutputFolder::begin(&dir, Holds::Run)?;
        ready.push(Ready { model, input, osemosys, resolution, folder, dir, read_seconds });
    }
    let (mut summaries, mut printed, mut code) = (Vec::new(), Vec::new(), Code::Done);
    for ready in ready {
        let (scenario, dir) = (ready.model.scenario.clone(), ready.dir.clone());
        let (status, value) = match solve_and_write(args, ready, otoole.take())? {
            Ok(summary) => {
                let certified = summary.certificate.certified;
                let value = serde_json::to_value(&summary).context("writing the summary")?;
                summaries.push(summary);
                (if certified { Code::Done } else { Code::NotCertified }, value)
            }
            Err((code, value)) => {
                let status = value["status"].as_str().unwrap_or_default();
                say_outdated(&dir, &args.model, &scenario, &format!("has no plan ({status})"));
                (code, value)
            }
        };
        printed.push(value);
        if code == Code::Done {
            code = status;
        }
    }
    if let Some(folder) = comparison {
        let said = if summaries.len() > 1 {
            let page = kzleap_report::compare_summaries(&summaries);
            folder.write(COMPARISON, &page.context("making the comparison")?)?;
            format!("comparison in {}\n", all.join(COMPARISON).display())
        } else {
            "no comparison: it takes two scenarios with a plan\n".to_owned()
        };
        if !args.quiet && !args.json {
            print(&said)?;
        }
    }
    if args.json && several {
        print(&format!("{:#}\n", Value::Array(printed)))?;
    } else if args.json {
        summaries.iter().try_for_each(|summary| print(&summary.to_json()))?;
        if summaries.is_empty() {
            printed.iter().try_for_each(|value| print(&format!("{value:#}\n")))?;
        }
    }
    Ok(code)
}

/// The names of the scenarios asked for, each once.
fn scenario_names(args: &Run) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in &args.scenarios {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.push("base");
    }
    names
}

/// Those scenarios, each with its name and the seconds it took to read; `None` if any has errors.
fn read_scenarios(args: &Run, kind: Kind, names: &[&str]) -> Option<Vec<(String, Read, f64)>> {
    let quiet = args.quiet || args.json;
    let progress = Progress::new(quiet, false);
    progress.say(format!("reading {}", args.model.display()));
    let read = |name: &str| {
        let start = Instant::now();
        let read =
            read_quietly(&args.model, kind, Some(name), &args.osemosys, &args.resolution);
        (name.to_owned(), read, start.elapsed().as_secs_f64())
    };
    let all: Vec<_> = names.iter().copied().map(read).collect();
    progress.done();
    let mut told = Told::default();
    all.iter().for_each(|(_, read, _)| tell_all(read, quiet, &mut told));
    all.iter().all(|(_, read, _)| read.model.is_some()).then_some(all)
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

fn begin_comparison(folder: &Path) -> anyhow::Result<OpenFolder> {
    let manifest = Manifest {
        kzleap: env!("CARGO_PKG_VERSION").to_owned(),
        holds: Holds::Scenarios,
        files: vec![COMPARISON.to_owned()],
        ..Manifest::default()
    };
    Ok(OpenFolder::begin(folder, manifest)?)
}

/// Runs one scenario again, as an earlier command did, into `dir`; says nothing.
pub(crate) fn run_again(args: &Run, read: Read, dir: &Path) -> anyhow::Result<Option<Summary>> {
    let Read { model: Some(model), input, osemosys, resolution } = read else {
        return Ok(None);
    };
    let folder = OutputFolder::begin(dir, Holds::Run)?;
    let dir = dir.to_owned();
    let ready = Ready { model, input, osemosys, resolution, folder, dir, read_seconds: 0.0 };
    Ok(solve_and_write(args, ready, None)?.ok())
}

/// Solves one scenario and writes its results; or says that there is no plan, and gives what is
/// printed for programs.
fn solve_and_write(
    args: &Run,
    ready: Ready,
    otoole: Option<OutputFolder>,
) -> anyhow::Result<Result<Summary, (Code, Value)>> {
    let Ready { model, input, osemosys, resolution, folder, dir, read_seconds } = ready;
    let start = Instant::now();
    let progress = Progress::new(args.quiet || args.json, args.solving.log);
    progress.say("building the linear program");
    let ties = if args.tie_break { Ties::LeastActivity } else { Ties::AsFound };
    let control =
        Control { stop: Some(stop_flag()), log: Some(&|line: &str| progress.log(line)) };
    let options = Options { alternatives: true, ..options(&args.solving) };
    let plan = match optimise_with(&model, &options, control, ties) {
        Ok(plan) => plan,
        Err(error @ SolveError::Interrupted) => return Err(error.into()),
        Err(error) => {
            progress.say("looking for the reason");
            let (why, value) = why_not(&model, &error, control)?;
            progress.done();
            tell(&why);
            return Ok(Err((Code::of_solve(&error), value)));
        }
    };
    progress.say(format!("writing {}", dir.display()));
    let mut info = run_info(args, &model, &input, resolution, &plan);
    info.seconds.read = read_seconds;
    let reporting = Instant::now();
    if let Some(all) = folder.path().parent() {
        forget_comparison(all)?;
    }
    let written = write_run_into(folder, &model, &plan.solution, &mut info, |info| {
        info.seconds.report = reporting.elapsed().as_secs_f64();
        info.seconds.total = read_seconds + start.elapsed().as_secs_f64();
        info.peak_memory_mb = peak_memory_mb();
    })?;
    if let (Some(folder), Some((data, map))) = (otoole, &osemosys) {
        write_otoole(folder, (data, map), (&model, &plan.solution))?;
    }
    progress.done();
    if !args.quiet && !args.json {
        print(&summary(&model, &plan, &info, &dir))?;
    }
    Ok(Ok(written))
}

/// What to tell the user when there is no plan, and a program.
fn why_not(
    model: &Model,
    error: &SolveError,
    control: Control<'_>,
) -> Result<(String, Value), SolveError> {
    let value = |status: &str| json!({ "scenario": model.scenario, "status": status });
    Ok(match error {
        SolveError::Infeasible => {
            let explanation = explain(model, control)?;
            (infeasible(model, &explanation), infeasible_json(model, &explanation))
        }
        SolveError::Unbounded => {
            let what = format!("in scenario {} the cost", model.scenario);
            let text = unbounded(&what, &explain_unbounded(model, control)?);
            (text, value("unbounded"))
        }
        other => (format!("error: scenario {}: {other}", model.scenario), value("stopped")),
    })
}
