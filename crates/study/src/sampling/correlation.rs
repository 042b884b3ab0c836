//! Inputs that go together: the order of a sample is changed so that its ranks have the
//! correlations asked for, and its values stay what they were (Iman and Conover 1982,
//! Communications in Statistics - Simulation and Computation 11, 311).

use std::f64::consts::PI;

use kzleap_diagnostics::Diagnostic;
use kzleap_input::Study;
use nalgebra::{Cholesky, DMatrix};

use super::normal_score;

/// Below this an eigenvalue of a matrix of correlations is none.
const ROUNDING: f64 = 1e-12;

/// Orders the points of a study by its correlations.
pub(super) fn apply(
    points: Vec<Vec<f64>>,
    study: &Study,
) -> Result<Vec<Vec<f64>>, Vec<Diagnostic>> {
    let n = study.inputs.len();
    if study.correlations.is_empty() {
        return Ok(points);
    }
    let mut target = vec![vec![0.0; n]; n];
    (0..n).for_each(|at| target[at][at] = 1.0);
    for pair in &study.correlations {
        let [one, other] = pair.inputs;
        (target[one][other], target[other][one]) = (pair.rank, pair.rank);
    }
    if eigenvalues(&target).first().is_some_and(|least| *least < -ROUNDING) {
        return Err(cannot_be(study, &target));
    }
    let columns: Vec<Vec<f64>> =
        (0..n).map(|at| points.iter().map(|point| point[at]).collect()).collect();
    let orders: Vec<Vec<usize>> = columns.iter().map(|column| ranks(column)).collect();
    let Some(wanted) = correlated(&orders, &target) else { return Err(too_few(study)) };
    let mut sorted = columns;
    sorted.iter_mut().for_each(|column| column.sort_by(f64::total_cmp));
    let point = |row: usize| (0..n).map(|at| sorted[at][wanted[at][row]]).collect();
    Ok((0..points.len()).map(point).collect())
}

/// The ranks, from 0, that a sample with these orders takes so that the scores of its inputs have
/// the correlations of `target`; by input, then by point. `None` if the orders depend on each
/// other, as those of few points may, or the target is no matrix of correlations.
pub fn correlated(orders: &[Vec<usize>], target: &[Vec<f64>]) -> Option<Vec<Vec<usize>>> {
    let (k, n) = (orders.len(), orders.first()?.len());
    let score = |rank: usize| normal_score((rank + 1) as f64 / (n + 1) as f64);
    let scores = DMatrix::from_fn(n, k, |row, at| score(orders[at][row]));
    let size = scores.column(0).norm_squared();
    let have = scores.transpose() * &scores / size;
    let wanted = DMatrix::from_fn(k, k, |one, other| target[one][other]);
    // a target that is just possible has no factor but with a little more on its diagonal
    let wanted = wanted + DMatrix::identity(k, k) * ROUNDING;
    let have = Cholesky::new(have)?.l();
    let wanted = Cholesky::new(wanted)?.l();
    let moved = scores * have.transpose().try_inverse()? * wanted.transpose();
    Some((0..k).map(|at| ranks(moved.column(at).as_slice())).collect())
}

/// The rank of each value, from 0; of equal ones the first is the lower.
fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
    let mut ranks = vec![0; values.len()];
    order.into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank);
    ranks
}

/// Spearman's correlation of the ranks of two samples without ties.
pub fn spearman(one: &[f64], other: &[f64]) -> f64 {
    let n = one.len() as f64;
    let apart = ranks(one).into_iter().zip(ranks(other));
    let squares: f64 = apart.map(|(a, b)| (a as f64 - b as f64).powi(2)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

/// The correlation of two normal numbers whose ranks have one (Pearson 1907).
pub fn normal_of_rank(rank: f64) -> f64 {
    2.0 * (PI * rank / 6.0).sin()
}

/// The eigenvalues of a matrix of correlations, the least first; none may be below zero.
pub fn eigenvalues(matrix: &[Vec<f64>]) -> Vec<f64> {
    let n = matrix.len();
    let matrix = DMatrix::from_fn(n, n, |one, other| matrix[one][other]);
    let mut values: Vec<f64> = matrix.symmetric_eigenvalues().iter().copied().collect();
    values.sort_by(f64::total_cmp);
    values
}

/// What the correlation of two inputs may be that have these with a third.
pub fn between(one: f64, other: f64) -> (f64, f64) {
    let middle = one * other;
    let apart = ((1.0 - one * one) * (1.0 - other * other)).sqrt();
    (middle - apart, middle + apart)
}

/// Says of each three inputs that cannot go together what the last of their correlations could be;
/// of all together if every three of them can.
fn cannot_be(study: &Study, target: &[Vec<f64>]) -> Vec<Diagnostic> {
    let name = |at: usize| &study.inputs[at].name;
    let mut found = Vec::new();
    for (at, last) in study.correlations.iter().enumerate() {
        let [one, other] = last.inputs;
        for third in (0..study.inputs.len()).filter(|third| !last.inputs.contains(third)) {
            let earlier = |pair: [usize; 2]| {
                let of =
                    |known: &[usize; 2]| known.contains(&pair[0]) && known.contains(&pair[1]);
                study.correlations[..at].iter().any(|known| of(&known.inputs))
            };
            if !earlier([one, third]) || !earlier([other, third]) {
                continue;
            }
            let (least, most) = between(target[one][third], target[other][third]);
            if last.rank < least - ROUNDING || last.rank > most + ROUNDING {
                let message = format!(
                    "`{}`, `{}` and `{}` cannot go together so",
                    name(one),
                    name(other),
                    name(third)
                );
                let hint = format!(
                    "with the others as they are, this one is from {} to {}",
                    rounded(least),
                    rounded(most)
                );
                let error =
                    Diagnostic::error("impossible-correlation", message, last.place, "");
                found.push(error.hint(hint));
            }
        }
    }
    if let (true, Some(last)) = (found.is_empty(), study.correlations.last()) {
        let message = "these correlations cannot all be at once";
        let error = Diagnostic::error("impossible-correlation", message, last.place, "");
        found.push(error.hint("make some of them smaller"));
    }
    found
}

fn too_few(study: &Study) -> Vec<Diagnostic> {
    let place = study.correlations.iter().map(|pair| pair.place).take(1);
    let error = |place| {
        let message = "the sample is too small for correlations";
        Diagnostic::error("small-sample", message, place, "").hint("make its `size` larger")
    };
    place.map(error).collect()
}

/// A correlation as people read it.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
