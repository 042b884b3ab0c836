//! `kzleap study submit`: the runs of a study given to a cluster.

use std::path::{Path, absolute};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

use super::open::Opened;
use super::run_file::RunFile;
use super::slurm::Asked;
use super::{several, solve_piece};
use crate::args::{Engine, StudySubmit};
use crate::exit::Code;
use crate::output::print;

use super::super::info::peak_memory_mb;

/// Pieces that the arrays of most clusters can have.
const MOST_PIECES: usize = 1000;
/// What is asked for beyond what the trial took: memory, and time.
const MEMORY_MARGIN: f64 = 1.5;
const TIME_MARGIN: f64 = 3.0;
/// The least that is asked for.
const LEAST_MB: u64 = 500;
const LEAST_MINUTES: u64 = 10;

/// Solves one piece to see what a piece takes, writes the scripts, and sends them.
pub(super) fn submit(opened: &Opened, args: &StudySubmit) -> anyhow::Result<Code> {
    let size = args.chunk as usize;
    let open = open_pieces(opened, size);
    let Some(trial) = open.first().copied() else {
        print("every run has an answer: nothing is submitted\n")?;
        return Ok(Code::Done);
    };
    let start = Instant::now();
    let code = solve_piece(opened, trial, size, Some(1))?;
    if code == Code::BadInput {
        return Ok(code);
    }
    let minutes = (start.elapsed().as_secs_f64() * TIME_MARGIN / 60.0).ceil() as u64;
    let memory_mb = (peak_memory_mb() * MEMORY_MARGIN / 100.0).ceil() as u64 * 100;
    let asked = asked(opened, args, (minutes.max(LEAST_MINUTES), memory_mb.max(LEAST_MB)))?;
    if asked.pieces.is_empty() {
        print("every run has an answer now: nothing is submitted\n")?;
        return Ok(code);
    }
    if asked.pieces.len() > MOST_PIECES {
        let needed = opened.ensemble.runs.len().div_ceil(MOST_PIECES);
        bail!(
            "{} pieces are too many for one array: at most {MOST_PIECES}; use `--chunk {needed}` or \
             more",
            asked.pieces.len()
        );
    }
    match args.engine {
        Engine::Slurm => slurm(opened, &asked, args.dry_run)?,
        Engine::Kubernetes => kubernetes(opened, &asked, args)?,
    }
    Ok(Code::Done)
}

/// The pieces that have runs without an answer.
fn open_pieces(opened: &Opened, size: usize) -> Vec<usize> {
    let is_open =
        |run| !RunFile::read(&opened.out, run).is_some_and(|file| file.answer.is_final());
    let pieces = opened.ensemble.runs.chunks(size).enumerate();
    pieces.filter(|(_, piece)| piece.iter().any(is_open)).map(|(at, _)| at).collect()
}

fn asked(
    opened: &Opened,
    args: &StudySubmit,
    (minutes, memory_mb): (u64, u64),
) -> anyhow::Result<Asked> {
    let whole = |path: &Path| -> anyhow::Result<String> {
        let path = absolute(path).with_context(|| format!("cannot find {}", path.display()))?;
        path.into_os_string().into_string().map_err(|_| anyhow::anyhow!("a path is not UTF-8"))
    };
    let program = std::env::current_exe().context("cannot find this program")?;
    let (program, study, out) = (whole(&program)?, whole(&args.of.study)?, whole(&opened.out)?);
    let command = |what: &str, more: &[String]| {
        let words = [&program, "study", what, &study, "--out", &out, "--quiet"];
        let words = words.into_iter().map(str::to_owned);
        words.chain(same_again(args)).chain(more.iter().cloned()).collect::<Vec<String>>()
    };
    let piece = ["--jobs", "1", "--chunk", &args.chunk.to_string()].map(str::to_owned);
    let stem = args.of.study.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let letters = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    Ok(Asked {
        name: format!("kzleap-{}", letters.collect::<String>()),
        pieces: open_pieces(opened, args.chunk as usize),
        at_most: args.at_most,
        memory_mb,
        minutes,
        partition: args.partition.clone(),
        logs: format!("{out}/logs"),
        run: command("run", &piece),
        collect: command("collect", &[]),
    })
}

/// The options that a run depends on, as they are typed.
fn same_again(args: &StudySubmit) -> Vec<String> {
    let solving = &args.of.solving;
    let mut words: Vec<String> = Vec::new();
    let mut add = |option: &str, value: String| words.extend([option.to_owned(), value]);
    args.of.tables.iter().for_each(|name| add("--table", name.clone()));
    if let Some(solver) = clap::ValueEnum::to_possible_value(&solving.solver) {
        add("--solver", solver.get_name().to_owned());
    }
    solving.threads.iter().for_each(|threads| add("--threads", threads.to_string()));
    solving.time_limit.iter().for_each(|limit| add("--time-limit", limit.to_string()));
    words
}

fn slurm(opened: &Opened, asked: &Asked, dry_run: bool) -> anyhow::Result<()> {
    let folder = opened.folder()?;
    let [array, tables] = ["array.sh", "tables.sh"].map(|name| format!("slurm/{name}"));
    folder.write(&array, &asked.array())?;
    folder.write(&tables, &asked.collecting())?;
    std::fs::create_dir_all(&asked.logs).context("the folder of logs cannot be made")?;
    let said = format!(
        "{} of {} MB and {} minutes each, from a trial\n",
        several(asked.pieces.len(), "piece"),
        asked.memory_mb,
        asked.minutes
    );
    if dry_run {
        let [array, tables] = [array, tables].map(|name| opened.out.join(name));
        return print(&format!("{said}{}, {}\n", array.display(), tables.display()));
    }
    let first = sbatch(&[], &opened.out.join(&array))?;
    let after = format!("--dependency=afterany:{first}");
    let second = sbatch(&[&after], &opened.out.join(&tables))?;
    print(&format!("{said}jobs {first} (array) and {second} (tables)\n"))
}

/// Sends a script; the number of its job.
fn sbatch(options: &[&str], script: &Path) -> anyhow::Result<String> {
    let mut command = Command::new("sbatch");
    command.arg("--parsable").args(options).arg(script);
    let done = command.output().context(
        "`sbatch` cannot be started: is this a machine of the cluster? `--dry-run` writes the scripts",
    )?;
    if !done.status.success() {
        bail!("`sbatch` refuses: {}", String::from_utf8_lossy(&done.stderr).trim());
    }
    let said = String::from_utf8_lossy(&done.stdout);
    let number = said.trim().split(';').next().unwrap_or_default().to_owned();
    if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
        bail!("`sbatch` names no job: {}", said.trim());
    }
    Ok(number)
}

fn kubernetes(opened: &Opened, asked: &Asked, args: &StudySubmit) -> anyhow::Result<()> {
    let here = std::env::current_dir().context("the folder of the command is gone")?;
    let pieces = opened.ensemble.runs.len().div_ceil(args.chunk as usize);
    let manifest = asked.kubernetes(pieces, &args.image, &here.to_string_lossy());
    let path = "kubernetes/job.json";
    opened.folder()?.write(path, &(serde_json::to_string_pretty(&manifest)? + "\n"))?;
    print(&format!("{}\n", opened.out.join(path).display()))
}
