//! `indicators`: what each named sum is.

use kzleap_accounts::Accounts;

use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "indicator", meaning: "name of the indicator" },
    col::UNIT,
    Column { key: "year", meaning: "milestone year, or `horizon`" },
    col::VALUE,
];

/// Each indicator by year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("indicators", "Indicators", COLUMNS);
    for row in model.user_rows.iter().filter(|row| row.is_indicator()) {
        let Some(stated) = &row.stated else { continue };
        let (sum, _) = accounts.under_constraint(row);
        let when = match stated.year {
            Some(y) => Cell::Year(model.time.years[y].milestone),
            None => text("horizon"),
        };
        sheet.row([text(&row.name), text(&stated.unit), when, Cell::Number(sum + 0.0)]);
    }
    sheet
}
