//! `kzleap sweep`: the same model with a number, or several, moved from point to point.
//!
//! Each point is written as soon as it is solved, into a file whose name says what it was solved
//! from: a sweep that was stopped goes on where it was, and the table of an earlier sweep keeps
//! its points until the new table is there.

mod parameter;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use anyhow::bail;
use kzleap_accounts::Accounts;
use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_input::Input;
use kzleap_model::Model;
use kzleap_output::{Holds, Manifest, OpenFolder};
use kzleap_study::{
    Events, Given, Kind, PointResult, Read, RunSpec, SolvedPoint, Status, Sweep,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub(crate) use parameter::{moved_parameter, swept_parameter};

use crate::args::{self, Typed};
use crate::exit::Code;
use crate::output::{print, tell};
use crate::progress::stop_flag;

use super::info::hex;
use super::kind::{of_one, of_source};
use super::read::{Printed, several};
use super::say::cost;

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

/// A point as its file has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct PointFile {
    values: Vec<f64>,
    inputs: String,
    result: PointResult,
    /// The tables of results that are kept, as CSV.
    tables: BTreeMap<String, String>,
}

/// Solves every point that is not there yet, then writes the table of all.
pub(crate) fn sweep(args: &args::Sweep, typed: &Typed<'_>) -> anyhow::Result<Code> {
    let source = &args.source;
    of_source(source, typed, "sweep", &[Kind::Folder])?;
    let one = of_one(source.spec(), "sweep")?;
    let run = RunSpec { solving: args.solving.wanted(), ..one };
    let swept = Swept {
        args,
        given: Given::open(&run),
        tables: tables_kept(args)?,
        sweep: Sweep { run, parameters: args.params.clone(), unit: args.unit.clone() },
    };
    let start = Instant::now();
    let crossed = swept.sweep.points();
    if crossed.len() > MOST_POINTS {
        bail!("{} points are too many: at most {MOST_POINTS}", crossed.len());
    }
    let mut printed = Printed::default();
    let points: Vec<Point> =
        crossed.into_iter().map(|values| swept.point(values, &mut printed)).collect();
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
    swept.solve_open(&folder, &points)?;
    let solved: Vec<PointFile> = points.iter().map(|point| swept.found(point)).collect();
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
fn code(points: &[PointFile]) -> Code {
    let any = |status| points.iter().any(|point| point.result.status == status);
    let mut plans = points.iter().filter_map(|point| point.result.figures.as_ref());
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

/// The tables of results to keep.
fn tables_kept(args: &args::Sweep) -> anyhow::Result<Vec<String>> {
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
    args: &'s args::Sweep,
    sweep: Sweep,
    given: Given,
    tables: Vec<String>,
}

impl Swept<'_> {
    /// Makes the model of a point and prints the findings that are new.
    fn point(&self, values: Vec<f64>, printed: &mut Printed) -> Point {
        let Read { model, input, .. } = self.given.read(&self.sweep.spec(&values));
        let quiet = self.args.quiet;
        printed.findings(&in_words_of_the_command(&input.diagnostics), &input.sources, quiet);
        let name: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
        let inputs = inputs_hash(&input, self.args, self.sweep.run.scenario_name(), &values);
        let file = model.map(|_| format!("points/{}-{}.json", name.join("_"), &inputs[..12]));
        Point { values, file, inputs }
    }

    /// A point as its file has it; what it stands for if there is no such file.
    fn found(&self, point: &Point) -> PointFile {
        let without = |status| PointFile {
            values: point.values.clone(),
            inputs: point.inputs.clone(),
            result: PointResult::without_plan(status),
            tables: BTreeMap::new(),
        };
        let Some(file) = &point.file else { return without(Status::Refused) };
        let text = fs::read_to_string(self.args.out.join(file)).ok();
        let found = text.and_then(|text| serde_json::from_str(&text).ok());
        found.unwrap_or_else(|| without(Status::Open))
    }

    /// Solves the points that have no answer yet, and writes each as soon as it has one.
    fn solve_open(&self, folder: &OpenFolder, points: &[Point]) -> anyhow::Result<()> {
        let is_open =
            |point: &&Point| point.file.is_some() && !self.found(point).result.is_answer();
        let open: Vec<&Point> = points.iter().filter(is_open).collect();
        let there = points.len() - open.len() - refused(points);
        if there > 0 && !self.args.quiet {
            let of = several(points.len(), "point");
            let are = if there == 1 { "is" } else { "are" };
            print(&format!("{there} of {of} {are} there already\n"))?;
        }
        let values: Vec<&[f64]> = open.iter().map(|point| point.values.as_slice()).collect();
        let events = Events { stop: Some(stop_flag()), watch: None };
        self.sweep.solve(&self.given, &values, self.args.jobs, &events, |solved| {
            self.write(folder, open[solved.at], &solved)
        })
    }

    fn write(
        &self,
        folder: &OpenFolder,
        point: &Point,
        solved: &SolvedPoint<'_>,
    ) -> anyhow::Result<()> {
        let Some(file) = &point.file else { return Ok(()) };
        let written = PointFile {
            values: point.values.clone(),
            inputs: point.inputs.clone(),
            result: solved.result.clone(),
            tables: self.tables_of(solved),
        };
        folder.write(file, &(serde_json::to_string_pretty(&written)? + "\n"))?;
        if !self.args.quiet {
            print(&format!("{}: {}\n", self.moved(point), in_short(solved)))?;
        }
        Ok(())
    }

    /// The tables that are kept of a plan, as CSV by name.
    fn tables_of(&self, solved: &SolvedPoint<'_>) -> BTreeMap<String, String> {
        let Some(plan) = solved.plan else { return BTreeMap::new() };
        let accounts = Accounts::new(solved.model, &plan.solution);
        let sheets = kzleap_report::tables::ALL.iter().map(|table| table(&accounts));
        let kept = sheets.filter(|sheet| self.tables.iter().any(|name| name == sheet.name));
        kept.map(|sheet| (sheet.name.to_owned(), sheet.to_csv())).collect()
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

fn in_short(solved: &SolvedPoint<'_>) -> String {
    match &solved.result.figures {
        Some(figures) => format!(
            "system cost {}{} million {}, {:.2} s",
            cost(figures.system_cost),
            match figures.worth_forgone {
                0.0 => String::new(),
                forgone => format!(" and worth forgone {}", cost(forgone)),
            },
            solved.model.currency,
            figures.solve_seconds
        ),
        None => solved.result.why.clone().unwrap_or_default(),
    }
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

/// What a point is solved from: the program, all files, the scenario, the changed numbers, how;
/// and what is kept of it.
fn inputs_hash(input: &Input, args: &args::Sweep, scenario: &str, values: &[f64]) -> String {
    let mut hash = Sha256::new();
    for file in &input.files {
        hash.update(file.path.as_bytes());
        hash.update(Sha256::digest(&file.bytes));
    }
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
