//! Rows whose sign contradicts what they are.

use super::{Finding, figure};
use crate::balance::Balance;
use crate::row::Row;
use crate::table::{Entry, Kind};

/// Numbers this near to zero have no sign.
const NOTHING: f64 = 1e-6;

/// Rows with the wrong sign, and final use below zero.
pub(super) fn signs(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    for entry in &balance.entries {
        let (above, what) = match entry.row {
            Row::Production
            | Row::Import
            | Row::PrimaryUse
            | Row::FinalUse
            | Row::Generation => (true, "above"),
            // as a series of its own an amount sent away or lost needs no sign
            _ if !balance.is_whole(entry.year) => continue,
            Row::Export | Row::Bunkers => (false, "below"),
            // a plan's own use and losses may make something of what they take
            Row::OwnUse | Row::Losses if balance.kind == Kind::Statistics => (false, "below"),
            _ => continue,
        };
        let wrong = if above { entry.value < -NOTHING } else { entry.value > NOTHING };
        if wrong {
            let message = format!(
                "{}, {}, {}: {} {}, but it should be {what} zero",
                entry.flow,
                entry.commodity,
                entry.year,
                figure(entry.value),
                entry.unit
            );
            found.push(Finding::of("wrong-sign", entry, entry.value, message));
        }
    }
    negative_final(balance, found);
}

/// In statistics each number; in a plan each column, since devices of end users take one thing to
/// make another.
fn negative_final(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    let is_final = |entry: &&&Entry| entry.row == Row::Final;
    let mut say = |entry: &Entry, value: f64, row: &str| {
        let message = format!(
            "{row}, {}, {}: final use is {} {}",
            entry.commodity,
            entry.year,
            figure(value),
            entry.unit
        );
        found.push(Finding::of("negative-final", entry, value, message));
    };
    match balance.kind {
        Kind::Statistics => {
            for entry in balance.entries.iter().filter(is_final) {
                if entry.value < -NOTHING {
                    say(entry, entry.value, &entry.flow);
                }
            }
        }
        Kind::Plan => {
            for year in balance.years() {
                let mut columns: std::collections::BTreeMap<(&str, &str), (f64, &Entry)> =
                    std::collections::BTreeMap::new();
                for entry in balance.in_year(year).iter().filter(is_final) {
                    let key = (entry.commodity.as_str(), entry.unit.as_str());
                    columns.entry(key).or_insert((0.0, entry)).0 += entry.value;
                }
                for (value, first) in columns.into_values() {
                    if value < -NOTHING {
                        say(first, value, "all final rows");
                    }
                }
            }
        }
    }
}
