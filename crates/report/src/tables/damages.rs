//! `damages`: what emissions do harm.

use kzleap_accounts::Accounts;

use super::{milestone, money_unit};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "emission", meaning: "what is emitted" },
    Column {
        key: "item",
        meaning: "`damage`: in each year of the period; `present_value`: of the whole period, at the \
                  base year",
    },
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "in money of the model; no part of system cost" },
];

/// Damage by region, emission and year; empty where the model gives none.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("damages", "Damage by emissions", COLUMNS);
    let money = money_unit(model);
    for damage in accounts.damages() {
        let year = damage.year.get();
        for (item, unit, value) in [
            ("damage", format!("{money}/a"), damage.value),
            ("present_value", money.clone(), damage.present_value),
        ] {
            sheet.row([
                text(&model.regions[damage.region].name),
                text(&model.emissions[damage.emission].name),
                text(item),
                text(unit),
                Cell::Year(milestone(model, year)),
                Cell::Number(value),
            ]);
        }
    }
    sheet
}
