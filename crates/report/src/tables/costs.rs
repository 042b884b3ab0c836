//! `costs`: the parts of the objective.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;

use super::{milestone, money_unit};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "kind", meaning: "kind of cost" },
    GROUP,
    col::REGION,
    Column { key: "name", meaning: "who causes it" },
    col::CATEGORY,
    Column {
        key: "item",
        meaning: "`amount`: money of the year, overnight for an investment, what is spent in all \
                  on what is taken down and taken of a subsidy, and a year's cost for the others; `present_value`: its part of \
                  the objective",
    },
    col::UNIT,
    Column { key: "year", meaning: "milestone year in which it arises" },
    col::VALUE,
];

/// The item that is a part of the objective.
const PRESENT_VALUE: &str = "present_value";

/// The column that keeps resources and transfers apart.
pub(super) const GROUP: Column = Column {
    key: "group",
    meaning: "`system`: resources used; `transfer`: taxes and subsidies, which one pays and \
              another receives",
};

/// Costs by kind, owner, region and year; the present values add up to the objective, those of
/// the group `system` to the total discounted system cost.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("costs", "Costs, each present value once", COLUMNS);
    let unit = money_unit(model);
    let present = format!("{unit} (present value {})", model.finance.base_year);
    for cost in accounts.costs() {
        let (name, category) = accounts.name_and_category(cost);
        for (item, unit, value) in
            [("amount", &unit, cost.amount), (PRESENT_VALUE, &present, cost.present_value)]
        {
            sheet.row([
                text(cost.kind.name()),
                text(group(cost.kind)),
                text(&model.regions[cost.region].name),
                text(name),
                text(category),
                text(item),
                text(unit.clone()),
                Cell::Year(milestone(model, cost.year)),
                Cell::Number(value),
            ]);
        }
    }
    sheet
}

/// Reads the table back: the sum of its present values, which is the objective.
///
/// # Errors
/// What is wrong, if it is no such table.
pub fn sum(csv: &str) -> Result<f64, String> {
    let mut sum = 0.0;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        // behind these there may be a mark whether the figure is unique
        let [_, _, _, _, _, item, _, _, value, ..] = row.iter().collect::<Vec<_>>()[..] else {
            return Err(format!("a row has {} cells instead of {}", row.len(), COLUMNS.len()));
        };
        if item == PRESENT_VALUE {
            sum += value.parse::<f64>().map_err(|_| format!("`{value}` is not a number"))?;
        }
    }
    Ok(sum)
}

/// Whether a kind of cost is a use of resources, a transfer, or what demand forgoes.
pub const fn group(kind: CostKind) -> &'static str {
    kind.group().name()
}
