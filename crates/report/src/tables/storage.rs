//! `storage`: what storages hold.

use kzleap_accounts::Accounts;
use kzleap_model::Amount;

use super::milestone;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "storage", meaning: "name of the storage" },
    Column {
        key: "point",
        meaning: "moment in the year: the end of a block, in the first or the last of the days \
                  that repeat",
    },
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "content" },
];

/// Content by storage, moment and year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("storage", "Content of storages", COLUMNS);
    for (z, storage) in model.storages.iter_ix() {
        let level = solution.level(z);
        let unit = unit(accounts, z);
        for point in storage.chronology.moments() {
            let name = &storage.chronology.points[point];
            for (y, value) in level.row(point).iter().enumerate() {
                sheet.row([
                    text(&model.regions[storage.region].name),
                    text(&storage.name),
                    text(name),
                    text(unit),
                    Cell::Year(milestone(model, y)),
                    Cell::Number(*value),
                ]);
            }
        }
    }
    sheet
}

/// The unit of a storage's content: that of the commodity that fills it.
pub(crate) fn unit(accounts: &Accounts<'_>, storage: kzleap_model::StorageIx) -> &'static str {
    amount(accounts, storage).map_or("", Amount::unit)
}

/// What a storage's content is, if that is known: energy where nothing fills it.
pub(crate) fn amount(
    accounts: &Accounts<'_>,
    storage: kzleap_model::StorageIx,
) -> Option<Amount> {
    let filled = &accounts.filled_with()[storage.get()];
    filled.first().map_or(Some(Amount::Energy), |c| accounts.model.commodities[*c].amount)
}
