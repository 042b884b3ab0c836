//! `price` and `price_annual`: what one more unit of each commodity would cost.

use kzleap_model::{Model, Solution, YearIx};

use super::{milestone, node_name, price_unit};
use crate::flows::Balance;
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    col::SLICE,
    col::UNIT,
    col::YEAR,
    Column { key: "value", meaning: "marginal price, in money of that year" },
];
const ANNUAL_COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    col::UNIT,
    col::YEAR,
    Column {
        key: "value",
        meaning: "mean of the marginal prices, weighted by what is taken out in each slice",
    },
];

/// Price by region, commodity, slice and year.
pub fn sheet<'a>(model: &'a Model, solution: &'a Solution) -> Sheet<'a> {
    let mut sheet = Sheet::new("price", "Marginal prices by time slice", COLUMNS);
    for result in &solution.balances {
        let commodity = &model.commodities[result.commodity];
        let unit = price_unit(model, result.commodity);
        for ((node, y), value) in result.price.indexed_iter() {
            sheet.row([
                text(&model.regions[result.region].name),
                text(&commodity.name),
                text(node_name(model, commodity.tier, node)),
                text(unit.clone()),
                Cell::Year(milestone(model, y)),
                Cell::Number(*value),
            ]);
        }
    }
    sheet
}

/// Mean price by region, commodity and year.
pub fn annual_sheet<'a>(model: &'a Model, solution: &'a Solution) -> Sheet<'a> {
    let mut sheet = Sheet::new("price_annual", "Mean marginal prices by year", ANNUAL_COLUMNS);
    let balances = crate::flows::balances(model, solution);
    for balance in &balances {
        for (y, price) in mean_prices(model, solution, balance).into_iter().enumerate() {
            let Some(price) = price else { continue };
            sheet.row([
                text(&model.regions[balance.region].name),
                text(&model.commodities[balance.commodity].name),
                text(price_unit(model, balance.commodity)),
                Cell::Year(milestone(model, y)),
                Cell::Number(price),
            ]);
        }
    }
    sheet
}

/// Mean price by year, MUSD/PJ, weighted by what is taken out in each node; by its hours where
/// nothing is. `None` where the commodity has no price.
pub fn mean_prices(model: &Model, solution: &Solution, balance: &Balance) -> Vec<Option<f64>> {
    let result = solution.balances.iter().find(|result| {
        result.region == balance.region && result.commodity == balance.commodity
    });
    let nodes = model.time.nodes(model.commodities[balance.commodity].tier);
    (0..model.time.years.len())
        .map(|y| {
            let price = &result?.price;
            let weigh = |weight: &dyn Fn(usize) -> f64| {
                let (mut sum, mut whole) = (0.0, 0.0);
                for node in 0..nodes.len() {
                    sum += price[(node, y)] * weight(node);
                    whole += weight(node);
                }
                (whole > 0.0).then(|| sum / whole)
            };
            weigh(&|node| balance.uses(node, y))
                .or_else(|| weigh(&|node| model.time.node_share(&nodes[node], YearIx::new(y))))
        })
        .collect()
}
