//! `constraints`: what each sum is, what it is compared with, and what its bound costs.

use kzleap_accounts::Accounts;
use kzleap_accounts::constraints::Constrained;
use kzleap_model::Model;

use super::money_unit;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "constraint", meaning: "name of the constraint" },
    Column {
        key: "rule",
        meaning: "`at_most`, `at_least`, `equal`, or `growth` or `decline` against the year before",
    },
    Column {
        key: "item",
        meaning: "`sum` of its terms, the `bound` it is compared with, or `price`: what one unit \
                  less strict would save (of `equal`: what one unit more would cost), in money of \
                  that year, and of the base year over the horizon",
    },
    col::UNIT,
    Column { key: "year", meaning: "milestone year, or `horizon`" },
    col::VALUE,
];

/// Sum, bound and price by constraint, rule and year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("constraints", "Constraints", COLUMNS);
    for Constrained { name, rule, stated, sum, bound, price, .. } in accounts.constrained() {
        for (item, unit, value) in [
            ("sum", stated.unit.clone(), sum),
            ("bound", stated.unit.clone(), bound),
            ("price", price_unit(model, &stated.unit), price),
        ] {
            let when = match stated.year {
                Some(y) => Cell::Year(model.time.years[y].milestone),
                None => text("horizon"),
            };
            sheet.row([
                text(name),
                text(rule),
                text(item),
                text(unit),
                when,
                Cell::Number(value),
            ]);
        }
    }
    sheet
}

/// What a price for one of a unit is in.
pub fn price_unit(model: &Model, unit: &str) -> String {
    if unit.is_empty() {
        return money_unit(model); // for one of a ratio
    }
    let per = if unit.contains([' ', '/']) { format!("({unit})") } else { unit.to_owned() };
    format!("{}/{per}", money_unit(model))
}
