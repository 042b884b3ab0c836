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
use std::time::Instant;

use anyhow::bail;
use kzleap_accounts::Accounts;
use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_input::Input;
use kzleap_model::Model;
use kzleap_output::{Holds, Manifest, OpenFolder};
use kzleap_solver::{Basis, Control, Options, SolveError};
use kzleap_study::{Given, Kind, Plan, Read, RunSpec, away_from_middle, optimise};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(crate) use parameter::Parameter;

use crate::args::{Sweep, Typed};
use crate::exit::Code;
use crate::output::{print, tell};
use crate::progress::stop_flag;

use super::info::hex;
use super::kind::of_source;
use super::read::{Told, several};
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
    /// Says what it is solved from.
    inputs: String,
}

/// Solves every point that is not there yet, then writes the table of all.
pub(crate) fn sweep(args: &Sweep, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let source = &args.source;
    of_source(source, typed, "sweep", &[Kind::Folder])?;
    let swept = Swept { args, given: Given::open(&source.spec()), tables: tables_kept(args)? };
    let start = Instant::now();
    let mut told = Told::default();
    let crossed = parameter::crossed(&args.params);
    if crossed.len() > MOST_POINTS {
        bail!("{} points are too many: at most {MOST_POINTS}", crossed.len());
    }
    let points: Vec<Point> =
        crossed.into_iter().map(|values| swept.point(values, &mut told)).collect();
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
            .chain(swept.tables.iter().map(|name| format!("{name}.csv")))
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
    away_from_middle(&open, args.jobs, |point, start| swept.solve(&folder, point, start))?;
    let solved: Vec<Value> = points.iter().map(|point| point_of_file(args, point)).collect();
    let paths: Vec<&str> = args.params.iter().map(|param| param.path.as_str()).collect();
    folder.write(TABLE, &table::table(&paths, &solved)?)?;
    for name in &swept.tables {
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

/// The tables of results to keep.
fn tables_kept(args: &Sweep) -> anyhow::Result<Vec<String>> {
    let mut names: Vec<String> = KEPT.map(str::to_owned).to_vec();
    // the tables of a plan of nothing
    let nothing = Model::single_year("", "", 2025);
    let plan = kzleap_formulation::formulate(&nothing).read_back(0.0, &[], &[]);
    let accounts = Accounts::new(&nothing, &plan);
    let known: Vec<&str> =
        kzleap_report::tables::ALL.iter().map(|table| table(&accounts).name).collect();
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

/// The model that is swept, read once, and what is kept of each point.
struct Swept<'s> {
    args: &'s Sweep,
    given: Given,
    tables: Vec<String>,
}

impl Swept<'_> {
    /// The run with the values of a point.
    fn spec(&self, values: &[f64]) -> RunSpec {
        let Sweep { source, params, unit, solving, .. } = self.args;
        let changes = params.iter().zip(values);
        RunSpec {
            changes: changes
                .map(|(param, value)| param.change(*value, unit.as_ref()))
                .collect(),
            solving: solving.wanted(),
            ..source.spec()
        }
    }

    /// Makes the model of a point and prints the findings that are new.
    fn point(&self, values: Vec<f64>, told: &mut Told) -> Point {
        let Read { model, input, .. } = self.given.read(&self.spec(&values));
        let quiet = self.args.quiet;
        told.findings(&in_words_of_the_command(&input.diagnostics), &input.sources, quiet);
        let name: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
        let inputs = inputs_hash(&input, self.args, &values);
        let file = model.map(|_| format!("points/{}-{}.json", name.join("_"), &inputs[..12]));
        Point { values, file, inputs }
    }

    /// Solves one point and writes it; returns the basis for the next.
    fn solve(
        &self,
        folder: &OpenFolder,
        point: &Point,
        start: Option<Basis>,
    ) -> anyhow::Result<Option<Basis>> {
        let stop = stop_flag();
        if stop.load(Ordering::Relaxed) {
            return Err(SolveError::Interrupted.into());
        }
        let spec = self.spec(&point.values);
        let (Some(model), Some(file)) = (self.given.read(&spec).model, &point.file) else {
            return Ok(None);
        };
        let control = Control { stop: Some(stop), log: None };
        let outcome = optimise(&model, &Options { start, ..spec.options() }, control);
        let mut solved = match &outcome {
            Ok(plan) => facts(&model, plan, &self.tables),
            Err(SolveError::Infeasible) => json!({ "status": "infeasible" }),
            Err(SolveError::Unbounded) => json!({ "status": "unbounded" }),
            Err(error @ SolveError::Interrupted) => return Err(error.clone().into()),
            Err(error) => json!({ "status": "stopped", "why": error.to_string() }),
        };
        solved["values"] = json!(point.values);
        solved["inputs"] = json!(point.inputs);
        folder.write(file, &format!("{solved:#}\n"))?;
        if !self.args.quiet {
            let plan = outcome.as_ref();
            let outcome = plan.map_or_else(ToString::to_string, |plan| in_short(&model, plan));
            print(&format!("{}: {outcome}\n", self.moved(point)))?;
        }
        Ok(outcome.ok().and_then(|plan| plan.basis))
    }

    /// The parameters with the values of a point, in words.
    fn moved(&self, point: &Point) -> String {
        let moved = (self.args.params.iter().zip(&point.values)).map(|(param, value)| {
            let sign = if param.multiplies { "x" } else { "=" };
            format!("{} {sign} {value}", param.path)
        });
        moved.collect::<Vec<_>>().join(", ")
    }
}

fn in_short(model: &Model, plan: &Plan) -> String {
    format!(
        "system cost {} million {}, {:.2} s",
        cost(Accounts::new(model, &plan.solution).system_cost()),
        model.currency,
        plan.solve_seconds
    )
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

/// What is kept of a plan.
fn facts(model: &Model, plan: &Plan, tables: &[String]) -> Value {
    let accounts = Accounts::new(model, &plan.solution);
    let transfers = accounts.transfers();
    let mut point = json!({
        "status": "optimal",
        "certified": plan.certified(),
        "objective": plan.solution.objective,
        "system_cost": accounts.system_cost(),
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
        let sheet = table(&accounts);
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
