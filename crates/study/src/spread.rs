//! How an outcome is spread over the runs of a study.

use statrs::statistics::{Data, Max, Min, OrderStatistics, Statistics};

/// The probabilities of [`Spread::quantiles`].
pub const PROBABILITIES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The spread of an outcome, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many runs have it.
    pub runs: usize,
    /// Their mean.
    pub mean: f64,
    /// The least.
    pub least: f64,
    /// What it is below with each of [`PROBABILITIES`] (Hyndman and Fan 1996, The American
    /// Statistician 50, 361, definition 8).
    pub quantiles: [f64; 5],
    /// The most.
    pub most: f64,
}

impl Spread {
    /// The spread of some values; `None` without any.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut data = Data::new(values.to_vec());
        (!values.is_empty()).then(|| Self {
            runs: values.len(),
            mean: values.mean(),
            least: data.min(),
            quantiles: PROBABILITIES.map(|probability| data.quantile(probability)),
            most: data.max(),
        })
    }
}
