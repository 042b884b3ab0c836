//! What a program is about: the unit of each column, and the size of all.

use crate::scaling::ORDINARY;
use crate::{Bounds, Col, Lp, Row};

/// How much larger than the size of a program the largest of what it asks for may be.
const FAR: f64 = ORDINARY * ORDINARY;

/// The side of `bounds` that nothing at all would miss; zero if there is none.
pub(crate) fn asked_for(bounds: Bounds) -> f64 {
    if bounds.lower > 0.0 {
        bounds.lower
    } else if bounds.upper < 0.0 {
        -bounds.upper
    } else {
        0.0
    }
}

pub(crate) fn whole_columns(lp: &Lp) -> Vec<bool> {
    let mut whole = vec![false; lp.num_cols()];
    for col in &lp.integers {
        whole[col.get()] = true;
    }
    whole
}

/// A factor for each column that is out of proportion beside its neighbours in every row.
pub(crate) fn units_of_columns(lp: &Lp, whole: &[bool]) -> Vec<f64> {
    let mut units = vec![1.0; lp.num_cols()];
    for too_large in [true, false] {
        // of each column, the ratio to its neighbours that comes nearest to the ordinary
        let mut ratios = vec![if too_large { f64::INFINITY } else { 0.0_f64 }; lp.num_cols()];
        for row in 0..lp.num_rows() {
            let size = |(col, value): (Col, f64)| value.abs() * units[col.get()];
            let terms = || lp.row(at(row)).filter(|(col, _)| !whole[col.get()]);
            let (mut first, mut second) = (0.0_f64, 0.0_f64);
            for term in terms() {
                let size = size(term);
                if size > first {
                    (first, second) = (size, first);
                } else {
                    second = second.max(size);
                }
            }
            if second == 0.0 {
                continue; // a column alone has no neighbours
            }
            for term in terms() {
                let size = size(term);
                let ratio = if size == first { first / second } else { size / first };
                let nearest = &mut ratios[term.0.get()];
                *nearest = if too_large { nearest.min(ratio) } else { nearest.max(ratio) };
            }
        }
        for (col, ratio) in ratios.into_iter().enumerate() {
            let out = if too_large { ratio > ORDINARY } else { ratio < 1.0 / ORDINARY };
            if out && ratio.is_finite() && ratio > 0.0 {
                units[col] *= power_of_two(1.0 / ratio);
            }
        }
    }
    units
}

/// The median of what rows and bounds ask for, where nothing is not enough, in the units of
/// their columns, but no less than brings the largest of it within a solver's reach; if nothing
/// is asked for, of all bounds.
pub(crate) fn size_of(lp: &Lp, units: &[f64], whole: &[bool]) -> f64 {
    let largest_in = |row: usize| {
        let continuous = lp.row(at(row)).filter(|(col, _)| !whole[col.get()]);
        continuous.fold(0.0_f64, |a, (col, value)| a.max(value.abs() * units[col.get()]))
    };
    let sizes = |of: fn(Bounds) -> f64| -> Vec<f64> {
        let rows = (0..lp.num_rows()).map(|row| of(lp.row_bounds[row]) / largest_in(row));
        let columns = (0..lp.num_cols())
            .filter(|col| !whole[*col])
            .map(|col| of(lp.col_bounds[col]) / units[col]);
        rows.chain(columns).filter(|size| *size > 0.0 && size.is_finite()).collect()
    };
    let asked = sizes(asked_for);
    if asked.is_empty() {
        return median(sizes(largest_side));
    }
    let largest = asked.iter().copied().fold(0.0, f64::max);
    median(asked).max(largest / FAR)
}

fn largest_side(Bounds { lower, upper }: Bounds) -> f64 {
    [lower, upper].into_iter().filter(|side| side.is_finite()).fold(0.0, |a, b| a.max(b.abs()))
}

/// The power of two nearest to a positive number.
pub(crate) fn power_of_two(number: f64) -> f64 {
    number.log2().round().clamp(-200.0, 200.0).exp2()
}

/// The middle one of positive numbers; 1 if there are none.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    if numbers.is_empty() {
        return 1.0;
    }
    let middle = numbers.len() / 2;
    *numbers.select_nth_unstable_by(middle, f64::total_cmp).1
}

pub(crate) fn at(row: usize) -> Row {
    Row(u32::try_from(row).expect("rows fit in u32"))
}
