//! `kzleap sweep`: the same model with a number, or several, moved from point to point.
//!
//! The point in the middle is solved afresh; every other one starts from the basis of a neighbour,
//! which for a cap or a price is a fraction of the work. Each point is written as soon as it is solved,
//! into a file whose name says what it was solved from: a sweep that was stopped goes on where it
//! was, and the table of an earlier sweep keeps its points until the new table is there.

mod parameter;
mod table;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::bail;
use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_input::{Given, Input};
use kzleap_model::Model;
use kzleap_output::{Holds, Manifest, OpenFolder};
use kzleap_solver::{Basis, Control, Options, SolveError};
use kzleap_study::{Plan, optimise};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) use parameter::Parameter;

use crate::args::Sweep;
use crate::exit::Code;
use crate::output::{print, tell};
use crate::progress::stop_flag;

use super::info::hex;
use super::kind::Kind;
use super::read::{Told, at_resolution, options, several};
use super::say::{cost, domestic_emissions};

/// The table of all points.
const TABLE: &str = "sweep.csv";
/// More points than anybody waits for.
const MOST_POINTS: usize = 10_000;

/// Tables of results kept of every point.
const KEPT: [&str; 2] = ["capacity", "generation_annual"];

/// One value of each parameter.
struct Point {
    values: Vec<f64>,
    /// Name of its file, from within the folder; `None` if the model has errors with this value.
    file: Option<String>,
}

/// Solves every point that is not there yet, then writes the table of all.
pub(crate) fn sweep(args: &Sweep) -> anyhow::Result<Code> {
    let source = &args.source;
    Kind::of_source(source, "sweep", &[Kind::Folder])?;
    let start = Instant::now();
    let mut told = Told::default();
    let tables = tables_kept(args)?;
    let crossed = parameter::crossed(&args.params);
    if crossed.len() > MOST_POINTS {
        bail!("{} points are too many: at most {MOST_POINTS}", crossed.len());
    }
    let points: Vec<Point> =
        crossed.into_iter().map(|values| read_point(args, values, &mut told)).collect();
    match refused(&points) {
        0 => {}
        wrong => tell(&format!(
            "{wrong} of {} left out: the model has errors",
            several(points.len(), "point")
        )),
    }
    let files: Vec<&String> = points.iter().filter_map(|point| point.file.as_ref()).collect();
    if files.is_empty() {
        return Ok(Code::BadInput);
    }
    let manifest = Manifest {
        kzleap: env!("CARGO_PKG_VERSION").to_owned(),
        holds: Holds::Sweep,
        files: (files.into_iter().cloned())
            .chain([TABLE.to_owned()])
            .chain(tables.iter().map(|name| format!("{name}.csv")))
            .collect(),
        ..Manifest::default()
    };
    let folder = OpenFolder::begin(&args.out, manifest)?;
    let open: Vec<&Point> = points
        .iter()
        .filter(|point| point.file.is_some() && !is_result(&point_of_file(args, point)))
        .collect();
    let there = points.len() - open.len() - refused(&points);
    if there > 0 && !args.quiet {
        let of = several(points.len(), "point");
        let are = if there == 1 { "is" } else { "are" };
        print(&format!("{there} of {of} {are} there already\n"))?;
    }
    if let Some((before, [middle, after @ ..])) = open.split_at_checked(open.len() / 2) {
        let basis = solve_point(args, &folder, middle, None)?;
        // away from the middle on both sides, so that each starts beside one that is solved
        let before: Vec<&Point> = before.iter().rev().copied().collect();
        solve_rest(args, &folder, [&before, after], basis.as_ref())?;
    }
    let solved: Vec<Value> = points.iter().map(|point| point_of_file(args, point)).collect();
    let paths: Vec<&str> = args.params.iter().map(|param| param.path.as_str()).collect();
    folder.write(TABLE, &table::table(&paths, &solved)?)?;
    for name in &tables {
        folder.write(format!("{name}.csv"), &table::kept(&paths, name, &solved)?)?;
    }
    folder.finish()?;
    if !args.quiet {
        print(&format!(
            "{} in {:.1} s\n",
            args.out.join(TABLE).display(),
            start.elapsed().as_secs_f64()
        ))?;
    }
    Ok(code(&solved))
}

