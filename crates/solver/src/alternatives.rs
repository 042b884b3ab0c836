//! What may differ in another optimum.
//!
//! Every optimum keeps the columns and rows with a reduced cost or dual value at their bounds, so
//! it differs from the one found by `d` with `d_B = -B⁻¹ N₀ d₀`: any change `d₀` of the nonbasic
//! ones without a reduced cost, and what the basis `B` makes of it. The duals of every optimum keep
//! the reduced costs of basic ones away from their bounds at zero, so they differ by `B⁻ᵀ r` with
//! any `r` on the basic ones at a bound. One random `d₀` and one random `r` are tried: a number, or
//! a sum of numbers, that does not change is the same in every optimum, with probability one. The
//! converse does not hold, as bounds are left out: what changes here may be unique all the same.

use kzleap_lp::{Lp, Row, Scaling, TOLERANCE};

use crate::highs::Instance;
use crate::tie_break::Face;
use crate::{Basis, Optimum};

/// A change smaller than this, relative to the largest, is rounding.
const ROUNDING: f64 = 1e-12;

/// A change of an optimum that any quantity that is not unique takes part in.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternatives {
    /// Change of each column; zero where every optimum has the same value.
    pub columns: Vec<f64>,
    /// Change of the dual value of each row; zero where every optimum has the same.
    pub row_duals: Vec<f64>,
}

/// `None` without a basis, or if HiGHS cannot factorise it.
pub(crate) fn alternatives(
    highs: &mut Instance<'_>,
    lp: &Lp,
    optimum: &Optimum,
) -> Option<Alternatives> {
    let basis = optimum.basis.as_ref()?;
    let basic = highs.basic_variables(lp)?;
    let columns = change_of_columns(highs, lp, optimum, basis, &basic)?;
    let row_duals = change_of_duals(highs, lp, optimum, &basic)?;
    Some(Alternatives { columns, row_duals })
}

fn change_of_columns(
    highs: &mut Instance<'_>,
    lp: &Lp,
    optimum: &Optimum,
    basis: &Basis,
    basic: &[Basic],
) -> Option<Vec<f64>> {
    let face = Face::of(lp, optimum);
    let mut change = vec![0.0; lp.num_cols()];
    for (col, change) in change.iter_mut().enumerate() {
        let bounds = lp.col_bounds[col];
        if !basis.basic_column(col) && face.column_is_free(col) && bounds.lower < bounds.upper {
            *change = random(col);
        }
    }
    let right: Vec<f64> = (0..lp.num_rows())
        .map(|row| {
            let bounds = lp.row_bounds[row];
            let slack =
                !basis.basic_row(row) && face.row_is_free(row) && bounds.lower < bounds.upper;
            let own = if slack { random(lp.num_cols() + row) } else { 0.0 };
            own + lp.row(at(row)).map(|(col, value)| value * change[col.get()]).sum::<f64>()
        })
        .collect();
    for (value, variable) in highs.basis_solve(&right, false)?.into_iter().zip(basic) {
        if let Basic::Column(col) = *variable {
            change[col] = -value;
        }
    }
    Some(without_rounding(change))
}

fn change_of_duals(
    highs: &mut Instance<'_>,
    lp: &Lp,
    optimum: &Optimum,
    basic: &[Basic],
) -> Option<Vec<f64>> {
    let scaling = Scaling::of(lp);
    let right: Vec<f64> = basic
        .iter()
        .map(|variable| match *variable {
            Basic::Column(col) => {
                (lp.col_bounds[col], optimum.columns[col], scaling.size_of_column(col), col)
            }
            Basic::Row(row) => {
                let terms = lp.row(at(row)).map(|(col, v)| v * optimum.columns[col.get()]);
                (lp.row_bounds[row], terms.sum(), scaling.size_of_row(row), lp.num_cols() + row)
            }
        })
        .map(|(bounds, value, size, number): (_, f64, f64, _)| {
            let on = |bound: f64| {
                bound.is_finite() && (value - bound).abs() <= TOLERANCE * (size + bound.abs())
            };
            if on(bounds.lower) || on(bounds.upper) { random(number) } else { 0.0 }
        })
        .collect();
    let change = highs.basis_solve(&right, true)?;
    Some(without_rounding(change))
}

fn without_rounding(mut change: Vec<f64>) -> Vec<f64> {
    let largest = change.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    for value in &mut change {
        if value.abs() <= ROUNDING * largest {
            *value = 0.0;
        }
    }
    change
}

/// What is in the basis.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Basic {
    /// The column at this position.
    Column(usize),
    /// The slack of the row at this position.
    Row(usize),
}

fn at(row: usize) -> Row {
    Row(u32::try_from(row).expect("rows fit in u32"))
}

/// A number from 1 to 2 that looks random, the same on every machine (splitmix64).
fn random(number: usize) -> f64 {
    let mut z = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    1.0 + (z >> 11) as f64 / (1_u64 << 53) as f64
}
