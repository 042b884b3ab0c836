//! `reserves`: firm capacity that is needed, and that there is.

use kzleap_accounts::Accounts;
use kzleap_model::Model;
use kzleap_model::policy::{Reserve, ReserveRequirement};

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
        let required = accounts.reserve_required(reserve);
        let firm = accounts.reserve_firm(reserve);
        for (y, year) in model.time.years.iter_ix() {
            if required[y.get()] <= 0.0 {
                continue;
            }
            let price = solution.reserve_price[r.get()].get(y.get()).copied().unwrap_or(0.0);
            for (item, unit, value) in [
                ("required", unit.to_owned(), required[y.get()]),
                ("firm", unit.to_owned(), firm[y.get()]),
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
