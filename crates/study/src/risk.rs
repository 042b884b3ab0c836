//! The tail of costs: value at risk and its conditional mean.

/// A sum of probabilities counts as a level if it is below it by no more.
const ROUNDING: f64 = 1e-12;

/// The tail of a distribution of costs at a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Risk {
    /// The mean of the worst share of 1 − level; a cost that is only in part of the worst counts
    /// with that part (Rockafellar and Uryasev 2002, Journal of Banking & Finance 26, 1443).
    pub conditional: f64,
    /// The least cost that is not exceeded with a probability of the level.
    pub least: f64,
    /// The most that the value at risk may be: more than `least` where the level is just reached.
    pub most: f64,
}

/// The tail of costs with their probabilities, which add up to one, at a level of 0 or more and
/// below 1; `None` outside of these or without costs.
pub fn risk(costs: &[f64], probability: &[f64], level: f64) -> Option<Risk> {
    let mut sorted: Vec<(f64, f64)> = costs
        .iter()
        .copied()
        .zip(probability.iter().copied())
        .filter(|(_, p)| *p > 0.0)
        .collect();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    if !(0.0..1.0).contains(&level) || sorted.is_empty() {
        return None;
    }
    let mut tail = 1.0 - level;
    let mut sum = 0.0;
    for (cost, p) in sorted.iter().rev() {
        let part = p.min(tail.max(0.0));
        sum += part * cost;
        tail -= part;
    }
    let reached = |more: f64| {
        let mut below = 0.0;
        let found = sorted.iter().find(|(_, p)| {
            below += p;
            below >= level + more
        });
        found.or(sorted.last()).map(|(cost, _)| *cost)
    };
    let least = reached(-ROUNDING)?;
    Some(Risk { conditional: sum / (1.0 - level), least, most: reached(ROUNDING)?.max(least) })
}
