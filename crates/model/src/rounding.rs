//! What is left of a difference by rounding.

/// A number is rounding below this share of the sizes it is a sum of.
const ROUNDING: f64 = 1e-11;

/// A sum, or zero if it is no more than what rounding leaves of its terms; `size` is the sum of
/// their sizes.
pub fn unless_rounding(sum: f64, size: f64) -> f64 {
    if sum.abs() <= ROUNDING * size { 0.0 } else { sum }
}

/// Whether a number is larger than another by more than rounding of the larger one.
pub fn exceeds(number: f64, other: f64) -> bool {
    let more = number - other;
    more > 0.0 && (more.is_infinite() || more > 1e-9 * number.abs().max(other.abs()))
}

#[cfg(test)]
mod tests {
    use super::{exceeds, unless_rounding};

    #[test]
    fn rounding_is_as_large_as_the_numbers() {
        assert!(exceeds(2e-12, 1e-12) && exceeds(1e-12, 0.0) && exceeds(1.0, -1.0));
        assert!(!exceeds(1e9 + 0.1, 1e9) && !exceeds(0.0, 0.0) && !exceeds(1.0, 2.0));
        assert!(exceeds(f64::INFINITY, 1.0) && !exceeds(1.0, f64::INFINITY));
        assert_eq!(unless_rounding(0.1 + 0.2 - 0.3, 0.6), 0.0);
        assert_eq!(unless_rounding(1e-20, 1e-20), 1e-20);
    }
}
