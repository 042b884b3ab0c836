//! `investment`: overnight cost of what is built.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_model::YearIx;

use super::money_unit;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "name", meaning: "what is built" },
    col::CATEGORY,
    Column {
        key: "item",
        meaning: "`overnight`: for the whole period; `per_calendar_year`: in each of its years",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Overnight cost by owner and year, for the period and per calendar year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("investment", "Overnight cost of what is built", COLUMNS);
    let unit = money_unit(model);
    let investments = accounts.costs().iter().filter(|cost| cost.kind == CostKind::Investment);
    for cost in investments.filter(|cost| cost.amount != 0.0) {
        let (name, category) = accounts.name_and_category(cost);
        let year = &model.time.years[YearIx::new(cost.year)];
        for (item, unit, value) in [
            ("overnight", unit.clone(), cost.amount),
            ("per_calendar_year", format!("{unit}/a"), cost.amount / year.length()),
        ] {
            sheet.row([
                text(&model.regions[cost.region].name),
                text(name),
                text(category),
                text(item),
                text(unit),
                Cell::Year(year.milestone),
                Cell::Number(value),
            ]);
        }
    }
    sheet
}
