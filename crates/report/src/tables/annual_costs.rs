//! `annual_costs`: system cost and transfers in one year of each period.

use kzleap_accounts::Accounts;

use super::{milestone, money_unit};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column {
        key: "kind",
        meaning: "kind of cost; `capital`: annuities due on what the plan built (where the model \
                  pays at once: overnight cost over the years of the period); `subsidy`: what \
                  subsidies take off them",
    },
    super::costs::GROUP,
    col::REGION,
    col::CATEGORY,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "in each year of the period, in money of the model" },
];

/// Yearly cost by kind, region, category and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet =
        Sheet::new("annual_costs", "System cost and transfers in one year", COLUMNS);
    let unit = format!("{}/a", money_unit(model));
    for cost in accounts.annual_costs() {
        sheet.row([
            text(cost.name()),
            text(super::costs::group(cost.kind)),
            text(&model.regions[cost.region].name),
            text(cost.category),
            text(unit.clone()),
            Cell::Year(milestone(model, cost.year)),
            Cell::Number(cost.value),
        ]);
    }
    sheet
}
