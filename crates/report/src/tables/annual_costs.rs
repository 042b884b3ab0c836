//! `annual_costs`: system cost and transfers in one year of each period.

use kzleap_accounts::costs::annual_costs;
use kzleap_model::{Model, Solution};

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
pub fn sheet<'a>(model: &'a Model, solution: &'a Solution) -> Sheet<'a> {
    let mut sheet =
        Sheet::new("annual_costs", "System cost and transfers in one year", COLUMNS);
    let unit = format!("{}/a", money_unit(model));
    for cost in annual_costs(model, solution) {
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
