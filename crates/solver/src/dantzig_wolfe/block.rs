//! A block on its own.

use kzleap_lp::{Bounds, Col, Lp, Row, Scaling};

use crate::{Basis, Control, Optimum, Options, SolveError, solve};

/// Where a block could earn without limit, it goes so many times as far as the program is large.
const FAR: f64 = 1e5;

/// A block: its columns, and the rows that have no others.
#[derive(Default)]
pub(super) struct Block {
    pub(super) lp: Lp,
    /// Where they stand in the whole program.
    pub(super) columns: Vec<Col>,
    pub(super) rows: Vec<Row>,
    /// What its columns give to the rows between blocks: column of `lp`, position of the row, factor.
    pub(super) links: Vec<(usize, usize, f64)>,
    /// Where its last answer ended.
    pub(super) basis: Option<Basis>,
    /// What it has answered so far.
    pub(super) patterns: Vec<Pattern>,
}

/// What a block may do.
pub(super) struct Pattern {
    pub(super) columns: Vec<f64>,
    pub(super) cost: f64,
    /// What it gives to the rows between blocks, by position.
    pub(super) gives: Vec<(usize, f64)>,
}

/// What a block does at given prices.
pub(super) struct Answer {
    pub(super) pattern: Pattern,
    /// What that costs less what it earns at these prices; minus infinity where there is no least.
    pub(super) net_cost: f64,
    pub(super) row_duals: Vec<f64>,
    pub(super) basis: Option<Basis>,
}

impl Block {
    /// What it does at these prices of the rows between blocks.
    pub(super) fn answer(
        &self,
        prices: &[f64],
        options: &Options,
        control: Control<'_>,
    ) -> Result<Answer, SolveError> {
        let mut lp = self.lp.clone();
        for (col, row, factor) in &self.links {
            lp.cost[*col] -= prices[*row] * factor;
        }
        let warm = Options { start: self.basis.clone(), ..options.clone() };
        let (optimum, has_least) = match solve(&lp, &warm, control) {
            Err(SolveError::Unbounded) => (far(lp, options, control)?, false),
            found => (found?, true),
        };
        Ok(Answer {
            net_cost: if has_least { optimum.objective } else { f64::NEG_INFINITY },
            row_duals: optimum.row_duals,
            basis: optimum.basis,
            pattern: self.pattern(optimum.columns),
        })
    }

    fn pattern(&self, columns: Vec<f64>) -> Pattern {
        let cost = self.lp.cost.iter().zip(&columns).map(|(cost, value)| cost * value).sum();
        let mut gives: Vec<(usize, f64)> = (self.links.iter())
            .map(|(col, row, factor)| (*row, factor * columns[*col]))
            .collect();
        gives.sort_by_key(|(row, _)| *row);
        let of_rows = gives.chunk_by(|a, b| a.0 == b.0);
        let gives = of_rows.map(|of| (of[0].0, of.iter().map(|(_, amount)| amount).sum()));
        Pattern { cost, gives: gives.collect(), columns }
    }
}

/// As far as makes sense, where the cost can fall without limit.
fn far(mut lp: Lp, options: &Options, control: Control<'_>) -> Result<Optimum, SolveError> {
    let scaling = Scaling::of(&lp);
    for (col, bounds) in lp.col_bounds.iter_mut().enumerate() {
        let size = FAR * scaling.size_of_column(col);
        *bounds = Bounds::between(
            bounds.lower.max((-size).min(bounds.upper)),
            bounds.upper.min(size.max(bounds.lower)),
        );
    }
    solve(&lp, options, control)
}
