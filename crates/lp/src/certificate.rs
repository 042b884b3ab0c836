//! How good a claimed optimum is, reckoned from the program's own numbers.
//!
//! A pair of column values and row duals is optimal just if the columns and rows are within
//! their bounds, the reduced costs and duals have the signs their bounds allow, and the
//! objective equals that of the dual. All three are measured here, with compensated sums, from
//! nothing but the program and the two vectors: what a solver reports of itself is not used.

use crate::{Lp, Row};

/// Beyond this, relative to the size of the numbers involved, an optimum is not certified.
pub const TOLERANCE: f64 = 1e-6;

/// The measured distance from an optimum.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Certificate {
    /// Largest violation of a bound of a column or row, in its own unit.
    pub primal_absolute: f64,
    /// The same, relative to one plus the size of the row's terms and bound.
    pub primal: f64,
    /// Largest reduced cost or dual of the wrong sign, in cost per unit.
    pub dual_absolute: f64,
    /// The same, relative to one plus the size of the terms of the reduced cost.
    pub dual: f64,
    /// Largest product of a dual and the slack beside it, relative to one plus the objective.
    pub complementarity: f64,
    /// Difference between the objective and that of the dual, relative to one plus its size.
    pub gap: f64,
    /// The objective, recomputed.
    pub objective: f64,
    /// Whether all of these are within the tolerance.
    pub certified: bool,
}

/// Measures how far `columns` and `row_duals` are from an optimum of `lp`.
///
/// Signs: in a minimisation the dual of a row at its lower bound is not negative. Whole-number
/// columns are treated as if they were not; fix them first ([`Lp::with_integers_fixed`]).
pub fn certify(lp: &Lp, columns: &[f64], row_duals: &[f64]) -> Certificate {
    let mut reduced: Vec<Sum> = lp.cost.iter().map(|cost| Sum::new(*cost)).collect();
    let mut reduced_size: Vec<f64> = lp.cost.iter().map(|cost| cost.abs()).collect();
    let (mut primal_absolute, mut primal) = (0.0_f64, 0.0_f64);
    let (mut dual_absolute, mut dual) = (0.0_f64, 0.0_f64);
    let mut dual_objective = Sum::new(lp.cost_offset);
    let mut worst_product = 0.0_f64;

    for (row, (bounds, dual_value)) in lp.row_bounds.iter().zip(row_duals).enumerate() {
        let (mut value, mut size) = (Sum::new(0.0), 0.0);
        for (col, factor) in lp.row(Row(u32::try_from(row).expect("rows fit in u32"))) {
            let term = factor * columns[col.get()];
            value.add(term);
            size += term.abs();
            reduced[col.get()].add(-factor * dual_value);
            reduced_size[col.get()] += (factor * dual_value).abs();
        }
        let violation = bounds.violation(value.get());
        primal_absolute = primal_absolute.max(violation);
        primal = primal
            .max(violation / (1.0 + size + finite(bounds.lower).max(finite(bounds.upper))));

        let at = if *dual_value > 0.0 { bounds.lower } else { bounds.upper };
        if at.is_finite() {
            dual_objective.add(dual_value * at);
            worst_product = worst_product.max((dual_value * (value.get() - at)).abs());
        } else {
            dual_absolute = dual_absolute.max(dual_value.abs());
            dual = dual.max(dual_value.abs() / (1.0 + dual_value.abs()));
        }
    }

    let mut objective = Sum::new(lp.cost_offset);
    for (col, bounds) in lp.col_bounds.iter().enumerate() {
        let value = columns[col];
        objective.add(lp.cost[col] * value);
        let violation = bounds.violation(value);
        primal_absolute = primal_absolute.max(violation);
        primal = primal.max(violation / (1.0 + finite(bounds.lower).max(finite(bounds.upper))));

        let cost = reduced[col].get();
        let at = if cost > 0.0 { bounds.lower } else { bounds.upper };
        if at.is_finite() {
            dual_objective.add(cost * at);
            worst_product = worst_product.max((cost * (value - at)).abs());
        } else {
            dual_absolute = dual_absolute.max(cost.abs());
            dual = dual.max(cost.abs() / (1.0 + reduced_size[col]));
        }
    }
    let objective = objective.get();
    let scale = 1.0 + objective.abs();
    let gap = (objective - dual_objective.get()).abs() / scale;
    let complementarity = worst_product / scale;
    // a comparison with NaN is false: a broken vector is never certified
    let certified = [primal, dual, gap, complementarity].iter().all(|size| *size <= TOLERANCE);
    Certificate {
        primal_absolute,
        primal,
        dual_absolute,
        dual,
        complementarity,
        gap,
        objective,
        certified: certified && objective.is_finite() && columns.iter().all(|x| x.is_finite()),
    }
}

fn finite(bound: f64) -> f64 {
    if bound.is_finite() { bound.abs() } else { 0.0 }
}

/// A sum that keeps what rounding would lose (Neumaier 1974).
#[derive(Clone, Copy)]
struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    const fn new(value: f64) -> Self {
        Self { sum: value, lost: 0.0 }
    }

    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.lost += if self.sum.abs() >= value.abs() {
            (self.sum - sum) + value
        } else {
            (value - sum) + self.sum
        };
        self.sum = sum;
    }

    fn get(self) -> f64 {
        self.sum + self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::certify;
    use crate::{Bounds, Lp};

    /// minimise 2x + 3y, x + y >= 4, x <= 3: x = 3, y = 1, cost 9; the row's dual is 3, and
    /// the reduced cost of x is 2 - 3 = -1 at its upper bound.
    fn small() -> Lp {
        let mut lp = Lp::default();
        let x = lp.add_col(2.0, Bounds::between(0.0, 3.0));
        let y = lp.add_col(3.0, Bounds::NON_NEGATIVE);
        lp.push_term(x, 1.0);
        lp.push_term(y, 1.0);
        lp.finish_row(Bounds::at_least(4.0));
        lp
    }

    #[test]
    fn an_optimum_is_certified() {
        let certificate = certify(&small(), &[3.0, 1.0], &[3.0]);
        assert!(certificate.certified, "{certificate:?}");
        assert_eq!(certificate.objective, 9.0);
        assert_eq!(certificate.gap, 0.0);
    }

    #[test]
    fn a_feasible_point_that_is_not_cheapest_is_not() {
        let certificate = certify(&small(), &[2.0, 2.0], &[3.0]);
        assert!(!certificate.certified);
        assert_eq!(certificate.primal_absolute, 0.0);
        assert!((certificate.gap - 0.1 / 1.1).abs() < 1e-12, "{certificate:?}"); // |10 - 9| / 11
    }

    #[test]
    fn a_point_outside_its_bounds_is_not() {
        let certificate = certify(&small(), &[3.0, 0.5], &[3.0]);
        assert!(!certificate.certified);
        assert_eq!(certificate.primal_absolute, 0.5);
    }

    #[test]
    fn duals_of_the_wrong_sign_or_not_numbers_are_not() {
        assert!(!certify(&small(), &[3.0, 1.0], &[-3.0]).certified);
        assert!(!certify(&small(), &[3.0, 1.0], &[f64::NAN]).certified);
        assert!(!certify(&small(), &[f64::NAN, 1.0], &[3.0]).certified);
    }
}
