//! `retirement`: what goes out of service at each milestone year.

use kzleap_accounts::Accounts;

use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "name", meaning: "name of the process, storage or link" },
    Column { key: "kind", meaning: "`process`, `storage` (its energy) or `link`" },
    col::CATEGORY,
    Column {
        key: "retirement",
        meaning: "`natural`: end of life; `early`: chosen by the plan; `converted`: by a retrofit",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Retirements by owner and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("retirement", "Capacity that goes out of service", COLUMNS);
    for (ix, capacity, owner) in accounts.capacities() {
        let by_year = accounts.changes(ix);
        for (year, change) in model.time.years.iter().zip(by_year) {
            for (kind, value) in [
                ("natural", change.natural),
                ("early", change.early),
                ("converted", change.converted),
            ] {
                if value > 0.0 {
                    sheet.row([
                        text(&model.regions[capacity.region].name),
                        text(&capacity.name),
                        text(owner.kind.text()),
                        text(owner.category),
                        text(kind),
                        text(capacity.unit.text()),
                        Cell::Year(year.milestone),
                        Cell::Number(value),
                    ]);
                }
            }
        }
    }
    sheet
}
