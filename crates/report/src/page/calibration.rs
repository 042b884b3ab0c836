//! The plan beside statistics, row by row.

use kzleap_accounts::Accounts;
use kzleap_page::figure;
use serde::Serialize;

use super::colours::{shown, title};

/// A statistic beside the plan, as people read it.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    unit: String,
    year: i32,
    statistics: String,
    plan: String,
    difference: String,
    tolerance: String,
    within: bool,
    source: String,
    query: String,
}

impl Row {
    /// What is farther from the statistics than allowed, in words.
    pub(super) fn too_far(&self) -> Option<String> {
        (!self.within).then(|| format!("{} ({})", self.name, self.difference))
    }
}

/// Every statistic of the model.
pub(super) fn rows(accounts: &Accounts<'_>) -> Vec<Row> {
    let model = accounts.model;
    accounts
        .calibration()
        .iter()
        .map(|row| {
            let statistic = row.statistic;
            let path = format!("statistics.{}", statistic.name);
            let source = model.inputs.iter().find(|input| input.path == path);
            Row {
                name: title(&shown(&statistic.label, &statistic.name)),
                unit: statistic.unit.clone(),
                year: crate::tables::milestone(model, statistic.year.get()),
                statistics: figure(statistic.value),
                plan: figure(row.plan),
                difference: row.difference().map_or("–".to_owned(), percent),
                tolerance: match statistic.tolerance {
                    exact if exact <= 0.0 => "exact".to_owned(),
                    share => format!("±{} %", figure(100.0 * share)),
                },
                within: row.is_within(),
                source: source.and_then(|input| input.source.clone()).unwrap_or_default(),
                query: path,
            }
        })
        .collect()
}

/// A share in percent, with its sign.
fn percent(share: f64) -> String {
    let text = format!("{:.1}", 100.0 * share.abs());
    match text.as_str() {
        "0.0" => "0 %".to_owned(),
        _ => format!("{}{text} %", if share < 0.0 { "−" } else { "+" }),
    }
}
