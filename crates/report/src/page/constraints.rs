//! Constraints in the modeller's own terms: what each sum is, what it is held to, and what that costs.

use kzleap_accounts::Accounts;
use kzleap_page::figure;
use serde::Serialize;

use crate::tables::constraints::price_unit;

/// A rule of a constraint, with a column for each milestone year and one for the horizon.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    /// Its field, such as `at_most`.
    rule: &'static str,
    unit: String,
    price_unit: String,
    /// Empty where the rule does not hold.
    columns: Vec<Option<Column>>,
    query: String,
}

#[derive(Debug, Serialize)]
struct Column {
    sum: String,
    bound: String,
    price: String,
    /// Whether another bound would be another plan.
    binds: bool,
}

/// All rules, in the order of the model; whether any holds over the horizon.
pub(super) fn rows(accounts: &Accounts<'_>) -> (Vec<Row>, bool) {
    let model = accounts.model;
    let years = model.time.years.len();
    let mut rows: Vec<Row> = Vec::new();
    let mut horizon = false;
    let mut last = None;
    for one in accounts.constrained() {
        if last.replace((one.name, one.rule)) != Some((one.name, one.rule)) {
            rows.push(Row {
                name: super::title(one.label),
                rule: one.rule,
                unit: one.stated.unit.clone(),
                price_unit: price_unit(model, &one.stated.unit),
                columns: (0..=years).map(|_| None).collect(),
                query: format!("constraints.{}.", one.name),
            });
        }
        horizon |= one.stated.year.is_none();
        let at = one.stated.year.map_or(years, kzleap_model::YearIx::get);
        let column = Column {
            sum: figure(one.sum),
            bound: figure(one.bound),
            price: figure(one.price),
            binds: one.binds(),
        };
        if let Some(cell) = rows.last_mut().and_then(|row| row.columns.get_mut(at)) {
            *cell = Some(column);
        }
    }
    if !horizon {
        rows.iter_mut().for_each(|row| row.columns.truncate(years));
    }
    (rows, horizon)
}
