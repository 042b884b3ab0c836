//! `payments`: who pays whom.

use kzleap_accounts::Accounts;
use kzleap_accounts::payments::Party;

use super::{milestone, money_unit, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "region", meaning: "region; empty for the public and trading schemes" },
    Column {
        key: "party",
        meaning: "who pays or receives: a `sector`, the `public`, whoever trades allowances of a \
                  `scheme`, or `unserved`: demand that goes unserved",
    },
    Column { key: "name", meaning: "of a sector or a scheme" },
    Column {
        key: "item",
        meaning: "`sold` and `bought`: commodities at marginal cost; `resources`: costs of its own; \
                  `tax` on emissions; `allowances` for all that is covered, and those `given`; \
                  revenue of an `auction`, of `sales` beyond what is issued, of `penalties`; \
                  `subsidy`",
    },
    Column { key: "of", meaning: "commodity, emission or scheme; kind of cost" },
    col::UNIT,
    col::YEAR,
    Column {
        key: "value",
        meaning: "in money of the year; below zero what is paid. All together is the system cost \
                  of the year, below zero",
    },
];

/// What everybody pays and receives by year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("payments", "Who pays whom", COLUMNS);
    let unit = yearly(&money_unit(model));
    for payment in accounts.payments() {
        let (party, name) = match payment.party {
            Party::Sector(name) => ("sector", name),
            Party::Unserved => ("unserved", ""),
            Party::Scheme(s) => ("scheme", model.trading[s].name.as_str()),
            Party::Public => ("public", ""),
        };
        sheet.row([
            text(payment.region.map_or("", |r| model.regions[r].name.as_str())),
            text(party),
            text(name.to_owned()),
            text(payment.item.name()),
            text(payment.of.to_owned()),
            text(unit.clone()),
            Cell::Year(milestone(model, payment.year)),
            Cell::Number(payment.value),
        ]);
    }
    sheet
}
