//! `subsidies`: money from outside that lowers the cost of building.

use kzleap_accounts::Accounts;

use super::money_unit;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "name", meaning: "what is built; the name of the budget for its limit" },
    col::CATEGORY,
    Column {
        key: "item",
        meaning: "`taken` for a capacity; `limit` of a budget, whatever region takes from it",
    },
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "for the whole period" },
];

/// Subsidies taken by capacity and year, and the limits of their budgets.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("subsidies", "Subsidies on building", COLUMNS);
    let unit = money_unit(model);
    for (s, subsidy) in model.support.subsidies.iter().enumerate() {
        let capacity = &model.capacities[subsidy.capacity];
        for (y, year) in model.time.years.iter_ix() {
            let taken = solution.subsidy[(s, y.get())];
            if taken > 0.0 {
                sheet.row([
                    text(&model.regions[capacity.region].name),
                    text(&capacity.name),
                    text(accounts.owners()[subsidy.capacity.get()].category),
                    text("taken"),
                    text(unit.clone()),
                    Cell::Year(year.milestone),
                    Cell::Number(taken),
                ]);
            }
        }
    }
    for budget in &model.support.budgets {
        for (year, limit) in model.time.years.iter().zip(&budget.limit) {
            if let Some(limit) = limit {
                sheet.row([
                    text(""),
                    text(&budget.name),
                    text(""),
                    text("limit"),
                    text(unit.clone()),
                    Cell::Year(year.milestone),
                    Cell::Number(*limit),
                ]);
            }
        }
    }
    sheet
}
