//! The description of a chart: everything `draw` of the script needs, and nothing of how a library
//! of charts needs to know.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// The key of all regions together, and of charts that know no regions.
pub const ALL: &str = "*";

/// A chart of any kind.
#[derive(Clone, Debug, Serialize)]
pub struct ChartSpec {
    /// Its anchor in the page; no two charts of a page share one.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it shows, in a sentence or two.
    pub note: String,
    /// How many figures of its table are not the same in every plan; may be empty.
    pub mark: String,
    /// The table behind it, seen from the page; empty if there is none.
    pub csv: &'static str,
    /// What to look for among the inputs behind it; empty if there are none.
    pub query: String,
    /// How much room it needs.
    pub room: Room,
    /// The unit of every value.
    pub unit: Unit,
    /// What is drawn.
    pub picture: Picture,
}

/// How much room a chart needs, as classes of the style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Room {
    /// Half of a wide page.
    #[default]
    #[serde(rename = "")]
    Half,
    /// The whole width.
    #[serde(rename = "wide")]
    Wide,
    /// More height.
    #[serde(rename = "tall")]
    Tall,
    /// The whole width and more height.
    #[serde(rename = "tall wide")]
    TallAndWide,
}

/// A unit as people read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Over the axis, such as `TWh a year`.
    axis: String,
    /// Beside a single value, such as `TWh`.
    value: String,
}

impl Unit {
    /// The same everywhere: `GW`, `USD/t`.
    pub fn plain(unit: &str) -> Self {
        Self { axis: unit.to_owned(), value: unit.to_owned() }
    }

    /// An amount in each year: `TWh a year`, a value of which is in `TWh`.
    pub fn amount_a_year(unit: &str) -> Self {
        Self { axis: format!("{unit} a year"), value: unit.to_owned() }
    }

    /// A change in each year: `GW per year`, a value of which is in `GW/a`.
    pub fn change_per_year(unit: &str) -> Self {
        Self { axis: format!("{unit} per year"), value: format!("{unit}/a") }
    }

    /// An index, whose values have no unit; `axis` says what is 100.
    pub fn index(axis: String) -> Self {
        Self { axis, value: String::new() }
    }
}

/// What is drawn.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Picture {
    /// Bars, lines and limits along an axis.
    Series(Series),
    /// Numbers of rows and columns with the same names, as colours.
    Matrix(Matrix),
    /// Ribbons between nodes.
    Flows(Flows),
    /// From one value to another, step by step.
    Steps(Steps),
}

/// Bars, lines and limits along an axis.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// What values stand at.
    pub axis: Axis,
    /// What each series is; values stand in [`Series::views`].
    pub series: Vec<Trace>,
    /// What the sum of bars above zero is called; empty if it is not to be shown.
    pub total: String,
    /// Years of which the reader chooses one; empty if all are along the axis.
    pub years: Vec<i32>,
    /// What its values are compared with, where the reader asks for differences.
    pub against: Against,
    /// Values by region ([`ALL`] among them), and by year where one is chosen.
    pub views: BTreeMap<String, Vec<View>>,
}

/// What the values of a chart are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Against {
    /// With nothing.
    #[default]
    Nothing,
    /// With the first series.
    Series,
    /// With the first place along the axis.
    Place,
}

/// The values of one choice of the reader.
#[derive(Clone, Debug, Default, Serialize)]
pub struct View {
    /// Values of each series along the axis.
    #[serde(serialize_with = "short_values")]
    pub values: Vec<Vec<Option<f64>>>,
    /// The sum of bars above zero along the axis.
    #[serde(serialize_with = "short_total")]
    pub total: Vec<f64>,
}

/// What values stand at.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Axis {
    /// Bands beside one another, as wide as the time they stand for. Of several parts the reader
    /// chooses one.
    Bands {
        /// At least one.
        parts: Vec<Part>,
    },
    /// Numbers; each series has its own.
    Points {
        /// What the axis is; empty if its ticks say so.
        title: String,
        /// Where it is labelled; if nowhere, at round whole numbers.
        ticks: Vec<(f64, String)>,
        /// Its ends; those of the values if not given.
        range: Option<(f64, f64)>,
    },
    /// Names beside one another.
    Names {
        /// As they follow.
        names: Vec<String>,
    },
}

/// Bands beside one another.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Position of its first band among those of all parts.
    pub start: usize,
    /// Where the first band begins.
    pub from: f64,
    /// What is written under each band.
    pub names: Vec<String>,
    /// How wide each is, in years or hours.
    pub widths: Vec<f64>,
    /// What is under the axis, first where every band has its name, then where there is no room
    /// for them and hours are counted. Without, as many bands are named as there is room for.
    pub titles: Option<(String, String)>,
}

/// A series without its values.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    /// What people read.
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    /// How it is drawn.
    pub mark: Mark,
    /// Where its values stand, on an axis of points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<f64>,
    /// What each of its values is called, if the axis does not say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Mark {
    /// A bar that is on the bars before it.
    Bar,
    /// Such a bar, hatched: to tell it from a full one of the same colour.
    Hatched,
    /// A line.
    Line {
        /// In pixels.
        width: f64,
        /// Whether it is dashed.
        dashed: bool,
        /// Whether its values are marked.
        points: bool,
    },
    /// A short line over each bar, as wide as it: a demand, a limit.
    Limit,
    /// The area within a line that ends where it begins; not in the legend.
    Area,
}

