//! `unserved`: demand that is left unserved.

use kzleap_accounts::Accounts;

use super::{milestone, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    col::SLICE,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "left unserved in this slice in each year of the period" },
];

/// Unserved demand by region, commodity, slice and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("unserved", "Demand left unserved", COLUMNS);
    for result in &solution.balances {
        let commodity = &model.commodities[result.commodity];
        for ((node, y), value) in result.unserved().indexed_iter() {
            if *value > 0.0 {
                sheet.row([
                    text(&model.regions[result.region].name),
                    text(&commodity.name),
                    text(model.time.node_name(commodity.tier, node)),
                    text(yearly(commodity.unit())),
                    Cell::Year(milestone(model, y)),
                    Cell::Number(*value),
                ]);
            }
        }
    }
    sheet
}
