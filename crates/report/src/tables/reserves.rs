//! `reserves`: firm capacity that is needed, and that there is.

use std::collections::BTreeSet;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::{Side, Tiers};
use kzleap_model::policy::{Reserve, ReserveRequirement};
use kzleap_model::{Model, SliceIx, Tier, YearIx};

use super::money_unit;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "reserve", meaning: "name of the reserve margin" },
    Column {
        key: "item",
        meaning: "`required`, `firm` (capacity that counts), or `price`: what one unit more \
                  required would cost a year",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Required and firm capacity with its price, by reserve and year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("reserves", "Firm capacity", COLUMNS);
    for (r, reserve) in model.reserves.iter_ix() {
        let unit = unit(model, reserve);
        let required = required(accounts, reserve);
        for (y, year) in model.time.years.iter_ix() {
            if required[y.get()] <= 0.0 {
                continue;
            }
            let firm: f64 = reserve
                .members
                .iter()
                .map(|(k, credit)| credit[y.get()] * solution.capacity[(k.get(), y.get())])
                .sum();
            let price = solution.reserve_price[r.get()].get(y.get()).copied().unwrap_or(0.0);
            for (item, unit, value) in [
                ("required", unit.to_owned(), required[y.get()]),
                ("firm", unit.to_owned(), firm),
                ("price", format!("{}/({unit} a)", money_unit(model)), price),
            ] {
                sheet.row([
                    text(&reserve.name),
                    text(item),
                    text(unit),
                    Cell::Year(year.milestone),
                    Cell::Number(value),
                ]);
            }
        }
    }
    sheet
}

fn unit(model: &Model, reserve: &Reserve) -> &'static str {
    match reserve.requirement {
        ReserveRequirement::Firm { .. } => {
            reserve.members.first().map_or("GW", |(k, _)| model.capacities[*k].unit.text())
        }
        ReserveRequirement::Production { .. } => "PJ/a",
    }
}

/// What a reserve needs by year, in the unit of its members; the highest rate of the slices where
/// it follows production.
fn required(accounts: &Accounts<'_>, reserve: &Reserve) -> Vec<f64> {
    let model = accounts.model;
    let years = model.time.years.len();
    match &reserve.requirement {
        ReserveRequirement::Firm { .. } => {
            model.time.years.ixs().filter_map(|y| reserve.requirement.needed(y)).collect()
        }
        ReserveRequirement::Production { outputs, factor } => {
            let mut made = ndarray::Array2::<f64>::zeros((model.time.slices.len(), years));
            let outputs: BTreeSet<_> = outputs.iter().copied().collect();
            let tiers = Tiers::new(model);
            accounts.each_mode_flow(Side::Outputs, |flow| {
                if !outputs.contains(&(flow.process, flow.commodity)) {
                    return;
                }
                let tier = model.processes[flow.process].tier;
                let y = YearIx::new(flow.year);
                for (s, part) in tiers.shares(tier, flow.node, Tier::Slice, y) {
                    made[(s, flow.year)] += flow.amount * part;
                }
            });
            model
                .time
                .years
                .ixs()
                .map(|y| {
                    let rate = |s: SliceIx| {
                        let split = model.time.year_split.at(s, y);
                        if split > 0.0 { made[(s.get(), y.get())] / split } else { 0.0 }
                    };
                    let most = model.time.slices.ixs().map(rate).fold(0.0, f64::max);
                    factor[y.get()] * most
                })
                .collect()
        }
    }
}
