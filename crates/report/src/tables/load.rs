//! `load`: what is taken out of each commodity in each slice, and by what.

use kzleap_accounts::Accounts;
use kzleap_model::Tier;

use super::{milestone, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    Column {
        key: "item",
        meaning: "`demand`, what processes `used`, what was `charged` into storages, `exported` \
                  over links before losses; `surplus` is left over and not taken out",
    },
    col::SLICE,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "taken out in this slice in each year of the period" },
];

/// What is taken out by region, commodity, item, slice and year, of what is balanced by season or
/// slice; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("load", "Load by time slice", COLUMNS);
    for balance in accounts.balances() {
        let commodity = &model.commodities[balance.commodity];
        if commodity.tier == Tier::Annual {
            continue;
        }
        let items = [
            ("demand", &balance.demand),
            ("used", &balance.used),
            ("charged", &balance.charged),
            ("exported", &balance.exported),
        ];
        let mut row = |item, node, year, value: f64| {
            if value != 0.0 {
                sheet.row([
                    text(&model.regions[balance.region].name),
                    text(&commodity.name),
                    text(item),
                    text(model.time.node_name(commodity.tier, node)),
                    text(yearly(commodity.unit())),
                    Cell::Year(milestone(model, year)),
                    Cell::Number(value),
                ]);
            }
        };
        for (item, values) in items {
            for ((node, year), value) in values.indexed_iter() {
                row(item, node, year, *value);
            }
        }
        for year in 0..model.time.years.len() {
            for (node, surplus) in balance.surplus_by_node(year).into_iter().enumerate() {
                row("surplus", node, year, surplus);
            }
        }
    }
    sheet
}