fn refused(points: &[Point]) -> usize {
    points.iter().filter(|point| point.file.is_none()).count()
}

/// What the worst point was; points without a plan are results as long as another has one.
fn code(points: &[Value]) -> Code {
    let any = |status: &str| points.iter().any(|point| point["status"] == status);
    if any("refused") {
        Code::BadInput
    } else if any("stopped") {
        Code::Stopped
    } else if points.iter().any(|point| point["certified"] == false) {
        Code::NotCertified
    } else if any("optimal") {
        Code::Done
    } else if any("infeasible") {
        Code::Infeasible
    } else {
        Code::Unbounded
    }
}

/// Neighbouring points stay together: each worker takes stretches of the two sides, one after the
/// other, and goes from basis to basis.
fn solve_rest(
    args: &Sweep,
    folder: &OpenFolder,
    sides: [&[&Point]; 2],
    first: Option<&Basis>,
) -> anyhow::Result<()> {
    let workers = args.jobs.unwrap_or_else(|| {
        std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
    });
    let points: usize = sides.iter().map(|side| side.len()).sum();
    let longest = points.div_ceil(workers.max(1)).max(1);
    let stretches = Mutex::new(sides.iter().flat_map(|side| side.chunks(longest)));
    let failure = Mutex::new(None);
    let work = || {
        loop {
            let stretch = stretches.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(stretch) = stretch else { return };
            let mut basis = first.cloned();
            for point in stretch {
                match solve_point(args, folder, point, basis.take()) {
                    Ok(next) => basis = next.or_else(|| first.cloned()),
                    Err(error) => {
                        let mut slot = failure.lock().unwrap_or_else(PoisonError::into_inner);
                        slot.get_or_insert(error);
                        return;
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.clamp(1, points.max(1)) {
            scope.spawn(work);
        }
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// The tables of results to keep.
fn tables_kept(args: &Sweep) -> anyhow::Result<Vec<String>> {
    let mut names: Vec<String> = KEPT.map(str::to_owned).to_vec();
    // the tables of a plan of nothing
    let nothing = Model::single_year("", "", 2025);
    let plan = kzleap_formulation::formulate(&nothing).read_back(0.0, &[], &[]);
    let known: Vec<&str> =
        kzleap_report::tables::ALL.iter().map(|table| table(&nothing, &plan).name).collect();
    for name in &args.tables {
        if !known.contains(&name.as_str()) {
            bail!("there is no table `{name}`; known: {}", known.join(", "));
        }
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    Ok(names)
}

/// The model with the values of a point.
fn read_model(args: &Sweep, values: &[f64]) -> (Option<Model>, Input) {
    let changes: Vec<Given> = (args.params.iter().zip(values))
        .map(|(param, value)| param.given(*value, args.unit.as_ref()))
        .collect();
    let mut input = kzleap_input::read_changed(
        &args.source.model,
        args.source.scenario.as_deref(),
        &changes,
    );
    (at_resolution(&mut input, &args.source.resolution).map(|(model, _)| model), input)
}

/// Reads the model of a point and prints the findings that are new.
fn read_point(args: &Sweep, values: Vec<f64>, told: &mut Told) -> Point {
    let (model, input) = read_model(args, &values);
    told.findings(&in_words_of_the_command(&input.diagnostics), &input.sources, args.quiet);
    let name: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    let hash = inputs_hash(&input, args, &values);
    let file = model.map(|_| format!("points/{}-{}.json", name.join("_"), &hash[..12]));
    Point { values, file }
}

/// A number that came with the command gets its unit there too.
fn in_words_of_the_command(findings: &Diagnostics) -> Diagnostics {
    let mut all = Diagnostics::default();
    for finding in findings {
        all.push(match finding.code {
            "missing-unit" => {
                let hint = "give the unit of the values with `--unit`";
                Diagnostic { hint: Some(hint.to_owned()), ..finding.clone() }
            }
            _ => finding.clone(),
        });
    }
    all
}

/// Solves one point and writes it; returns the basis for the next.
fn solve_point(
    args: &Sweep,
    folder: &OpenFolder,
    point: &Point,
    start: Option<Basis>,
) -> anyhow::Result<Option<Basis>> {
    let stop = stop_flag();
    if stop.load(Ordering::Relaxed) {
        return Err(SolveError::Interrupted.into());
    }
    let (model, input) = read_model(args, &point.values);
    let hash = inputs_hash(&input, args, &point.values);
    let (Some(model), Some(file)) = (model, &point.file) else {
        bail!("the model changed while sweeping");
    };
    if !file.contains(&hash[..12]) {
        bail!("the model changed while sweeping");
    }
    let control = Control { stop: Some(stop), log: None };
    let solving = Options { start, ..options(&args.solving) };
    let outcome = optimise(&model, &solving, control);
    let mut solved = match &outcome {
        Ok(plan) => facts(&model, plan, &tables_kept(args)?),
        Err(SolveError::Infeasible) => json!({ "status": "infeasible" }),
        Err(SolveError::Unbounded) => json!({ "status": "unbounded" }),
        Err(error @ SolveError::Interrupted) => return Err(error.clone().into()),
        Err(error) => json!({ "status": "stopped", "why": error.to_string() }),
    };
    solved["values"] = json!(point.values);
    solved["inputs"] = json!(hash);
    folder.write(file, &format!("{solved:#}\n"))?;
    if !args.quiet {
        let outcome = outcome.as_ref().map_or_else(ToString::to_string, |plan| {
            format!(
                "system cost {} million {}, {:.2} s",
                cost(plan.solution.system_cost()),
                model.currency,
                plan.solve_seconds
            )
        });
        let moved: Vec<String> = (args.params.iter().zip(&point.values))
            .map(|(param, value)| match param.multiplies {
                true => format!("{} x {value}", param.path),
                false => format!("{} = {value}", param.path),
            })
            .collect();
        print(&format!("{}: {outcome}\n", moved.join(", ")))?;
    }
    Ok(outcome.ok().and_then(|plan| plan.basis))
}

/// What is kept of a plan.
fn facts(model: &Model, plan: &Plan, tables: &[String]) -> Value {
    let transfers = plan.solution.transfers();
    let mut point = json!({
        "status": "optimal",
        "certified": plan.certified(),
        "objective": plan.solution.objective,
        "system_cost": plan.solution.system_cost(),
        "transfers": transfers.iter().map(|(_, value)| value).sum::<f64>(),
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
    for table in kzleap_report::tables::ALL {
        let sheet = table(model, &plan.solution);
        if tables.iter().any(|name| name == sheet.name) {
            point["tables"][sheet.name] = json!(sheet.to_csv());
        }
    }
    point
}

/// A point as its file has it; what it stands for if there is no such file.
fn point_of_file(args: &Sweep, point: &Point) -> Value {
    let Some(file) = &point.file else {
        return json!({ "values": point.values, "status": "refused" });
    };
    let path: PathBuf = args.out.join(file);
    let text = fs::read_to_string(path).ok();
    let found = text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    found.unwrap_or_else(|| json!({ "values": point.values, "status": "open" }))
}

/// Whether a point has been answered: one that a time limit stopped is tried again.
fn is_result(point: &Value) -> bool {
    ["optimal", "infeasible", "unbounded"].iter().any(|status| point["status"] == *status)
}

/// What a point is solved from: the program, all files, the scenario, the changed numbers, how;
/// and what is kept of it.
fn inputs_hash(input: &Input, args: &Sweep, values: &[f64]) -> String {
    let mut hash = Sha256::new();
    for file in &input.files {
        hash.update(file.path.as_bytes());
        hash.update(Sha256::digest(&file.bytes));
    }
    let scenario = args.source.scenario.as_deref().unwrap_or("base");
    let solving = &args.solving;
    hash.update(format!(
        "{} {scenario} {:?} {:?} {values:?} {:?} {:?} {:?} {:?}",
        env!("CARGO_PKG_VERSION"),
        args.source.resolution.wanted(),
        (args.params.iter())
            .map(|param| (param.path.as_str(), param.multiplies))
            .collect::<Vec<_>>(),
        args.unit,
        args.tables,
        solving.solver,
        solving.threads
    ));
    hex(&hash.finalize())
}
