//! A point that is as exact as its certificate asks, found by a solver that is less so.
//!
//! A solver takes a row for met that is missed by its tolerance, an absolute number; what is
//! smaller than that (the demand of a village beside that of a country) it may leave out. What is
//! missing is a program of its own: the same matrix, the bounds moved by the point found, the costs
//! by its duals, both magnified until what is missed is as large as the tolerance is small. Its
//! solution, from the same basis, is what to add (Gleixner, Steffy and Wolter 2016, Iterative
//! refinement for linear programming).
//!
//! Bounds that nothing comes near are left out: the solver would go there on the way. Costs moved
//! by the duals, `c - Aᵀy`, leave out `y` times the value of each row. Where that value
//! is fixed it is a constant; where it is free to move it is a column of its own, which costs `y`.

use kzleap_lp::{Bounds, Col, Lp, Row, Scaling, Sum, TOLERANCE, certify};

use crate::highs::{Instance, within_bounds};
use crate::{Basis, Method, Optimum, SolveError};

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
            highs.set_basis(&rest.program, &rest.basis_from(lp, basis));
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
    if rounds > 0 && highs.is_there() {
        highs.pass(lp)?;
        if let Some(basis) = &optimum.basis {
            highs.set_basis(lp, basis);
        }
    }
    Ok(optimum)
}

/// What is missing between a point and an optimum.
struct Rest {
    program: Lp,
    /// The rows whose value is a column, in the order of these columns, which come last.
    moving: Vec<Row>,
    /// By what bounds and costs are magnified, powers of two.
    magnified: (f64, f64),
}

impl Rest {
    fn of(lp: &Lp, optimum: &Optimum) -> Self {
        let mut reduced: Vec<Sum> = lp.cost.iter().map(|cost| Sum::new(*cost)).collect();
        let mut values = vec![Sum::new(0.0); lp.num_rows()];
        for (row, value) in values.iter_mut().enumerate() {
            for (col, factor) in lp.row(at(row)) {
                value.add_product(factor, optimum.columns[col.get()]);
                reduced[col.get()].add_product(-factor, optimum.row_duals[row]);
            }
        }
        let (mut program, scaling) = (Lp::default(), Scaling::of(lp));
        for (col, value) in optimum.columns.iter().enumerate() {
            let bounds = lp.col_bounds[col].near(*value, scaling.size_of_column(col));
            program.add_col(reduced[col].get(), moved(bounds, Sum::new(*value)));
        }
        let mut moving = Vec::new();
        for (row, value) in values.into_iter().enumerate() {
            for (col, factor) in lp.row(at(row)) {
                program.push_term(col, factor);
            }
            let dual = optimum.row_duals[row];
            let bounds = lp.row_bounds[row].near(value.get(), scaling.size_of_row(row));
            let mut left = moved(bounds, value);
            if dual != 0.0 && bounds.lower < bounds.upper {
                let value = program.add_col(dual, left);
                program.push_term(value, -1.0);
                left = Bounds::exactly(0.0);
                moving.push(at(row));
            }
            program.finish_row(left);
        }
        let magnified = (by_bounds(&program, optimum), by_costs(&program, optimum));
        for bounds in program.row_bounds.iter_mut().chain(&mut program.col_bounds) {
            *bounds = times(*bounds, magnified.0);
        }
        for cost in &mut program.cost {
            *cost *= magnified.1;
        }
        Self { program, moving, magnified }
    }

    /// The column that is the value of each row in `moving`.
    fn values(&self, lp: &Lp) -> impl Iterator<Item = (Row, Col)> {
        let first = u32::try_from(lp.num_cols()).expect("columns fit in u32");
        self.moving.iter().copied().zip((first..).map(Col))
    }

    /// A basis of the program as one of the rest: where the value of a row is a column, this
    /// is where the row was.
    fn basis_from(&self, lp: &Lp, basis: &Basis) -> Basis {
        let mut found = basis.clone();
        for (row, _) in self.values(lp) {
            found.columns.push(basis.rows[row.get()]);
            found.rows[row.get()] = highs_sys::kHighsBasisStatusLower;
        }
        found
    }

