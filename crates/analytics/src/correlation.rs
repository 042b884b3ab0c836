//! Correlation of yearly series after Pearson, of their levels and of their changes.
//!
//! Levels that all grow are correlated whatever drives them; changes from year to year tell more.

use serde::Serialize;
use statrs::statistics::Statistics;

use crate::series::Series;

/// Fewest years that two series must share.
pub const FEWEST: usize = 8;

/// A coefficient with the number of years it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Coefficient {
    /// Between −1 and 1.
    pub r: f64,
    /// Years, or pairs of years for changes.
    pub n: usize,
}

/// A square of coefficients; `None` where there are too few years or nothing changes.
pub type Matrix = Vec<Vec<Option<Coefficient>>>;

/// Correlations of the series with one another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Correlation {
    /// Names, in the order of rows and columns.
    pub names: Vec<String>,
    /// Of the values themselves.
    pub levels: Matrix,
    /// Of logarithmic changes from year to year.
    pub changes: Matrix,
}

/// Values of two series side by side.
type Pairs = (Vec<f64>, Vec<f64>);

/// Correlates every series with every other.
pub fn correlation(series: &[Series]) -> Correlation {
    let matrix = |pairs: fn(&Series, &Series) -> Pairs| -> Matrix {
        let row = |a: &Series| series.iter().map(|b| pearson(&pairs(a, b))).collect();
        series.iter().map(row).collect()
    };
    Correlation {
        names: series.iter().map(|series| series.name.clone()).collect(),
        levels: matrix(levels),
        changes: matrix(changes),
    }
}

/// Values of the years that both have.
fn levels(a: &Series, b: &Series) -> Pairs {
    a.values.iter().filter_map(|(year, x)| Some((*x, *b.values.get(year)?))).unzip()
}

/// Logarithmic changes of the pairs of years that both have, above zero.
fn changes(a: &Series, b: &Series) -> Pairs {
    let change = |series: &Series, year: i32| {
        let ratio = series.values.get(&year)? / series.values.get(&(year - 1))?;
        (ratio > 0.0 && ratio.is_finite()).then(|| ratio.ln())
    };
    a.values.keys().filter_map(|year| Some((change(a, *year)?, change(b, *year)?))).unzip()
}

/// Pearson's coefficient: covariance over the product of standard deviations.
fn pearson((xs, ys): &Pairs) -> Option<Coefficient> {
    if xs.len() < FEWEST {
        return None;
    }
    let spread = xs.std_dev() * ys.std_dev();
    let r = xs.covariance(ys) / spread;
    (spread > 0.0 && r.is_finite()).then(|| Coefficient { r: r.clamp(-1.0, 1.0), n: xs.len() })
}

#[cfg(test)]
mod tests {
    use super::{FEWEST, pearson};

    #[test]
    fn the_coefficient_by_hand() {
        let (x, y) = ([1.0, 2.0, 3.0, 4.0], [2.0, 1.0, 4.0, 4.0]);
        let pair = (x.repeat(2), y.repeat(2));
        // means 2.5 and 2.75; Σxy = 4.5, Σx² = 5, Σy² = 6.75
        let found = pearson(&pair).unwrap();
        assert!((found.r - 4.5 / (5.0_f64 * 6.75).sqrt()).abs() < 1e-12, "{found:?}");
        assert_eq!(found.n, 8);
    }

    #[test]
    fn too_few_years_or_no_change_give_none() {
        let short = vec![1.0; FEWEST - 1];
        assert_eq!(pearson(&(short.clone(), short)), None);
        let steady = vec![1.0; FEWEST];
        assert_eq!(pearson(&(steady.clone(), steady)), None);
    }
}
