//! The energy balance of the page: rows with their sums, columns of commodities.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_accounts::balance::Entry;
use kzleap_accounts::balance_tree::{BalanceRow, RowName, rows};
use kzleap_model::{CommodityIx, Model, RowKind};
use kzleap_page::{BalanceTable, BalanceWords, Column, Line, Row};

use super::chart::place_key;
use super::colours::title;
use crate::kinds::Kind;

/// Units of which the reader chooses one, and what one PJ is in each; the last is each carrier's
/// own.
const UNITS: [(&str, f64); 4] =
    [("PJ", 1.0), ("ktoe", 1000.0 / 41.868), ("Mtce", 1.0 / 29.3076), ("PJ", 1.0)];

/// What the choices of units are called.
pub(super) const CHOICES: [&str; 4] = ["PJ", "ktoe", "Mtce", "its own (TWh, Mt, bcm)"];

/// The balance of all domestic regions together, and of each.
pub(super) fn balance_table(accounts: &Accounts<'_>) -> BalanceTable {
    let model = accounts.model;
    let years = model.time.years.len();
    let mut entries: BTreeMap<(usize, usize), Vec<&Entry>> = BTreeMap::new();
    for entry in accounts.energy_balance() {
        let place = entry.region.map_or(0, |region| region.get() + 1);
        entries.entry((place, entry.year)).or_default().push(entry);
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut views: BTreeMap<String, Vec<Vec<Row>>> = BTreeMap::new();
    for ((place, year), entries) in entries {
        let view =
            views.entry(place_key(model, place)).or_insert_with(|| vec![Vec::new(); years]);
        for row in rows(model, entries) {
            let line = line(model, &row);
            let at = lines.iter().position(|known| *known == line).unwrap_or_else(|| {
                lines.push(line);
                lines.len() - 1
            });
            // final consumption is above zero, as statistics have it
            let sign = if is_final(&row.name) { -1.0 } else { 1.0 };
            view[year].push(Row {
                line: at,
                total: row.energy.map(|energy| sign * energy),
                cells: row
                    .values
                    .into_iter()
                    .map(|(c, value)| (c.get(), sign * value))
                    .collect(),
            });
        }
    }
    let remark =
        "A carrier whose heat value nobody has stated stays in PJ, and so does the sum.";
    BalanceTable {
        words: BalanceWords {
            row: "Flow",
            total: "All energy",
            empty: "Nothing happens in this year.",
            neighbour: "A neighbour has no balance of its own.",
        },
        remarks: vec!["", "", "", remark],
        columns: model.commodities.ixs().map(|c| column(model, c)).collect(),
        total: UNITS.map(|(unit, size)| (unit.to_owned(), size)).to_vec(),
        lines,
        views,
    }
}

fn is_final(name: &RowName) -> bool {
    let RowName::Parts(parts) = name else { return false };
    parts.first().and_then(|first| RowKind::named(first)) == Some(RowKind::Final)
}

fn column(model: &Model, c: CommodityIx) -> Column {
    let commodity = &model.commodities[c];
    let is_energy = commodity.is_energy();
    let mut units = match is_energy {
        true => UNITS.map(|(unit, size)| (unit.to_owned(), size)),
        false => UNITS.map(|_| (commodity.unit().to_owned(), 1.0)),
    };
    if let Some((unit, size)) = natural(model, c).filter(|_| is_energy) {
        units[UNITS.len() - 1] = (unit.to_owned(), size);
    }
    Column {
        name: title(&commodity.label),
        main: is_energy && !super::energy::is_service(model, c),
        units: units.to_vec(),
    }
}

/// What a row is called: rows of the balance by their words, parts of them by the labels of sectors.
fn line(model: &Model, row: &BalanceRow) -> Line {
    let label = match &row.name {
        RowName::PrimarySupply => "Primary supply".to_owned(),
        RowName::Parts(parts) => {
            let label = |(at, part): (usize, &String)| match (row.depth + at, part.as_str()) {
                (0, first) => title(first_word(first)),
                (_, part) => {
                    let sector = model.sector(part);
                    let label = sector.map_or(part, |sector| &sector.label);
                    if at == 0 { title(label) } else { label.to_owned() }
                }
            };
            parts.iter().enumerate().map(label).collect::<Vec<_>>().join(": ")
        }
    };
    let name = match (row.is_sum, row.depth) {
        (true, 0) => "sum",
        (true, _) => "sum part",
        (false, 0) => "plain",
        (false, _) => "",
    };
    Line { label, depth: row.depth.min(3), name }
}

/// What people call a row by its first word, of those whose word is not enough.
fn first_word(word: &str) -> &str {
    match RowKind::named(word) {
        Some(RowKind::Import) => "Imports",
        Some(RowKind::Export) => "Exports",
        Some(RowKind::Final) => "Final consumption",
        Some(RowKind::Exchange) => "Exchange between regions",
        Some(RowKind::Surplus) => "Surplus, not used",
        _ => word,
    }
}

/// Its own unit: what fuels are weighed or measured in, TWh of electricity, million Gcal of heat
/// (4.1868 PJ).
fn natural(model: &Model, c: CommodityIx) -> Option<(&'static str, f64)> {
    let commodity = &model.commodities[c];
    if let Some(heat) = commodity.heat_value {
        return Some((heat.per.text(), 1.0 / heat.petajoules));
    }
    match Kind::of(model, c) {
        Some(Kind::Electricity) => Some(("TWh", 1.0 / 3.6)),
        Some(Kind::Heat) => Some(("million Gcal", 1.0 / 4.1868)),
        _ => None,
    }
}
