//! `capacity`: what is in service in each milestone year.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::owners::owners;
use kzleap_model::Model;
use ndarray::Array2;

use crate::sheet::{Cell, Column, Sheet, columns as col, text};

/// Columns of tables about capacities.
pub(crate) const COLUMNS: &[Column] = &[
    col::REGION,
    Column { key: "name", meaning: "name of the process, storage or link" },
    Column { key: "kind", meaning: "`process`, `storage` (its energy) or `link`" },
    col::CATEGORY,
    col::UNIT,
    col::YEAR,
    col::VALUE,
];

/// Capacity in service by owner and year; rows without any are left out.
pub fn sheet<'a>(accounts: &'a Accounts<'_>) -> Sheet<'a> {
    let Accounts { model, solution, .. } = *accounts;
    let mut sheet = Sheet::new("capacity", "Capacity in service", COLUMNS);
    for (ix, capacity, owner) in accounts.capacities() {
        for (y, year) in model.time.years.iter_ix() {
            let value = solution.capacity[(ix.get(), y.get())];
            if value != 0.0 {
                sheet.row([
                    text(&model.regions[capacity.region].name),
                    text(&capacity.name),
                    text(owner.kind.text()),
                    text(owner.category),
                    text(capacity.unit.text()),
                    Cell::Year(year.milestone),
                    Cell::Number(value),
                ]);
            }
        }
    }
    sheet
}

/// Reads the table back: capacity in service, shape `[capacity, year]` of `model`, each in its own
/// unit.
///
/// # Errors
/// What is wrong, if it is no such table of this model.
pub fn read(csv: &str, model: &Model) -> Result<Array2<f64>, String> {
    let mut known = BTreeMap::new();
    for ((ix, capacity), owner) in model.capacities.iter_ix().zip(owners(model)) {
        let region = model.regions[capacity.region].name.as_str();
        known.insert((region, capacity.name.as_str(), owner.kind.text()), ix.get());
    }
    let mut values = Array2::zeros((model.capacities.len(), model.time.years.len()));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        // behind these there may be a mark whether the figure is unique
        let [region, name, kind, _, _, year, value, ..] = row.iter().collect::<Vec<_>>()[..]
        else {
            return Err(format!("a row has {} cells instead of {}", row.len(), COLUMNS.len()));
        };
        let wrong =
            || format!("`{region}`, `{name}`, `{year}`: `{value}` is not of this model");
        let at = *known.get(&(region, name, kind)).ok_or_else(wrong)?;
        let mut years = model.time.years.iter();
        let y = years.position(|y| y.milestone.to_string() == year).ok_or_else(wrong)?;
        values[(at, y)] = value.parse().map_err(|_| wrong())?;
    }
    Ok(values)
}
