//! `emission_caps`: how much is allowed, how much is emitted, what a unit less would cost.

use kzleap_model::policy::{CapWindow, EmissionCap};
use kzleap_model::{Model, Solution};

use super::{money_unit, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "cap", meaning: "name of the cap" },
    Column {
        key: "item",
        meaning: "`limit`, `actual` (weighted emissions that count), or `price`: what one unit \
                  less allowed would cost, in money of that year",
    },
    col::UNIT,
    Column {
        key: "year",
        meaning: "milestone year; first-last for the limit of a budget over years",
    },
    col::VALUE,
];

/// Limit, actual emissions and price by cap and year.
pub fn sheet<'a>(model: &'a Model, solution: &'a Solution) -> Sheet<'a> {
    let mut sheet = Sheet::new("emission_caps", "Caps on emissions", COLUMNS);
    for (c, cap) in model.emission_caps.iter_ix() {
        let unit = cap.unit(model);
        let price_unit = format!("{}/{unit}", money_unit(model));
        let prices = &solution.emission_price[c.get()];
        let actual = actual(model, solution, cap);
        let mut add = |item: &'static str, unit: &str, year: Cell<'a>, value: f64| {
            sheet.row([
                text(&cap.name),
                text(item),
                text(unit.to_owned()),
                year,
                Cell::Number(value),
            ]);
        };
        match &cap.window {
            CapWindow::EachYear(limits) => {
                for (y, year) in model.time.years.iter_ix() {
                    if let Some(limit) = limits[y.get()] {
                        let when = Cell::Year(year.milestone);
                        add("limit", &yearly(unit), when.clone(), limit);
                        add("actual", &yearly(unit), when.clone(), actual[y.get()]);
                        add("price", &price_unit, when, prices[y.get()]);
                    }
                }
            }
            CapWindow::Budget { first, last, limit, .. } => {
                let when = text(format!("{first}-{last}"));
                add("limit", unit, when.clone(), *limit);
                add("actual", unit, when.clone(), over_budget_years(model, cap, &actual));
                for (year, price) in model.time.years.iter().zip(prices) {
                    add("price", &price_unit, Cell::Year(year.milestone), *price);
                }
            }
        }
    }
    sheet
}

/// Weighted emissions that count under a cap by milestone year, in the unit of the cap.
pub fn actual(model: &Model, solution: &Solution, cap: &EmissionCap) -> Vec<f64> {
    let with_exogenous = match cap.window {
        CapWindow::EachYear(_) => true,
        CapWindow::Budget { exogenous, .. } => exogenous,
    };
    model
        .time
        .years
        .ixs()
        .map(|y| {
            cap.terms
                .iter()
                .flat_map(|term| term.regions.iter().map(move |region| (term, *region)))
                .map(|(term, region)| {
                    let all = solution.emissions[(term.emission.get(), region.get(), y.get())];
                    let outside = if with_exogenous {
                        0.0
                    } else {
                        model.exogenous_emissions(term.emission, region, y)
                    };
                    term.weight * (all - outside)
                })
                .sum()
        })
        .collect()
}

/// What counts under a budget: yearly emissions times the calendar years that count.
fn over_budget_years(model: &Model, cap: &EmissionCap, actual: &[f64]) -> f64 {
    let CapWindow::Budget { first, last, .. } = cap.window else { return 0.0 };
    model
        .time
        .years
        .iter()
        .zip(actual)
        .map(|(year, value)| {
            let years = (year.last.min(last) - year.first.max(first) + 1).max(0);
            f64::from(years) * value
        })
        .sum()
}
