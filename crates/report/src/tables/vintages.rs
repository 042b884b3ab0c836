//! `vintages`: what of a process was built when, and what each part makes and uses.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::flows::Side;
use kzleap_model::{ByYear, CommodityIx, Model, ProcessIx, Solution};

use super::{milestone, yearly};
use crate::sheet::{Cell, Column, Sheet, columns as col, text};

const COLUMNS: &[Column] = &[
    col::REGION,
    col::PROCESS,
    col::CATEGORY,
    Column {
        key: "vintage",
        meaning: "milestone years it was built for, several that run alike with `+`; `residual` \
                  for what stood before them",
    },
    Column { key: "item", meaning: "`capacity` in service, `output` or `input`" },
    Column { key: "commodity", meaning: "name of the commodity; empty for capacity" },
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Whatever is in service, made or used by a part of a process; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("vintages", "Processes by year of building", COLUMNS);
    for (p, process) in model.processes.iter_ix() {
        for part in 0..process.parts.len() {
            let mut rows = |item: &'a str, commodity: Option<CommodityIx>, values: &[f64]| {
                let unit = match (commodity, process.capacity) {
                    (Some(c), _) => yearly(model.commodities[c].unit()),
                    (None, Some(k)) => model.capacities[k].unit.text().to_owned(),
                    (None, None) => String::new(),
                };
                let values = values.iter().enumerate().filter(|(_, value)| **value != 0.0);
                for (year, value) in values {
                    sheet.row([
                        text(&model.regions[process.region].name),
                        text(&process.name),
                        text(&process.category),
                        text(process.parts[part].of.name(&model.time.years)),
                        text(item),
                        text(commodity.map_or("", |c| model.commodities[c].name.as_str())),
                        text(unit.clone()),
                        Cell::Year(milestone(model, year)),
                        Cell::Number(*value),
                    ]);
                }
            };
            rows("capacity", None, &in_service(model, solution, p, part));
            for (item, side) in [("output", Side::Outputs), ("input", Side::Inputs)] {
                for (commodity, values) in flows(accounts, p, part, side) {
                    rows(item, Some(commodity), &values);
                }
            }
        }
    }
    sheet
}

/// Capacity of a part by year, without what is only rounding.
fn in_service(model: &Model, solution: &Solution, p: ProcessIx, part: usize) -> ByYear {
    let of_year = |y| {
        let value = solution.part_in_service(model, p, part, y);
        let all =
            model.processes[p].capacity.map_or(0.0, |k| solution.capacity[(k.get(), y.get())]);
        kzleap_model::rounding::unless_rounding(value, all.abs())
    };
    model.time.years.ixs().map(of_year).collect()
}

/// What a part makes or uses of each commodity over a year, by year.
fn flows(
    accounts: &Accounts<'_>,
    p: ProcessIx,
    part: usize,
    side: Side,
) -> BTreeMap<CommodityIx, ByYear> {
    let mut sums: BTreeMap<CommodityIx, ByYear> = BTreeMap::new();
    let years = accounts.model.time.years.len();
    let modes = &accounts.model.processes[p].modes;
    for flow in accounts.flows_of(side, p).iter().filter(|flow| modes[flow.mode].part == part) {
        let sum = sums.entry(flow.commodity).or_insert_with(|| vec![0.0; years]);
        for ((_, year), amount) in flow.entries() {
            sum[year] += amount;
        }
    }
    sums
}

/// Reads the capacities of the table back, by process and part, for every part of `model`.
///
/// # Errors
/// What is wrong, if it is no such table of this model.
pub fn read(csv: &str, model: &Model) -> Result<BTreeMap<(ProcessIx, usize), ByYear>, String> {
    let (mut known, mut found) = (BTreeMap::new(), BTreeMap::new());
    for (p, process) in model.processes.iter_ix() {
        for (at, part) in process.parts.iter().enumerate() {
            let region = model.regions[process.region].name.as_str();
            let vintage = part.of.name(&model.time.years);
            known.insert((region, process.name.as_str(), vintage), (p, at));
            found.insert((p, at), vec![0.0; model.time.years.len()]);
        }
    }
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        // behind these there may be a mark whether the figure is unique
        let [region, name, _, vintage, item, _, _, year, value, ..] =
            row.iter().collect::<Vec<_>>()[..]
        else {
            return Err(format!("a row has {} cells instead of {}", row.len(), COLUMNS.len()));
        };
        if item != "capacity" {
            continue;
        }
        let wrong = || {
            format!(
                "`{region}`, `{name}`, `{vintage}`, `{year}`: `{value}` is not of this model"
            )
        };
        let part = *known.get(&(region, name, vintage.to_owned())).ok_or_else(wrong)?;
        let mut years = model.time.years.iter();
        let y = years.position(|y| y.milestone.to_string() == year).ok_or_else(wrong)?;
        let by_year = found.get_mut(&part).ok_or_else(wrong)?;
        by_year[y] = value.parse().map_err(|_| wrong())?;
    }
    Ok(found)
}