impl Mark {
    /// A line with its values marked.
    pub const LINE: Self = Self::Line { width: 2.5, dashed: false, points: true };
    /// A line alone.
    pub const PLAIN_LINE: Self = Self::Line { width: 2.5, dashed: false, points: false };

    /// Whether it adds to the sum of bars.
    pub(crate) const fn is_bar(self) -> bool {
        matches!(self, Self::Bar | Self::Hatched)
    }
}

/// Numbers of rows and columns with the same names, as colours.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// Of rows, the first on top, and of columns.
    pub names: Vec<String>,
    /// By row and column; empty where nothing is known.
    pub values: Vec<Vec<Option<f64>>>,
    /// The values of the first and the last colour.
    pub ends: (f64, f64),
    /// Colours, evenly from one end to the other.
    pub colours: Vec<&'static str>,
}

/// Positions of the nodes a ribbon leaves and reaches, its size and its colour.
pub type Ribbon = (usize, usize, f64, String);

/// Ribbons between nodes.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Flows {
    /// Name and colour.
    pub nodes: Vec<(String, String)>,
    /// Years of which the reader chooses one.
    pub years: Vec<i32>,
    /// The ribbons of each year.
    pub views: Vec<Vec<Ribbon>>,
    /// Positions of nodes beyond the border, which the reader may leave out.
    pub outside: Vec<usize>,
}

/// From one value to another, step by step: the first and the last stand on the axis.
#[derive(Clone, Debug, Serialize)]
pub struct Steps {
    /// What is under each.
    pub names: Vec<String>,
    /// What each is or adds.
    pub values: Vec<f64>,
    /// Each as people read it.
    pub texts: Vec<String>,
}

impl ChartSpec {
    /// A chart with this picture; its note, table and inputs are to be filled in.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        unit: Unit,
        picture: Picture,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            note: String::new(),
            mark: String::new(),
            csv: "",
            query: String::new(),
            room: Room::Half,
            unit,
            picture,
        }
    }

    /// A chart of series, without any yet.
    pub fn series(
        id: impl Into<String>,
        title: impl Into<String>,
        unit: Unit,
        axis: Axis,
    ) -> Self {
        let series = Series {
            axis,
            series: Vec::new(),
            total: String::new(),
            years: Vec::new(),
            against: Against::Nothing,
            views: BTreeMap::new(),
        };
        Self::new(id, title, unit, Picture::Series(series))
    }

    /// Adds a series with its values by region, one list for each year that can be chosen. A chart
    /// of another kind stays as it is.
    pub fn push(
        &mut self,
        trace: Trace,
        views: impl IntoIterator<Item = (String, Vec<Vec<Option<f64>>>)>,
    ) {
        let Picture::Series(series) = &mut self.picture else { return };
        for (region, years) in views {
            let of_region = series.views.entry(region).or_default();
            of_region.resize_with(years.len(), View::default);
            for (view, values) in of_region.iter_mut().zip(years) {
                if trace.mark.is_bar() {
                    view.total.resize(values.len(), 0.0);
                    for (total, value) in view.total.iter_mut().zip(&values) {
                        *total += value.unwrap_or(0.0).max(0.0);
                    }
                }
                view.values.push(values);
            }
        }
        series.series.push(trace);
    }

    /// Whether there is something to see in a place.
    pub fn shows(&self, place: &str) -> bool {
        let series = match &self.picture {
            Picture::Series(series) => series,
            Picture::Flows(_) => return place == ALL,
            Picture::Matrix(_) | Picture::Steps(_) => return true,
        };
        let views = series.views.get(place).into_iter().flatten();
        let mut values = views.flat_map(|view| &view.values).flatten().flatten();
        values.any(|value| short(*value).is_some_and(|value| value != 0.0))
    }

    /// Whether there is nothing to see anywhere.
    pub fn is_empty(&self) -> bool {
        match &self.picture {
            Picture::Series(series) => !series.views.keys().any(|place| self.shows(place)),
            Picture::Matrix(matrix) => matrix.values.is_empty(),
            Picture::Flows(flows) => flows.views.iter().all(Vec::is_empty),
            Picture::Steps(steps) => steps.values.is_empty(),
        }
    }
}

/// A colour, `#rrggbb`, through which others shine.
pub fn translucent(colour: &str, alpha: f64) -> String {
    let channel = |at: usize| {
        colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(128)
    };
    format!("rgba({},{},{},{alpha})", channel(1), channel(3), channel(5))
}

/// A number for a picture: four digits; `None` where there is nothing to draw.
pub(crate) fn short(value: f64) -> Option<f64> {
    if !value.is_finite() {
        return None;
    }
    format!("{value:.3e}").parse().ok()
}

fn short_values<S: Serializer>(
    values: &[Vec<Option<f64>>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let one = |values: &Vec<Option<f64>>| -> Vec<Option<f64>> {
        values.iter().map(|value| value.and_then(short)).collect()
    };
    serializer.collect_seq(values.iter().map(one))
}

fn short_total<S: Serializer>(total: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(total.iter().map(|value| short(*value)))
}
