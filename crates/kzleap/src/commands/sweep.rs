//! `kzleap sweep`: the same model with one number moved from point to point.
//!
//! The first point is solved afresh; every other one starts from the basis of a neighbour, which
//! for a cap or a price is a fraction of the work. Each point is written as soon as it is solved,
//! and a sweep that was stopped goes on where it was.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context;
use kzleap::{Plan, optimise};
use kzleap_input::{Given, Input};
use kzleap_model::Model;
use kzleap_solver::{Basis, Control, Options, SolveError};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::args::Sweep;
use crate::exit::Code;
use crate::progress::stop_flag;

use super::read::options;
use super::run::{domestic_emissions, hex};

/// A number of the model, and the values it takes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    path: String,
    values: Vec<f64>,
}

impl std::str::FromStr for Parameter {
    type Err = String;

    /// `PATH=from:to:n`, `n` values evenly spaced with both ends.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = "write PATH=from:to:n, such as emission_caps.power.limit.2060=100:0:11";
        let (path, range) = text.rsplit_once('=').ok_or(wanted)?;
        let parts: Vec<&str> = range.split(':').collect();
        let [from, to, count] = parts[..] else { return Err(wanted.to_owned()) };
        let number = |text: &str| {
            text.parse::<f64>()
                .ok()
                .filter(|value| value.is_finite())
                .ok_or_else(|| format!("`{text}` is not a number; {wanted}"))
        };
        let (from, to) = (number(from)?, number(to)?);
        let count = count
            .parse::<u32>()
            .ok()
            .filter(|count| (1..=10_000).contains(count))
            .ok_or_else(|| format!("`{count}` is not a count from 1 to 10000; {wanted}"))?;
        let step = |at: u32| {
            if count == 1 {
                from
            } else {
                from + (to - from) * f64::from(at) / f64::from(count - 1)
            }
        };
        Ok(Self { path: path.trim().to_owned(), values: (0..count).map(step).collect() })
    }
}

/// Solves every point that is not there yet, then writes the table of all.
pub(crate) fn sweep(args: &Sweep) -> anyhow::Result<Code> {
    let points = args.out.join("points");
    fs::create_dir_all(&points).with_context(|| format!("making {}", points.display()))?;
    let start = Instant::now();
    let mut open: VecDeque<usize> = VecDeque::new();
    for at in 0..args.param.values.len() {
        match read_point(args, at) {
            Ok((model, input)) => {
                let done = point_file(args, at);
                let known = fs::read_to_string(&done)
                    .ok()
                    .and_then(|text| serde_json::from_str::<Value>(&text).ok())
                    .is_some_and(|point| point["inputs"] == inputs_hash(&input, args, at));
                if !known {
                    open.push_back(at);
                }
                drop(model);
            }
            Err(code) => return Ok(code),
        }
    }
    let skipped = args.param.values.len() - open.len();
    if skipped > 0 && !args.quiet {
        println!("{skipped} of {} points are there already", args.param.values.len());
    }
    let mut first_basis = None;
    if let Some(at) = open.pop_front() {
        first_basis = solve_point(args, at, None)?;
    }
    let failure = solve_rest(args, open.make_contiguous(), first_basis.as_ref());
    if let Some(error) = failure {
        return Err(error);
    }
    let certified = write_table(args)?;
    if !args.quiet {
        println!(
            "{} in {:.1} s",
            args.out.join("sweep.csv").display(),
            start.elapsed().as_secs_f64()
        );
    }
    Ok(if certified { Code::Done } else { Code::NotCertified })
}

