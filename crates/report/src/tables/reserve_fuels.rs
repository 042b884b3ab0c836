//! `reserve_fuels`: what it is worth to deliver more fuel to the plants that stand by.

use kzleap_accounts::Accounts;

use super::money_unit;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "region", meaning: "where it is delivered" },
    Column { key: "commodity", meaning: "the fuel" },
    Column {
        key: "slice",
        meaning: "when; empty for the sum of all: of the ability to deliver it at any time",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// The price of the ability to deliver one unit a year more, by fuel, slice and year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet =
        Sheet::new("reserve_fuels", "Price of delivering fuel for reserves", COLUMNS);
    for ((region, commodity), prices) in &solution.fuel_price {
        let fuel = &model.commodities[*commodity];
        let unit = format!("{}/{}", money_unit(model), fuel.unit());
        for ((_, year), prices) in model.time.years.iter_ix().zip(prices.columns()) {
            let each = model.time.slices.iter().zip(prices).filter(|(_, price)| **price != 0.0);
            let each: Vec<_> =
                each.map(|(slice, price)| (slice.name.as_str(), *price)).collect();
            if each.is_empty() {
                continue;
            }
            let sum = [("", prices.sum())];
            for (slice, price) in sum.into_iter().chain(each) {
                sheet.row([
                    text(&model.regions[*region].name),
                    text(&fuel.name),
                    text(slice),
                    text(unit.clone()),
                    Cell::Year(year.milestone),
                    Cell::Number(price),
                ]);
            }
        }
    }
    sheet
}
