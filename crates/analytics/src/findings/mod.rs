//! What looks wrong in a balance: one finding names the row, the column, the year and the value.
//!
//! A finding is about the data, not about how they are written: the table was read, and all of it
//! is used. Each rule is a function of the [`Balance`]; [`RULES`] says what it means and what to do.

mod columns;
mod efficiency;
mod series;
mod signs;

use kzleap_diagnostics::Span;
use serde::Serialize;

use crate::balance::Balance;
use crate::table::Entry;

/// A rule with what to do about what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name, such as `not-closed`.
    pub name: &'static str,
    /// What it looks for, as a heading.
    pub title: &'static str,
    /// What to do about it.
    pub hint: &'static str,
}

/// Every rule, in the order of the report.
pub const RULES: &[Rule] = &[
    Rule {
        name: "not-closed",
        title: "columns that do not close",
        hint: "supply less use must be the statistical difference given, or 0: look for a row left \
               out, counted twice, or with the wrong sign",
    },
    Rule {
        name: "large-difference",
        title: "statistical differences over 5% of supply",
        hint: "the column closes only by its statistical difference: look for use that is not \
               covered, or for fuel counted in another column",
    },
    Rule {
        name: "wrong-sign",
        title: "rows with the wrong sign",
        hint: "production and imports are above zero; exports, bunkers, own use and losses below",
    },
    Rule {
        name: "negative-final",
        title: "final use below zero",
        hint: "end users take energy; what they give back belongs to production or transformation",
    },
    Rule {
        name: "efficiency",
        title: "efficiencies outside physics",
        hint: "compare what goes in with what comes out: an input left out, output of another row, \
               or different heat values",
    },
    Rule {
        name: "never-supplied",
        title: "commodities used but never supplied",
        hint: "something must produce, import or make what is used; perhaps it is named otherwise \
               there",
    },
    Rule {
        name: "duplicate",
        title: "numbers given twice",
        hint: "only the first is used: remove the other, or name its source apart",
    },
    Rule {
        name: "sources-differ",
        title: "sources that differ by more than 5%",
        hint: "the source with most years is used; nothing is mixed within a series",
    },
    Rule {
        name: "missing-year",
        title: "years missing within a series",
        hint: "add the year, or leave the cell empty and say why in a note",
    },
    Rule {
        name: "jump",
        title: "jumps between years",
        hint: "the change is far from the others of its series: a change of method or unit, a \
               slip, or a real event; say which in a note",
    },
    Rule {
        name: "unknown-row",
        title: "rows that are no part of a balance",
        hint: "they are kept as series and counted in no sum",
    },
];

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// Something that looks wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// The year; the later one of a jump.
    pub year: i32,
    /// The row; empty for a whole column.
    pub flow: String,
    /// The column; empty for a whole row.
    pub commodity: String,
    /// The number that is wrong: a gap, a ratio, a value.
    pub value: f64,
    /// The unit of `value`; `1` for ratios.
    pub unit: String,
    /// The whole in a sentence.
    pub message: String,
    /// Where one of its numbers is written.
    #[serde(skip)]
    pub place: Span,
}

impl Finding {
    /// About a number of the table.
    fn of(rule: &'static str, entry: &Entry, value: f64, message: String) -> Self {
        Self {
            rule,
            year: entry.year,
            flow: entry.flow.clone(),
            commodity: entry.commodity.clone(),
            value,
            unit: entry.unit.clone(),
            message,
            place: entry.place,
        }
    }
}

/// Everything that looks wrong, by rule, then as the table has it.
pub fn findings(balance: &Balance<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    columns::closure(balance, &mut found);
    signs::signs(balance, &mut found);
    efficiency::efficiencies(balance, &mut found);
    columns::never_supplied(balance, &mut found);
    series::given_twice(balance, &mut found);
    series::years(balance, &mut found);
    series::unknown_rows(balance, &mut found);
    let rank = |finding: &Finding| RULES.iter().position(|rule| rule.name == finding.rule);
    found.sort_by_key(|finding| (rank(finding), finding.place, finding.year));
    found
}

/// A number for a sentence: four digits that matter.
pub(crate) fn figure(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    (rounded + 0.0).to_string()
}

/// A ratio as per cent.
pub(crate) fn percent(ratio: f64) -> String {
    format!("{}%", figure(ratio * 100.0))
}

#[cfg(test)]
mod tests {
    use super::{figure, percent};

    #[test]
    fn numbers_have_four_digits_and_no_minus_zero() {
        let shown = [1234.56, -0.0, 0.000_123_456, -5.45].map(figure);
        assert_eq!(shown, ["1235", "0", "0.0001235", "-5.45"]);
        assert_eq!(percent(1.026_87), "102.7%");
    }
}
