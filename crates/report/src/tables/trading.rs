//! `trading`: what is done with the allowances of trading schemes, and what they cost.

use kzleap_accounts::Accounts;
use kzleap_accounts::trading::TradingYear;
use kzleap_model::Model;

use super::{money_unit, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "scheme", meaning: "name of the scheme" },
    Column {
        key: "item",
        meaning: "`covered`: emissions that must have allowances; `issued`: allowances of the year, \
                  of which some are `auctioned` and some `free`, without those \
                  `reserved` by a stability reserve (below zero: given back); `withheld`: not sold at the floor; \
                  `sold`: beyond those issued; `offsets` surrendered in their place; `short`: \
                  emissions with a penalty; `moved_in` and `moved_out` over links; `bank` and `debt`: \
                  held and owed at the end of the period; `allowed`: emissions for which there is \
                  something to surrender; `unused`: void; `price` of an allowance: what one more \
                  would save, in money of the year; `auction_revenue`, `sales_revenue` (of what is \
                  sold beyond), `penalties`, `offset_cost`",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Which unit a figure has.
#[derive(Clone, Copy)]
enum In {
    AmountAYear,
    Amount,
    Price,
    MoneyAYear,
}

/// The figures of a year.
type Figure = (&'static str, In, fn(&TradingYear) -> f64);

const FIGURES: &[Figure] = &[
    ("covered", In::AmountAYear, |of| of.covered),
    ("issued", In::AmountAYear, |of| of.issued),
    ("reserved", In::AmountAYear, |of| of.reserved),
    ("auctioned", In::AmountAYear, |of| of.auctioned),
    ("free", In::AmountAYear, |of| of.free),
    ("withheld", In::AmountAYear, |of| of.withheld),
    ("sold", In::AmountAYear, |of| of.sold),
    ("offsets", In::AmountAYear, |of| of.offsets),
    ("short", In::AmountAYear, |of| of.short),
    ("moved_in", In::AmountAYear, |of| of.moved_in),
    ("moved_out", In::AmountAYear, |of| of.moved_out),
    ("bank", In::Amount, |of| of.bank),
    ("debt", In::Amount, |of| of.debt),
    ("allowed", In::AmountAYear, |of| of.allowed),
    ("unused", In::AmountAYear, TradingYear::unused),
    ("price", In::Price, |of| of.price),
    ("auction_revenue", In::MoneyAYear, |of| of.auction_revenue),
    ("sales_revenue", In::MoneyAYear, |of| of.sales_revenue),
    ("penalties", In::MoneyAYear, |of| of.penalties),
    ("offset_cost", In::MoneyAYear, |of| of.offset_cost),
];

/// The figures of a scheme in a year, each with its name.
pub fn figures(of: &TradingYear) -> impl Iterator<Item = (&'static str, f64)> + '_ {
    FIGURES.iter().map(move |(item, _, figure)| (*item, figure(of)))
}

/// What each scheme does by year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("trading", "Trading schemes", COLUMNS);
    let money = money_unit(model);
    for (s, scheme) in model.trading.iter_ix() {
        let unit = scheme.unit_text(model);
        for (year, of) in model.time.years.iter().zip(accounts.trading(s)) {
            let Some(of) = of else { continue };
            for (item, measure, figure) in FIGURES {
                let unit = match measure {
                    In::AmountAYear => yearly(unit),
                    In::Amount => unit.to_owned(),
                    In::Price => format!("{money}/{unit}"),
                    In::MoneyAYear => format!("{money}/a"),
                };
                sheet.row([
                    text(&scheme.name),
                    text(*item),
                    text(unit),
                    Cell::Year(year.milestone),
                    Cell::Number(figure(&of)),
                ]);
            }
        }
    }
    sheet
}

/// Reads `allowed` of the table back: by scheme and milestone year, infinite where it says nothing.
///
/// # Errors
/// What is wrong, if it is no such table.
pub fn read_allowed(csv: &str, model: &Model) -> Result<Vec<Vec<f64>>, String> {
    let mut all = vec![vec![f64::INFINITY; model.time.years.len()]; model.trading.len()];
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let [scheme, item, _, year, value, ..] = row.iter().collect::<Vec<_>>()[..] else {
            return Err(format!("a row has {} cells instead of {}", row.len(), COLUMNS.len()));
        };
        if item == "allowed" {
            let at = model.trading.position(|of| of.name == scheme);
            let at = at.ok_or_else(|| format!("there is no trading scheme `{scheme}`"))?;
            let y = model.time.years.position(|of| of.milestone.to_string() == year);
            let y = y.ok_or_else(|| format!("there is no milestone year `{year}`"))?;
            let value = value.parse().map_err(|_| format!("`{value}` is not a number"))?;
            all[at.get()][y.get()] = value;
        }
    }
    Ok(all)
}
