//! `emission_caps`: how much is allowed, how much is emitted, what a unit less would cost.

use kzleap_accounts::Accounts;
use kzleap_model::policy::CapWindow;

use super::{money_unit, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "cap", meaning: "name of the cap" },
    Column {
        key: "item",
        meaning: "`limit`, `actual` (weighted emissions that count), or `price`: what one unit \
                  less allowed would cost, in money of that year",
    },
    col::UNIT,
    Column {
        key: "year",
        meaning: "milestone year; first-last for the limit of a budget over years",
    },
    col::VALUE,
];

/// Limit, actual emissions and price by cap and year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("emission_caps", "Caps on emissions", COLUMNS);
    for (c, cap) in model.emission_caps.iter_ix() {
        let unit = cap.unit_text(model);
        let price_unit = format!("{}/{unit}", money_unit(model));
        let prices = &solution.emission_price[c.get()];
        let actual = accounts.under_cap(cap);
        let mut add = |item: &'static str, unit: &str, year: Cell<'a>, value: f64| {
            sheet.row([
                text(&cap.name),
                text(item),
                text(unit.to_owned()),
                year,
                Cell::Number(value),
            ]);
        };
        match &cap.window {
            CapWindow::EachYear(limits) => {
                for (y, year) in model.time.years.iter_ix() {
                    if let Some(limit) = limits[y.get()] {
                        let when = Cell::Year(year.milestone);
                        add("limit", &yearly(unit), when.clone(), limit);
                        add("actual", &yearly(unit), when.clone(), actual[y.get()]);
                        add("price", &price_unit, when, prices[y.get()]);
                    }
                }
            }
            CapWindow::Budget { first, last, limit, .. } => {
                let when = text(format!("{first}-{last}"));
                add("limit", unit, when.clone(), *limit);
                add("actual", unit, when.clone(), accounts.under_budget(cap, &actual));
                for (year, price) in model.time.years.iter().zip(prices) {
                    add("price", &price_unit, Cell::Year(year.milestone), *price);
                }
            }
        }
    }
    sheet
}
