//! The master program: the cheapest mixture of what the blocks have answered.

use kzleap_lp::{Bounds, Col, Lp};

use super::boxes::Boxes;
use super::parts::Parts;
use crate::{Control, Options, SolveError, solve};

/// A row between blocks is kept if it is missed by no more than this share of its terms.
const KEPT: f64 = 1e-8;

/// The cheapest mixture of patterns that keeps the rows between blocks, as far as the box allows.
pub(super) struct Mixture {
    /// Without what missed rows cost.
    pub(super) cost: f64,
    /// All costs and earnings, each without its sign.
    pub(super) costs: f64,
    /// With what missed rows cost: what the bound may rise to within the box.
    pub(super) promised: f64,
    /// Value of each shared column.
    pub(super) shared: Vec<f64>,
    /// Share of each pattern, block by block.
    pub(super) shares: Vec<Vec<f64>>,
    /// Price of each row between blocks.
    pub(super) prices: Vec<f64>,
    /// Rows between blocks that are missed, with the price at the edge of its box.
    pub(super) pressed: Vec<usize>,
}

impl Parts {
    /// Mixes the patterns of the blocks. A row between blocks may be missed at the prices of the edges
    /// of its box, which holds its price within.
    pub(super) fn mixed(
        &self,
        lp: &Lp,
        boxes: &Boxes,
        options: &Options,
        control: Control<'_>,
    ) -> Result<Mixture, SolveError> {
        let mut master = Lp::default();
        for (col, bounds) in &self.shared {
            master.add_col(lp.cost[col.get()], *bounds);
        }
        let mut given: Vec<Vec<(Col, f64)>> = vec![Vec::new(); self.between.len()];
        let mut shares = Vec::new();
        for block in &self.blocks {
            let mut of_block = Vec::new();
            for pattern in &block.patterns {
                let col = master.add_col(pattern.cost, Bounds::NON_NEGATIVE);
                for (row, amount) in &pattern.gives {
                    given[*row].push((col, *amount));
                }
                of_block.push(col);
            }
            shares.push(of_block);
        }
        let mut missed = Vec::new();
        for (at, row) in self.between.iter().enumerate() {
            let of_shared = self.shared_terms[at].iter().map(|(col, f)| (Col(*col as u32), *f));
            of_shared
                .chain(given[at].iter().copied())
                .for_each(|(c, f)| master.push_term(c, f));
            if !given[at].is_empty() {
                let (centre, width) = (boxes.centre[at], boxes.width[at]);
                let more = master.add_col(width + centre, Bounds::NON_NEGATIVE);
                let less = master.add_col(width - centre, Bounds::NON_NEGATIVE);
                master.push_term(more, 1.0);
                master.push_term(less, -1.0);
                missed.push((at, [more, less]));
            }
            master.finish_row(lp.row_bounds[row.get()]);
        }
        for of_block in &shares {
            of_block.iter().for_each(|col| master.push_term(*col, 1.0));
            master.finish_row(Bounds::exactly(1.0));
        }
        let optimum = solve(&master, options, Control { log: None, ..control })?;
        let value = |col: Col| optimum.columns[col.get()];
        let mut pressed = Vec::new();
        let mut of_missed = 0.0;
        for (at, sides) in missed {
            let amount: f64 = sides.into_iter().map(value).sum();
            of_missed +=
                sides.map(|col| master.cost[col.get()] * value(col)).iter().sum::<f64>();
            let of_shared =
                self.shared_terms[at].iter().map(|(col, f)| f * optimum.columns[*col]);
            let of_blocks = given[at].iter().map(|(col, amount)| amount * value(*col));
            let terms: f64 = of_shared.chain(of_blocks).map(f64::abs).sum();
            if amount > KEPT * terms {
                pressed.push(at);
            }
        }
        let promised = optimum.objective + lp.cost_offset;
        Ok(Mixture {
            cost: promised - of_missed,
            costs: optimum.certificate.costs.max(f64::MIN_POSITIVE),
            promised,
            shared: optimum.columns[..self.shared.len()].to_vec(),
            shares: shares
                .iter()
                .map(|of| of.iter().map(|col| value(*col)).collect())
                .collect(),
            prices: optimum.row_duals[..self.between.len()].to_vec(),
            pressed,
        })
    }
}
