//! `allocation`: who is given allowances of trading schemes, and what that is worth.

use kzleap_accounts::Accounts;

use super::{money_unit, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "scheme", meaning: "name of the scheme" },
    Column {
        key: "group",
        meaning: "name of the group that is given allowances; empty for all others that are covered",
    },
    Column {
        key: "item",
        meaning: "`emissions` of the group; allowances it `claimed` and is `given`; `correction`: \
                  what of a claim is granted; `surplus` that it may sell (below zero: it must buy); \
                  `worth` of what is given and `sales` of the surplus, at the price of the year",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// What each group is given by year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("allocation", "Free allocation of allowances", COLUMNS);
    let money = format!("{}/a", money_unit(model));
    for (s, scheme) in model.trading.iter_ix() {
        if scheme.allocations.is_empty() {
            continue;
        }
        let unit = yearly(scheme.unit_text(model));
        for (y, year) in model.time.years.iter_ix() {
            for of in accounts.allocated(s, y) {
                let surplus = of.given - of.emissions;
                for (item, unit, value) in [
                    ("emissions", &unit, of.emissions),
                    ("claimed", &unit, of.claimed),
                    ("given", &unit, of.given),
                    ("correction", &"1".to_owned(), of.correction),
                    ("surplus", &unit, surplus),
                    ("worth", &money, of.price * of.given),
                    ("sales", &money, of.price * surplus),
                ] {
                    sheet.row([
                        text(&scheme.name),
                        text(of.group.unwrap_or_default()),
                        text(item),
                        text(unit.clone()),
                        Cell::Year(year.milestone),
                        Cell::Number(value),
                    ]);
                }
            }
        }
    }
    sheet
}
