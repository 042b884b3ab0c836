//! How good a claimed optimum is, calculated from the program's own numbers.
//!
//! A pair of column values and row duals is optimal just if the columns and rows are within
//! their bounds, the reduced costs and duals have the signs their bounds allow, and the
//! objective equals that of the dual. All three are measured here, with compensated sums, from
//! nothing but the program and the two vectors: what a solver reports of itself is not used.
//!
//! Each distance is relative to what it is about: a bound to itself, a row without one (whose
//! sides are zero) to its own terms, a reduced cost to its own terms, the gap to what the plan
//! costs. So a demand is met to a millionth of that demand, be it of a house or of a continent.
//! What is zero is measured against rounding alone: [`OF_SIZE`] of the size of the program in
//! that unit, or [`OF_TERMS`] of the terms it is the difference of.
//!
//! A side that nothing comes near ([`Bounds::near`]: 1e12 written for "no limit") must be kept, but
//! cannot stand behind a dual: the rounding of a reduced cost, times such a distance, would look
//! like money. The plan is held to be optimal as if the side were not there, and a plan that is,
//! and keeps it, is optimal with it too.

use crate::scaling::ROUNDING;
use crate::{Bounds, Lp, Row, Scaling, Sum};

/// Beyond this, relative to what it is about, an optimum is not certified.
pub const TOLERANCE: f64 = 1e-6;
/// What counts as zero is below the tolerance times this share of the size of the program (its
/// median demand or bound, or cost, in the unit at hand): in all 10⁻¹² of it.
const OF_SIZE: f64 = ROUNDING / TOLERANCE;
/// A bound is met if it is within the tolerance times this share of the terms of its row: in all
/// 10⁻¹⁵, the last digit that a computer keeps of them.
const OF_TERMS: f64 = 1e-9;

/// The measured distance from an optimum.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Certificate {
    /// Largest violation of a bound of a column or row, in its own unit.
    pub primal_absolute: f64,
    /// The same, relative to that bound; where it is zero, to the terms of the row.
    pub primal: f64,
    /// Largest reduced cost or dual of the wrong sign, in cost per unit.
    pub dual_absolute: f64,
    /// The same, relative to the terms of the reduced cost.
    pub dual: f64,
    /// Largest product of a dual and the slack beside it, relative to the costs.
    pub complementarity: f64,
    /// Difference between the objective and that of the dual, relative to the costs.
    pub gap: f64,
    /// The objective, recomputed.
    pub objective: f64,
    /// The sum of all costs and earnings, each without its sign.
    pub costs: f64,
    /// Whether all of these are within the tolerance.
    pub certified: bool,
}

