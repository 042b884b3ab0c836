//! All points of a sweep as tables.

use std::collections::BTreeMap;

use kzleap_report::sheet::number;
use kzleap_study::{ByNameAndYear, Figures, Status};

use super::PointFile;

/// CSV with a row for each point, in their order: the values of the parameters, named by their
/// paths, then what came out.
///
/// # Errors
/// When a cell cannot be written.
pub(super) fn table(paths: &[&str], points: &[PointFile]) -> anyhow::Result<String> {
    let mut columns =
        ["objective", "system_cost", "transfers", "worth_forgone"].map(str::to_owned).to_vec();
    let rows: Vec<BTreeMap<String, f64>> = points
        .iter()
        .map(|point| {
            let cells = point.result.figures.as_ref().map(cells).unwrap_or_default();
            for (column, _) in &cells {
                if !columns.contains(column) {
                    columns.push(column.clone());
                }
            }
            cells.into_iter().collect()
        })
        .collect();
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = paths.iter().copied().chain(["status"]);
    out.write_record(header.chain(columns.iter().map(String::as_str)))?;
    for (point, cells) in points.iter().zip(rows) {
        let cell = |column: &String| cells.get(column).map_or_else(String::new, |v| number(*v));
        let status = [word(point.result.status).to_owned()];
        let row = values(point).into_iter().chain(status);
        out.write_record(row.chain(columns.iter().map(cell)))?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// A table of results of all points that have a plan, each row with the values of the parameters
/// before it.
///
/// # Errors
/// When a cell cannot be read or written.
pub(super) fn kept(paths: &[&str], name: &str, points: &[PointFile]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut has_header = false;
    for point in points {
        let Some(text) = point.tables.get(name) else { continue };
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        if !has_header {
            out.write_record(paths.iter().copied().chain(rows.headers()?))?;
            has_header = true;
        }
        let values = values(point);
        for row in rows.records() {
            let row = row?;
            out.write_record(values.iter().map(String::as_str).chain(&row))?;
        }
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// The figures of a plan with the names of their columns.
fn cells(figures: &Figures) -> Vec<(String, f64)> {
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

fn values(point: &PointFile) -> Vec<String> {
    point.values.iter().map(|value| number(*value)).collect()
}

/// A status as tables write it.
const fn word(status: Status) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Infeasible => "infeasible",
        Status::Unbounded => "unbounded",
        Status::Stopped => "stopped",
        Status::Refused => "refused",
        Status::Open => "open",
    }
}
