//! `emissions`: who emits what.

use kzleap_accounts::Accounts;
use kzleap_accounts::emissions::{EXOGENOUS, Source};
use kzleap_accounts::owners::LINK;

use super::yearly;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "emission", meaning: "name of what is emitted" },
    col::REGION,
    Column {
        key: "process",
        meaning: "name of the process; empty for emissions of demand and exogenous ones",
    },
    Column {
        key: "category",
        meaning: "what reports gather it under: of demand its row of the energy balance; \
                  `exogenous` for emissions outside the model",
    },
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "in each year of the period; below zero for removals" },
];

/// Emissions by kind, region, process or row of demand, and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("emissions", "Emissions by source", COLUMNS);
    for (e, emission) in model.emissions.iter_ix() {
        let unit = yearly(emission.unit_text());
        let mut add = |region: &'a str, process: &'a str, category: &'a str, values: &[f64]| {
            for (year, value) in model.time.years.iter().zip(values) {
                if *value != 0.0 {
                    sheet.row([
                        text(&emission.name),
                        text(region),
                        text(process),
                        text(category),
                        text(unit.clone()),
                        Cell::Year(year.milestone),
                        Cell::Number(*value),
                    ]);
                }
            }
        };
        for one in accounts.emitted_of(e) {
            let (process, category) = match one.source {
                Source::Process(p) => {
                    let process = &model.processes[p];
                    (process.name.as_str(), process.category.as_str())
                }
                Source::Demand(row) => ("", row),
                Source::Link(l) => (model.links[l].name.as_str(), LINK),
                Source::Exogenous => ("", EXOGENOUS),
            };
            add(&model.regions[one.region].name, process, category, &one.by_year);
        }
    }
    sheet
}
