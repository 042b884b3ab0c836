//! A point that is as exact as its certificate asks, found by a solver that is less so.
//!
//! A solver takes a row for met that is missed by its tolerance, an absolute number; what is
//! smaller than that (the demand of a village beside that of a country) it may leave out. What is
//! missing is a program of its own: the same matrix, the bounds moved by the point found, the costs
//! by its duals, both magnified until what is missed is as large as the tolerance is small. Its
//! solution, from the same basis, is what to add (Gleixner, Steffy and Wolter 2016, Iterative
//! refinement for linear programming).

use kzleap_lp::{Bounds, Lp, Row, Sum, TOLERANCE, certify};

use crate::highs::{Instance, within_bounds};
use crate::{Method, Optimum, SolveError};

/// Each round brings some seven digits, and a number has sixteen.
const MOST_ROUNDS: usize = 4;
/// Bounds beyond this are too far away to matter.
const INFINITE: f64 = 1e20;

/// The optimum, refined until it is certified or no better; the basis in `highs` is the last one.
///
/// # Errors
/// [`SolveError`] if the search is stopped.
pub(crate) fn refine(
    highs: &mut Instance<'_>,
    lp: &Lp,
    mut optimum: Optimum,
) -> Result<Optimum, SolveError> {
    let mut rounds = 0;
    while !optimum.certificate.certified && rounds < MOST_ROUNDS {
        rounds += 1;
        let rest = Rest::of(lp, &optimum);
        highs.pass(&rest.program)?;
        if let Some(basis) = &optimum.basis {
            highs.set_basis(lp, basis);
        }
        match highs.run(Method::Simplex) {
            Ok(_) => {}
            Err(error @ (SolveError::Interrupted | SolveError::TimeLimit)) => {
                return Err(error);
            }
            // what is missing cannot be added: the point stays as it is, without a certificate
            Err(_) => break,
        }
        let mut better =
            rest.added(lp, &optimum, highs.optimum(&rest.program, Method::Simplex));
        better.iterations.simplex += optimum.iterations.simplex;
        if better.certificate.distance() >= optimum.certificate.distance() {
            break;
        }
        optimum = better;
    }
    Ok(optimum)
}

/// What is missing between a point and an optimum.
struct Rest {
    program: Lp,
    /// By what bounds and costs are magnified, powers of two.
    magnified: (f64, f64),
}

impl Rest {
    fn of(lp: &Lp, optimum: &Optimum) -> Self {
        let mut program = lp.clone();
        let mut reduced: Vec<Sum> = lp.cost.iter().map(|cost| Sum::new(*cost)).collect();
        for (row, dual) in optimum.row_duals.iter().enumerate() {
            let mut value = Sum::new(0.0);
            for (col, factor) in lp.row(at(row)) {
                value.add_product(factor, optimum.columns[col.get()]);
                reduced[col.get()].add_product(-factor, *dual);
            }
            program.row_bounds[row] = moved(lp.row_bounds[row], value);
        }
        for (col, value) in optimum.columns.iter().enumerate() {
            program.col_bounds[col] = moved(lp.col_bounds[col], Sum::new(*value));
            program.cost[col] = reduced[col].get();
        }
        program.cost_offset = 0.0;
        let magnified = (by_bounds(&program, optimum), by_costs(&program, optimum));
        for bounds in program.row_bounds.iter_mut().chain(&mut program.col_bounds) {
            *bounds = times(*bounds, magnified.0);
        }
        for cost in &mut program.cost {
            *cost *= magnified.1;
        }
        Self { program, magnified }
    }

    fn added(&self, lp: &Lp, optimum: &Optimum, rest: Optimum) -> Optimum {
        let sums = |point: &[f64], rest: &[f64], magnified: f64| -> Vec<f64> {
            point.iter().zip(rest).map(|(value, more)| value + more / magnified).collect()
        };
        let mut columns = sums(&optimum.columns, &rest.columns, self.magnified.0);
        let mut row_duals = sums(&optimum.row_duals, &rest.row_duals, self.magnified.1);
        within_bounds(lp, &mut columns, &mut row_duals);
        let certificate = certify(lp, &columns, &row_duals);
        let objective = certificate.objective;
        Optimum { objective, columns, row_duals, certificate, method: optimum.method, ..rest }
    }
}

/// By what to multiply bounds, so that what is missed of them is about 1; 1 if that is not what
/// is wrong.
fn by_bounds(rest: &Lp, optimum: &Optimum) -> f64 {
    let certificate = &optimum.certificate;
    if certificate.primal <= TOLERANCE && certificate.dual > TOLERANCE {
        return 1.0;
    }
    let bounds = rest.row_bounds.iter().chain(&rest.col_bounds);
    magnification(bounds.fold(0.0, |missed, bounds| bounds.violation(0.0).max(missed)))
}

/// The same for costs.
fn by_costs(rest: &Lp, optimum: &Optimum) -> f64 {
    let certificate = &optimum.certificate;
    if certificate.dual <= TOLERANCE && certificate.primal > TOLERANCE {
        return 1.0;
    }
    let wrong = |cost: f64, bounds: Bounds| {
        // zero is where the point stands
        let falls = cost < 0.0 && bounds.upper > 0.0;
        let rises = cost > 0.0 && bounds.lower < 0.0;
        if falls || rises { cost.abs() } else { 0.0 }
    };
    let columns = rest.cost.iter().zip(&rest.col_bounds).map(|(cost, b)| wrong(*cost, *b));
    let rows = optimum.row_duals.iter().zip(&rest.row_bounds).map(|(dual, b)| wrong(*dual, *b));
    magnification(columns.chain(rows).fold(0.0, f64::max))
}

/// The power of two that makes a small number about 1; 1 for zero and for what is large.
fn magnification(missed: f64) -> f64 {
    if missed > 0.0 && missed < 1.0 { (-missed.log2()).floor().exp2() } else { 1.0 }
}

fn moved(bounds: Bounds, by: Sum) -> Bounds {
    let side = |side: f64| {
        let mut left = by.negative();
        left.add(side);
        if side.is_finite() { left.get() } else { side }
    };
    Bounds::between(side(bounds.lower), side(bounds.upper))
}

fn times(bounds: Bounds, factor: f64) -> Bounds {
    let (lower, upper) = (bounds.lower * factor, bounds.upper * factor);
    Bounds::between(
        if lower <= -INFINITE { f64::NEG_INFINITY } else { lower },
        if upper >= INFINITE { f64::INFINITY } else { upper },
    )
}

fn at(row: usize) -> Row {
    Row(u32::try_from(row).expect("rows fit in u32"))
}
