//! `calibration`: the plan beside statistics.

use kzleap_accounts::Accounts;

use super::milestone;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "statistic", meaning: "its name" },
    Column { key: "label", meaning: "the name shown to people" },
    Column {
        key: "quantity",
        meaning: "what is compared: `supply`, `use`, `generation`, `emissions` or `capacity`",
    },
    Column { key: "unit", meaning: "unit of both numbers" },
    col::YEAR,
    Column { key: "statistics", meaning: "what statistics say" },
    Column { key: "plan", meaning: "what the plan has" },
    Column {
        key: "difference",
        meaning: "how much more the plan has, as a share of the statistic; empty where that is zero",
    },
    Column { key: "tolerance", meaning: "the difference allowed either way" },
    Column { key: "within", meaning: "`yes` or `no`" },
];

/// Every statistic with what the plan has.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("calibration", "The plan beside statistics", COLUMNS);
    for row in accounts.calibration() {
        let statistic = row.statistic;
        sheet.row([
            text(&statistic.name),
            text(&statistic.label),
            text(statistic.of.word()),
            text(&statistic.unit),
            Cell::Year(milestone(model, statistic.year.get())),
            Cell::Number(statistic.value),
            Cell::Number(row.plan),
            row.difference().map_or_else(|| text(""), Cell::Number),
            Cell::Number(statistic.tolerance),
            text(if row.is_within() { "yes" } else { "no" }),
        ]);
    }
    sheet
}
