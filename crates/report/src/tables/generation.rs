//! `generation` and `generation_annual`: what processes make.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::{AnnualFlow, Side};

use super::{milestone, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const ORIGIN: Column = Column {
    key: "origin",
    meaning: "`made`, or `storage` for what a storage gives back, which is not generation",
};
const COLUMNS: &[Column] = &[
    col::REGION,
    col::PROCESS,
    col::CATEGORY,
    col::COMMODITY,
    ORIGIN,
    col::SLICE,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "made in this slice in each year of the period" },
];
const ANNUAL_COLUMNS: &[Column] = &[
    col::REGION,
    col::PROCESS,
    col::CATEGORY,
    col::COMMODITY,
    ORIGIN,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "made in each year of the period" },
];

/// Output by process, commodity, slice and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("generation", "Output of processes by time slice", COLUMNS);
    let mut sums = BTreeMap::new();
    for flow in accounts.flows(Side::Outputs) {
        for ((node, year), amount) in flow.entries() {
            let key = (flow.process, flow.commodity, flow.storage, node, year);
            *sums.entry(key).or_insert(0.0) += amount;
        }
    }
    for ((p, commodity, storage, node, year), value) in sums {
        if value != 0.0 {
            let process = &model.processes[p];
            sheet.row([
                text(&model.regions[process.region].name),
                text(&process.name),
                text(&process.category),
                text(&model.commodities[commodity].name),
                text(if storage { "storage" } else { "made" }),
                text(model.time.node_name(process.tier, node)),
                text(yearly(model.commodities[commodity].unit())),
                Cell::Year(milestone(model, year)),
                Cell::Number(value),
            ]);
        }
    }
    sheet
}

/// Output by process, commodity and year; rows without any are left out.
pub fn annual_sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet =
        Sheet::new("generation_annual", "Output of processes by year", ANNUAL_COLUMNS);
    for (flow, value) in accounts.annual_flows(Side::Outputs) {
        let AnnualFlow { process: p, commodity, storage, year } = *flow;
        if *value != 0.0 {
            let process = &model.processes[p];
            sheet.row([
                text(&model.regions[process.region].name),
                text(&process.name),
                text(&process.category),
                text(&model.commodities[commodity].name),
                text(if storage { "storage" } else { "made" }),
                text(yearly(model.commodities[commodity].unit())),
                Cell::Year(milestone(model, year)),
                Cell::Number(*value),
            ]);
        }
    }
    sheet
}
