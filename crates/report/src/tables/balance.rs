//! `balance`: the energy balance of each commodity, region and year.

use kzleap_model::{Model, Solution};

use super::{milestone, yearly};
use crate::flows::{Balance, balances};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    Column {
        key: "item",
        meaning: "sources `made`, `discharged`, `imported` (after losses), `unserved`; uses \
                  `demand`, `used`, `charged`, `exported` (before losses), `surplus` (what is \
                  left, so that both sides agree); beside the balance `link_losses` of what is \
                  imported and `storage_losses` (charged less discharged)",
    },
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "in each year of the period" },
];

/// An item of a balance over the year, PJ a year.
pub type Item = (&'static str, f64);

/// The energy balance by commodity, region and year; a year in which nothing happens is left out.
pub fn sheet<'a>(model: &'a Model, solution: &'a Solution) -> Sheet<'a> {
    let mut sheet = Sheet::new("balance", "Energy balance by year", COLUMNS);
    for balance in balances(model, solution) {
        let commodity = &model.commodities[balance.commodity];
        for y in 0..model.time.years.len() {
            let items = items(&balance, y);
            if items.iter().all(|(_, value)| value.abs() <= crate::sheet::NOISE) {
                continue;
            }
            for (item, value) in items {
                sheet.row([
                    text(&model.regions[balance.region].name),
                    text(&commodity.name),
                    text(item),
                    text(yearly(&commodity.unit)),
                    Cell::Year(milestone(model, y)),
                    Cell::Number(value),
                ]);
            }
        }
    }
    sheet
}

/// The items of a balance in one year, PJ a year: sources, uses, surplus, memo items.
pub fn items(balance: &Balance, year: usize) -> [Item; 11] {
    let annual = |part| Balance::annual(part, year);
    let sources = [
        ("made", annual(&balance.made)),
        ("discharged", annual(&balance.discharged)),
        ("imported", annual(&balance.imported)),
        ("unserved", annual(&balance.unserved)),
    ];
    let uses = [
        ("demand", annual(&balance.demand)),
        ("used", annual(&balance.used)),
        ("charged", annual(&balance.charged)),
        ("exported", annual(&balance.exported)),
    ];
    let sum = |items: &[Item]| items.iter().map(|(_, value)| value).sum::<f64>();
    let surplus = sum(&sources) - sum(&uses);
    let [a, b, c, d] = sources;
    let [e, f, g, h] = uses;
    [
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
        ("surplus", surplus),
        ("link_losses", annual(&balance.link_losses)),
        ("storage_losses", g.1 - b.1),
    ]
}
