//! The energy flows of any year: from supply over plants to uses.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_accounts::Accounts;
use kzleap_accounts::balance::Entry;
use kzleap_model::{CommodityIx, Model, RowKind};
use kzleap_page::{ChartSpec, Flows, Picture, Ribbon, Room, Unit};

use super::carriers::{source, source_colours};
use super::colours::{Colours, title};
use crate::kinds::Kind;

/// Ribbons below this share of all of a year are left out.
const THIN: f64 = 0.003;
/// The colour of what is no carrier.
const GREY: &str = "#98a3b0";

/// Names and colours of nodes, each once.
#[derive(Default)]
struct Nodes(Vec<(String, String)>);

impl Nodes {
    fn at(&mut self, name: String, colour: &str) -> usize {
        let known = self.0.iter().position(|(known, _)| *known == name);
        known.unwrap_or_else(|| {
            self.0.push((name, colour.to_owned()));
            self.0.len() - 1
        })
    }
}

/// Flows of all domestic regions, of the year that is chosen.
pub(super) fn flows(accounts: &Accounts<'_>) -> ChartSpec {
    let model = accounts.model;
    let colours = source_colours(model);
    let entries: Vec<&Entry> = (accounts.energy_balance().iter())
        .filter(|entry| entry.region.is_none() && is_shown(model, entry.commodity))
        .collect();
    let made = made_of_others(&entries);
    let mut nodes = Nodes::default();
    let mut outside = BTreeSet::new();
    let mut years: Vec<BTreeMap<(usize, usize), f64>> =
        vec![BTreeMap::new(); model.time.years.len()];
    for entry in entries {
        let Some(other) = other_end(model, entry) else { continue };
        let other_node = nodes.at(other, GREY);
        if RowKind::of(&entry.flow) == Some(RowKind::Export) {
            outside.insert(other_node);
        }
        let (name, colour) = carrier_node(model, &colours, &made, entry.commodity);
        let carrier = nodes.at(name, &colour);
        let ends = match entry.value > 0.0 {
            true => (other_node, carrier),
            false => (carrier, other_node),
        };
        *years[entry.year].entry(ends).or_insert(0.0) += entry.value.abs();
    }
    let picture = Flows {
        years: model.time.years.iter().map(|year| year.milestone).collect(),
        views: years.iter().map(|year| ribbons(&nodes, year)).collect(),
        nodes: nodes.0,
        outside: outside.into_iter().collect(),
    };
    let mut chart =
        ChartSpec::new("flows", "Energy flows", Unit::plain("PJ"), Picture::Flows(picture));
    chart.note = "All domestic regions, in the year chosen: supply at the left, plants in the \
                  middle, uses at the right. Ribbons too thin to see are left out."
        .to_owned();
    chart.csv = "tables/balance.csv";
    chart.room = Room::TallAndWide;
    chart
}

/// Useful heat and other services are no carriers: what end users make of energy is their use.
fn is_shown(model: &Model, c: CommodityIx) -> bool {
    model.commodities[c].is_energy() && !super::energy::is_service(model, c)
}

/// Carriers of which plants make more than is found or bought.
fn made_of_others(entries: &[&Entry]) -> BTreeSet<CommodityIx> {
    let mut sums: BTreeMap<CommodityIx, f64> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.value > 0.0) {
        let sign = match RowKind::of(&entry.flow) {
            Some(RowKind::Transformation) => 1.0,
            Some(RowKind::Production | RowKind::Import) => -1.0,
            _ => 0.0,
        };
        *sums.entry(entry.commodity).or_insert(0.0) += sign * entry.value;
    }
    sums.into_iter().filter(|(_, sum)| *sum > 0.0).map(|(c, _)| c).collect()
}

fn carrier_node(
    model: &Model,
    colours: &Colours,
    made: &BTreeSet<CommodityIx>,
    c: CommodityIx,
) -> (String, String) {
    let name = source(model, c);
    let is_product = made.contains(&c) && matches!(Kind::of(model, c), Some(Kind::Fuel(..)));
    let label = colours.label(name);
    let label = if is_product { format!("{label}: products") } else { label };
    (label, colours.of(name).to_owned())
}

/// What is at the other end of a number of the balance.
fn other_end(model: &Model, entry: &Entry) -> Option<String> {
    let part = |or: &str| {
        let part = entry.flow.split('/').nth(1).unwrap_or(or);
        title(model.sector(part).map_or(part, |sector| &sector.label))
    };
    Some(match RowKind::of(&entry.flow)? {
        RowKind::Production => "Production".to_owned(),
        RowKind::Import => "Imports".to_owned(),
        RowKind::Export => "Exports".to_owned(),
        RowKind::Transformation | RowKind::Final => part(&entry.flow),
        RowKind::OwnUse | RowKind::Losses => "Own use and losses".to_owned(),
        RowKind::Surplus => title(super::energy::NOT_USED),
        RowKind::Bunkers => "Bunkers".to_owned(),
        RowKind::Exchange | RowKind::Difference => return None,
    })
}

/// What is wide enough to see; what goes forth and back between two nodes is netted, since
/// pictures of flows know no circles.
fn ribbons(nodes: &Nodes, flows: &BTreeMap<(usize, usize), f64>) -> Vec<Ribbon> {
    let back = |(a, b): (usize, usize)| flows.get(&(b, a)).copied().unwrap_or(0.0);
    let net = flows.iter().map(|(ends, value)| (*ends, value - back(*ends)));
    let net: Vec<_> = net.filter(|(_, value)| *value > 0.0).collect();
    let all: f64 = net.iter().map(|(_, value)| value).sum();
    let wide = net.into_iter().filter(|(_, value)| *value > THIN * all);
    let colour = |(a, b): (usize, usize)| {
        let own = if nodes.0[a].1 == GREY { &nodes.0[b].1 } else { &nodes.0[a].1 };
        kzleap_page::translucent(own, 0.45)
    };
    wide.map(|(ends, value)| (ends.0, ends.1, value, colour(ends))).collect()
}
