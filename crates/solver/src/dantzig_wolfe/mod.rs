//! A program of blocks that few rows hold together, by Dantzig–Wolfe decomposition.
//!
//! Each block is solved on its own, at prices of what it gives to the rows between blocks. The master
//! program mixes what the blocks have answered so far, at least cost and within those rows, and its
//! duals are the next prices. A mixture of answers of a block is an answer of that block, so what
//! the master finds is a plan; and what all blocks cost at given prices is a bound that no plan can
//! go below (Dantzig and Wolfe 1960, Operations Research 8, 101). Both are known in each round, and
//! so is how far the plan may be from the optimum.
//!
//! Prices swing widely while few answers are known. They are held in a box around those with the best
//! bound, which moves with it (the boxstep method: Marsten, Hogan and Blankenship 1975, Operations
//! Research 23, 389).

mod block;
mod boxes;
mod master;
mod parts;

use kzleap_lp::{Certificate, Lp, Row, certify};

use self::block::Answer;
use self::boxes::Boxes;
use self::master::Mixture;
use self::parts::Parts;
use crate::{Control, Options, SolveError};

/// Rounds after which the best that is known is taken.
const MOST_ROUNDS: usize = 60;

/// A plan of a program of blocks, and how far it may be from the optimum.
#[derive(Clone, Debug)]
pub struct Decomposed {
    /// Value of each column.
    pub columns: Vec<f64>,
    /// Dual value of each row; not negative at a lower bound. No plan costs less than their objective.
    pub row_duals: Vec<f64>,
    /// The distance from an optimum, calculated from the whole program's own numbers.
    pub certificate: Certificate,
}

/// Solves a program whose columns belong to blocks, until the cost is within `gap` of the least,
/// relative to the sum of costs and earnings, or for 60 rounds: the certificate says which.
///
/// `blocks` has for each column its block, from 0, or `None` if it is of none; `start` the prices
/// to begin with, one for each row (those of rows between blocks are looked at).
///
/// # Errors
/// [`SolveError`] of a block or of the master program. Rows between blocks that cannot be kept are no
/// error: the certificate says by how much they are missed.
pub fn dantzig_wolfe(
    lp: &Lp,
    blocks: &[Option<usize>],
    start: &[f64],
    gap: f64,
    options: &Options,
    control: Control<'_>,
) -> Result<Decomposed, SolveError> {
    let mut parts = Parts::new(lp, blocks)?;
    let mut prices: Vec<f64> = parts.between.iter().map(|row| start[row.get()]).collect();
    let mut boxes = Boxes::around(&prices);
    let mut best = Bound::none(&prices);
    let mut mixture: Option<Mixture> = None;
    let mut rounds = 0;
    loop {
        rounds += 1;
        let answers = parts.answers(&prices, options, control)?;
        let value = parts.bound(lp, &prices, &answers);
        // while there is no bound, the box goes after the prices
        if value > best.value || best.value.is_infinite() {
            let pressed = mixture.as_ref().filter(|mixture| {
                // the bound has risen by a good part of what the master promised
                best.value.is_infinite()
                    || value - best.value >= 0.1 * (mixture.promised - best.value)
            });
            boxes.step(&prices, pressed.map_or(&[], |mixture| &mixture.pressed));
            best = Bound::of(value, prices, &answers);
        } else {
            boxes.shrink();
        }
        parts.learn(answers);
        // the plan keeps the rows between blocks at any price; the next prices stay in the box
        let plan = parts.mixed(lp, &boxes.wide(), options, control)?;
        let distance = (plan.cost - best.value) / plan.costs;
        let kept = plan.pressed.is_empty();
        if let Some(log) = control.log {
            log(&match kept && distance.is_finite() {
                true => {
                    format!("round {rounds}: within {:.2}% of the least cost", 100.0 * distance)
                }
                false => format!("round {rounds}: no plan yet"),
            });
        }
        if kept && distance <= gap || rounds == MOST_ROUNDS {
            return Ok(finish(lp, &parts, &plan, &best));
        }
        let mixed = parts.mixed(lp, &boxes, options, control)?;
        prices = mixed.prices.clone();
        mixture = Some(mixed);
    }
}

/// What no plan can go below, and the duals that say so.
struct Bound {
    value: f64,
    prices: Vec<f64>,
    /// Duals of the rows of each block.
    of_blocks: Vec<Vec<f64>>,
}

impl Bound {
    fn none(prices: &[f64]) -> Self {
        Self { value: f64::NEG_INFINITY, prices: prices.to_vec(), of_blocks: Vec::new() }
    }

    fn of(value: f64, prices: Vec<f64>, answers: &[Answer]) -> Self {
        let of_blocks = answers.iter().map(|answer| answer.row_duals.clone()).collect();
        Self { value, prices, of_blocks }
    }
}

/// The mixture and the duals of the bound, in the order of the whole program.
fn finish(lp: &Lp, parts: &Parts, mixed: &Mixture, best: &Bound) -> Decomposed {
    let mut columns = vec![0.0; lp.num_cols()];
    let mut row_duals = vec![0.0; lp.num_rows()];
    for ((col, _), value) in parts.shared.iter().zip(&mixed.shared) {
        columns[col.get()] = *value;
    }
    for (block, shares) in parts.blocks.iter().zip(&mixed.shares) {
        for (pattern, share) in block.patterns.iter().zip(shares).filter(|(_, s)| **s > 0.0) {
            for (col, value) in block.columns.iter().zip(&pattern.columns) {
                columns[col.get()] += share * value;
            }
        }
    }
    for (row, price) in parts.between.iter().zip(&best.prices) {
        row_duals[row.get()] = *price;
    }
    for (block, duals) in parts.blocks.iter().zip(&best.of_blocks) {
        for (row, dual) in block.rows.iter().zip(duals) {
            row_duals[row.get()] = *dual;
        }
    }
    // a row of one column has the price that all other rows give to that column
    let mut reduced = lp.cost.clone();
    for (row, dual) in (0..).map(Row).zip(&row_duals).filter(|(_, dual)| **dual != 0.0) {
        for (col, factor) in lp.row(row) {
            reduced[col.get()] -= factor * dual;
        }
    }
    for (cost, [lower, upper]) in reduced.iter().zip(&parts.sides) {
        let side = if *cost > 0.0 { lower } else { upper };
        if let Some((row, factor)) = side {
            row_duals[row.get()] = cost / factor;
        }
    }
    let certificate = certify(lp, &columns, &row_duals);
    Decomposed { columns, row_duals, certificate }
}

#[cfg(test)]
mod tests;
