//! What binds: the rules that hold the plan back, those of most worth first.

use kzleap_model::Model;
use kzleap_page::figure;
use serde::Serialize;

use crate::binding::{AtLimit, BindingRule};

/// A rule with a column for each milestone year and one for the horizon.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    kind: String,
    side: String,
    /// Region and part of the year, where it is of one.
    place: String,
    unit: String,
    price_unit: String,
    /// Empty where it does not bind.
    columns: Vec<Option<Column>>,
    /// Over all years, in the money of the page.
    worth: String,
    query: String,
}

#[derive(Debug, Serialize)]
struct Column {
    limit: String,
    price: String,
}

/// The rows of rules; `per_million` is what a million of money is in that of the page.
pub(super) fn rows(model: &Model, rules: &[BindingRule], per_million: f64) -> Vec<Row> {
    let column = |at: &AtLimit| Column { limit: figure(at.limit), price: figure(at.price) };
    let row = |rule: &BindingRule| {
        let region = model.regions.iter().find(|region| region.name == rule.region);
        let region = region.map(|region| super::title(&region.label));
        let slice = (!rule.slice.is_empty()).then(|| rule.slice.clone());
        let years = model.time.years.iter().map(|year| rule.years.get(&year.milestone));
        Row {
            name: super::title(&rule.label),
            kind: super::title(&rule.kind),
            side: rule.side.clone(),
            place: region.into_iter().chain(slice).collect::<Vec<_>>().join(", "),
            unit: rule.unit.clone(),
            price_unit: rule.price_unit.clone(),
            columns: years.chain([rule.horizon.as_ref()]).map(|at| at.map(column)).collect(),
            worth: figure(rule.worth * per_million),
            query: if rule.path.is_empty() { rule.rule.clone() } else { rule.path.clone() },
        }
    };
    rules.iter().map(row).collect()
}
