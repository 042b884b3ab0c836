//! A chart: traces and layout for plotly, with one set of values for each region.
//!
//! Traces carry names and colours; the values stand apart, once for each region, so that the page
//! can switch between regions without carrying everything again.

use std::collections::BTreeMap;

use kzleap_model::{Model, RegionIx};
use plotly::common::{
    DashType, ErrorData, ErrorType, Line, Marker, Mode, Pattern, PatternShape, Title,
};
use plotly::layout::{Axis, BarMode};
use plotly::{Bar, Layout, Scatter};
use serde::Serialize;
use serde_json::Value;

use super::colours::Colours;

/// The key of all domestic regions together.
pub(super) const ALL: &str = "*";

/// The name of small series gathered into one.
pub(super) const OTHER: &str = "other";
/// A series below this share of the largest cannot be seen.
const FAINT: f64 = 1e-4;

/// Everything the page needs to draw one chart.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Chart {
    /// Its anchor in the page.
    pub(super) id: String,
    /// Its heading.
    pub(super) title: String,
    /// What it shows, in a sentence.
    pub(super) note: String,
    /// The table behind it, seen from the page.
    pub(super) csv: &'static str,
    /// What to look for among the inputs behind it.
    pub(super) query: String,
    /// `years`: one bar for each period; `days`: blocks of a day; `points`: moments of a year.
    pub(super) axis: &'static str,
    /// Traces without values.
    pub(super) traces: Vec<Value>,
    /// Layout without fonts and colours of the page.
    pub(super) layout: Value,
    /// Values of each trace, by region.
    pub(super) views: BTreeMap<String, Vec<Vec<Option<f64>>>>,
}

/// Values of some series by region and position (usually a year).
#[derive(Clone, Debug)]
pub(super) struct Values {
    places: usize,
    length: usize,
    series: BTreeMap<String, Vec<Vec<f64>>>,
}

impl Values {
    /// No values yet; `length` for each region.
    pub(super) fn new(model: &Model, length: usize) -> Self {
        Self { places: model.regions.len() + 1, length, series: BTreeMap::new() }
    }

    /// Adds to a region, and to all together if it is domestic.
    pub(super) fn add(
        &mut self,
        model: &Model,
        series: &str,
        region: RegionIx,
        at: usize,
        value: f64,
    ) {
        self.add_to(series, region.get() + 1, at, value);
        if model.regions[region].domestic {
            self.add_to(series, 0, at, value);
        }
    }

    /// Adds to one place only: 0 is all together, region `r` is `r + 1`.
    pub(super) fn add_to(&mut self, series: &str, place: usize, at: usize, value: f64) {
        if !self.series.contains_key(series) {
            let zeros = vec![vec![0.0; self.length]; self.places];
            self.series.insert(series.to_owned(), zeros);
        }
        if let Some(places) = self.series.get_mut(series) {
            places[place][at] += value;
        }
    }

    /// The sum of all series of all domestic regions together.
    pub(super) fn totals(&self) -> Vec<f64> {
        let at = |y: usize| self.series.values().map(move |places| places[0][y]);
        (0..self.length).map(|y| at(y).sum()).collect()
    }

    /// Gathers the smallest of many series into one, [`OTHER`], so that those that matter can be
    /// distinguished.
    pub(super) fn gathered(&self) -> Self {
        const MOST: usize = 14;
        const LEAST: f64 = 0.01;
        let peak = |values: &Vec<Vec<f64>>| {
            values.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()))
        };
        let mut peaks: Vec<(f64, &String)> =
            self.series.iter().map(|(name, values)| (peak(values), name)).collect();
        peaks.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let largest = peaks.first().map_or(0.0, |(peak, _)| *peak);
        let mut gathered = Self { series: BTreeMap::new(), ..*self };
        for (n, (peak, name)) in peaks.into_iter().enumerate() {
            let is_small = n >= MOST || (n >= MOST / 2 && peak < LEAST * largest);
            let into = if is_small { OTHER } else { name };
            for (place, values) in self.series[name].iter().enumerate() {
                for (at, value) in values.iter().enumerate() {
                    gathered.add_to(into, place, at, *value);
                }
            }
        }
        gathered
    }

    /// The names of the series in the order they stack; those without any value are left out.
    pub(super) fn names(&self, colours: &Colours) -> Vec<String> {
        let all = self.series.values().flatten().flatten();
        let largest = all.fold(0.0_f64, |most, value| most.max(value.abs()));
        let seen = |values: &Vec<Vec<f64>>| {
            values.iter().flatten().any(|value| value.abs() > largest * FAINT)
        };
        let mut names: Vec<String> = self
            .series
            .iter()
            .filter(|(_, values)| seen(values))
            .map(|(name, _)| name.clone())
            .collect();
        names.sort_by_key(|name| colours.rank(name));
        names
    }

    /// The values of a series in a place.
    pub(super) fn at(&self, series: &str, place: usize) -> &[f64] {
        self.series.get(series).map_or(&[], |places| &places[place])
    }
}