/// Neighbouring points stay together: each worker takes a stretch and goes from basis to basis.
fn solve_rest(args: &Sweep, open: &[usize], first: Option<&Basis>) -> Option<anyhow::Error> {
    let workers = args.jobs.unwrap_or_else(|| {
        std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
    });
    let stretch = open.len().div_ceil(workers.max(1)).max(1);
    let failure = Mutex::new(None);
    std::thread::scope(|scope| {
        for points in open.chunks(stretch) {
            let failure = &failure;
            scope.spawn(move || {
                let mut basis = first.cloned();
                for at in points {
                    match solve_point(args, *at, basis.take()) {
                        Ok(next) => basis = next.or_else(|| first.cloned()),
                        Err(error) => {
                            let mut slot =
                                failure.lock().unwrap_or_else(PoisonError::into_inner);
                            slot.get_or_insert(error);
                            return;
                        }
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn read_point(args: &Sweep, at: usize) -> Result<(Model, Input), Code> {
    let value = args.param.values[at];
    // TOML tells whole numbers from others; a model takes both
    let changes = [Given {
        path: args.param.path.clone(),
        value: format!("{value:?}"),
        unit: args.unit.clone(),
    }];
    let mut input = kzleap_input::read_changed(
        &args.source.model,
        args.source.scenario.as_deref(),
        &changes,
    );
    match input.model.take() {
        Some(model) => Ok((model, input)),
        None => {
            for finding in &input.diagnostics {
                eprintln!("{}\n", kzleap_diagnostics::render(finding, &input.sources));
            }
            Err(Code::BadInput)
        }
    }
}

/// Solves one point and writes it; returns the basis for the next.
fn solve_point(args: &Sweep, at: usize, start: Option<Basis>) -> anyhow::Result<Option<Basis>> {
    let stop = stop_flag();
    if stop.load(Ordering::Relaxed) {
        return Err(SolveError::Interrupted.into());
    }
    let (model, input) = read_point(args, at)
        .map_err(|_| anyhow::anyhow!("the model changed while sweeping"))?;
    let control = Control { stop: Some(stop), log: None };
    let solving = Options { start, ..options(&args.solving) };
    let outcome = optimise(&model, &solving, control);
    let mut point = match &outcome {
        Ok(plan) => point_of(&model, plan),
        Err(error @ (SolveError::Infeasible | SolveError::Unbounded)) => {
            json!({ "status": if *error == SolveError::Infeasible { "infeasible" } else { "unbounded" } })
        }
        Err(error) => return Err(error.clone().into()),
    };
    point["value"] = json!(args.param.values[at]);
    point["inputs"] = json!(inputs_hash(&input, args, at));
    let text = serde_json::to_string_pretty(&point).context("writing a point as text")?;
    kzleap_report::write_text_file(point_file(args, at), &(text + "\n"))?;
    if !args.quiet {
        println!(
            "{} = {}: {}",
            args.param.path,
            args.param.values[at],
            outcome.as_ref().map_or_else(ToString::to_string, |plan| format!(
                "{:.1} million {}, {:.2} s",
                plan.solution.objective, model.currency, plan.solve_seconds
            ))
        );
    }
    Ok(outcome.ok().and_then(|plan| plan.basis))
}

fn point_of(model: &Model, plan: &Plan) -> Value {
    let mut point = json!({
        "status": "optimal",
        "certified": plan.certified(),
        "objective": plan.solution.objective,
        "solve_seconds": plan.solve_seconds,
    });
    for (e, emission) in model.emissions.iter_ix() {
        for (y, year) in model.time.years.iter_ix() {
            let total = domestic_emissions(model, &plan.solution, e, y);
            point["emissions"][&emission.name][year.milestone.to_string()] = json!(total);
        }
    }
    for (cap, data) in model.emission_caps.iter_ix() {
        for (y, year) in model.time.years.iter_ix() {
            let price = plan.solution.emission_price[cap.get()][y.get()];
            point["emission_prices"][&data.name][year.milestone.to_string()] = json!(price);
        }
    }
    point
}

fn point_file(args: &Sweep, at: usize) -> PathBuf {
    args.out.join("points").join(format!("{at:05}.json"))
}

/// What a point was solved from: all files, the scenario, the changed number.
fn inputs_hash(input: &Input, args: &Sweep, at: usize) -> String {
    let mut hash = Sha256::new();
    for file in &input.files {
        hash.update(file.path.as_bytes());
        hash.update(Sha256::digest(&file.bytes));
    }
    let scenario = args.source.scenario.as_deref().unwrap_or("base");
    let value = args.param.values[at];
    hash.update(format!("{scenario} {}={value:?} {:?}", args.param.path, args.unit));
    hex(&hash.finalize())
}

/// All points as one table; returns whether every optimum is certified.
fn write_table(args: &Sweep) -> anyhow::Result<bool> {
    let mut rows = Vec::new();
    for at in 0..args.param.values.len() {
        let path = point_file(args, at);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("reading {} back", path.display()))?;
        let point: Value = serde_json::from_str(&text)
            .with_context(|| format!("reading {}", path.display()))?;
        rows.push(point);
    }
    let mut columns = vec!["value".to_owned(), "status".to_owned(), "objective".to_owned()];
    for point in &rows {
        for group in ["emissions", "emission_prices"] {
            for (name, by_year) in point[group].as_object().into_iter().flatten() {
                for (year, _) in by_year.as_object().into_iter().flatten() {
                    let column = format!("{group}.{name}.{year}");
                    if !columns.contains(&column) {
                        columns.push(column);
                    }
                }
            }
        }
    }
    let mut text = columns.join(",") + "\n";
    for point in &rows {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| {
                let parts: Vec<&str> = column.splitn(2, '.').collect();
                let value = match parts[..] {
                    [group, rest] => rest
                        .rsplit_once('.')
                        .map_or(&Value::Null, |(name, year)| &point[group][name][year]),
                    _ => &point[column.as_str()],
                };
                match value {
                    Value::Null => String::new(),
                    Value::String(word) => word.clone(),
                    other => other.to_string(),
                }
            })
            .collect();
        text += &(cells.join(",") + "\n");
    }
    kzleap_report::write_text_file(args.out.join("sweep.csv"), &text)?;
    Ok(rows.iter().all(|point| point["status"] != "optimal" || point["certified"] == true))
}

#[cfg(test)]
mod tests {
    use super::Parameter;

    #[test]
    fn a_range_has_both_ends() {
        let parameter: Parameter = "a.b.2030=10:0:3".parse().unwrap();
        assert_eq!(
            parameter,
            Parameter { path: "a.b.2030".to_owned(), values: vec![10.0, 5.0, 0.0] }
        );
        for wrong in ["a=1:2", "a=1:2:x", "a=nan:2:3", "1:2:3", "a=1:2:0"] {
            assert!(wrong.parse::<Parameter>().is_err(), "{wrong}");
        }
    }
}
