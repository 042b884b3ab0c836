//! Lower and upper bound of a column or a row.

/// A side so many times as far off as the size of a program, and as the value beside it, limits
/// nothing: 1e12 is written for "no limit".
const NO_LIMIT: f64 = 1000.0;

/// A closed range; infinite where there is no bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Smallest value allowed.
    pub lower: f64,
    /// Largest value allowed.
    pub upper: f64,
}

impl Bounds {
    /// Zero or more.
    pub const NON_NEGATIVE: Self = Self { lower: 0.0, upper: f64::INFINITY };
    /// Anything.
    pub const FREE: Self = Self { lower: f64::NEG_INFINITY, upper: f64::INFINITY };

    /// From `lower` to `upper`.
    pub const fn between(lower: f64, upper: f64) -> Self {
        Self { lower, upper }
    }

    /// At most `upper`.
    pub const fn at_most(upper: f64) -> Self {
        Self { lower: f64::NEG_INFINITY, upper }
    }

    /// At least `lower`.
    pub const fn at_least(lower: f64) -> Self {
        Self { lower, upper: f64::INFINITY }
    }

    /// Exactly `value`.
    pub const fn exactly(value: f64) -> Self {
        Self { lower: value, upper: value }
    }

    /// How far `value` is outside; zero inside.
    pub fn violation(&self, value: f64) -> f64 {
        (self.lower - value).max(value - self.upper).max(0.0)
    }

    /// Without the sides that nothing comes near: neither `value` nor `size`, what the program is
    /// about, is within a thousandth of them. A side that the value misses stays.
    #[must_use]
    pub fn near(self, value: f64, size: f64) -> Self {
        let far = NO_LIMIT * value.abs().max(size);
        Self {
            lower: if self.lower <= -far { f64::NEG_INFINITY } else { self.lower },
            upper: if self.upper >= far { f64::INFINITY } else { self.upper },
        }
    }
}
