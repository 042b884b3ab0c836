//! How well methods would have done: fitted without the last years, asked for just those.

use serde::Serialize;

use super::{FEWEST, Method, Point, Scale, Task};
use crate::drivers::Drivers;
use crate::series::Series;

/// Years held back.
pub const HELD: usize = 10;

/// The test of one series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Holdout {
    /// The series.
    pub series: String,
    /// The last year that methods were fitted to.
    pub fitted_to: i32,
    /// The last year they were asked for.
    pub until: i32,
    /// Mean absolute error of the last known value held for all years, %.
    pub naive: f64,
    /// How each method did; regression is given the drivers as they came to be.
    pub scores: Vec<Score>,
}

/// How a method did.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The method.
    pub method: Method,
    /// Mean absolute error of its values, %.
    pub error: f64,
    /// How many of the years lie within its intervals.
    pub within: usize,
}

/// The test, where enough years are left without those held back.
pub(super) fn holdout(
    series: &Series,
    scale: Scale,
    years: &[i32],
    values: &[f64],
    drivers: &Drivers,
) -> Option<Holdout> {
    let fitted = years.len().checked_sub(HELD).filter(|fitted| *fitted >= FEWEST)?;
    let (past, held) = values.split_at(fitted);
    let ahead = years[fitted..].to_vec();
    let task = Task { scale, years: &years[..fitted], values: past, ahead };
    let score = |method: Method| {
        let (_, points) = task.solve(method, drivers).ok()?;
        if points.len() < held.len() {
            return None;
        }
        let values: Vec<f64> = points.iter().map(|point| point.value).collect();
        let inside =
            |(point, value): (&Point, &f64)| (point.lower..=point.upper).contains(value);
        let within = points.iter().zip(held).filter(|pair| inside(*pair)).count();
        Some(Score { method, error: mean_error(&values, held), within })
    };
    let naive = vec![*past.last()?; held.len()];
    Some(Holdout {
        series: series.name.clone(),
        fitted_to: years[fitted - 1],
        until: *years.last()?,
        naive: mean_error(&naive, held),
        scores: [Method::Smoothing, Method::Regression].into_iter().filter_map(score).collect(),
    })
}

/// Mean absolute error, % of what came to be.
fn mean_error(said: &[f64], came: &[f64]) -> f64 {
    let errors = said.iter().zip(came).map(|(said, came)| ((said - came) / came).abs());
    100.0 * errors.sum::<f64>() / came.len() as f64
}
