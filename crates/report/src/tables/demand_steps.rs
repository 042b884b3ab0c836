//! `demand_steps`: what is served of the steps of demand, and at which price.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_model::{ByYear, Demand, Model, Solution, YearIx};

use super::{price_unit, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

/// What is not served, as the table has it.
const FORGONE: &str = "forgone";

const COLUMNS: &[Column] = &[
    col::REGION,
    col::COMMODITY,
    Column { key: "demand", meaning: "branch, or the commodity of `[demands]`" },
    Column { key: "step", meaning: "name of the step; prices from and to of a curve" },
    Column { key: "by", meaning: "`year` or `slice`: how often it is decided" },
    Column {
        key: "item",
        meaning: "`wanted`, `served` and `forgone` (or unserved) over the year; `worth` of a unit; \
                  `price` of a unit as the demand falls over the year",
    },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Every step of a demand by year.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("demand_steps", "Demand that answers", COLUMNS);
    for one in accounts.steps_served() {
        let demand = &model.demands[one.of.0];
        let step = &demand.steps[one.of.1];
        let amounts = yearly(model.commodities[demand.commodity].unit());
        let each = price_unit(model, demand.commodity);
        for (y, year) in model.time.years.iter_ix() {
            let (wanted, served) = (one.wanted[y.get()], one.served[y.get()]);
            let price = mean_price(model, solution, demand, y);
            let items = [
                ("wanted", &amounts, Some(wanted)),
                ("served", &amounts, Some(served)),
                (FORGONE, &amounts, Some(wanted - served)),
                ("worth", &each, Some(step.worth[y.get()])),
                ("price", &each, price),
            ];
            for (item, unit, value) in items {
                let Some(value) = value else { continue };
                sheet.row([
                    text(&model.regions[demand.region].name),
                    text(&model.commodities[demand.commodity].name),
                    text(&demand.name),
                    text(&step.name),
                    text(step.by.text()),
                    text(item),
                    text(unit.clone()),
                    Cell::Year(year.milestone),
                    Cell::Number(value),
                ]);
            }
        }
    }
    sheet
}

/// The price over the year of one unit of a demand: by its profile, or where it is cheapest if it
/// may be met at any time.
fn mean_price(model: &Model, solution: &Solution, demand: &Demand, y: YearIx) -> Option<f64> {
    let place = (demand.region, demand.commodity);
    let result = solution.balances.iter().find(|one| (one.region, one.commodity) == place)?;
    let prices = result.price.column(y.get());
    let tier = model.commodities[demand.commodity].tier;
    let nodes = model.time.nodes(tier);
    let parts: Vec<f64> = nodes.iter().map(|node| demand.part_in(tier, node, y)).collect();
    if parts.iter().all(|part| *part <= 0.0) {
        return prices.iter().copied().min_by(f64::total_cmp);
    }
    Some(prices.iter().zip(parts).map(|(price, part)| price * part).sum())
}

/// Reads back what is forgone, by positions of the demand and of the step that is decided by year.
///
/// # Errors
/// What is wrong, if it is no such table of this model.
pub fn read(csv: &str, model: &Model) -> Result<BTreeMap<(usize, usize), ByYear>, String> {
    let years = model.time.years.len();
    // several demands may look alike: they stand in the order of the model
    let mut places: BTreeMap<[String; 5], Vec<(usize, usize)>> = BTreeMap::new();
    for (at, demand) in model.demands.iter().enumerate() {
        for (step, data) in demand.yearly_steps() {
            for year in model.time.years.iter() {
                let key = [
                    model.regions[demand.region].name.clone(),
                    model.commodities[demand.commodity].name.clone(),
                    demand.name.clone(),
                    data.name.clone(),
                    year.milestone.to_string(),
                ];
                places.entry(key).or_default().push((at, step));
            }
        }
    }
    let mut found = BTreeMap::new();
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        // behind these there may be a mark whether the figure is unique
        let [region, commodity, demand, step, by, item, _, year, value, ..] =
            row.iter().collect::<Vec<_>>()[..]
        else {
            return Err(format!("a row has {} cells instead of {}", row.len(), COLUMNS.len()));
        };
        if item != FORGONE || by != kzleap_model::DecidedBy::Year.text() {
            continue;
        }
        let wrong = || {
            format!(
                "`{region}`, `{demand}`, `{step}`, `{year}`: `{value}` is not of this model"
            )
        };
        let key = [region, commodity, demand, step, year].map(str::to_owned);
        let before = seen.entry(key.clone()).or_insert(0);
        let place = places.get(&key).and_then(|all| all.get(*before)).ok_or_else(wrong)?;
        *before += 1;
        let mut all = model.time.years.iter();
        let y = all.position(|y| y.milestone.to_string() == year).ok_or_else(wrong)?;
        let by_year: &mut ByYear = found.entry(*place).or_insert_with(|| vec![0.0; years]);
        by_year[y] = value.parse().map_err(|_| wrong())?;
    }
    Ok(found)
}
