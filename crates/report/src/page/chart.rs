//! Charts by period of the plan: bars, lines and limits, with values for each region.

use std::collections::BTreeMap;

use kzleap_model::{Model, RegionIx};
use kzleap_page::{ALL, Axis, ChartSpec, Mark, Part, Picture, Trace, Unit};

use super::colours::Colours;

/// The name of small series gathered into one.
pub(super) const OTHER: &str = "other";
/// A series below this share of the largest cannot be seen.
const FAINT: f64 = 1e-4;

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
        const MOST: usize = 10;
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

/// A chart by period without series: a band for each milestone year, all of the same width, so that
/// bars, lines, limits and targets of a year stand over its name.
pub(super) fn by_period(
    model: &Model,
    id: impl Into<String>,
    title: impl Into<String>,
    unit: Unit,
) -> ChartSpec {
    let years = &model.time.years;
    let part = Part {
        start: 0,
        from: 0.0,
        names: years.iter().map(|year| year.milestone.to_string()).collect(),
        widths: vec![1.0; years.len()],
        titles: None,
    };
    let mut chart = ChartSpec::series(id, title, unit, Axis::Bands { parts: vec![part] });
    name_total(&mut chart, "Total above zero");
    chart
}

/// Says what the sum of bars above zero is.
pub(super) fn name_total(chart: &mut ChartSpec, name: &str) {
    if let Picture::Series(series) = &mut chart.picture {
        name.clone_into(&mut series.total);
    }
}

/// A series of this kind, with its values along the axis.
pub(super) fn trace(name: impl Into<String>, colour: impl Into<String>, mark: Mark) -> Trace {
    Trace { name: name.into(), colour: colour.into(), mark, at: Vec::new(), names: Vec::new() }
}

/// What a chart by period is made of.
pub(super) trait ByPeriod {
    /// Adds a series with its values in each place: 0 is all domestic regions, region `r` is `r + 1`.
    fn add(&mut self, model: &Model, trace: Trace, values: impl Fn(usize) -> Vec<Option<f64>>);

    /// Adds one stacked bar for each series, times `factor`.
    fn stack(&mut self, model: &Model, values: &Values, colours: &Colours, factor: f64);

    /// Adds a line through the middle of each period.
    fn line(
        &mut self,
        model: &Model,
        name: &str,
        colour: &str,
        values: impl Fn(usize) -> Vec<Option<f64>>,
    ) {
        self.add(model, trace(name, colour, Mark::LINE), values);
    }

    /// Adds a short line over each bar: a demand, a limit.
    fn limit(
        &mut self,
        model: &Model,
        name: &str,
        colour: &str,
        values: impl Fn(usize) -> Vec<Option<f64>>,
    ) {
        self.add(model, trace(name, colour, Mark::Limit), values);
    }
}

impl ByPeriod for ChartSpec {
    fn add(&mut self, model: &Model, trace: Trace, values: impl Fn(usize) -> Vec<Option<f64>>) {
        let places = 0..=model.regions.len();
        self.push(trace, places.map(|place| (place_key(model, place), vec![values(place)])));
    }

    fn stack(&mut self, model: &Model, values: &Values, colours: &Colours, factor: f64) {
        let values = &values.gathered();
        for name in values.names(colours) {
            // trade is not made here
            let mark = if name == super::energy::TRADE { Mark::Hatched } else { Mark::Bar };
            self.add(model, trace(colours.label(&name), colours.of(&name), mark), |place| {
                values.at(&name, place).iter().map(|value| Some(value * factor)).collect()
            });
        }
    }
}
