//! Projections of yearly series with prediction intervals, and how well they would have done.
//!
//! Two methods side by side: exponential smoothing, which knows nothing but the series, and
//! regression on population and GDP, which needs their future. Both work on a scale on which the
//! series cannot leave its range: logarithms for what is above zero, logits for shares.

mod holdout;
mod regression;
mod scale;
mod smoothing;

use serde::Serialize;

pub use holdout::{HELD, Holdout, Score};
pub use scale::Scale;

use crate::drivers::Drivers;
use crate::series::Series;

/// Probability that the future lies within an interval, if the method is right.
pub const LEVEL: f64 = 0.95;
/// Fewest years without a gap that a series must have.
pub const FEWEST: usize = 15;
/// Most years ahead; never more than a third of the years behind.
const AHEAD: usize = 10;

/// A method of projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Exponential smoothing.
    Smoothing,
    /// Regression on drivers.
    Regression,
}

impl Method {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Smoothing => "exponential smoothing",
            Self::Regression => "regression on drivers",
        }
    }
}

/// A projected value with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Calendar year.
    pub year: i32,
    /// The middle: as likely too low as too high.
    pub value: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// The future of a series by one method.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Projection {
    /// The series.
    pub series: String,
    /// Its unit.
    pub unit: String,
    /// The method.
    pub method: Method,
    /// What was fitted, with its figures.
    pub model: String,
    /// Year by year.
    pub points: Vec<Point>,
}

/// A projection that was not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The series.
    pub series: String,
    /// The method.
    pub method: Method,
    /// Why.
    pub why: String,
}

/// Projections of several series.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Projections {
    /// Those made.
    pub made: Vec<Projection>,
    /// Those not made.
    pub left_out: Vec<LeftOut>,
    /// How the methods would have done over the last years that are known.
    pub holdouts: Vec<Holdout>,
}

/// The values that a method is fitted to, on a scale, and the years it is asked for.
struct Task<'a> {
    scale: Scale,
    years: &'a [i32],
    values: &'a [f64],
    ahead: Vec<i32>,
}

/// What a method says: the model in words, and the values on the series' own scale.
type Answer = Result<(String, Vec<Point>), String>;

impl Task<'_> {
    fn solve(&self, method: Method, drivers: &Drivers) -> Answer {
        match method {
            Method::Smoothing => smoothing::project(self),
            Method::Regression => regression::project(self, drivers),
        }
    }
}

/// Projects every series of at least [`FEWEST`] years without a gap.
pub fn projections(series: &[Series], drivers: &Drivers) -> Projections {
    let mut all = Projections::default();
    for one in series {
        let (years, values) = one.unbroken();
        let Some(last) = years.last().filter(|_| years.len() >= FEWEST) else { continue };
        let scale = Scale::of(&one.unit, &values);
        let count = AHEAD.min(years.len() / 3);
        let ahead: Vec<i32> = (*last + 1..).take(count).collect();
        let task = Task { scale, years: &years, values: &values, ahead };
        for method in [Method::Smoothing, Method::Regression] {
            let series = one.name.clone();
            match task.solve(method, drivers) {
                Ok((model, points)) => {
                    let unit = one.unit.clone();
                    all.made.push(Projection { series, unit, method, model, points });
                }
                Err(why) => all.left_out.push(LeftOut { series, method, why }),
            }
        }
        all.holdouts.extend(holdout::holdout(one, scale, &years, &values, drivers));
    }
    all
}
