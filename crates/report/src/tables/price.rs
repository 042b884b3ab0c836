//! `price` and `price_annual`: what one more unit of each commodity would cost.

use kzleap_accounts::Accounts;

use super::{milestone, price_unit};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    col::SLICE,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "marginal price, in money of that year" },
];
const ANNUAL_COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    col::UNIT,
    col::YEAR,
    Column {
        key: "value",
        meaning: "mean of the marginal prices, weighted by what is taken out in each slice",
    },
];

/// Price by region, commodity, slice and year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("price", "Marginal prices by time slice", COLUMNS);
    for result in &solution.balances {
        let commodity = &model.commodities[result.commodity];
        let unit = price_unit(model, result.commodity);
        for ((node, y), value) in result.price.indexed_iter() {
            sheet.row([
                text(&model.regions[result.region].name),
                text(&commodity.name),
                text(model.time.node_name(commodity.tier, node)),
                text(unit.clone()),
                Cell::Year(milestone(model, y)),
                Cell::Number(*value),
            ]);
        }
    }
    sheet
}

/// Mean price by region, commodity and year.
pub fn annual_sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("price_annual", "Mean marginal prices by year", ANNUAL_COLUMNS);
    for balance in accounts.balances() {
        for (y, price) in balance.mean_price.iter().enumerate() {
            let Some(price) = price else { continue };
            sheet.row([
                text(&model.regions[balance.region].name),
                text(&model.commodities[balance.commodity].name),
                text(price_unit(model, balance.commodity)),
                Cell::Year(milestone(model, y)),
                Cell::Number(*price),
            ]);
        }
    }
    sheet
}
