//! The scale a series is projected on, so that it stays where it can be.

use serde::Serialize;

/// A change of scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// As it is: it may cross zero.
    Plain,
    /// Logarithms: it stays above zero.
    Log,
    /// Logits of a share in %: it stays between 0 and 100.
    Logit,
}

impl Scale {
    /// The scale for values in a unit.
    pub fn of(unit: &str, values: &[f64]) -> Self {
        let within = |low: f64, high: f64| values.iter().all(|v| *v > low && *v < high);
        if unit == "%" && within(0.0, 100.0) {
            Self::Logit
        } else if within(0.0, f64::INFINITY) {
            Self::Log
        } else {
            Self::Plain
        }
    }

    /// A value on the scale.
    pub fn to(self, value: f64) -> f64 {
        match self {
            Self::Plain => value,
            Self::Log => value.ln(),
            Self::Logit => (value / (100.0 - value)).ln(),
        }
    }

    /// A value of the series again.
    pub fn back(self, value: f64) -> f64 {
        match self {
            Self::Plain => value,
            Self::Log => value.exp(),
            Self::Logit => 100.0 / (1.0 + (-value).exp()),
        }
    }

    /// What is before the name of a series on this scale.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Log => "ln ",
            Self::Logit => "logit ",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn shares_stay_shares_and_amounts_stay_above_zero() {
        assert_eq!(Scale::of("%", &[3.0, 40.0]), Scale::Logit);
        assert_eq!(Scale::of("PJ", &[3.0, 400.0]), Scale::Log);
        assert_eq!(Scale::of("%", &[-3.0, 40.0]), Scale::Plain);
        for value in [-50.0, 0.0, 50.0] {
            assert!((0.0..=100.0).contains(&Scale::Logit.back(value)));
            assert!(Scale::Log.back(value) > 0.0);
        }
        for (scale, value) in [(Scale::Log, 7.0), (Scale::Logit, 12.5), (Scale::Plain, -3.0)] {
            assert!((scale.back(scale.to(value)) - value).abs() < 1e-12);
        }
    }
}
