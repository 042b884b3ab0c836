//! The box in which prices are held.

/// Half the width of the first box, relative to the price, or to the median of all prices where that
/// is larger.
const WIDTH: f64 = 0.25;
/// Where the master pressed against a box that served well, it becomes wider by this factor.
const WIDER: f64 = 4.0;
/// Where the prices were no better, all of it becomes narrower by this factor.
const NARROWER: f64 = 0.7;

/// It becomes no narrower than this share of its first width: what a row that is missed costs would be
/// lost beside all other costs.
const NARROWEST: f64 = 1e-3;
/// A box so many times as wide holds no price.
const WIDE: f64 = 1e6;

/// Where the prices of the rows between blocks may be, by position.
pub(super) struct Boxes {
    pub(super) centre: Vec<f64>,
    pub(super) width: Vec<f64>,
    first: Vec<f64>,
}

impl Boxes {
    pub(super) fn around(prices: &[f64]) -> Self {
        let mut sizes: Vec<f64> =
            prices.iter().map(|price| price.abs()).filter(|price| *price > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        let median = sizes.get(sizes.len() / 2).copied().unwrap_or(1.0);
        let width: Vec<f64> =
            prices.iter().map(|price| WIDTH * price.abs().max(median)).collect();
        Self { centre: prices.to_vec(), first: width.clone(), width }
    }

    /// A box that holds no price.
    pub(super) fn wide(&self) -> Self {
        let width = self.first.iter().map(|width| WIDE * width).collect();
        Self { centre: vec![0.0; self.centre.len()], width, first: self.first.clone() }
    }

    /// Goes to better prices, and opens where they were `pressed` against it.
    pub(super) fn step(&mut self, prices: &[f64], pressed: &[usize]) {
        self.centre.copy_from_slice(prices);
        for row in pressed {
            let width = &mut self.width[*row];
            *width = (*width * WIDER).min(WIDE * self.first[*row]);
        }
    }

    /// Stays, and closes in.
    pub(super) fn shrink(&mut self) {
        for (width, first) in self.width.iter_mut().zip(&self.first) {
            *width = (*width * NARROWER).max(NARROWEST * first);
        }
    }
}
