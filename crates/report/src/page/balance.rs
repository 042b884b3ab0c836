//! The energy balance of the page: rows of flows, columns of commodities.

use std::collections::BTreeMap;

use kzleap_accounts::balance::Entry;
use kzleap_model::{CommodityIx, Model};
use serde::Serialize;

use super::chart::place_key;
use super::colours::title;
use crate::kinds::Kind;

/// The balance by region and year.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BalanceTable {
    /// The columns, in the order of the model.
    commodities: Vec<Commodity>,
    /// Names of the rows, in the order of a balance.
    flows: Vec<String>,
    /// Positions of row and column, and the value, by region and year.
    views: BTreeMap<String, Vec<Vec<Cell>>>,
}

/// Row, column and value.
type Cell = (usize, usize, f64);

#[derive(Clone, Debug, Serialize)]
struct Commodity {
    name: String,
    unit: &'static str,
    /// Whether it is energy in PJ, which can be added up and shown in other units.
    energy: bool,
    /// Whether only end users take it.
    service: bool,
    /// What it is weighed or measured in and how much of that one PJ is, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    natural: Option<(&'static str, f64)>,
}

/// The balance of all domestic regions together, and of each.
pub(super) fn balance_table(model: &Model, entries: &[Entry]) -> BalanceTable {
    let mut flows: Vec<String> = Vec::new();
    for entry in entries {
        if !flows.contains(&entry.flow) {
            flows.push(entry.flow.clone());
        }
    }
    kzleap_accounts::balance::sort(&mut flows);
    let years = model.time.years.len();
    let mut views = BTreeMap::new();
    for entry in entries {
        let place = entry.region.map_or(0, |region| region.get() + 1);
        let view: &mut Vec<_> =
            views.entry(place_key(model, place)).or_insert_with(|| vec![Vec::new(); years]);
        if let Some(row) = flows.iter().position(|flow| *flow == entry.flow) {
            view[entry.year].push((row, entry.commodity.get(), figure(entry.value)));
        }
    }
    let commodities = model.commodities.iter_ix().map(|(c, commodity)| Commodity {
        name: title(&commodity.label),
        unit: commodity.unit(),
        energy: commodity.is_energy(),
        service: commodity.is_energy() && super::energy::is_service(model, c),
        natural: natural(model, c),
    });
    BalanceTable { commodities: commodities.collect(), flows, views }
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

/// Seven digits: sums of what is shown are those of the plan.
fn figure(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}