/// Measures how far `columns` and `row_duals` are from an optimum of `lp`.
///
/// Signs: in a minimisation the dual of a row at its lower bound is not negative. Whole-number
/// columns are treated as if they were not; fix them first ([`Lp::with_integers_fixed`]).
pub fn certify(lp: &Lp, columns: &[f64], row_duals: &[f64]) -> Certificate {
    let scaling = Scaling::of(lp);
    let mut reduced: Vec<Sum> = lp.cost.iter().map(|cost| Sum::new(*cost)).collect();
    let mut reduced_size: Vec<f64> = lp.cost.iter().map(|cost| cost.abs()).collect();
    let (mut primal, mut dual) = (Largest::default(), Largest::default());
    let mut dual_objective = Sum::new(lp.cost_offset);
    let mut worst_product = 0.0_f64;

    for (row, (bounds, dual_value)) in lp.row_bounds.iter().zip(row_duals).enumerate() {
        let (mut value, mut terms) = (Sum::new(0.0), 0.0);
        for (col, factor) in lp.row(Row(u32::try_from(row).expect("rows fit in u32"))) {
            value.add_product(factor, columns[col.get()]);
            terms += (factor * columns[col.get()]).abs();
            reduced[col.get()].add_product(-factor, *dual_value);
            reduced_size[col.get()] += (factor * dual_value).abs();
        }
        let value = value.get();
        let of_zero = terms + OF_SIZE * scaling.size_of_row(row);
        primal.add_sides(*bounds, value, OF_TERMS * terms, of_zero);

        let near = bounds.near(value, scaling.size_of_row(row));
        let at = if *dual_value > 0.0 { near.lower } else { near.upper };
        if at.is_finite() {
            dual_objective.add_product(*dual_value, at);
            worst_product = worst_product.max((dual_value * (value - at)).abs());
        } else {
            dual.add(dual_value.abs(), OF_SIZE * scaling.price_of_row(row));
        }
    }

    let mut objective = Sum::new(lp.cost_offset);
    let mut costs = lp.cost_offset.abs();
    for (col, bounds) in lp.col_bounds.iter().enumerate() {
        let value = columns[col];
        objective.add_product(lp.cost[col], value);
        costs += (lp.cost[col] * value).abs();
        primal.add_sides(*bounds, value, 0.0, OF_SIZE * scaling.size_of_column(col));

        let cost = reduced[col].get();
        let near = bounds.near(value, scaling.size_of_column(col));
        let at = if cost > 0.0 { near.lower } else { near.upper };
        if at.is_finite() {
            dual_objective.add_product(cost, at);
            worst_product = worst_product.max((cost * (value - at)).abs());
        } else {
            dual.add(cost.abs(), reduced_size[col] + OF_SIZE * scaling.price_of_column(col));
        }
    }
    let objective = objective.get();
    let scale = costs + OF_SIZE * scaling.money();
    let gap = (objective - dual_objective.get()).abs() / scale;
    let complementarity = worst_product / scale;
    // a comparison with NaN is false: a broken vector is never certified
    let certified = [primal.relative, dual.relative, gap, complementarity]
        .iter()
        .all(|distance| *distance <= TOLERANCE);
    Certificate {
        primal_absolute: primal.absolute,
        primal: primal.relative,
        dual_absolute: dual.absolute,
        dual: dual.relative,
        complementarity,
        gap,
        objective,
        costs,
        certified: certified && objective.is_finite() && columns.iter().all(|x| x.is_finite()),
    }
}

impl Certificate {
    /// The largest of the relative distances.
    pub fn distance(&self) -> f64 {
        self.primal.max(self.dual).max(self.gap).max(self.complementarity)
    }
}

/// The largest violation, in its own unit and relative to what it is about.
#[derive(Default)]
struct Largest {
    absolute: f64,
    relative: f64,
}

impl Largest {
    fn add(&mut self, violation: f64, size: f64) {
        if violation > 0.0 {
            self.absolute = self.absolute.max(violation);
            self.relative = self.relative.max(violation / size);
        }
    }

    /// What is missed of each side, relative to the side (and `more`); where that is zero, to
    /// `of_zero`.
    fn add_sides(&mut self, bounds: Bounds, value: f64, more: f64, of_zero: f64) {
        for (missed, side) in
            [(bounds.lower - value, bounds.lower), (value - bounds.upper, bounds.upper)]
        {
            self.add(missed, if side == 0.0 { of_zero } else { side.abs() + more });
        }
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
        assert!((certificate.gap - 0.1).abs() < 1e-6, "{certificate:?}"); // |10 - 9| / 10
    }

    #[test]
    fn a_point_outside_its_bounds_is_not() {
        let certificate = certify(&small(), &[3.0, 0.5], &[3.0]);
        assert!(!certificate.certified);
        assert_eq!(certificate.primal_absolute, 0.5);
    }

