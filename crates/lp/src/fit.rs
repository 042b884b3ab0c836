//! Numbers that a solver takes as they are.
//!
//! Solvers work in a window: a coefficient at or below 1e-9 is taken for zero, one of 1e15 or
//! more is refused, and a bound of 1e20 or more is taken for none. A row with coefficients outside
//! is multiplied by a power of two, which loses nothing; what no factor brings inside is named,
//! since a program that is silently another one is worse than none.

use crate::{Bounds, Col, Lp, Row};

/// Smallest coefficient that is passed on, 2⁻²⁶.
const SMALLEST: f64 = 1.0 / 67_108_864.0;
/// Largest coefficient that is passed on, 2⁴⁹.
const LARGEST: f64 = 562_949_953_421_312.0;
/// Bounds and costs this large or larger are taken for infinite.
const INFINITE: f64 = 1e20;

/// A number that cannot be passed to a solver as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Misfit {
    /// The smallest and the largest coefficient of a row are too far apart, or not finite.
    Row {
        /// The row.
        row: Row,
        /// The column of its smallest coefficient, and that coefficient.
        smallest: (Col, f64),
        /// The column of its largest coefficient, and that coefficient.
        largest: (Col, f64),
    },
    /// A bound of a row is too large, or not a number.
    RowBound(Row, f64),
    /// A bound of a column is too large, or not a number.
    ColumnBound(Col, f64),
    /// A cost is too large, or not finite.
    Cost(Col, f64),
}

impl Misfit {
    /// What is wrong and what to change, with the names given to rows and columns.
    pub fn text(&self, row: impl Fn(Row) -> String, col: impl Fn(Col) -> String) -> String {
        match *self {
            Self::Row { row: at, smallest, largest } => format!(
                "{} holds {:e} of {} and {:e} of {}: a solver cannot hold both; leave the smaller \
                 one out, or give the larger one a sensible size",
                row(at),
                smallest.1,
                col(smallest.0),
                largest.1,
                col(largest.0)
            ),
            Self::RowBound(at, number) => {
                format!("{} is held to {number:e}: {TOO_LARGE}", row(at))
            }
            Self::ColumnBound(at, number) => {
                format!("{} is held to {number:e}: {TOO_LARGE}", col(at))
            }
            Self::Cost(at, number) => format!("{} costs {number:e}: {TOO_LARGE}", col(at)),
        }
    }
}

/// What is said of a bound or a cost.
const TOO_LARGE: &str = "a solver takes 1e20 and more for infinite; give it a sensible size";

/// Factors that bring every row into the solver's window; 1 for nearly all.
#[derive(Clone, Debug, PartialEq)]
pub struct RowFactors(Vec<f64>);

impl RowFactors {
    /// Finds the factors.
    ///
    /// # Errors
    /// The first number that does not fit.
    pub fn of(lp: &Lp) -> Result<Self, Misfit> {
        for (at, cost) in lp.cost.iter().enumerate() {
            if !cost.is_finite() || cost.abs() >= INFINITE {
                return Err(Misfit::Cost(col(at), *cost));
            }
        }
        for (at, bounds) in lp.col_bounds.iter().enumerate() {
            if let Some(number) = misfit(*bounds) {
                return Err(Misfit::ColumnBound(col(at), number));
            }
        }
        let mut factors = vec![1.0; lp.num_rows()];
        for (at, factor) in factors.iter_mut().enumerate() {
            let row = Row(u32::try_from(at).expect("rows fit in u32"));
            *factor = factor_of(lp, row)?;
            if let Some(scaled) = misfit(times(lp.row_bounds[at], *factor)) {
                return Err(Misfit::RowBound(row, scaled / *factor));
            }
        }
        Ok(Self(factors))
    }

    /// The program with each row multiplied by its factor; `None` if all are 1.
    pub fn apply(&self, lp: &Lp) -> Option<Lp> {
        if self.0.iter().all(|factor| *factor == 1.0) {
            return None;
        }
        let mut scaled = lp.clone();
        for (row, factor) in self.0.iter().enumerate() {
            for value in &mut scaled.values[lp.starts[row]..lp.starts[row + 1]] {
                *value *= factor;
            }
            let bounds = &mut scaled.row_bounds[row];
            *bounds = times(*bounds, *factor);
        }
        Some(scaled)
    }

