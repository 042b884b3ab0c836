//! What a solver says.

use kzleap_lp::Certificate;

use crate::{Alternatives, Method};

/// Which columns and rows are basic, and at which bound the others stand.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Basis {
    /// HiGHS's status of each column.
    pub(crate) columns: Vec<i32>,
    /// HiGHS's status of each row.
    pub(crate) rows: Vec<i32>,
}

/// The optimum as bare numbers, in the order of the program.
#[derive(Clone, Debug)]
pub struct Optimum {
    /// Value of the objective.
    pub objective: f64,
    /// Value of each column.
    pub columns: Vec<f64>,
    /// Dual value of each row; not negative at a lower bound. With whole-number columns, those
    /// of the program in which they are fixed at their values.
    pub row_duals: Vec<f64>,
    /// Where a similar program may start.
    pub basis: Option<Basis>,
    /// The algorithm that was used.
    pub method: Method,
    /// Iterations of the simplex, interior point and crossover methods.
    pub iterations: Iterations,
    /// How far the objective may be from that of the best choice of whole numbers, relative to
    /// the costs: the distance to the bound that HiGHS proved. `None` without whole
    /// numbers.
    pub integer_gap: Option<f64>,
    /// The distance from an optimum, calculated from the program's own numbers. With whole-number
    /// columns, that of the program in which they are fixed; it is certified only if the
    /// [`Optimum::integer_gap`] is within [`Options::certified_gap`](crate::Options::certified_gap)
    /// too.
    pub certificate: Certificate,
    /// What may differ in another optimum, if [`Options::alternatives`](crate::Options) asks for
    /// it; `None` also with whole numbers and without a basis.
    pub alternatives: Option<Alternatives>,
}

impl Basis {
    /// That of the same program with a row more, which holds nothing at its point.
    pub fn with_a_free_row(&self) -> Self {
        let mut basis = self.clone();
        basis.rows.push(highs_sys::kHighsBasisStatusBasic);
        basis
    }

    /// Whether it has a status for every column and row of a program.
    pub fn fits(&self, lp: &kzleap_lp::Lp) -> bool {
        self.columns.len() == lp.num_cols() && self.rows.len() == lp.num_rows()
    }

    pub(crate) fn basic_column(&self, col: usize) -> bool {
        self.columns[col] == highs_sys::kHighsBasisStatusBasic
    }

    pub(crate) fn basic_row(&self, row: usize) -> bool {
        self.rows[row] == highs_sys::kHighsBasisStatusBasic
    }
}

/// How often each method went round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Iterations {
    /// Simplex.
    pub simplex: i64,
    /// Interior point.
    pub interior_point: i64,
    /// Crossover.
    pub crossover: i64,
}

/// Why there is no optimum.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SolveError {
    /// No plan respects all constraints.
    #[error("no plan respects all constraints together (infeasible)")]
    Infeasible,
    /// Cost can fall without limit.
    #[error("the cost can fall without limit (unbounded)")]
    Unbounded,
    /// The time limit was reached.
    #[error("the time limit was reached before an optimum was found")]
    TimeLimit,
    /// Somebody asked to stop.
    #[error("stopped on request")]
    Interrupted,
    /// The program is too large for the solver's 32-bit counts.
    #[error("the program has more than 2^31 columns, rows or nonzeros")]
    TooLarge,
    /// The solver would take a number of the program for another one.
    #[error("{0}")]
    OutOfRange(String),
    /// The solver gave up.
    #[error("the solver stopped without an optimum ({0})")]
    Stopped(String),
}
