//! A number that a solver would take for another one.

use crate::{Col, Row};

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
