//! Charts of lines over the years.

use kzleap_page::{ALL, Axis, ChartSpec, Mark, Trace, Unit};

/// A chart of lines over whole years.
pub(super) fn over_years(
    id: impl Into<String>,
    heading: impl Into<String>,
    unit: Unit,
) -> ChartSpec {
    let axis = Axis::Points { title: String::new(), ticks: Vec::new(), range: None };
    ChartSpec::series(id, heading, unit, axis)
}

/// Adds a series with its years and values.
pub(super) fn push(
    chart: &mut ChartSpec,
    name: &str,
    colour: &str,
    mark: Mark,
    points: &[(i32, f64)],
) {
    let trace = Trace {
        name: name.to_owned(),
        colour: colour.to_owned(),
        mark,
        at: points.iter().map(|(year, _)| f64::from(*year)).collect(),
        names: Vec::new(),
    };
    let values = points.iter().map(|(_, value)| Some(*value)).collect();
    chart.push(trace, [(ALL.to_owned(), vec![values])]);
}
