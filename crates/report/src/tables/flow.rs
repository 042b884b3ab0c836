//! `flow` and `flow_annual`: what links carry.

use kzleap_accounts::Accounts;
use kzleap_model::{Link, LinkIx, RegionIx, Solution};

use super::yearly;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const LINK: Column = Column { key: "link", meaning: "name of the link" };
const FROM: Column = Column { key: "from", meaning: "region that sends" };
const TO: Column = Column { key: "to", meaning: "region that receives" };

const COLUMNS: &[Column] = &[
    LINK,
    FROM,
    TO,
    col::COMMODITY,
    col::SLICE,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "sent in this slice, before losses" },
];
const ANNUAL_COLUMNS: &[Column] = &[
    LINK,
    FROM,
    TO,
    col::COMMODITY,
    Column {
        key: "item",
        meaning: "`sent`, `received` (after losses) or `loading`: sent, as a share of what the \
                  capacity could carry all year",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// The regions a link joins in a direction: sender, receiver.
fn ends(link: &Link, direction: usize) -> (RegionIx, RegionIx) {
    if direction == 0 { (link.from, link.to) } else { (link.to, link.from) }
}

/// Energy sent by link, direction, slice and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("flow", "Energy sent over links by time slice", COLUMNS);
    for (l, link) in model.links.iter_ix() {
        let commodity = &model.commodities[link.commodity];
        for ((direction, node, y), value) in solution.flow[l.get()].indexed_iter() {
            if *value != 0.0 {
                let (from, to) = ends(link, direction);
                sheet.row([
                    text(&link.name),
                    text(&model.regions[from].name),
                    text(&model.regions[to].name),
                    text(&commodity.name),
                    text(model.time.node_name(commodity.tier, node)),
                    text(yearly(commodity.unit())),
                    Cell::Year(super::milestone(model, y)),
                    Cell::Number(*value),
                ]);
            }
        }
    }
    sheet
}

/// Energy sent and received by link, direction and year, with the loading of the link.
pub fn annual_sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("flow_annual", "Energy over links by year", ANNUAL_COLUMNS);
    for (l, link) in model.links.iter_ix() {
        let commodity = &model.commodities[link.commodity];
        for direction in 0..2 {
            let (from, to) = ends(link, direction);
            for (y, year) in model.time.years.iter_ix() {
                let sent = sent(solution, l, direction, y.get());
                if sent <= 0.0 {
                    continue;
                }
                let mut row = |item: &'static str, unit: String, value: f64| {
                    sheet.row([
                        text(&link.name),
                        text(&model.regions[from].name),
                        text(&model.regions[to].name),
                        text(&commodity.name),
                        text(item),
                        text(unit),
                        Cell::Year(year.milestone),
                        Cell::Number(value),
                    ]);
                };
                row("sent", yearly(commodity.unit()), sent);
                row("received", yearly(commodity.unit()), sent * (1.0 - link.loss));
                if let Some(capacity) = link.capacity {
                    let most = solution.capacity[(capacity.get(), y.get())]
                        * link.capacity_to_activity;
                    row("loading", "1".to_owned(), if most > 0.0 { sent / most } else { 0.0 });
                }
            }
        }
    }
    sheet
}

fn sent(solution: &Solution, link: LinkIx, direction: usize, year: usize) -> f64 {
    let flow = &solution.flow[link.get()];
    flow.slice(ndarray::s![direction, .., year]).sum()
}
