//! `capacity`: what is in service in each milestone year.

use kzleap_model::{Model, Solution};

use crate::owners;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

/// Columns of tables about capacities.
pub(crate) const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "name", meaning: "name of the process, storage or link" },
    Column { key: "kind", meaning: "`process`, `storage` (its energy) or `link`" },
    col::CATEGORY,
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Capacity in service by owner and year; rows without any are left out.
pub fn sheet<'a>(model: &'a Model, solution: &'a Solution) -> Sheet<'a> {
    let mut sheet = Sheet::new("capacity", "Capacity in service", COLUMNS);
    for (ix, capacity, owner) in owners::each(model) {
        for (y, year) in model.time.years.iter_ix() {
            let value = solution.capacity[(ix.get(), y.get())];
            if value.abs() > crate::sheet::NOISE {
                sheet.row([
                    text(&model.regions[capacity.region].name),
                    text(&capacity.name),
                    text(owner.kind),
                    text(owner.category),
                    text(&capacity.unit),
                    Cell::Year(year.milestone),
                    Cell::Number(value),
                ]);
            }
        }
    }
    sheet
}