    /// The same program in units so small, or so large, that its numbers are far from 1.
    #[test]
    fn the_size_of_the_program_does_not_matter() {
        for unit in [1e-12, 1e-9, 1e-3, 1e3, 1e6, 1e12] {
            let mut lp = small();
            lp.row_bounds[0] = Bounds::at_least(4.0 * unit);
            lp.col_bounds[0].upper = 3.0 * unit;
            let certify = |x: f64, y: f64| certify(&lp, &[x * unit, y * unit], &[3.0]);
            assert!(certify(3.0, 1.0).certified, "{unit}: {:?}", certify(3.0, 1.0));
            assert!(!certify(0.0, 0.0).certified, "{unit}: nothing is served");
            let short = certify(3.0, 0.999_99);
            assert!(!short.certified && (short.primal - 2.5e-6).abs() < 1e-9, "{short:?}");
            assert!(!certify(3.000_01, 0.999_99).certified, "{unit}: more than there is");
            assert!(!certify(2.0, 2.0).certified, "{unit}: not the cheapest");
        }
    }

    /// A village beside a continent: each demand is met to a millionth of itself.
    #[test]
    fn a_small_demand_beside_a_large_one_is_not_lost() {
        let mut lp = Lp::default();
        for demand in [1e5, 1e-7] {
            let made = lp.add_col(2.0, Bounds::NON_NEGATIVE);
            let fuel = lp.add_col(1.0, Bounds::NON_NEGATIVE);
            lp.push_term(made, 1.0);
            lp.finish_row(Bounds::at_least(demand));
            lp.push_term(fuel, 1.0);
            lp.push_term(made, -2.5);
            lp.finish_row(Bounds::exactly(0.0));
        }
        let duals = [4.5, 1.0, 4.5, 1.0];
        assert!(certify(&lp, &[1e5, 2.5e5, 1e-7, 2.5e-7], &duals).certified);
        assert!(!certify(&lp, &[1e5, 2.5e5, 0.0, 0.0], &duals).certified, "not served");
        assert!(!certify(&lp, &[1e5, 2.5e5, 1e-7, 0.0], &duals).certified, "from nothing");
        let short = certify(&lp, &[1e5, 2.5e5, 0.999_99e-7, 2.499_975e-7], &duals);
        assert!(!short.certified && (short.primal - 1e-5).abs() < 1e-9, "{short:?}");
    }

    /// What rounding leaves where nothing happens is no violation.
    #[test]
    fn rounding_is_no_violation() {
        let mut lp = small();
        let idle = lp.add_col(0.0, Bounds::NON_NEGATIVE);
        let beside = lp.add_col(1.0, Bounds::NON_NEGATIVE);
        lp.push_term(idle, 1.0);
        lp.push_term(beside, -1.0);
        lp.finish_row(Bounds::exactly(0.0));
        assert!(certify(&lp, &[3.0, 1.0, 1e-15, 0.0], &[3.0, 0.0]).certified);
        assert!(!certify(&lp, &[3.0, 1.0, 1e-9, 0.0], &[3.0, 0.0]).certified);
    }

    /// 1e12 stands for "no limit": the last digit of a reduced cost (1e-14 of 3), times that, is
    /// no 0.01 of a cost of 9. A price that is really wrong is wrong there too, and a bound that
    /// a plan runs into is one, however far off.
    #[test]
    fn a_bound_that_nothing_comes_near_is_none() {
        let mut lp = small();
        lp.col_bounds[1].upper = 1e12;
        let dust = 3.0 + 1e-14;
        assert!(certify(&lp, &[3.0, 1.0], &[dust]).certified);
        assert!(!certify(&lp, &[3.0, 1.0], &[3.0 + 1e-4]).certified, "y would be worth it");
        // y earns 1 a unit: it runs into its bound, and costs -1e12
        lp.cost[1] = -1.0;
        let earning = certify(&lp, &[0.0, 1e12], &[0.0]);
        assert!(earning.certified, "{earning:?}");
        assert!(!certify(&lp, &[0.0, 1e11], &[0.0]).certified, "short of it");
    }

    #[test]
    fn duals_of_the_wrong_sign_or_not_numbers_are_not() {
        assert!(!certify(&small(), &[3.0, 1.0], &[-3.0]).certified);
        assert!(!certify(&small(), &[3.0, 1.0], &[f64::NAN]).certified);
        assert!(!certify(&small(), &[f64::NAN, 1.0], &[3.0]).certified);
    }
}
