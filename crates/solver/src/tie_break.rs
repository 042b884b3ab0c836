//! One optimum among many, the same on every machine.
//!
//! An optimum that is not unique leaves the choice to the path of the solver. Here the optimal
//! face is searched for the point with the least weighted sum of its columns. By complementary
//! slackness the face is exact: a column with a reduced cost stays at its bound, a row with a dual
//! value stays at its side; what is left is free. Duals stay those of the first optimum, and the
//! certificate is calculated anew.

use kzleap_lp::{Bounds, Lp, Row, Scaling, certify};

use crate::{Control, Method, Optimum, Options, SolveError, solve};

/// A reduced cost or dual below this, relative to the numbers it comes from and to the costs of
/// the program, counts as none.
const NONE: f64 = 1e-9;

/// The point of the optimal face with the least `Σ weight · column`.
///
/// `weights` has one number for each column; zero leaves a column out of the sum. A face that is a
/// single point gives that point. If the point found is not certified, the optimum is returned as
/// it was.
///
/// # Errors
/// [`SolveError`] if the search is stopped.
pub fn break_ties(
    lp: &Lp,
    optimum: Optimum,
    weights: &[f64],
    control: Control<'_>,
) -> Result<Optimum, SolveError> {
    let face = optimal_face(lp, &optimum, weights);
    let options =
        Options { method: Method::Simplex, start: optimum.basis.clone(), ..Options::default() };
    let found = match solve(&face, &options, control) {
        Ok(found) => found,
        Err(error @ (SolveError::Interrupted | SolveError::TimeLimit)) => return Err(error),
        // rounding can leave a face without a point; the optimum is still one
        Err(_) => return Ok(optimum),
    };
    let certificate = certify(lp, &found.columns, &optimum.row_duals);
    if !certificate.certified {
        return Ok(optimum);
    }
    let objective = certificate.objective;
    Ok(Optimum { objective, columns: found.columns, certificate, ..optimum })
}

fn optimal_face(lp: &Lp, optimum: &Optimum, weights: &[f64]) -> Lp {
    let face = Face::of(lp, optimum);
    let mut program = lp.clone();
    for (col, bounds) in program.col_bounds.iter_mut().enumerate() {
        *bounds = on_side(*bounds, face.reduced[col], face.none[col]);
    }
    for (row, bounds) in program.row_bounds.iter_mut().enumerate() {
        *bounds = on_side(*bounds, face.row_duals[row], face.none_of_rows[row]);
    }
    program.cost = weights.to_vec();
    program.cost_offset = 0.0;
    program
}

/// What holds columns and rows to their bounds in every optimum.
pub(crate) struct Face<'a> {
    reduced: Vec<f64>,
    none: Vec<f64>,
    row_duals: &'a [f64],
    none_of_rows: Vec<f64>,
}

impl<'a> Face<'a> {
    pub(crate) fn of(lp: &Lp, optimum: &'a Optimum) -> Self {
        let mut reduced = lp.cost.clone();
        let mut none: Vec<f64> = lp.cost.iter().map(|cost| cost.abs()).collect();
        for (row, dual) in optimum.row_duals.iter().enumerate() {
            for (col, value) in lp.row(Row(u32::try_from(row).expect("rows fit in u32"))) {
                reduced[col.get()] -= value * dual;
                none[col.get()] += (value * dual).abs();
            }
        }
        let scaling = Scaling::of(lp);
        for (col, none) in none.iter_mut().enumerate() {
            *none = NONE * (*none + scaling.price_of_column(col));
        }
        let none_of_rows = (0..lp.num_rows()).map(|row| NONE * scaling.price_of_row(row));
        let none_of_rows = none_of_rows.collect();
        Self { reduced, none, row_duals: &optimum.row_duals, none_of_rows }
    }

    /// Whether a column has no reduced cost.
    pub(crate) fn column_is_free(&self, col: usize) -> bool {
        self.reduced[col].abs() <= self.none[col]
    }

    /// Whether a row has no dual value.
    pub(crate) fn row_is_free(&self, row: usize) -> bool {
        self.row_duals[row].abs() <= self.none_of_rows[row]
    }
}

/// A positive dual holds to the lower side, a negative one to the upper.
fn on_side(bounds: Bounds, dual: f64, none: f64) -> Bounds {
    if dual > none && bounds.lower.is_finite() {
        Bounds::exactly(bounds.lower)
    } else if dual < -none && bounds.upper.is_finite() {
        Bounds::exactly(bounds.upper)
    } else {
        bounds
    }
}
