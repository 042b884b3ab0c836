//! Designs: points of the unit cube, a row a sample and a column an input.

use kzleap_input::{Distribution, Sampling, StudyInput};

use super::random::{order, uniform};
use super::{Sample, quantile};

/// The step of a trajectory, of the range of an input, with so many levels: half of the levels
/// (Morris 1991, Technometrics 33, 161).
pub const fn morris_step(levels: usize) -> f64 {
    (levels / 2) as f64 / (levels - 1) as f64
}

/// The probabilities at which an input without ends is low and high, one at a time.
const LOW_AND_HIGH: [f64; 2] = [0.1, 0.9];

/// Every combination of all values, the last input moving fastest.
pub(super) fn grid(inputs: &[StudyInput]) -> Vec<Sample> {
    inputs.iter().fold(vec![Vec::new()], |samples, input| {
        let Distribution::Values(values) = &input.distribution else { return samples };
        let next = |sample: &Sample| {
            let with = |value: &f64| [sample.as_slice(), &[Some(*value)]].concat();
            values.iter().map(with).collect::<Vec<_>>()
        };
        samples.iter().flat_map(next).collect()
    })
}

/// All inputs as they are, then each alone at its low and its high value: its ends, or what it is
/// below with a probability of 0.1 and of 0.9 where it has none.
pub(super) fn one_at_a_time(inputs: &[StudyInput]) -> Vec<Sample> {
    let base = vec![None; inputs.len()];
    let alone = |(at, input): (usize, &StudyInput)| {
        let ends = if input.distribution.has_ends() { [0.0, 1.0] } else { LOW_AND_HIGH };
        ends.map(|probability| {
            let mut sample = base.clone();
            sample[at] = Some(quantile(&input.distribution, probability));
            sample
        })
    };
    let moved = inputs.iter().enumerate().flat_map(alone);
    std::iter::once(base.clone()).chain(moved).collect()
}

/// One point in each of equally likely strata of every input, at a place of chance within it
/// (McKay, Beckman and Conover 1979, Technometrics 21, 239).
pub(super) fn latin_hypercube(inputs: &[StudyInput], sampling: Sampling) -> Vec<Vec<f64>> {
    let (n, seed) = (sampling.size, sampling.seed);
    let column = |input: &StudyInput| {
        let order = order(seed, &format!("order {}", input.name), n);
        let place = format!("place {}", input.name);
        let within =
            |stratum: usize| (stratum as f64 + uniform(seed, &place, stratum)) / n as f64;
        order.into_iter().map(within).collect::<Vec<f64>>()
    };
    rows(&inputs.iter().map(column).collect::<Vec<_>>(), n)
}

/// Points of a Sobol sequence, scrambled by the seed.
pub(super) fn sobol(inputs: usize, sampling: Sampling) -> Vec<Vec<f64>> {
    let point = |at: u32| (0..inputs).map(|k| sobol_number(at, k, sampling.seed)).collect();
    (0..count(sampling.size)).map(point).collect()
}

/// Two samples A and B of a Sobol sequence, and for each input A with that input from B, one after
/// the other: A, B, then AB of the first input, of the second … (Saltelli and others 2010, Computer
/// Physics Communications 181, 259).
pub(super) fn sobol_indices(inputs: usize, sampling: Sampling) -> Vec<Vec<f64>> {
    let both = sobol(2 * inputs, sampling);
    let a = both.iter().map(|point| point[..inputs].to_vec());
    let b = both.iter().map(|point| point[inputs..].to_vec());
    let mixed = (0..inputs).flat_map(|at| {
        both.iter().map(move |point| {
            let mut mixed = point[..inputs].to_vec();
            mixed[at] = point[inputs + at];
            mixed
        })
    });
    a.chain(b).chain(mixed).collect()
}

/// Trajectories, each a point of the grid of levels and then one input after the other moved by a
/// step, in an order of chance.
pub(super) fn morris(inputs: &[StudyInput], sampling: Sampling) -> Vec<Vec<f64>> {
    let (levels, seed) = (sampling.levels, sampling.seed);
    let step = morris_step(levels);
    let mut points = Vec::new();
    for trajectory in 0..sampling.size {
        let begin = |input: &StudyInput| {
            let at = uniform(seed, &format!("begin {}", input.name), trajectory);
            let level = (at * levels as f64).floor();
            level / (levels - 1) as f64
        };
        let mut point: Vec<f64> = inputs.iter().map(begin).collect();
        points.push(point.clone());
        for at in order(seed, &format!("trajectory {trajectory}"), inputs.len()) {
            // there is room on one side alone: a step is more than half of the range
            let up = point[at] + step <= 1.0 + f64::EPSILON;
            point[at] =
                if up { (point[at] + step).min(1.0) } else { (point[at] - step).max(0.0) };
            points.push(point.clone());
        }
    }
    points
}

/// A number of the sequence, in the middle of the smallest step it takes, so that it is never 0.
fn sobol_number(at: u32, dimension: usize, seed: u64) -> f64 {
    const STEP: f64 = 1.0 / 16_777_216.0; // 2^-24
    let seed = u32::try_from(seed).unwrap_or(u32::MAX);
    let dimension = count(dimension);
    f64::from(sobol_burley::sample(at, dimension, seed)) + STEP / 2.0
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Columns as rows.
fn rows(columns: &[Vec<f64>], n: usize) -> Vec<Vec<f64>> {
    (0..n).map(|at| columns.iter().map(|column| column[at]).collect()).collect()
}
