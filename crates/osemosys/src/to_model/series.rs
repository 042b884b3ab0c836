//! Values stored no larger than they vary.

use kzleap_model::Series;
use ndarray::Array2;

/// One value a year, or one for all if they are the same.
pub(super) fn by_year(values: Vec<f64>) -> Series {
    match values.first() {
        Some(first) if values.iter().all(|value| same(*value, *first)) => {
            Series::Constant(*first)
        }
        _ => Series::ByYear(values),
    }
}

/// Rows of slices, each by year.
pub(super) fn by_slice_and_year(rows: &[Vec<f64>]) -> Series {
    let years = rows.first().map_or(0, Vec::len);
    let same_slices =
        rows.windows(2).all(|pair| pair[0].iter().zip(&pair[1]).all(|(a, b)| same(*a, *b)));
    if same_slices {
        return by_year(rows.first().cloned().unwrap_or_default());
    }
    if rows.iter().all(|row| row.iter().all(|value| same(*value, row[0]))) {
        return Series::BySlice(rows.iter().map(|row| row[0]).collect());
    }
    Series::BySliceAndYear(Array2::from_shape_fn((rows.len(), years), |(s, y)| rows[s][y]))
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

/// Every value, with -1 (no limit) and what is beyond any plan as infinite.
pub(crate) fn upper_limit(values: Vec<f64>) -> Vec<f64> {
    values.into_iter().map(unlimited).collect()
}

/// The value, with -1 (no limit) and what is beyond any plan as infinite.
pub(super) fn unlimited(value: f64) -> f64 {
    if (0.0..1e20).contains(&value) { value } else { f64::INFINITY }
}
