//! `periods`: which slice each hour of the year is in, as an hourly table, so that a model can be
//! planned with the periods that a run has chosen.

use kzleap_accounts::Accounts;
use kzleap_model::Periods;

use crate::sheet::{Cell, Column, Sheet};

const COLUMNS: &[Column] = &[
    Column { key: "hour", meaning: "hour of the year, from 1" },
    Column {
        key: "number",
        meaning: "number of the slice it is in, as `slices` has them in order",
    },
];

/// The slice of each hour, in order; no rows for a model without a calendar.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let time = &accounts.model.time;
    let mut sheet = Sheet::new("periods", "The slice of each hour of the year", COLUMNS);
    if time.calendar.is_empty() {
        return sheet;
    }
    for (hour, number) in Periods::of(time).numbers().into_iter().enumerate() {
        sheet.row([Cell::Number((hour + 1) as f64), Cell::Number(number as f64)]);
    }
    sheet
}