    /// Multiplies a number of each row by the row's factor: this turns right-hand sides of the rows
    /// as they were into those of the multiplied ones, and duals the other way round.
    pub fn multiply(&self, numbers: &mut [f64]) {
        for (number, factor) in numbers.iter_mut().zip(&self.0) {
            *number *= factor;
        }
    }
}

fn factor_of(lp: &Lp, row: Row) -> Result<f64, Misfit> {
    let by_size = |a: &(Col, f64), b: &(Col, f64)| a.1.abs().total_cmp(&b.1.abs());
    let Some(smallest) = lp.row(row).min_by(by_size) else { return Ok(1.0) };
    let largest = lp.row(row).max_by(by_size).expect("the row has a smallest coefficient");
    let (small, large) = (smallest.1.abs(), largest.1.abs());
    let factor = if small < SMALLEST {
        (SMALLEST / small).log2().ceil().exp2()
    } else if large > LARGEST {
        (LARGEST / large).log2().floor().exp2()
    } else {
        1.0
    };
    let fits = small * factor >= SMALLEST && large * factor <= LARGEST;
    if fits { Ok(factor) } else { Err(Misfit::Row { row, smallest, largest }) }
}

fn times(Bounds { lower, upper }: Bounds, factor: f64) -> Bounds {
    Bounds::between(lower * factor, upper * factor)
}

/// The bound that a solver would take for something else.
fn misfit(bounds: Bounds) -> Option<f64> {
    let large = |bound: f64| bound.is_nan() || (bound.is_finite() && bound.abs() >= INFINITE);
    [bounds.lower, bounds.upper].into_iter().find(|bound| large(*bound))
}

fn col(at: usize) -> Col {
    Col(u32::try_from(at).expect("columns fit in u32"))
}

#[cfg(test)]
mod tests {
    use super::{Misfit, RowFactors};
    use crate::{Bounds, Col, Lp, Row};

    fn row(terms: &[f64], bounds: Bounds) -> Lp {
        let mut lp = Lp::default();
        for value in terms {
            let col = lp.add_col(1.0, Bounds::NON_NEGATIVE);
            lp.push_term(col, *value);
        }
        lp.finish_row(bounds);
        lp
    }

    #[test]
    fn an_ordinary_row_stays_as_it_is() {
        let lp = row(&[1.0, 31.536, 1e-6], Bounds::at_least(4.0));
        assert!(RowFactors::of(&lp).unwrap().apply(&lp).is_none());
    }

    #[test]
    fn a_tiny_coefficient_is_brought_up_by_a_power_of_two() {
        let lp = row(&[1.0, 1e-9], Bounds::exactly(3.0));
        let factors = RowFactors::of(&lp).unwrap();
        let scaled = factors.apply(&lp).unwrap();
        // 2⁻²⁶ is 1.49e-8, fifteen times 1e-9: the next power of two is 16
        assert_eq!(scaled.values, [16.0, 16e-9]);
        assert_eq!(scaled.row_bounds[0], Bounds::exactly(48.0));
        let mut duals = [0.5];
        factors.multiply(&mut duals);
        assert_eq!(duals, [8.0]);
    }

    #[test]
    fn a_huge_coefficient_is_brought_down() {
        let lp = row(&[1.0, 1e16], Bounds::at_most(f64::INFINITY));
        let scaled = RowFactors::of(&lp).unwrap().apply(&lp).unwrap();
        assert_eq!(scaled.values, [1.0 / 32.0, 1e16 / 32.0]);
        assert_eq!(scaled.row_bounds[0].upper, f64::INFINITY);
    }

    #[test]
    fn what_no_factor_mends_is_named() {
        let lp = row(&[1e-12, 1e12], Bounds::at_least(1.0));
        let misfit =
            Misfit::Row { row: Row(0), smallest: (Col(0), 1e-12), largest: (Col(1), 1e12) };
        assert_eq!(RowFactors::of(&lp), Err(misfit));

        let lp = row(&[1.0], Bounds::at_least(1e21));
        assert_eq!(RowFactors::of(&lp), Err(Misfit::RowBound(Row(0), 1e21)));
        let mut lp = row(&[1.0], Bounds::at_least(1.0));
        lp.col_bounds[0].upper = 1e20;
        assert_eq!(RowFactors::of(&lp), Err(Misfit::ColumnBound(Col(0), 1e20)));
        lp.cost[0] = f64::INFINITY;
        assert_eq!(RowFactors::of(&lp), Err(Misfit::Cost(Col(0), f64::INFINITY)));
    }
}
