//! `binding`: the rules that hold the plan back, and what each costs.

use kzleap_accounts::Accounts;
use kzleap_model::Binding;

use super::constraints::price_unit;
use super::money_unit;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    Column { key: "kind", meaning: "kind of rule, such as `emission_cap` or `new_capacity`" },
    Column { key: "rule", meaning: "name of the rule, or of what it is a rule of" },
    Column { key: "side", meaning: "whether the number is a `least` or a `most`" },
    Column { key: "region", meaning: "region; empty where it is of none, or of several" },
    Column { key: "slice", meaning: "part of the year; empty for the whole year" },
    Column {
        key: "path",
        meaning: "place of the number in the model, such as `emission_caps.national.limit`",
    },
    Column {
        key: "item",
        meaning: "`limit`: the number, which the plan is at; `price`: what one unit less strict \
                  would save in one year of the period, in money of that year, and over the \
                  horizon as present value; `worth`: price times limit over the whole period, as \
                  present value",
    },
    col::UNIT,
    Column { key: "year", meaning: "milestone year, or `horizon`" },
    col::VALUE,
];

/// Limit, price and worth of every rule that binds, most worth first.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let model = accounts.model;
    let mut sheet = Sheet::new("binding", "What binds", COLUMNS);
    let present = format!("{} (present value {})", money_unit(model), model.finance.base_year);
    for rule in &accounts.solution.binding {
        let when = match rule.year {
            Some(y) => Cell::Year(model.time.years[y].milestone),
            None => text("horizon"),
        };
        for (item, unit, value) in [
            ("limit", rule.unit.clone(), rule.limit),
            ("price", price_unit(model, &rule.unit), rule.price),
            ("worth", present.clone(), rule.worth),
        ] {
            sheet.row([
                text(rule.kind),
                text(&rule.name),
                text(side(rule)),
                text(rule.region.map_or("", |r| &model.regions[r].name)),
                text(rule.node.as_deref().unwrap_or_default()),
                text(rule.path.as_deref().unwrap_or_default()),
                text(item),
                text(unit),
                when.clone(),
                Cell::Number(value),
            ]);
        }
    }
    sheet
}

/// Which side of its rule a number is.
pub const fn side(rule: &Binding) -> &'static str {
    if rule.least { "least" } else { "most" }
}
