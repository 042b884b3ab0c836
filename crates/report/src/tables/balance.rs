//! `balance`: the energy balance as statistics draw it up.

use kzleap_accounts::Accounts;

use super::{milestone, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

/// What is in the column `region` for all domestic regions together.
pub const ALL: &str = "*";

const COLUMNS: &[Column] = &[
    Column { key: "region", meaning: "domestic region; `*` for all of them together" },
    Column {
        key: "flow",
        meaning: "row of the balance: `production`, `import`, `export`, `bunkers`, `exchange` \
                  between domestic regions, `transformation/…`, `own use/…`, `losses/…`, \
                  `surplus` that nobody uses, `statistical difference`, `final/…`",
    },
    col::COMMODITY,
    col::UNIT,
    col::YEAR,
    Column {
        key: "value",
        meaning: "in each year of the period: supply above zero, use below; a commodity's rows \
                  add up to zero",
    },
];

/// The balance by region, year, row and commodity; what is zero is left out, but for the
/// statistical difference.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("balance", "Energy balance by year", COLUMNS);
    for entry in accounts.energy_balance() {
        let commodity = &model.commodities[entry.commodity];
        sheet.row([
            text(entry.region.map_or(ALL, |region| &model.regions[region].name)),
            text(&entry.flow),
            text(&commodity.name),
            text(yearly(commodity.unit())),
            Cell::Year(milestone(model, entry.year)),
            Cell::Number(entry.value),
        ]);
    }
    sheet
}
