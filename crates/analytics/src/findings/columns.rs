//! Columns: supply less use, and what is used but never supplied.

use std::collections::BTreeMap;

use super::{Finding, figure, percent};
use crate::balance::Balance;
use crate::row::Row;
use crate::table::{Entry, TOTAL};

/// A statistical difference is large beyond this share of the supply of its column.
const LARGE: f64 = 0.05;
/// What rounding to three decimals may leave in each number.
const ROUNDING: f64 = 5e-4;
/// A gap below this share of what flows through the column is none.
const NEGLIGIBLE: f64 = 1e-4;

/// The sums of a column in a year.
#[derive(Debug, Default)]
struct Column<'a> {
    /// Supply, transformation, own use, losses and surplus: what is left for final use.
    left: f64,
    /// What comes in: supply and outputs above zero, with exports and the like taken off.
    supply: f64,
    final_use: f64,
    difference: Option<&'a Entry>,
    /// What flows through it, all numbers without their sign.
    throughput: f64,
    numbers: f64,
    first: Option<&'a Entry>,
}

/// Columns of a year by commodity and unit.
type Columns<'a> = BTreeMap<(&'a str, &'a str), Column<'a>>;

fn columns<'a>(balance: &Balance<'a>, year: i32) -> Columns<'a> {
    let mut columns = Columns::new();
    for entry in balance.in_year(year) {
        let counted =
            entry.row.is_balanced() || matches!(entry.row, Row::Final | Row::Difference);
        if !counted || entry.commodity == TOTAL {
            continue;
        }
        let column = columns.entry((&entry.commodity, &entry.unit)).or_default();
        column.first = column.first.or(Some(entry));
        column.numbers += 1.0;
        column.throughput += entry.value.abs();
        match entry.row {
            Row::Final => column.final_use += entry.value,
            Row::Difference => column.difference = Some(entry),
            row => {
                column.left += entry.value;
                if row.is_supply() || (row == Row::Transformation && entry.value > 0.0) {
                    column.supply += entry.value;
                }
            }
        }
    }
    columns
}

/// Columns that do not close, and those that close only by a large statistical difference.
pub(super) fn closure(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    for year in balance.years().filter(|year| balance.is_whole(*year)) {
        for ((commodity, unit), column) in columns(balance, year) {
            let Some(first) = column.first else { continue };
            let left = column.left - column.final_use;
            let difference = column.difference.map_or(0.0, |entry| entry.value);
            let gap = left - difference;
            let allowed = (ROUNDING * column.numbers).max(NEGLIGIBLE * column.throughput);
            if gap.abs() > allowed {
                let given = match column.difference {
                    Some(_) => {
                        format!("the statistical difference given is {}", figure(difference))
                    }
                    None => "no statistical difference is given".to_owned(),
                };
                let message = format!(
                    "{commodity}, {year}: supply less use is {} {unit}, {given}; {} {unit} are \
                     unexplained",
                    figure(left),
                    figure(gap)
                );
                let mut finding = Finding::of("not-closed", first, gap, message);
                finding.flow = String::new();
                found.push(finding);
            }
            if let Some(entry) = column.difference
                && difference.abs() > LARGE * column.supply.abs().max(allowed)
            {
                let share = difference.abs() / column.supply.abs();
                let of = if column.supply.abs() > allowed {
                    format!(
                        "{} of the supply of {} {unit}",
                        percent(share),
                        figure(column.supply)
                    )
                } else {
                    "of no supply".to_owned()
                };
                let message = format!(
                    "{commodity}, {year}: the statistical difference is {} {unit}, {of}",
                    figure(difference)
                );
                found.push(Finding::of("large-difference", entry, difference, message));
            }
        }
    }
}

/// Commodities that are used in a year, but that nothing supplies or makes.
pub(super) fn never_supplied(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    for year in balance.years().filter(|year| balance.is_whole(*year)) {
        let mut used: BTreeMap<(&str, &str), (f64, &Entry)> = BTreeMap::new();
        let mut supplied: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for entry in balance.in_year(year) {
            let key = (entry.commodity.as_str(), entry.unit.as_str());
            let takes = match entry.row {
                Row::Final => entry.value,
                row if row.is_balanced() => -entry.value,
                _ => continue,
            };
            if takes > 0.0 {
                used.entry(key).or_insert((0.0, entry)).0 += takes;
            } else {
                *supplied.entry(key).or_insert(0.0) -= takes;
            }
        }
        for ((commodity, unit), (use_, first)) in used {
            let supply = supplied.get(&(commodity, unit)).copied().unwrap_or(0.0);
            if use_ > ROUNDING && supply <= 0.0 && commodity != TOTAL {
                let message = format!(
                    "{commodity}, {year}: {} {unit} are used (first by `{}`), and no row produces, \
                     imports or makes any",
                    figure(use_),
                    first.flow
                );
                found.push(Finding::of("never-supplied", first, use_, message));
            }
        }
    }
}
