//! Pictures of correlations and projections.

use kzleap_report::page::title;
use plotly::common::{
    ColorBar, ColorScale, ColorScaleElement, DashType, Fill, Line, Marker, Mode, Title,
};
use plotly::layout::Axis;
use plotly::{HeatMap, Layout, Scatter};
use serde_json::json;

use super::energy::translucent;
use super::figure::{Figure, short};
use crate::correlation::{Correlation, Matrix};
use crate::projection::{Method, Projection, Projections};
use crate::series::Series;

/// Colours of what is known and of the methods.
const KNOWN: &str = "#17212b";
const SMOOTHING: &str = "#4179b8";
const REGRESSION: &str = "#de8a45";

/// Correlations of values, and of changes.
pub(super) fn correlations(correlation: &Correlation) -> Vec<Figure> {
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
) -> Figure {
    // the first series stands at the top
    let last = correlation.names.len() as f64 - 1.0;
    let layout = Layout::new()
        .x_axis(Axis::new().auto_margin(true).tick_angle(-45.0).show_grid(false))
        .y_axis(Axis::new().auto_margin(true).range(vec![last + 0.5, -0.5]).show_grid(false))
        .hover_mode(plotly::layout::HoverMode::Closest);
    let id = format!("correlation-{id}");
    let csv = "tables/correlation.csv";
    let mut figure = Figure::new(id, heading, note, csv, &layout).room("tall");
    let r = |cell: &Option<crate::correlation::Coefficient>| cell.map(|c| short(c.r));
    let z: Vec<Vec<Option<f64>>> =
        matrix.iter().map(|row| row.iter().map(r).collect()).collect();
    let scale = [
        (0.0, "#2f6b9a"),
        (0.25, "#8db6d3"),
        (0.5, "#f3f2ee"),
        (0.75, "#e3a583"),
        (1.0, "#a8452c"),
    ]
    .map(|(at, colour)| ColorScaleElement(at, colour.to_owned()));
    figure.push_with(
        &HeatMap::new(correlation.names.clone(), correlation.names.clone(), z)
            .zmin(-1.0)
            .zmax(1.0)
            .color_scale(ColorScale::Vector(scale.to_vec()))
            .color_bar(ColorBar::new().thickness(10)),
        &[
            ("texttemplate", json!("%{z:.2f}")),
            ("textfont", json!({ "size": 10 })),
            ("xgap", json!(1)),
            ("ygap", json!(1)),
            ("hovertemplate", json!("%{y}<br>%{x}<br>%{z:.2f}<extra></extra>")),
        ],
    );
    figure
}

/// Each series with its future by each method.
pub(super) fn projections(series: &[Series], projections: &Projections) -> Vec<Figure> {
    let of = |one: &Series| -> Option<Figure> {
        let made: Vec<&Projection> =
            projections.made.iter().filter(|made| made.series == one.name).collect();
        (!made.is_empty()).then(|| projected(one, &made))
    };
    series.iter().filter_map(of).collect()
}

fn projected(series: &Series, made: &[&Projection]) -> Figure {
    let layout = Layout::new()
        .x_axis(Axis::new().tick_format("d").show_grid(false))
        .y_axis(Axis::new().title(Title::with_text(series.unit.as_str())));
    let id: String =
        series.name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let models: Vec<String> = made
        .iter()
        .map(|made| format!("{}: {}.", title(made.method.name()), made.model))
        .collect();
    let csv = "tables/projections.csv";
    let id = format!("projection-{id}");
    let mut figure = Figure::new(id, series.name.as_str(), models.join(" "), csv, &layout);
    for made in made {
        let colour = if made.method == Method::Smoothing { SMOOTHING } else { REGRESSION };
        let years: Vec<i32> = made.points.iter().map(|point| point.year).collect();
        let there_and_back: Vec<i32> =
            years.iter().copied().chain(years.iter().rev().copied()).collect();
        let upper = made.points.iter().map(|point| short(point.upper));
        let lower = made.points.iter().rev().map(|point| short(point.lower));
        figure.push(
            &Scatter::new(there_and_back, upper.chain(lower).collect())
                .mode(Mode::Lines)
                .name(format!("{}, 95%", title(made.method.name())))
                .show_legend(false)
                .fill(Fill::ToSelf)
                .fill_color(translucent(colour, 0.16))
                .line(Line::new().width(0.0).color(colour)),
        );
        figure.push(
            &Scatter::new(years, made.points.iter().map(|point| short(point.value)).collect())
                .mode(Mode::Lines)
                .name(title(made.method.name()))
                .line(Line::new().color(colour).width(2.5).dash(DashType::Dash))
                .marker(Marker::new().color(colour)),
        );
    }
    let (years, values): (Vec<i32>, Vec<f64>) =
        series.values.iter().map(|(year, value)| (*year, short(*value))).unzip();
    figure.push(
        &Scatter::new(years, values)
            .mode(Mode::Lines)
            .name("Known")
            .line(Line::new().color(KNOWN).width(2.5)),
    );
    figure
}
