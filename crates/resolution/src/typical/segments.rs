//! Neighbouring hours merged, those first that lose least of how they differ (Ward's criterion).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A pair of neighbours that may be merged.
#[derive(PartialEq)]
struct Pair {
    lost: f64,
    first: usize,
    /// How often each of the two had changed when the loss was calculated.
    ages: (usize, usize),
}

impl Eq for Pair {}
impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Pair {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.lost.total_cmp(&other.lost).then(self.first.cmp(&other.first))
    }
}

/// Segments as they are so far; each has the place of its first hour.
struct Segments {
    means: Vec<Vec<f64>>,
    weights: Vec<f64>,
    before: Vec<usize>,
    after: Vec<usize>,
    ages: Vec<usize>,
    gone: Vec<bool>,
}

/// The first hours of at most `most` segments. None runs over an hour that begins a period.
pub(super) fn starts(
    means: Vec<Vec<f64>>,
    weights: Vec<f64>,
    begins: &[bool],
    most: usize,
) -> Vec<usize> {
    let hours = means.len();
    let mut segments = Segments {
        means,
        weights,
        before: (0..hours).map(|hour| hour.wrapping_sub(1)).collect(),
        after: (1..=hours).collect(),
        ages: vec![0; hours],
        gone: vec![false; hours],
    };
    let mut pairs = BinaryHeap::new();
    for first in 0..hours {
        pairs.extend(segments.pair(first, begins));
    }
    let mut count = hours;
    while count > most
        && let Some(Reverse(pair)) = pairs.pop()
    {
        let (first, second) = (pair.first, segments.after[pair.first]);
        let stale = segments.gone[first]
            || second >= hours
            || pair.ages != (segments.ages[first], segments.ages[second]);
        if stale {
            continue;
        }
        segments.merge(first, second);
        count -= 1;
        pairs.extend(segments.pair(first, begins));
        let before = segments.before[first];
        if before < hours {
            pairs.extend(segments.pair(before, begins));
        }
    }
    (0..hours).filter(|hour| !segments.gone[*hour]).collect()
}

impl Segments {
    /// A segment and the next, if the two may be merged.
    fn pair(&self, first: usize, begins: &[bool]) -> Option<Reverse<Pair>> {
        let second = self.after[first];
        if *begins.get(second)? {
            return None;
        }
        let (one, other) = (&self.means[first], &self.means[second]);
        let apart: f64 = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum();
        let (one, other) = (self.weights[first], self.weights[second]);
        let lost = one * other / (one + other) * apart;
        Some(Reverse(Pair { lost, first, ages: (self.ages[first], self.ages[second]) }))
    }

    fn merge(&mut self, first: usize, second: usize) {
        let (one, other) = (self.weights[first], self.weights[second]);
        let of_second = std::mem::take(&mut self.means[second]);
        for (mean, second) in self.means[first].iter_mut().zip(of_second) {
            *mean = (one * *mean + other * second) / (one + other);
        }
        self.weights[first] = one + other;
        self.gone[second] = true;
        self.ages[first] += 1;
        self.ages[second] += 1;
        let after = self.after[second];
        self.after[first] = after;
        if let Some(before) = self.before.get_mut(after) {
            *before = first;
        }
    }
}
