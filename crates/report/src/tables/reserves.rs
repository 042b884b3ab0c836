//! `reserves`: firm capacity that is needed, and that there is.

use kzleap_accounts::Accounts;
use kzleap_accounts::reserves::Firmness;
use kzleap_model::policy::{Reserve, ReserveRequirement};
use kzleap_model::{Model, SliceIx};

use super::money_unit;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "reserve", meaning: "name of the reserve margin" },
    Column {
        key: "item",
        meaning: "`required`, `firm` (capacity that counts), or `price`: what one unit more \
                  required would cost a year",
    },
    Column {
        key: "slice",
        meaning: "where the rule holds in each slice: of `required` and `firm` the slice with the \
                  least to spare, of `price` each slice that has one; empty for the sum of all",
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
        let prices = &solution.reserve_price[r.get()];
        let years = model.time.years.iter_ix().zip(accounts.firmness(reserve));
        for ((y, year), Firmness { slice, required, firm }) in years {
            if required <= 0.0 {
                continue;
            }
            let named = |s: SliceIx| model.time.slices[s].name.as_str();
            let scarcest = slice.map_or("", named);
            let price_unit = format!("{}/({unit} a)", money_unit(model));
            let prices = prices.column(y.get());
            let mut rows = vec![
                ("required", scarcest, unit.to_owned(), required),
                ("firm", scarcest, unit.to_owned(), firm),
                ("price", "", price_unit.clone(), prices.sum()),
            ];
            if slice.is_some() {
                let each =
                    model.time.slices.ixs().zip(prices).filter(|(_, price)| **price != 0.0);
                rows.extend(
                    each.map(|(s, price)| ("price", named(s), price_unit.clone(), *price)),
                );
            }
            for (item, slice, unit, value) in rows {
                sheet.row([
                    text(&reserve.name),
                    text(item),
                    text(slice),
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
        ReserveRequirement::Load { .. } => "GW",
        ReserveRequirement::Production { .. } => "PJ/a",
    }
}
