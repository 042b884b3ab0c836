//! A program taken apart into blocks and what is between them.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, available_parallelism};

use kzleap_lp::{Bounds, Col, Lp, Row};

use super::block::{Answer, Block};
use crate::{Control, Options, SolveError};

/// Below this share of its terms, a reduced cost is rounding, and so is a range that is empty.
const ROUNDING: f64 = 1e-9;

/// The rows of one column that set its range from below and from above, with its factor.
pub(super) type Sides = [Option<(Row, f64)>; 2];

/// A program taken apart.
pub(super) struct Parts {
    pub(super) blocks: Vec<Block>,
    /// Columns of no block, with their ranges.
    pub(super) shared: Vec<(Col, Bounds)>,
    /// Rows of no block.
    pub(super) between: Vec<Row>,
    /// Their terms of shared columns, by position in `shared`.
    pub(super) shared_terms: Vec<Vec<(usize, f64)>>,
    /// By column of the whole program.
    pub(super) sides: Vec<Sides>,
}

impl Parts {
    /// Rows of one column become its range. Shared columns whose range is one value, such as a
    /// capacity that is given, do not hold blocks together.
    pub(super) fn new(lp: &Lp, of_columns: &[Option<usize>]) -> Result<Self, SolveError> {
        let (ranges, sides) = ranges(lp)?;
        let known = |col: Col| {
            let Bounds { lower, upper } = ranges[col.get()];
            (lower == upper && of_columns[col.get()].is_none()).then_some(lower)
        };
        let count = of_columns.iter().flatten().max().map_or(0, |last| last + 1);
        let mut blocks: Vec<Block> = (0..count).map(|_| Block::default()).collect();
        let (mut shared, mut own) = (Vec::new(), Vec::new());
        for (col, block) in (0..).map(Col).zip(of_columns) {
            let bounds = ranges[col.get()];
            if let Some(block) = block {
                let block = &mut blocks[*block];
                block.columns.push(col);
                own.push(block.lp.add_col(lp.cost[col.get()], bounds));
            } else {
                own.push(Col(shared.len() as u32));
                shared.push((col, bounds));
            }
        }
        let (mut between, mut shared_terms) = (Vec::new(), Vec::new());
        let rows = (0..).map(Row).zip(&lp.row_bounds);
        for (row, bounds) in rows.filter(|(row, _)| lp.row(*row).nth(1).is_some()) {
            let unknown = lp.row(row).filter(|(col, _)| known(*col).is_none());
            let mut of = unknown.map(|(col, _)| of_columns[col.get()]);
            let first = of.next().flatten();
            if let Some(block) = first.filter(|_| of.all(|other| other == first)) {
                let block = &mut blocks[block];
                let mut constant = 0.0;
                for (col, factor) in lp.row(row) {
                    match known(col) {
                        Some(value) => constant += factor * value,
                        None => block.lp.push_term(own[col.get()], factor),
                    }
                }
                let Bounds { lower, upper } = *bounds;
                block.lp.finish_row(Bounds::between(lower - constant, upper - constant));
                block.rows.push(row);
                continue;
            }
            let mut terms = Vec::new();
            for (col, factor) in lp.row(row) {
                let at = own[col.get()].get();
                match of_columns[col.get()] {
                    Some(block) => blocks[block].links.push((at, between.len(), factor)),
                    None => terms.push((at, factor)),
                }
            }
            between.push(row);
            shared_terms.push(terms);
        }
        Ok(Self { blocks, shared, between, shared_terms, sides })
    }

    /// What each block does at these prices, in order, some at once.
    pub(super) fn answers(
        &self,
        prices: &[f64],
        options: &Options,
        control: Control<'_>,
    ) -> Result<Vec<Answer>, SolveError> {
        let cores = available_parallelism().map_or(1, NonZero::get);
        let at_once = options.threads.map_or(cores, |threads| threads as usize);
        let next = AtomicUsize::new(0);
        let quiet = Control { log: None, ..control };
        let work = || -> Result<Vec<(usize, Answer)>, SolveError> {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(block) = self.blocks.get(at) else { return Ok(done) };
                done.push((at, block.answer(prices, options, quiet)?));
            }
        };
        let mut answers = thread::scope(|scope| {
            let hands: Vec<_> = (0..at_once.max(1)).map(|_| scope.spawn(work)).collect();
            let mut answers = Vec::new();
            for hand in hands {
                match hand.join() {
                    Ok(done) => answers.extend(done?),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok::<_, SolveError>(answers)
        })?;
        answers.sort_by_key(|(at, _)| *at);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }

    /// What no plan can go below: the least costs of all blocks and shared columns at these prices.
    pub(super) fn bound(&self, lp: &Lp, prices: &[f64], answers: &[Answer]) -> f64 {
        let mut bound = lp.cost_offset;
        bound += answers.iter().map(|answer| answer.net_cost).sum::<f64>();
        let cost = |(col, _): &(Col, Bounds)| (lp.cost[col.get()], lp.cost[col.get()].abs());
        let mut reduced: Vec<(f64, f64)> = self.shared.iter().map(cost).collect();
        for ((row, price), terms) in self.between.iter().zip(prices).zip(&self.shared_terms) {
            for (col, factor) in terms {
                reduced[*col].0 -= factor * price;
                reduced[*col].1 += (factor * price).abs();
            }
            bound += least(*price, lp.row_bounds[row.get()]);
        }
        for ((_, bounds), (cost, terms)) in self.shared.iter().zip(reduced) {
            let least = least(cost, *bounds);
            if least.is_finite() || cost.abs() > ROUNDING * terms {
                bound += least;
            }
        }
        bound
    }

    /// Keeps what the blocks have answered.
    pub(super) fn learn(&mut self, answers: Vec<Answer>) {
        for (block, answer) in self.blocks.iter_mut().zip(answers) {
            block.basis = answer.basis;
            block.patterns.push(answer.pattern);
        }
    }
}

/// The least of a price, or cost, times something within bounds.
fn least(price: f64, bounds: Bounds) -> f64 {
    match price {
        0.0 => 0.0,
        _ => price * if price > 0.0 { bounds.lower } else { bounds.upper },
    }
}

/// The range of each column, by its bounds and the rows that have no other, and which rows those are.
fn ranges(lp: &Lp) -> Result<(Vec<Bounds>, Vec<Sides>), SolveError> {
    let mut ranges = lp.col_bounds.clone();
    let mut sides: Vec<Sides> = vec![[None; 2]; lp.num_cols()];
    for (row, bounds) in (0..).map(Row).zip(&lp.row_bounds) {
        let mut terms = lp.row(row);
        let (first, more) = (terms.next(), terms.next());
        if first.is_none() && bounds.violation(0.0) > 0.0 {
            return Err(SolveError::Infeasible);
        }
        let (Some((col, factor)), None) = (first, more) else { continue };
        let (a, b) = (bounds.lower / factor, bounds.upper / factor);
        let (range, [lower, upper]) = (&mut ranges[col.get()], &mut sides[col.get()]);
        if a.min(b) > range.lower {
            (range.lower, *lower) = (a.min(b), Some((row, factor)));
        }
        if a.max(b) < range.upper {
            (range.upper, *upper) = (a.max(b), Some((row, factor)));
        }
    }
    for range in &mut ranges {
        if range.lower > range.upper {
            if range.lower - range.upper > ROUNDING * range.lower.abs().max(range.upper.abs()) {
                return Err(SolveError::Infeasible);
            }
            range.lower = range.upper;
        }
    }
    Ok((ranges, sides))
}
