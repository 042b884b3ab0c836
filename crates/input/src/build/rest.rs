//! Fields of items with a mistake that their builder did not come to: each is read for its own.

use crate::build::{Build, capacity, modes};
use crate::reader::{Item, Reader};
use crate::registry::{
    Amount, CapacityUnit, Choice, Dimension, Field, Flag, Items, Kind, Listed, Map, Name,
    Names, Of, Quantity, RULES, Text, UnitOfCapacity, demand, link, process, root,
};
use crate::tree::{Node, join};
use crate::values::{At, is_reserved};

const COLLECTIONS: [Field<Items>; 7] = [
    root::COMMODITIES,
    root::EMISSIONS,
    root::PROCESSES,
    root::RESOURCES,
    root::STORAGES,
    root::LINKS,
    root::DEMANDS,
];

/// Reads every field of what could not be built, for what is wrong with it.
pub(super) fn read(rd: &mut Reader<'_>, build: &Build) {
    for collection in COLLECTIONS.into_iter().chain(RULES.iter().copied()) {
        for mut item in rd.items(collection) {
            if !rd.failed.contains(&item.path) {
                continue;
            }
            if collection.key() == root::PROCESSES.key() {
                item.amount = modes::activity(rd, &item);
                item.heat = modes::heat(rd, &item);
            } else if let Some(commodity) = item.get(link::COMMODITY).and_then(Node::text) {
                rd.count_in(&mut item, commodity);
            } else {
                item.amount = None;
            }
            unit(rd, &mut item);
            let regions: Vec<String> = match item.kind.field(&process::REGIONS.key()) {
                Some(field) => {
                    build.regions_of(rd, &item, field.holding(process::REGIONS.holds))
                }
                None => build.model.regions.ixs().collect(),
            }
            .into_iter()
            .map(|region| build.region(region).name.clone())
            .collect();
            fields(rd, &regions, &item);
        }
    }
}

/// The unit of capacity of an item that has one.
fn unit<'a>(rd: &mut Reader<'a>, item: &mut Item<'a>) {
    let is_unit = |field: &&Listed| matches!(field.kind, Kind::CapacityUnit);
    let Some(field) = item.kind.fields.iter().find(is_unit) else { return };
    if item.has(*field) {
        capacity::read_unit(rd, item, field.holding(UnitOfCapacity));
        return;
    }
    item.written_unit = Some(("".into(), item.place));
    if let Some(amount) = item.amount.filter(|amount| *amount != Amount::Energy) {
        item.unit = CapacityUnit::PerYear(amount);
    }
}

fn fields<'a>(rd: &mut Reader<'a>, regions: &[String], item: &Item<'a>) {
    for field in item.kind.fields.iter().filter(|field| item.has(**field)) {
        one(rd, regions, item, *field);
    }
    let Some((_, Kind::Table(inner))) = &item.kind.open else { return };
    for entry in item.table.iter().filter(|entry| !is_reserved(&entry.key)) {
        if let Some(inner) = item.within(inner, join(&item.path, &entry.key), entry) {
            let mut inner = inner;
            rd.count_in(&mut inner, item.name);
            fields(rd, regions, &inner);
        }
    }
}

fn one<'a>(rd: &mut Reader<'a>, regions: &[String], item: &Item<'a>, field: Listed) {
    match field.kind {
        Kind::Text => drop(rd.text(item, field.holding(Text))),
        Kind::Flag => drop(rd.flag(item, field.holding(Flag))),
        Kind::Choice(words) => drop(rd.choice(item, field.holding(Choice(words)))),
        Kind::Name(of) => drop(rd.name(item, field.holding(Name(of)))),
        Kind::Names(of) => drop(rd.names(item, field.holding(Names(of)))),
        Kind::Quantity(quantity) => value(rd, regions, item, field, quantity),
        Kind::Map(Of::Ages, quantity) => {
            drop(rd.curve(item, field.holding(Map(Of::Ages, quantity))));
        }
        Kind::Map(Of::New, quantity) => {
            drop(rd.open_map(item, field.holding(Map(Of::New, quantity)), None));
        }
        Kind::Map(of, quantity) => {
            for region in regions {
                rd.map(item, field.holding(Map(of, quantity)), Some(region));
            }
        }
        Kind::Table(inner) | Kind::Items(inner) => {
            let Some(entry) = item.entry(field) else { return };
            let path = item.path_of(field);
            let Some(table) = item.within(inner, path, entry) else { return };
            if matches!(field.kind, Kind::Table(_)) {
                fields(rd, regions, &table);
                return;
            }
            for entry in table.table.iter() {
                if let Some(inner) = table.within(inner, join(&table.path, &entry.key), entry) {
                    fields(rd, regions, &inner);
                }
            }
        }
        _ => {}
    }
}

fn value<'a>(
    rd: &mut Reader<'a>,
    regions: &[String],
    item: &Item<'a>,
    field: Listed,
    quantity: Quantity,
) {
    let Some(node) = item.get(field) else { return };
    // what its unit is, its builder knows
    if quantity.dimension == Dimension::Own {
        return;
    }
    // a ratio between different kinds has a unit that its builder knows
    let is_flow = field.name == process::EFFICIENCY.name() && node.table().is_some();
    if is_flow || (field.name == demand::PROFILE.name() && node.text() == Some("flat")) {
        return;
    }
    for region in regions {
        let path = item.path_of(field);
        let region = quantity.varies.region.then_some(region.as_str());
        let at = At { item, field: field.name, quantity, path, region, from_first: true };
        rd.resolve(&at, node);
    }
}
