//! `use`: what processes use.

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::{AnnualFlow, Side};

use super::{milestone, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    col::PROCESS,
    col::CATEGORY,
    col::COMMODITY,
    Column { key: "purpose", meaning: "`used`, or `storage` for what fills a storage" },
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "used in each year of the period" },
];

/// Input by process, commodity and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("use", "Input of processes by year", COLUMNS);
    for (flow, value) in accounts.annual_flows(Side::Inputs) {
        let AnnualFlow { process: p, commodity, storage, year } = *flow;
        if *value != 0.0 {
            let process = &model.processes[p];
            sheet.row([
                text(&model.regions[process.region].name),
                text(&process.name),
                text(&process.category),
                text(&model.commodities[commodity].name),
                text(if storage { "storage" } else { "used" }),
                text(yearly(model.commodities[commodity].unit())),
                Cell::Year(milestone(model, year)),
                Cell::Number(*value),
            ]);
        }
    }
    sheet
}
