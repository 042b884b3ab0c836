//! Solving the runs of a study that have no answer yet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Instant;

use kzleap_output::{WorkFolder, WriteError};
use kzleap_solver::Basis;
use kzleap_study::{EnsembleRun, Event, Events, Solved, Status};

use super::open::{Opened, TABLE};
use super::run_file::RunFile;
use super::{collect, kept};
use crate::exit::{Code, WrongArguments};
use crate::output::print;
use crate::progress::{Progress, stop_flag};

use super::several;

/// Solves all runs, then makes the tables.
pub(crate) fn solve_all(opened: &Opened, jobs: Option<usize>) -> anyhow::Result<Code> {
    let start = Instant::now();
    let folder = opened.folder()?;
    let all: Vec<&EnsembleRun> = opened.ensemble.runs.iter().collect();
    solve(opened, &folder, &all, jobs)?;
    let found = collect::write(opened, &folder)?;
    if !opened.quiet {
        let seconds = start.elapsed().as_secs_f64();
        print(&format!("{} in {seconds:.1} s\n", opened.out.join(TABLE).display()))?;
    }
    Ok(code(&found.iter().flatten().collect::<Vec<_>>()))
}

/// Solves the runs of one piece of so many.
pub(crate) fn solve_piece(
    opened: &Opened,
    index: usize,
    size: usize,
    jobs: Option<usize>,
) -> anyhow::Result<Code> {
    let runs = &opened.ensemble.runs;
    let pieces = runs.len().div_ceil(size);
    let Some(piece) = runs.chunks(size).nth(index) else {
        let why = format!("there is no piece {index}: the study has {pieces}, from 0");
        return Err(WrongArguments(why).into());
    };
    let folder = opened.folder()?;
    let piece: Vec<&EnsembleRun> = piece.iter().collect();
    solve(opened, &folder, &piece, jobs)?;
    let found: Vec<RunFile> =
        piece.iter().filter_map(|run| RunFile::read(&opened.out, run)).collect();
    Ok(code(&found.iter().collect::<Vec<_>>()))
}

/// Solves those of some runs that have no answer, and writes each as soon as it has one.
fn solve(
    opened: &Opened,
    folder: &WorkFolder,
    runs: &[&EnsembleRun],
    jobs: Option<usize>,
) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    let once: Vec<&EnsembleRun> =
        runs.iter().copied().filter(|run| seen.insert(run.id.as_str())).collect();
    let is_open = |run: &&EnsembleRun| {
        !RunFile::read(&opened.out, run).is_some_and(|found| found.answer.is_final())
    };
    let open: Vec<&EnsembleRun> = once.iter().copied().filter(is_open).collect();
    let there = once.len() - open.len();
    if there > 0 && !opened.quiet {
        let of = several(once.len(), "run");
        let are = if there == 1 { "is" } else { "are" };
        print(&format!("{there} of {of} {are} there already\n"))?;
    }
    let progress = Progress::new(opened.quiet, false);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let starts = starts(opened, folder, &open, &events)?;
    let solved =
        opened.ensemble.solve(&opened.given, &open, &starts, jobs, &events, |run, solved| {
            write(opened, folder, run, solved)
        });
    progress.done();
    solved
}

/// Where the runs of each scenario start: from the file of an earlier piece, or calculated and kept.
fn starts(
    opened: &Opened,
    folder: &WorkFolder,
    open: &[&EnsembleRun],
    events: &Events<'_>,
) -> anyhow::Result<BTreeMap<String, Basis>> {
    let needed: BTreeSet<&str> = open.iter().map(|run| run.scenario.as_str()).collect();
    let mut starts = BTreeMap::new();
    for scenario in needed {
        let Some(name) = opened.ensemble.starts.get(scenario) else { continue };
        let path = format!("starts/{name}.json");
        let kept = fs::read(opened.out.join(&path)).ok();
        let kept: Option<Option<Basis>> =
            kept.and_then(|text| serde_json::from_slice(&text).ok());
        let basis = match kept {
            Some(basis) => basis,
            None => {
                let basis = opened.ensemble.start(&opened.given, scenario, events);
                if !events.stopped() {
                    written(folder.write(&path, &serde_json::to_string(&basis)?))?;
                }
                basis
            }
        };
        starts.extend(basis.map(|basis| (scenario.to_owned(), basis)));
    }
    Ok(starts)
}

fn write(
    opened: &Opened,
    folder: &WorkFolder,
    run: &EnsembleRun,
    solved: Solved<'_>,
) -> anyhow::Result<()> {
    let tables = solved.planned.map(|(model, plan)| kept::tables(model, plan, &opened.tables));
    let file = RunFile {
        id: run.id.clone(),
        scenario: run.scenario.clone(),
        values: run.values.clone(),
        answer: solved.answer.clone(),
        tables: tables.unwrap_or_default(),
    };
    written(folder.write(RunFile::path(run), &(serde_json::to_string_pretty(&file)? + "\n")))
}

/// Another program that writes the same file writes the same into it.
fn written(result: Result<(), WriteError>) -> anyhow::Result<()> {
    match result {
        Err(WriteError::Locked(_)) => Ok(()),
        other => Ok(other?),
    }
}

/// What the worst run was; runs without a plan are answers as long as another has one.
fn code(found: &[&RunFile]) -> Code {
    let any = |status| found.iter().any(|file| file.answer.status == status);
    let mut plans = found.iter().filter_map(|file| file.answer.figures.as_ref());
    if any(Status::Refused) {
        Code::BadInput
    } else if any(Status::Stopped) {
        Code::Stopped
    } else if plans.any(|plan| !plan.certified) {
        Code::NotCertified
    } else if any(Status::Optimal) {
        Code::Done
    } else if any(Status::Infeasible) {
        Code::Infeasible
    } else {
        Code::Unbounded
    }
}
