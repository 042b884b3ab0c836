//! Arithmetic of values: straight lines between years, sums, and numbers as text.

use kzleap_model::Series;
use ndarray::Array2;

/// Straight lines between the points, flat before the first and after the last.
pub(crate) fn interpolate(points: &[(i32, f64)], year: i32) -> f64 {
    let after = points.partition_point(|(given, _)| *given < year);
    match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
        (_, Some((given, value))) if *given == year => *value,
        (Some((y0, v0)), Some((y1, v1))) => {
            v0 + (v1 - v0) * f64::from(year - y0) / f64::from(y1 - y0)
        }
        (Some((_, value)), None) => value,
        (None, Some((_, value))) => *value,
        (None, None) => 0.0,
    }
}

/// One series of the values in each slice.
pub(crate) fn combine(values: &[Series], years: usize) -> Series {
    let constants: Option<Vec<f64>> = values
        .iter()
        .map(|value| if let Series::Constant(value) = value { Some(*value) } else { None })
        .collect();
    if let Some(constants) = constants {
        return Series::BySlice(constants);
    }
    Series::BySliceAndYear(Array2::from_shape_fn((values.len(), years), |(s, y)| match &values
        [s]
    {
        Series::ByYear(values) => values[y],
        Series::Constant(value) => *value,
        _ => 0.0,
    }))
}

/// The sum of two series, as large as the larger one needs.
pub(crate) fn plus(a: &Series, b: &Series) -> Series {
    a.with(b, |a, b| a + b)
}

/// A number as people write it: no more than six digits that matter.
pub fn shown(number: f64) -> String {
    let rounded: f64 = format!("{number:.5e}").parse().unwrap_or(number);
    (rounded + 0.0).to_string() // no minus zero
}

pub(crate) fn range_text(low: f64, high: f64, unit: &str) -> String {
    let (low_text, high_text) = (shown(low), shown(high));
    match (low, high) {
        (low, high) if low.is_finite() && high.is_finite() && low > f64::MIN_POSITIVE => {
            format!("between {low_text} and {high_text}{unit}")
        }
        (low, high) if high.is_finite() && (low - f64::MIN_POSITIVE).abs() <= 0.0 => {
            format!("above 0 and no more than {high_text}{unit}")
        }
        (low, high) if low.is_finite() && high.is_finite() => {
            format!("between {low_text} and {high_text}{unit}")
        }
        (low, _) if low.is_finite() && (low - f64::MIN_POSITIVE).abs() <= 0.0 => {
            "above 0".to_owned()
        }
        (low, _) if low.is_finite() => format!("no less than {low_text}{unit}"),
        _ => format!("no more than {high_text}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "these sums are exact")]
    fn values_lie_on_straight_lines_with_flat_ends() {
        let points = [(2023, 1300.0), (2033, 1000.0), (2050, 830.0)];
        let at = |year| interpolate(&points, year);
        assert_eq!([at(2010), at(2023), at(2028)], [1300.0, 1300.0, 1150.0]);
        assert_eq!([at(2033), at(2043), at(2050), at(2060)], [1000.0, 900.0, 830.0, 830.0]);
    }

    #[test]
    fn numbers_are_shown_without_the_dust_of_conversion() {
        assert_eq!(shown(0.1 + 0.2), "0.3");
        assert_eq!(shown(250_000.0), "250000");
    }

    #[test]
    fn ranges_read_as_people_say_them() {
        assert_eq!(range_text(0.0, 1.0, ""), "between 0 and 1");
        assert_eq!(range_text(0.0, f64::INFINITY, " GW"), "no less than 0 GW");
        assert_eq!(range_text(f64::MIN_POSITIVE, 1.0, ""), "above 0 and no more than 1");
    }
}
