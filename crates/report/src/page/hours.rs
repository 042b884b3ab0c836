//! The plan held against every hour: a verdict by year, and the figures behind it.

use kzleap_page::figure;
use serde::Serialize;

use crate::hours::{HourCheck, Quantity, Round, Verdict, percent};

/// A year in one row.
#[derive(Debug, Serialize)]
pub(super) struct Year {
    year: i32,
    /// What is wrong; empty if it holds.
    failure: String,
    unserved: String,
    excess: String,
    unused: String,
}

/// Figures of one kind.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    title: &'static str,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    region: String,
    unit: String,
    /// By year that was looked at: in the plan (empty where that is not compared) and over the hours.
    values: Vec<[String; 2]>,
}

/// A plan on the way to one that holds, in one row.
#[derive(Debug, Serialize)]
pub(super) struct Plan {
    slices: usize,
    planned: String,
    operated: String,
    holds: bool,
}

/// The plans that were made, with their costs in the money of the page.
pub(super) fn plans(check: &HourCheck, per_million: f64) -> Vec<Plan> {
    let plan = |round: &Round| Plan {
        slices: round.slices,
        planned: format!("{:.3}", per_million * round.planned),
        operated: format!("{:.3}", per_million * round.operated),
        holds: round.holds,
    };
    check.rounds.iter().map(plan).collect()
}

/// The years that were looked at.
pub(super) fn years(check: &HourCheck) -> Vec<Year> {
    let year = |verdict: Verdict| Year {
        year: verdict.year,
        failure: check.failure(&verdict).unwrap_or_default(),
        unserved: percent(verdict.largest_unserved_share),
        excess: percent(verdict.largest_excess),
        unused: percent(verdict.unused_share),
    };
    check.verdicts.iter().copied().map(year).collect()
}

/// The figures behind the verdicts, each kind with any.
pub(super) fn tables(check: &HourCheck) -> Vec<Table> {
    let tables = Quantity::ALL.into_iter().map(|quantity| {
        let mut rows: Vec<Row> = Vec::new();
        let mut keys = Vec::new();
        for row in check.rows.iter().filter(|row| row.quantity == quantity) {
            let key = (&row.region, &row.of, &row.commodity);
            if keys.contains(&key) {
                continue;
            }
            keys.push(key);
            let value = |year| {
                let found = check
                    .rows_of(year, quantity)
                    .find(|other| (&other.region, &other.of, &other.commodity) == key);
                [
                    found.and_then(|row| row.plan).map(figure).unwrap_or_default(),
                    figure(found.map_or(0.0, |row| row.hours)),
                ]
            };
            let name = [row.of.as_str(), row.commodity.as_str()];
            let name = name.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            rows.push(Row {
                name: name.join(": "),
                region: row.region.clone(),
                unit: row.unit.clone(),
                values: check.verdicts.iter().map(|verdict| value(verdict.year)).collect(),
            });
        }
        Table { title: title(quantity), rows }
    });
    tables.filter(|table| !table.rows.is_empty()).collect()
}

const fn title(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Unserved => "Unserved demand",
        Quantity::UnservedHours => "Hours with unserved demand",
        Quantity::Emissions => "Emissions under caps",
        Quantity::Limit => "Limits of caps",
        Quantity::Generation => "What each class makes",
        Quantity::Curtailed => "Curtailed wind, sun and rivers",
        Quantity::Surplus => "Made and thrown away",
        Quantity::Peak => "Highest load",
        Quantity::PriceLow => "Price that 5 % of the hours are below",
        Quantity::PriceMean => "Mean price",
        Quantity::PriceHigh => "Price that 5 % of the hours are above",
        Quantity::Cycles => "Cycles of storages",
    }
}
