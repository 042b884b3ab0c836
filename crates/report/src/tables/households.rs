//! `households`: what groups of households pay, and what they are given back.

use kzleap_accounts::Accounts;

use super::{milestone, money_unit, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "group", meaning: "name of the group" },
    Column {
        key: "item",
        meaning: "`bill`: its part of what its sector buys, at marginal cost; `emissions`: its part \
                  of what the sector pays for emissions itself; `given_back` of what the public \
                  receives for emissions; `pays`: the first two less the third; `share_of_income`: \
                  the bill over what the group has",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// What each group pays by year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("households", "What households pay", COLUMNS);
    let money = yearly(&money_unit(model));
    for one in accounts.households() {
        let figures = [
            ("bill", Some(one.bill)),
            ("emissions", Some(one.emissions)),
            ("given_back", Some(one.given_back)),
            ("pays", Some(one.pays())),
            ("share_of_income", one.share_of_income()),
        ];
        for (item, value) in figures {
            let Some(value) = value else { continue };
            let unit = if item == "share_of_income" { "1" } else { money.as_str() };
            sheet.row([
                text(one.group.name.clone()),
                text(item),
                text(unit.to_owned()),
                Cell::Year(milestone(model, one.year)),
                Cell::Number(value),
            ]);
        }
    }
    sheet
}
