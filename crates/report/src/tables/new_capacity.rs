//! `new_capacity`: what is added for each period.

use kzleap_accounts::Accounts;

use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "name", meaning: "name of the process, storage or link" },
    Column { key: "kind", meaning: "`process`, `storage` (its energy) or `link`" },
    col::CATEGORY,
    Column {
        key: "addition",
        meaning: "`built`: chosen by the plan; `committed`: growth of the residual capacity, \
                  which the plan takes as given; `converted`: from other capacity, by a retrofit",
    },
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "added for the whole period, not in each of its years" },
];

/// Additions by owner and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("new_capacity", "Capacity added for each period", COLUMNS);
    for (ix, capacity, owner) in accounts.capacities() {
        let by_year = accounts.changes(ix);
        for (year, change) in model.time.years.iter().zip(by_year) {
            for (addition, value) in [
                ("built", change.built),
                ("committed", change.committed),
                ("converted", change.arrived),
            ] {
                if value > 0.0 {
                    sheet.row([
                        text(&model.regions[capacity.region].name),
                        text(&capacity.name),
                        text(owner.kind.text()),
                        text(owner.category),
                        text(addition),
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
