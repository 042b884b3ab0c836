//! `kzleap compare-instruments`: instruments of policy side by side, each as strict as one target needs.

mod tables;

use anyhow::Context;
use kzleap_output::{Holds, OutputFolder};
use kzleap_solver::SolveError;
use kzleap_study::{
    Compared, Event, Events, Given, InstrumentComparison, Instruments, Kind, NotCompared,
    RunSpec,
};
use serde_json::json;

use crate::args::{self, Typed};
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::info::input_files;
use super::kind::{of_one, of_source};
use super::read::{Printed, several, tell_all};
use super::run::study_folder;
use super::say::{cost, short};

/// The table of all figures.
const TABLE: &str = "instruments.csv";

/// Compares the instruments of a file, prints a table, and writes all figures down.
pub(crate) fn compare(
    args: &args::CompareInstruments,
    typed: &Typed<'_>,
) -> anyhow::Result<Code> {
    of_source(&args.source, typed, "compare-instruments", &[Kind::Folder])?;
    let spec = RunSpec {
        solving: args.solving.wanted(),
        ..of_one(args.source.spec(), "compare-instruments")?
    };
    let comparison = read_file(args)?;
    let given = Given::open(&spec);
    let read = given.read(&spec);
    tell_all(&read, args.quiet, &mut Printed::default());
    if read.model.is_none() {
        return Ok(Code::BadInput);
    }
    let out = study_folder(args.out.as_ref(), &spec, "instruments");
    let mut folder = OutputFolder::begin(&out, Holds::Instruments)?;
    let made_by = json!({ "run": spec, "comparison": comparison });
    folder.made_by(&made_by, &input_files(&read.input));
    let progress = Progress::new(args.quiet, args.solving.log);
    let watch = |event: Event<'_>| progress.event(event);
    let events = Events { stop: Some(stop_flag()), watch: Some(&watch) };
    let (found, solves) = match Instruments::new(&given, &spec, &comparison, &events) {
        Ok(mut all) => (all.all(), all.solves),
        Err(error) => return without(error, "without any instrument"),
    };
    progress.done();
    let (mut compared, mut code) = (Vec::new(), Code::Done);
    for one in found {
        match one {
            Ok(one) => compared.push(one),
            Err((_, NotCompared::NoPlan(error @ SolveError::Interrupted))) => {
                return Err(error.into());
            }
            Err((name, error)) => code = without(error, &name)?,
        }
    }
    if compared.iter().any(|one| !one.plan.certified()) {
        code = Code::NotCertified;
    }
    folder.add(TABLE, |out| tables::sheet(&comparison, &compared).write_csv(out))?;
    folder.commit(env!("CARGO_PKG_VERSION"))?;
    if !args.quiet {
        print(&said(&comparison, &compared))?;
        print(&format!(
            "{} solved\nresults in {}\n",
            several(solves, "program"),
            out.join(TABLE).display()
        ))?;
    }
    Ok(code)
}

fn read_file(args: &args::CompareInstruments) -> anyhow::Result<InstrumentComparison> {
    let path = args.by.display();
    let text = std::fs::read_to_string(&args.by).with_context(|| format!("reading {path}"))?;
    toml::from_str(&text).map_err(|error| WrongArguments(format!("{path}: {error}")).into())
}

/// Says why an instrument has no plan at the target.
fn without(error: NotCompared, name: &str) -> anyhow::Result<Code> {
    match error {
        NotCompared::Wrong(why) => Err(WrongArguments(why).into()),
        NotCompared::Refused(read) => {
            tell(&format!("{name}: the model with it has errors"));
            tell_all(&read, true, &mut Printed::default());
            Ok(Code::BadInput)
        }
        NotCompared::NotReached { year, lowest } => {
            let lowest = if lowest.is_finite() {
                format!("the lowest with a plan is {} in {year}", short(lowest))
            } else {
                format!("nothing as strict as it needs in {year} has a plan")
            };
            tell(&format!("{name}: does not reach the target: {lowest}"));
            Ok(Code::Infeasible)
        }
        NotCompared::RateTooLow { year, least } => {
            tell(&format!(
                "{name}: its rate is too low: {} is the least that reaches the target in {year}",
                short(least)
            ));
            Ok(Code::Infeasible)
        }
        NotCompared::NoPlan(SolveError::Infeasible) => {
            tell(&format!("{name}: no plan respects all constraints and the target"));
            Ok(Code::Infeasible)
        }
        NotCompared::NoPlan(error) => Err(error.into()),
    }
}

/// What people read: a line for each instrument, and what moved elsewhere.
fn said(comparison: &InstrumentComparison, compared: &[Compared]) -> String {
    let Some(none) = compared.first() else { return String::new() };
    let years = tables::years(comparison, &none.model);
    let commodities = tables::commodities(comparison);
    let mut out = String::new();
    for y in years {
        let year = none.model.time.years[y].milestone;
        out += &format!(
            "{year}: million {} a year, marginal costs, emissions {}\n",
            none.model.currency,
            tables::emission_unit(none)
        );
        let mut rows = vec![
            ["instrument", "strength", "system cost", "budget", "emissions", "risen elsewhere"]
                .map(str::to_owned)
                .to_vec(),
        ];
        rows[0].extend(commodities.iter().map(|name| (*name).to_owned()));
        for one in compared {
            let figures = tables::Year::of(one, none, y);
            let mut row = vec![
                tables::name(one).to_owned(),
                tables::strength(one, y),
                cost(figures.system_cost),
                cost(figures.budget),
                short(figures.emissions),
                short(figures.risen),
            ];
            let prices = commodities.iter().map(|name| tables::price(one, name, y));
            row.extend(prices.map(|price| {
                price.map_or_else(String::new, |(value, unit)| {
                    format!("{} {unit}", short(value))
                })
            }));
            rows.push(row);
        }
        out += &aligned(&rows);
    }
    out
}

/// Rows of cells below each other.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let cells: Vec<String> = cells.collect();
        format!("  {}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
