//! Numbers over the years: given twice, missing, jumping.

use std::collections::BTreeMap;

use statrs::statistics::{Data, OrderStatistics};

use super::{Finding, figure, percent};
use crate::balance::{Balance, SetAside};
use crate::row::{Row, meant};
use crate::table::{Entry, Kind};

/// Sources differ when they are further apart than this share.
const APART: f64 = 0.05;
/// A change is judged among at least so many.
const CHANGES: usize = 8;
/// A modified z-score beyond which a change is an outlier (Iglewicz and Hoaglin 1993).
const FAR_OUT: f64 = 3.5;
/// Changes below this share are no jumps, however steady the series is.
const SMALL_CHANGE: f64 = 0.2;
/// A number below this share of the largest of its row in that year does not matter.
const IMMATERIAL: f64 = 0.01;
/// Turns the median of absolute deviations into a standard deviation of normal numbers.
const MAD_TO_SIGMA: f64 = 0.6745;

/// A cell of the balance over the years.
type Key<'a> = (&'a str, &'a str, &'a str);

fn key(entry: &Entry) -> Key<'_> {
    (&entry.flow, &entry.commodity, &entry.unit)
}

/// Numbers given twice by one source, and sources that differ.
pub(super) fn given_twice(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    for (first, again) in &balance.duplicates {
        let message = format!(
            "{}, {}, {}: {} {unit} and again {} {unit}",
            again.flow,
            again.commodity,
            again.year,
            figure(first.value),
            figure(again.value),
            unit = again.unit
        );
        found.push(Finding::of("duplicate", again, again.value, message));
    }
    let mut sets: BTreeMap<(Key<'_>, &str), Vec<&SetAside<'_>>> = BTreeMap::new();
    for pair in &balance.set_aside {
        sets.entry((key(pair.other), &pair.other.source)).or_default().push(pair);
    }
    for ((_, source), pairs) in sets {
        let apart = |pair: &SetAside<'_>| {
            let (kept, other) = (pair.kept.value, pair.other.value);
            // from nothing to something is all of it
            if kept.abs() > 0.0 { (other - kept) / kept.abs() } else { other.signum() }
        };
        let by =
            |a: &&&SetAside<'_>, b: &&&SetAside<'_>| apart(a).abs().total_cmp(&apart(b).abs());
        let Some(worst) = pairs.iter().max_by(by) else { continue };
        if apart(worst).abs() <= APART {
            continue;
        }
        let (kept, other) = (worst.kept, worst.other);
        let years = pairs.len();
        let message = format!(
            "{}, {}: {} {} in {} by {}, {} by {} ({:+.0}%, the furthest of {years} {})",
            other.flow,
            other.commodity,
            figure(kept.value),
            kept.unit,
            other.year,
            name(&kept.source),
            figure(other.value),
            name(source),
            apart(worst) * 100.0,
            if years == 1 { "year" } else { "years in both" }
        );
        found.push(Finding::of("sources-differ", other, other.value, message));
    }
}

fn name(source: &str) -> &str {
    if source.is_empty() { "a source without name" } else { source }
}

/// Missing years and jumps of every series; a plan leaves out zeros, and its leaps are decisions.
pub(super) fn years(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    if balance.kind == Kind::Plan {
        return;
    }
    let mut series: BTreeMap<Key<'_>, Vec<&Entry>> = BTreeMap::new();
    for entry in &balance.entries {
        series.entry(key(entry)).or_default().push(entry);
    }
    for entries in series.values_mut() {
        entries.sort_by_key(|entry| entry.year);
        missing(entries, found);
        if !matches!(entries[0].row, Row::Difference | Row::StockChange | Row::Transfers) {
            jumps(balance, entries, found);
        }
    }
}

/// Gaps in a series that is otherwise yearly.
fn missing(entries: &[&Entry], found: &mut Vec<Finding>) {
    let steps = || entries.windows(2).map(|pair| (pair[0], pair[1]));
    let yearly = steps().filter(|(a, b)| b.year - a.year == 1).count();
    if yearly * 2 < entries.len() {
        return;
    }
    for (before, after) in steps().filter(|(a, b)| b.year - a.year > 1) {
        let (first, last) = (before.year + 1, after.year - 1);
        let which =
            if first == last { first.to_string() } else { format!("{first} to {last}") };
        let message = format!(
            "{}, {}: nothing for {which}, between {} {unit} in {} and {} {unit} in {}",
            after.flow,
            after.commodity,
            figure(before.value),
            before.year,
            figure(after.value),
            after.year,
            unit = after.unit
        );
        found.push(Finding::of("missing-year", after, f64::from(last - first + 1), message));
    }
}

/// Changes from year to year, as logarithms, that stand far out of the others.
fn jumps(balance: &Balance<'_>, entries: &[&Entry], found: &mut Vec<Finding>) {
    let changes: Vec<(&Entry, &Entry, f64)> = entries
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(a, b)| b.year - a.year == 1 && a.value * b.value > 0.0)
        .map(|(a, b)| (a, b, (b.value / a.value).ln()))
        .collect();
    if changes.len() < CHANGES {
        return;
    }
    let values: Vec<f64> = changes.iter().map(|(.., change)| *change).collect();
    let median = Data::new(values.clone()).median();
    let spread =
        Data::new(values.iter().map(|v| (v - median).abs()).collect::<Vec<_>>()).median();
    if spread <= 0.0 {
        return; // most years change alike: a series made, not measured
    }
    for (before, after, change) in changes {
        let score = MAD_TO_SIGMA * (change - median) / spread;
        let ratio = change.exp() - 1.0;
        let matters =
            before.value.abs().max(after.value.abs()) >= IMMATERIAL * largest(balance, after);
        if score.abs() > FAR_OUT && ratio.abs() > SMALL_CHANGE && matters {
            let message = format!(
                "{}, {}: {} {unit} in {}, {} {unit} in {} ({}{}; usual {}{}, z-score {score:.1})",
                after.flow,
                after.commodity,
                figure(before.value),
                before.year,
                figure(after.value),
                after.year,
                if ratio > 0.0 { "+" } else { "" },
                percent((ratio * 1000.0).round() / 1000.0),
                if median > 0.0 { "+" } else { "" },
                percent(((median.exp() - 1.0) * 1000.0).round() / 1000.0),
                unit = after.unit
            );
            found.push(Finding::of("jump", after, ratio, message));
        }
    }
}

/// The largest number of an entry's row, year and unit.
fn largest(balance: &Balance<'_>, entry: &Entry) -> f64 {
    let same = |other: &&&Entry| other.flow == entry.flow && other.unit == entry.unit;
    let values = balance.in_year(entry.year).iter().filter(same);
    values.fold(0.0, |most: f64, other| most.max(other.value.abs()))
}

/// Rows that no sum counts, each once; only where the table is a balance at all.
pub(super) fn unknown_rows(balance: &Balance<'_>, found: &mut Vec<Finding>) {
    let mut seen = std::collections::BTreeSet::new();
    for entry in balance.entries.iter().filter(|entry| entry.row == Row::Other) {
        if balance.is_whole(entry.year) && seen.insert(&entry.flow) {
            let near = meant(&entry.flow);
            let near = near.map_or(String::new(), |word| format!("; did you mean `{word}`?"));
            let message = format!(
                "{}, {}, {}: {} {}{near}",
                entry.flow,
                entry.commodity,
                entry.year,
                figure(entry.value),
                entry.unit
            );
            found.push(Finding::of("unknown-row", entry, entry.value, message));
        }
    }
}