/// The key of a place: [`ALL`], or the name of a region.
pub(super) fn place_key(model: &Model, place: usize) -> String {
    match place.checked_sub(1) {
        None => ALL.to_owned(),
        Some(region) => model.regions[RegionIx::new(region)].name.clone(),
    }
}

/// Whether a place is a region beyond the border.
pub(super) fn is_neighbour(model: &Model, place: usize) -> bool {
    place.checked_sub(1).is_some_and(|region| !model.regions[RegionIx::new(region)].domestic)
}

impl Chart {
    /// A chart without traces.
    pub(super) fn new(id: impl Into<String>, title: impl Into<String>, unit: &str) -> Self {
        let layout = Layout::new()
            .bar_mode(BarMode::Relative)
            .y_axis(Axis::new().title(Title::with_text(unit)));
        Self {
            id: id.into(),
            title: title.into(),
            note: String::new(),
            csv: "",
            query: String::new(),
            axis: "years",
            traces: Vec::new(),
            layout: json(&layout),
            views: BTreeMap::new(),
        }
    }

    /// It without its values.
    pub(super) fn anchor(&self) -> super::Anchor<'_> {
        super::Anchor {
            id: &self.id,
            title: &self.title,
            note: &self.note,
            csv: self.csv,
            query: &self.query,
        }
    }

    /// Whether there is nothing to see.
    pub(super) fn is_empty(&self) -> bool {
        !self.views.keys().any(|place| self.shows(place))
    }

    /// Whether there is something to see in a place.
    pub(super) fn shows(&self, place: &str) -> bool {
        let mut values = self.views.get(place).into_iter().flatten().flatten();
        values.any(|value| value.is_some_and(|value| value != 0.0))
    }

    /// Adds one stacked bar trace for each series, times `factor`.
    pub(super) fn stack(
        &mut self,
        model: &Model,
        values: &Values,
        colours: &Colours,
        factor: f64,
    ) {
        let values = &values.gathered();
        for name in values.names(colours) {
            let bar = Bar::<f64, f64>::new(Vec::new(), Vec::new())
                .name(colours.label(&name))
                .marker(Marker::new().color(colours.of(&name).to_owned()));
            let mut bar = json(&*bar);
            if name == super::energy::TRADE {
                hatch(&mut bar); // it is not made here
            }
            self.push(model, bar, |place| {
                values.at(&name, place).iter().map(|value| Some(value * factor)).collect()
            });
        }
    }

    /// Adds a line through the middle of each period.
    pub(super) fn line(
        &mut self,
        model: &Model,
        name: &str,
        colour: &str,
        values: impl Fn(usize) -> Vec<Option<f64>>,
    ) {
        let line = Scatter::<f64, f64>::new(Vec::new(), Vec::new())
            .name(name)
            .mode(Mode::LinesMarkers)
            .line(Line::new().color(colour.to_owned()).width(2.5))
            .marker(Marker::new().color(colour.to_owned()).size(6));
        self.push(model, json(&*line), values);
    }

    /// Adds a ledge over each bar, as wide as the bar: a demand, a limit.
    pub(super) fn ledge(
        &mut self,
        model: &Model,
        name: &str,
        colour: &str,
        values: impl Fn(usize) -> Vec<Option<f64>>,
    ) {
        let error =
            ErrorData::new(ErrorType::Data).color(colour.to_owned()).thickness(3.0).width(0);
        let ledge = Scatter::<f64, f64>::new(Vec::new(), Vec::new())
            .name(name)
            .mode(Mode::Markers)
            .marker(Marker::new().color(colour.to_owned()).size(3))
            .line(Line::new().dash(DashType::Solid))
            .error_x(error);
        self.push(model, json(&*ledge), values);
    }

    fn push(
        &mut self,
        model: &Model,
        trace: Value,
        values: impl Fn(usize) -> Vec<Option<f64>>,
    ) {
        self.traces.push(trace);
        for place in 0..=model.regions.len() {
            let values = values(place).into_iter().map(|value| value.and_then(short)).collect();
            self.views.entry(place_key(model, place)).or_default().push(values);
        }
    }
}

/// Hatches a bar, so that it can be told from a full one of the same colour.
pub(super) fn hatch(trace: &mut Value) {
    trace["marker"]["pattern"] =
        json(&Pattern::new().shape(PatternShape::RightDiagonalLine).solidity(0.45).size(6.0));
    trace["marker"]["pattern"]["fillmode"] = "overlay".into();
}

/// As plain JSON.
pub(super) fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// A number for a picture: four digits; `None` where there is nothing to draw.
pub(super) fn short(value: f64) -> Option<f64> {
    if !value.is_finite() {
        return None;
    }
    format!("{value:.3e}").parse().ok()
}
