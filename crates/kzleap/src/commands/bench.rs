//! `kzleap bench`: generated national models of chosen size, with the time of each phase.

use std::time::Instant;

use anyhow::Context;
use kzleap_formulation::formulate;
use kzleap_generator::{Size, national};
use kzleap_report::{LpSize, RunInfo, write_run};
use kzleap_solver::{Control, Optimum, solve};
use serde_json::{Value, json};

use crate::args::Bench;
use crate::exit::Code;
use crate::output::print;
use crate::progress::stop_flag;

use super::info::method_name;

/// The phases that are timed, in their order.
const PHASES: [&str; 5] = ["generate", "build", "solve", "extract", "report"];

/// One size, measured.
struct Measured {
    size: Size,
    lp: LpSize,
    seconds: [f64; PHASES.len()],
    /// What the process grew by until the solve, with model, program and a solution; bytes for
    /// each nonzero. Zero where the system does not say; less than the truth for a size after
    /// another, whose memory is used again.
    bytes_per_nonzero: f64,
    optimum: Optimum,
}

/// Measures each size in turn.
pub(crate) fn bench(args: &Bench) -> anyhow::Result<Code> {
    let say = |text: String| if args.json { Ok(()) } else { print(&text) };
    say(line(&["size", "rows", "columns", "nonzeros"], PHASES, "bytes/nonzero"))?;
    let mut all = Vec::new();
    for size in &args.sizes {
        let one = measure(*size, args)?;
        let counts = [one.lp.rows, one.lp.columns, one.lp.nonzeros].map(|n| n.to_string());
        let head = [&one.size.to_string(), &counts[0], &counts[1], &counts[2]];
        let seconds = one.seconds.map(|s| format!("{s:.3}"));
        let memory = format!("{:.0}", one.bytes_per_nonzero);
        say(line(&head.map(String::as_str), seconds.each_ref().map(String::as_str), &memory))?;
        all.push(one);
    }
    let growth = growth(&all);
    if args.json {
        let text = serde_json::to_string_pretty(&as_json(args, &all, growth))
            .context("writing the measurements as text")?;
        print(&(text + "\n"))?;
    } else if let Some(growth) = growth {
        let exponents = growth.map(|exponent| format!("{exponent:.2}"));
        let head = ["grow with the nonzeros to the power", "", "", ""];
        print(&line(&head, exponents.each_ref().map(String::as_str), ""))?;
    }
    let certified = all.iter().all(|one| one.optimum.certificate.certified);
    Ok(if certified { Code::Done } else { Code::NotCertified })
}

fn line(head: &[&str; 4], phases: [&str; PHASES.len()], tail: &str) -> String {
    let [size, rows, columns, nonzeros] = head;
    let numbers = match *rows {
        "" => format!("{size:<42}"),
        _ => format!("{size:<14}{rows:>9}{columns:>9}{nonzeros:>10}"),
    };
    let phases: String = phases.iter().map(|phase| format!("{phase:>10}")).collect();
    format!("{numbers}{phases}{tail:>15}").trim_end().to_owned() + "\n"
}

fn measure(size: Size, args: &Bench) -> anyhow::Result<Measured> {
    // the peak of what came before must not count; where this is refused, it does
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = resident_bytes("VmRSS:");
    let (model, generate) = timed(|| national(size, args.seed));
    let (formulation, build) = timed(|| formulate(&model));
    let lp = &formulation.lp;
    // a plan of zeros takes the memory of any other; the solver's own comes after
    drop(formulation.read_back(0.0, &vec![0.0; lp.num_cols()], &vec![0.0; lp.num_rows()]));
    let outside = resident_bytes("VmHWM:") - before;
    let control = Control { stop: Some(stop_flag()), log: None };
    let (optimum, solving) = timed(|| solve(lp, &args.solving.wanted().options(), control));
    let optimum = optimum?;
    let (solution, extract) = timed(|| {
        formulation.read_back(optimum.objective, &optimum.columns, &optimum.row_duals)
    });
    let size_of_lp =
        LpSize { rows: lp.num_rows(), columns: lp.num_cols(), nonzeros: lp.num_nonzeros() };
    let info = RunInfo { lp: size_of_lp, ..RunInfo::default() };
    let folder = tempfile::tempdir().context("making a folder for the results")?;
    let (written, report) =
        timed(|| write_run(folder.path().join("run"), &model, &solution, &info));
    written?;
    Ok(Measured {
        size,
        lp: size_of_lp,
        seconds: [generate, build, solving, extract, report],
        bytes_per_nonzero: outside.max(0.0) / size_of_lp.nonzeros as f64,
        optimum,
    })
}

/// What came of some work, and the seconds it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let outcome = work();
    (outcome, start.elapsed().as_secs_f64())
}

/// The exponents of growth of each phase with the number of nonzeros, by least squares on
/// logarithms; `None` for fewer than two sizes.
fn growth(all: &[Measured]) -> Option<[f64; PHASES.len()]> {
    let sizes: Vec<f64> = all.iter().map(|one| (one.lp.nonzeros as f64).ln()).collect();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let middle = mean(&sizes);
    let spread: f64 = sizes.iter().map(|x| (x - middle).powi(2)).sum();
    (spread > 0.0).then(|| {
        std::array::from_fn(|phase| {
            let times: Vec<f64> = all.iter().map(|one| one.seconds[phase].ln()).collect();
            let middle_time = mean(&times);
            let together: f64 =
                sizes.iter().zip(&times).map(|(x, y)| (x - middle) * (y - middle_time)).sum();
            together / spread
        })
    })
}

fn as_json(args: &Bench, all: &[Measured], growth: Option<[f64; PHASES.len()]>) -> Value {
    let phases = |values: [f64; PHASES.len()]| -> Value {
        PHASES.iter().zip(values).map(|(phase, value)| (*phase, json!(value))).collect()
    };
    let runs: Vec<Value> = all
        .iter()
        .map(|one| {
            let (lp, optimum) = (one.lp, &one.optimum);
            json!({
                "size": one.size.to_string(),
                "rows": lp.rows,
                "columns": lp.columns,
                "nonzeros": lp.nonzeros,
                "seconds": phases(one.seconds),
                "bytes_per_nonzero": one.bytes_per_nonzero.round(),
                "objective": optimum.objective,
                "method": method_name(optimum.method),
                "iterations": {
                    "simplex": optimum.iterations.simplex,
                    "interior_point": optimum.iterations.interior_point,
                    "crossover": optimum.iterations.crossover,
                },
                "certified": optimum.certificate.certified,
            })
        })
        .collect();
    json!({
        "kzleap": env!("CARGO_PKG_VERSION"),
        "highs": kzleap_solver::version(),
        "hipo": kzleap_solver::has_hipo(),
        "seed": args.seed,
        "runs": runs,
        "growth": growth.map(phases),
    })
}

/// A figure of this process's memory, bytes; 0 where the system does not say.
fn resident_bytes(which: &str) -> f64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with(which))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(0.0, |kilobytes| kilobytes * 1024.0)
}
