//! The samples of a study: which values its inputs take together.

mod correlation;
mod designs;
mod random;

use kzleap_diagnostics::Diagnostic;
use kzleap_input::{Distribution, Method, Study};
use statrs::distribution::{ContinuousCDF, Normal};

pub use correlation::{between, correlated, eigenvalues, normal_of_rank, spearman};
pub use designs::morris_step;

/// A value of each input; `None` where it stays as it is.
pub type Sample = Vec<Option<f64>>;

/// The samples of a study, in their order. What they are by, and what follows from that order, is
/// the method's.
///
/// # Errors
/// Correlations that cannot be, each with its place.
pub fn samples(study: &Study) -> Result<Vec<Sample>, Vec<Diagnostic>> {
    let (sampling, inputs) = (study.sampling, &study.inputs);
    let points = match sampling.method {
        Method::Grid => return Ok(designs::grid(inputs)),
        Method::OneAtATime => return Ok(designs::one_at_a_time(inputs)),
        Method::LatinHypercube => {
            let points = designs::latin_hypercube(inputs, sampling);
            correlation::apply(points, study)?
        }
        Method::Sobol => designs::sobol(inputs.len(), sampling),
        Method::Morris => designs::morris(inputs, sampling),
        Method::SobolIndices => designs::sobol_indices(inputs.len(), sampling),
    };
    let value =
        |(probability, at): (f64, usize)| Some(quantile(&inputs[at].distribution, probability));
    let sample = |point: Vec<f64>| point.into_iter().zip(0..).map(value).collect();
    Ok(points.into_iter().map(sample).collect())
}

/// The value below which a distribution is with a probability, 0 to 1.
pub fn quantile(distribution: &Distribution, probability: f64) -> f64 {
    match distribution {
        Distribution::Values(values) => {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let at = probability * sorted.len() as f64;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to n"
            )]
            let at = (at.floor() as usize).min(sorted.len() - 1);
            sorted[at]
        }
        Distribution::Uniform { least, most } => least + probability * (most - least),
        Distribution::Triangular { least, mode, most } => {
            let (whole, before) = (most - least, mode - least);
            if probability * whole <= before {
                least + (probability * whole * before).sqrt()
            } else {
                most - ((1.0 - probability) * whole * (most - mode)).sqrt()
            }
        }
        Distribution::Normal { mean, deviation } => {
            mean + deviation * normal_score(probability)
        }
        Distribution::LogNormal { median, deviation } => {
            median * (deviation * normal_score(probability)).exp()
        }
    }
}

/// The mean of a distribution.
pub fn mean(distribution: &Distribution) -> f64 {
    match distribution {
        Distribution::Values(values) => values.iter().sum::<f64>() / values.len() as f64,
        Distribution::Uniform { least, most } => f64::midpoint(*least, *most),
        Distribution::Triangular { least, mode, most } => (least + mode + most) / 3.0,
        Distribution::Normal { mean, .. } => *mean,
        Distribution::LogNormal { median, deviation } => {
            median * (deviation * deviation / 2.0).exp()
        }
    }
}

/// The quantile of the normal distribution with mean 0 and deviation 1.
fn normal_score(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}
