//! Which figures are the same in every plan of the same cost.
//!
//! [`Solution::alternative`](kzleap_model::Solution::alternative) differs from the plan wherever
//! another plan of the same cost may. So a table made from it differs in every figure that need not
//! be as it is, and agrees in those that must, sums of figures that may trade places included.

use std::collections::HashMap;

use crate::sheet::{Cell, Sheet};

/// Figures closer than this, relative to the larger one, are the same.
const SAME: f64 = 1e-6;

/// For each row of `plan`, whether its figures are those of every plan of the same cost.
///
/// `alternative` is the same table of the alternative solution. Where they differ, another plan may
/// have other figures, but need not: limits that forbid it are not looked at.
pub(crate) fn unique(plan: &Sheet<'_>, alternative: &Sheet<'_>) -> Vec<bool> {
    let mut figures: HashMap<String, Vec<f64>> = HashMap::new();
    for row in alternative.rows() {
        let (key, numbers) = parted(row);
        figures.insert(key, numbers);
    }
    let same = |a: f64, b: f64| {
        (a - b).abs() <= SAME * a.abs().max(b.abs()) || (a.is_nan() && b.is_nan()) || a == b
    };
    plan.rows()
        .map(|row| {
            let (key, numbers) = parted(row);
            let others = figures.get(&key);
            others.is_some_and(|others| numbers.iter().zip(others).all(|(a, b)| same(*a, *b)))
        })
        .collect()
}

/// The names of a row as one text, and its figures.
fn parted(row: &[Cell<'_>]) -> (String, Vec<f64>) {
    let (mut key, mut numbers) = (String::new(), Vec::new());
    for cell in row {
        match cell {
            Cell::Text(text) => key.push_str(text),
            Cell::Year(year) => key.push_str(&year.to_string()),
            Cell::Number(number) => numbers.push(*number),
        }
        key.push('\u{1f}');
    }
    (key, numbers)
}
