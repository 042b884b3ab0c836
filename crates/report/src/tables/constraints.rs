//! `constraints`: what each sum is, what it is compared with, and what its bound costs.

use kzleap_accounts::Accounts;
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::Number;

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
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("constraints", "Constraints", COLUMNS);
    for (row, price) in model.user_rows.iter().zip(&solution.rule_price) {
        let Some(stated) = row.stated.as_ref().filter(|_| !row.is_indicator()) else {
            continue;
        };
        let (sum, bound) = accounts.under_constraint(row);
        // a decline is written the other way round
        let sign = if matches!(stated.number, Number::Decline(..)) { -1.0 } else { 1.0 };
        let eased = if row.sense == Sense::AtMost { -price } else { *price };
        let per = match stated.unit.contains([' ', '/']) {
            true => format!("({})", stated.unit),
            false => stated.unit.clone(),
        };
        let price_unit = format!("{}/{per}", money_unit(model));
        let items = [
            ("sum", stated.unit.clone(), sign * sum),
            ("bound", stated.unit.clone(), sign * bound),
            ("price", price_unit, eased),
        ];
        for (item, unit, value) in items {
            let when = match stated.year {
                Some(y) => Cell::Year(model.time.years[y].milestone),
                None => text("horizon"),
            };
            sheet.row([
                text(&row.name),
                text(stated.word(row.sense)),
                text(item),
                text(unit),
                when,
                Cell::Number(value + 0.0),
            ]);
        }
    }
    sheet
}