    /// The other way round; a row is basic if it or its value is.
    fn basis_for(&self, lp: &Lp, mut basis: Basis) -> Basis {
        for (row, value) in self.values(lp) {
            if !basis.basic_row(row.get()) {
                basis.rows[row.get()] = basis.columns[value.get()];
            }
        }
        basis.columns.truncate(lp.num_cols());
        basis
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
        let basis = rest.basis.map(|basis| self.basis_for(lp, basis));
        let method = optimum.method;
        Optimum { objective, columns, row_duals, certificate, basis, method, ..rest }
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

/// The same for costs: those that the rest could earn on, by what a certificate would notice.
///
/// Between a point and its bound there is rounding; what is earned on that way is
/// none, however large the cost.
fn by_costs(rest: &Lp, optimum: &Optimum) -> f64 {
    let certificate = &optimum.certificate;
    if certificate.dual <= TOLERANCE && certificate.primal > TOLERANCE {
        return 1.0;
    }
    let wrong = |cost: f64, bounds: Bounds| {
        // zero is where the point is
        let way = if cost < 0.0 { bounds.upper } else { -bounds.lower };
        let earned = cost.abs() * way;
        if earned > TOLERANCE * certificate.costs { cost.abs() } else { 0.0 }
    };
    let columns = rest.cost.iter().zip(&rest.col_bounds).map(|(cost, b)| wrong(*cost, *b));
    magnification(columns.fold(0.0, f64::max))
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

#[cfg(test)]
mod tests {
    use super::refine;
    use crate::highs::{Hand, Instance};
    use crate::{Basis, Method, Options};
    use kzleap_lp::{Bounds, Lp, certify};

    /// minimise 2x + 3y, x + y >= 4, x <= 3, from x = 3, y = 1 and a dual of 3.001 for 3. Costs
    /// moved by it say that y earns 0.001; what it earns without limit is paid for by the row,
    /// whose value is free to rise.
    #[test]
    fn a_row_that_may_move_has_its_price() {
        let mut lp = Lp::default();
        let x = lp.add_col(2.0, Bounds::between(0.0, 3.0));
        let y = lp.add_col(3.0, Bounds::NON_NEGATIVE);
        lp.push_term(x, 1.0);
        lp.push_term(y, 1.0);
        lp.finish_row(Bounds::at_least(4.0));
        let mut highs = Instance::new(&Options::default(), Hand::default()).unwrap();
        highs.pass(&lp).unwrap();
        highs.run(Method::Simplex).unwrap();
        let mut optimum = highs.optimum(&lp, Method::Simplex);
        let basis = optimum.basis.clone();
        optimum.row_duals = vec![3.001];
        optimum.certificate = certify(&lp, &optimum.columns, &optimum.row_duals);
        assert!(!optimum.certificate.certified);

        let refined = refine(&mut highs, &lp, optimum).unwrap();
        assert!(refined.certificate.certified, "{:?}", refined.certificate);
        assert_eq!(refined.columns, [3.0, 1.0]);
        assert!((refined.row_duals[0] - 3.0).abs() < 1e-12);
        assert_eq!(refined.basis, basis, "the basis is that of the program");
    }

    /// A country, 2x + 3y with x + y >= 4 and x <= 3, and beside it something 100 million times as
    /// cheap: 1e-8 u + 3e-8 v with u + v >= 1. The solver takes v, since its tolerance is 1e-7.
    /// x is at its bound but for the last digit; that it would earn 1 on that way is rounding, and
    /// does not keep what is cheap from being magnified.
    #[test]
    fn rounding_beside_a_bound_is_nothing_to_earn() {
        let mut lp = Lp::default();
        let x = lp.add_col(2.0, Bounds::between(0.0, 3.0));
        let y = lp.add_col(3.0, Bounds::NON_NEGATIVE);
        let u = lp.add_col(1e-8, Bounds::NON_NEGATIVE);
        let v = lp.add_col(3e-8, Bounds::NON_NEGATIVE);
        for (pair, least) in [([x, y], 4.0), ([u, v], 1.0)] {
            pair.into_iter().for_each(|col| lp.push_term(col, 1.0));
            lp.finish_row(Bounds::at_least(least));
        }
        let mut highs = Instance::new(&Options::default(), Hand::default()).unwrap();
        highs.pass(&lp).unwrap();
        highs.run(Method::Simplex).unwrap();
        let mut optimum = highs.optimum(&lp, Method::Simplex);
        optimum.columns = vec![3.0_f64.next_down(), 1.0, 0.0, 1.0];
        optimum.row_duals = vec![3.0, 3e-8];
        let [lower, basic, upper] = [
            highs_sys::kHighsBasisStatusLower,
            highs_sys::kHighsBasisStatusBasic,
            highs_sys::kHighsBasisStatusUpper,
        ];
        let columns = vec![upper, basic, lower, basic];
        optimum.basis = Some(Basis { columns, rows: vec![lower; 2] });
        optimum.certificate = certify(&lp, &optimum.columns, &optimum.row_duals);
        assert!(!optimum.certificate.certified);

        let refined = refine(&mut highs, &lp, optimum).unwrap();
        assert!(refined.certificate.certified, "{:?}", refined.certificate);
        assert_eq!(refined.columns, [3.0, 1.0, 1.0, 0.0]);
    }
}
