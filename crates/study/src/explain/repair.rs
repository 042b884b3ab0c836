//! What is said of a rule, and of how it would have to give way.

use super::RuleKind;

/// A rule of the model, with its number as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Which number of the model it is.
    pub kind: RuleKind,
    /// A word for the kind, for programs that read the answer.
    pub word: &'static str,
    /// Whether its number is a ratio, which says nothing by how much it changes.
    pub ratio: bool,
    /// Whether there may be a least and a most of it.
    pub two_sides: bool,
    /// Whether it is a least; else it is a most.
    pub least: bool,
    /// What it is called, as in `emission cap national 2060`; in a model of another tool the
    /// parameter with its members.
    pub name: String,
    /// Its number, in [`Rule::unit`].
    pub value: f64,
    /// The unit the number is written in; empty for a share.
    pub unit: String,
    /// What one of that unit is in the unit that the model keeps.
    pub worth: f64,
    /// Where it is in the model, such as `emission_caps.national.limit`.
    pub path: Option<String>,
    /// The file and the line it is written in.
    pub line: Option<(String, usize)>,
}

impl Rule {
    /// The rule in a line, as in `activity limit ban 2030 (most): 3.6 PJ (model.toml:12)`.
    pub fn text(&self) -> String {
        let side = match (self.two_sides, self.least) {
            (false, _) => "",
            (true, true) => " (least)",
            (true, false) => " (most)",
        };
        let place = match &self.line {
            Some((file, line)) => format!(" ({file}:{line})"),
            None => String::new(),
        };
        format!("{}{side}: {}{}{place}", self.name, digits(self.value, 12), after(&self.unit))
    }
}

/// One rule that would have to give way.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The rule as it is.
    pub rule: Rule,
    /// By how much it must give way, in the unit of the rule; as found.
    pub by: f64,
    /// What its number must be, rounded to digits that a file takes, never to the wrong side.
    pub to: f64,
}

impl Repair {
    pub(super) fn new(rule: Rule, needed: f64) -> Self {
        let to = rounded(needed, rule.value, rule.least);
        Self { by: (needed - rule.value).abs(), to, rule }
    }

    /// The repair as a sentence.
    pub fn text(&self) -> String {
        let Rule { least, name, value, unit, .. } = &self.rule;
        let verb = if *least { "lower" } else { "raise" };
        let by = if self.rule.ratio && unit.is_empty() {
            String::new()
        } else {
            format!(" by {}{}", digits(self.by, 6), after(unit))
        };
        format!("{verb} {name}{by} from {} to {}", digits(*value, 12), digits(self.to, 15))
    }
}

fn after(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(" {unit}") }
}

/// A number with so many digits that count.
pub(super) fn digits(value: f64, count: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{}", value + 0.0);
    }
    let decimals = (count - 1 - magnitude(value)).clamp(0, 15);
    let text = format!("{value:.*}", usize::try_from(decimals).unwrap_or(0));
    let short = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// The power of ten of its first digit.
fn magnitude(value: f64) -> i32 {
    let text = format!("{value:e}");
    text.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

/// What a number must be, to six digits of the change: so many that it differs from the number as
/// it is, and on the side on which there is a plan.
fn rounded(needed: f64, from: f64, falls: bool) -> f64 {
    /// A part of the last digit below which a difference is the solver's.
    const NOISE: f64 = 1e-3;
    let by = (needed - from).abs();
    if by == 0.0 || !needed.is_finite() {
        return needed;
    }
    // a solver tells no more than nine digits
    let finest = 9 - magnitude(needed.abs().max(from.abs()));
    let decimals = (5 - magnitude(by)).min(finest).clamp(-15, 15);
    let scale = 10_f64.powi(decimals.abs());
    let scaled = if decimals < 0 { needed / scale } else { needed * scale };
    let whole = if falls { (scaled + NOISE).floor() } else { (scaled - NOISE).ceil() };
    if decimals < 0 { whole * scale } else { whole / scale }
}

#[cfg(test)]
mod tests {
    use super::{digits, rounded};

    #[test]
    fn a_repair_is_rounded_to_the_side_of_a_plan() {
        let shown = |needed, from| digits(rounded(needed, from, needed < from), 15);
        assert_eq!(shown(0.620_421_12, 0.0), "0.620422");
        assert_eq!(shown(6.206_83, 6.2068), "6.20683");
        assert_eq!(shown(6.206_830_000_000_01, 6.2068), "6.20683");
        assert_eq!(shown(0.293_284_8, 0.3), "0.2932848");
        assert_eq!(shown(0.1 + 0.2, 0.25), "0.3");
        assert_eq!(shown(123_456_789.12, 0.0), "123457000");
        assert_eq!(shown(-2.5, -3.0), "-2.5");
        assert_eq!(shown(-0.333_333_3, 0.0), "-0.333334");
    }

    #[test]
    fn numbers_have_the_digits_that_count() {
        let shown = [1e-9, 0.1 + 0.2, 1234.5678, 3.6e7, 0.0].map(|value| digits(value, 6));
        assert_eq!(shown, ["0.000000001", "0.3", "1234.57", "36000000", "0"]);
    }
}
