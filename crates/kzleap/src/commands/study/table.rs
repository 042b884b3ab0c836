//! All runs of a study as tables.

use std::collections::BTreeMap;

use kzleap_report::sheet::number;
use kzleap_study::{ByNameAndYear, Ensemble, EnsembleRun, Figures, Status};

use super::run_file::RunFile;

/// Columns that every table of runs begins with; the inputs by name follow.
const BEGINNING: [&str; 3] = ["run", "id", "scenario"];

/// The list of runs.
///
/// # Errors
/// When a cell cannot be written.
pub(super) fn plan(ensemble: &Ensemble) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(header(ensemble))?;
    for (at, run) in ensemble.runs.iter().enumerate() {
        out.write_record(beginning(at, run))?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// A row for each run, in their order: its inputs, how it ended, and what came out.
///
/// # Errors
/// When a cell cannot be written.
pub(super) fn runs(ensemble: &Ensemble, found: &[Option<RunFile>]) -> anyhow::Result<String> {
    let mut columns =
        ["objective", "system_cost", "transfers", "worth_forgone"].map(str::to_owned).to_vec();
    let figures = |file: &Option<RunFile>| {
        let figures = file.as_ref().and_then(|file| file.answer.figures.as_ref());
        let cells = figures.map(cells).unwrap_or_default();
        for (column, _) in &cells {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        cells.into_iter().collect()
    };
    let rows: Vec<BTreeMap<String, f64>> = found.iter().map(figures).collect();
    let mut out = csv::Writer::from_writer(Vec::new());
    let names = ["status".to_owned()].into_iter().chain(columns.iter().cloned());
    out.write_record(header(ensemble).into_iter().chain(names))?;
    for (at, ((run, file), cells)) in ensemble.runs.iter().zip(found).zip(rows).enumerate() {
        let cell = |column: &String| cells.get(column).map_or_else(String::new, |v| number(*v));
        let row = beginning(at, run).into_iter().chain([word(file.as_ref()).to_owned()]);
        out.write_record(row.chain(columns.iter().map(cell)))?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// The runs that are missing or failed, with why.
///
/// # Errors
/// When a cell cannot be written.
pub(super) fn missing(
    ensemble: &Ensemble,
    found: &[Option<RunFile>],
) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(BEGINNING.into_iter().chain(["status", "why"]))?;
    let failed = |(_, (_, file)): &(usize, (&EnsembleRun, &Option<RunFile>))| {
        self::failed(file.as_ref())
    };
    for (at, (run, file)) in ensemble.runs.iter().zip(found).enumerate().filter(failed) {
        let why = file.as_ref().and_then(|file| file.answer.why.clone()).unwrap_or_default();
        let at = at.to_string();
        out.write_record([&at, &run.id, &run.scenario, word(file.as_ref()), &why])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// Whether a run gives no answer: there is none, the solver gave up, or the model has errors.
pub(super) fn failed(file: Option<&RunFile>) -> bool {
    let status = file.map(|file| file.answer.status);
    matches!(status, None | Some(Status::Stopped | Status::Refused))
}

/// A table of results of all runs that have a plan, each row with the run and its inputs before it.
///
/// # Errors
/// When a cell cannot be read or written.
pub(super) fn kept(
    ensemble: &Ensemble,
    name: &str,
    found: &[Option<RunFile>],
) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut has_header = false;
    for (at, (run, file)) in ensemble.runs.iter().zip(found).enumerate() {
        let Some(text) = file.as_ref().and_then(|file| file.tables.get(name)) else { continue };
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        if !has_header {
            let own = rows.headers()?.iter().map(str::to_owned);
            out.write_record(header(ensemble).into_iter().chain(own))?;
            has_header = true;
        }
        let beginning = beginning(at, run);
        for row in rows.records() {
            let row = row?;
            out.write_record(beginning.iter().map(String::as_str).chain(&row))?;
        }
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

fn header(ensemble: &Ensemble) -> Vec<String> {
    let own = BEGINNING.into_iter().map(str::to_owned);
    own.chain(ensemble.inputs.iter().map(|input| input.name.clone())).collect()
}

fn beginning(at: usize, run: &EnsembleRun) -> Vec<String> {
    let values = run.values.iter().map(|value| value.map_or_else(String::new, number));
    [at.to_string(), run.id.clone(), run.scenario.clone()].into_iter().chain(values).collect()
}

/// The figures of a plan with the names of their columns.
pub(super) fn cells(figures: &Figures) -> Vec<(String, f64)> {
    let mut cells = vec![
        ("objective".to_owned(), figures.objective),
        ("system_cost".to_owned(), figures.system_cost),
        ("transfers".to_owned(), figures.transfers),
        ("worth_forgone".to_owned(), figures.worth_forgone),
    ];
    let mut add = |group: &str, values: &ByNameAndYear| {
        for (name, by_year) in values {
            let of_year =
                |(year, value): (&i32, &f64)| (format!("{group}.{name}.{year}"), *value);
            cells.extend(by_year.iter().map(of_year));
        }
    };
    add("emissions", &figures.emissions);
    add("emission_prices", &figures.emission_prices);
    cells
}

/// How a run ended, as tables write it.
fn word(file: Option<&RunFile>) -> &'static str {
    match file.map(|file| file.answer.status) {
        None => "open",
        Some(Status::Optimal) => "optimal",
        Some(Status::Infeasible) => "infeasible",
        Some(Status::Unbounded) => "unbounded",
        Some(Status::Stopped) => "stopped",
        Some(Status::Refused) => "refused",
    }
}
