//! What each input of a study does to an outcome: elementary effects, and shares of the variance.

use std::iter::zip;

use crate::sampling::{Sample, morris_step};

/// Elementary effects of an input: what an outcome changes by, for the whole range of the input
/// (Morris 1991, Technometrics 33, 161; Campolongo and others 2007, Environmental Modelling &
/// Software 22, 1509). In the unit of the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effects {
    /// Their mean.
    pub mu: f64,
    /// The mean of their sizes, by which inputs are ranked.
    pub mu_star: f64,
    /// Their standard deviation, with n − 1: that of an input with neither bends nor interaction
    /// is 0.
    pub sigma: f64,
    /// How many there are.
    pub effects: usize,
    /// How many of them are zero.
    pub zero: usize,
}

/// The elementary effects of each input along trajectories; an outcome of `None` is a run without
/// a plan, whose steps are left out. Trajectories stand one after the other, each with a point more
/// than there are inputs. `None` for an input without an effect.
pub fn elementary_effects(
    samples: &[Sample],
    outcomes: &[Option<f64>],
    levels: usize,
) -> Vec<Option<Effects>> {
    let inputs = samples.first().map_or(0, Vec::len);
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); inputs];
    for (points, outcomes) in zip(samples.chunks(inputs + 1), outcomes.chunks(inputs + 1)) {
        for (pair, of) in zip(points.windows(2), outcomes.windows(2)) {
            let moved = (0..inputs).find(|at| pair[0][*at] != pair[1][*at]);
            let (Some(at), [Some(before), Some(after)]) = (moved, of) else { continue };
            let up = if pair[1][at] > pair[0][at] { 1.0 } else { -1.0 };
            found[at].push((after - before) / (up * morris_step(levels)));
        }
    }
    found.iter().map(|effects| effects_of(effects)).collect()
}

fn effects_of(effects: &[f64]) -> Option<Effects> {
    let n = effects.len();
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / n as f64;
    let mu = mean(&mut effects.iter().copied());
    let squares: f64 = effects.iter().map(|effect| (effect - mu).powi(2)).sum();
    (n > 0).then(|| Effects {
        mu,
        mu_star: mean(&mut effects.iter().map(|effect| effect.abs())),
        sigma: if n > 1 { (squares / (n - 1) as f64).sqrt() } else { 0.0 },
        effects: n,
        zero: effects.iter().filter(|effect| **effect == 0.0).count(),
    })
}

/// The shares of the variance of an outcome that an input has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// What the input does alone.
    pub first: f64,
    /// The standard error of that; 0 where nothing was sampled.
    pub first_error: f64,
    /// What it does alone and together with others.
    pub total: f64,
    /// The standard error of that.
    pub total_error: f64,
}

/// The shares of each input from samples A, B and A with one input from B, in the order of the
/// design; `None` with fewer than two points that have all their plans, or without a variance.
///
/// The estimators are those of Saltelli and others (2010, Computer Physics Communications 181, 259)
/// and of Jansen (1999). A small negative share is sampling error, as its own error says.
pub fn shares_of_variance(inputs: usize, outcomes: &[Option<f64>]) -> Option<Vec<Shares>> {
    let n = outcomes.len() / (inputs + 2);
    let block = |at: usize| &outcomes[at * n..(at + 1) * n];
    let whole: Vec<usize> =
        (0..n).filter(|at| (0..inputs + 2).all(|b| block(b)[*at].is_some())).collect();
    if whole.len() < 2 {
        return None;
    }
    let of = |b: usize| whole.iter().filter_map(|at| block(b)[*at]).collect::<Vec<f64>>();
    let (a, b) = (of(0), of(1));
    let both: Vec<f64> = a.iter().chain(&b).copied().collect();
    let (mean, variance) = moments(&both);
    if variance == 0.0 {
        return None;
    }
    let shares = |input: usize| {
        let mixed = of(2 + input);
        // the mean is taken off, which changes no expectation and much of the error
        let first = zip(zip(&a, &b), &mixed).map(|((a, b), m)| (b - mean) * (m - a) / variance);
        let total = zip(&a, &mixed).map(|(a, m)| (a - m).powi(2) / 2.0 / variance);
        let (first, first_error) = with_error(&first.collect::<Vec<f64>>());
        let (total, total_error) = with_error(&total.collect::<Vec<f64>>());
        Shares { first, first_error, total, total_error }
    };
    Some((0..inputs).map(shares).collect())
}

/// Mean and variance with n.
fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n)
}

/// A mean with its standard error.
fn with_error(values: &[f64]) -> (f64, f64) {
    let (mean, variance) = moments(values);
    (mean, (variance / (values.len() - 1).max(1) as f64).sqrt())
}

/// The exact shares of each input in a full grid of equally likely values, the last input moving
/// fastest, each with so many values; `None` without a variance.
pub fn shares_of_grid(values: &[usize], outcomes: &[f64]) -> Option<Vec<Shares>> {
    let (_, variance) = moments(outcomes);
    let scale = outcomes.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    if variance <= (f64::EPSILON * scale).powi(2) {
        return None;
    }
    let share = |input: usize| {
        let after: usize = values[input + 1..].iter().product();
        let own = |run: usize| run / after % values[input];
        // the variance of the mean by its value, and what is left where all others are held
        let groups = |key: &dyn Fn(usize) -> usize, count: usize| {
            let mut sums = vec![(0.0, 0usize); count];
            for (run, outcome) in outcomes.iter().enumerate() {
                let (sum, many) = &mut sums[key(run)];
                (*sum, *many) = (*sum + outcome, *many + 1);
            }
            let means = sums.into_iter().filter(|(_, many)| *many > 0);
            moments(&means.map(|(sum, many)| sum / many as f64).collect::<Vec<f64>>()).1
        };
        let first = groups(&own, values[input]) / variance;
        let others = |run: usize| run - own(run) * after;
        let total = 1.0 - groups(&others, outcomes.len()) / variance;
        Shares { first, first_error: 0.0, total, total_error: 0.0 }
    };
    Some((0..values.len()).map(share).collect())
}
