//! What one unit is in another, for others than the reader.

use crate::units::{Currency, parse};

/// What one of a unit of energy is in PJ, a year of it too (`PJ/a`); `None` for all others.
pub fn petajoules(unit: &str) -> Option<f64> {
    worth(unit, "PJ")
}

/// What one of a unit is in another; an amount and that amount a year count as the same (`PJ` and
/// `TWh/a`), and a plain number has none, or `1`. `None` if they measure different things, or money.
pub fn worth(unit: &str, other: &str) -> Option<f64> {
    let plain = |text: &str| if text.is_empty() { "1".to_owned() } else { text.to_owned() };
    let (unit, other) = (plain(unit), plain(other));
    let parsed = |text: &str| parse(text, &Currency::default()).ok();
    let to = parsed(&other)?;
    let a_year = unit.strip_suffix("/a").and_then(parsed);
    [parsed(&unit), a_year, parsed(&format!("{unit}/a"))]
        .into_iter()
        .flatten()
        .find(|from| from.powers == to.powers)
        .map(|from| from.to(to).apply(1.0))
}

#[cfg(test)]
mod tests {
    use super::worth;

    #[test]
    fn amounts_and_amounts_a_year_are_the_same() {
        assert_eq!(worth("TWh/a", "PJ"), Some(3.6));
        assert_eq!(worth("TWh", "PJ"), Some(3.6));
        assert_eq!(worth("MW", "GW/a"), Some(0.001));
        assert_eq!(worth("MW/a", "GW/a"), Some(0.001));
        assert_eq!(worth("kt/a", "Mt"), Some(0.001));
        assert_eq!(worth("%", ""), Some(0.01));
        assert_eq!(worth("GW", "Mt"), None);
        assert_eq!(worth("USD", "GW"), None);
    }
}
