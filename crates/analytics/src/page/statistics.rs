//! Pictures of correlations and projections.

use kzleap_page::{ChartSpec, Mark, Picture, Room, Unit};
use kzleap_report::page::title;

use super::lines;
use crate::correlation::{Correlation, Matrix};
use crate::projection::{Method, Projection, Projections};
use crate::series::Series;

/// Colours of what is known and of the methods.
const KNOWN: &str = "#17212b";
const SMOOTHING: &str = "#4179b8";
const REGRESSION: &str = "#de8a45";

/// Correlations of values, and of changes.
pub(super) fn correlations(correlation: &Correlation) -> Vec<ChartSpec> {
    if correlation.names.len() < 2 {
        return Vec::new();
    }
    let levels = "Pearson's coefficient of the yearly values. What grows together is correlated \
                  whatever drives it; the changes beside tell more.";
    let changes = "The same of logarithmic changes from year to year.";
    vec![
        heat_map("levels", "Correlation of values", levels, correlation, &correlation.levels),
        heat_map(
            "changes",
            "Correlation of changes",
            changes,
            correlation,
            &correlation.changes,
        ),
    ]
}

fn heat_map(
    id: &str,
    heading: &str,
    note: &str,
    correlation: &Correlation,
    matrix: &Matrix,
) -> ChartSpec {
    let r = |cell: &Option<crate::correlation::Coefficient>| cell.map(|c| c.r);
    let picture = Picture::Matrix(kzleap_page::Matrix {
        names: correlation.names.clone(),
        values: matrix.iter().map(|row| row.iter().map(r).collect()).collect(),
        ends: (-1.0, 1.0),
        colours: vec!["#2f6b9a", "#8db6d3", "#f3f2ee", "#e3a583", "#a8452c"],
    });
    let id = format!("correlation-{id}");
    let mut chart = ChartSpec::new(id, heading, Unit::plain(""), picture);
    note.clone_into(&mut chart.note);
    chart.csv = "tables/correlation.csv";
    chart.room = Room::Tall;
    chart
}

/// Each series with its future by each method.
pub(super) fn projections(series: &[Series], projections: &Projections) -> Vec<ChartSpec> {
    let of = |one: &Series| -> Option<ChartSpec> {
        let made: Vec<&Projection> =
            projections.made.iter().filter(|made| made.series == one.name).collect();
        (!made.is_empty()).then(|| projected(one, &made))
    };
    series.iter().filter_map(of).collect()
}

fn projected(series: &Series, made: &[&Projection]) -> ChartSpec {
    let id: String =
        series.name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let models: Vec<String> = made
        .iter()
        .map(|made| format!("{}: {}.", title(made.method.name()), made.model))
        .collect();
    let unit = Unit::plain(&series.unit);
    let mut chart = lines::over_years(format!("projection-{id}"), series.name.as_str(), unit);
    chart.note = models.join(" ");
    chart.csv = "tables/projections.csv";
    for made in made {
        let colour = if made.method == Method::Smoothing { SMOOTHING } else { REGRESSION };
        let points = || made.points.iter();
        let upper = points().map(|point| (point.year, point.upper));
        let lower = points().rev().map(|point| (point.year, point.lower));
        let there_and_back: Vec<(i32, f64)> = upper.chain(lower).collect();
        let name = title(made.method.name());
        let interval = format!("{name}, 95%");
        lines::push(&mut chart, &interval, colour, Mark::Area, &there_and_back);
        let middle: Vec<(i32, f64)> = points().map(|point| (point.year, point.value)).collect();
        let mark = Mark::Line { width: 2.5, dashed: true, points: false };
        lines::push(&mut chart, &name, colour, mark, &middle);
    }
    let known: Vec<(i32, f64)> =
        series.values.iter().map(|(year, value)| (*year, *value)).collect();
    lines::push(&mut chart, "Known", KNOWN, Mark::PLAIN_LINE, &known);
    chart
}
