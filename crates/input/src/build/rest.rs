//! Fields of items with a mistake that their builder did not come to: each is read for its own.

use crate::build::commodities::kind_of;
use crate::build::{Build, capacity, modes};
use crate::reader::{Item, Reader};
use crate::registry::{Amount, CapacityUnit, Field, Kind, Quantity, RULES};
use crate::tree::Node;
use crate::values::{At, is_reserved};

const COLLECTIONS: [&str; 7] =
    ["commodities", "emissions", "processes", "resources", "storages", "links", "demands"];

/// Reads every field of what could not be built, for what is wrong with it.
pub(super) fn read(rd: &mut Reader<'_>, build: &Build) {
    for collection in COLLECTIONS.into_iter().chain(RULES) {
        let kind = kind_of(collection);
        for mut item in rd.items(collection, kind) {
            if !rd.failed.contains(&item.path) {
                continue;
            }
            if collection == "processes" {
                item.amount = modes::activity(rd, &item);
                item.heat = modes::heat(rd, &item);
            } else if let Some(commodity) = item.table.get("commodity").and_then(Node::text) {
                rd.count_in(&mut item, commodity);
            } else {
                item.amount = None;
            }
            if kind.field("capacity").is_some() && item.has("capacity") {
                capacity::read_unit(rd, &mut item);
            } else if kind.field("capacity").is_some() {
                item.written_unit = Some(("", item.place));
                if let Some(amount) = item.amount.filter(|amount| *amount != Amount::Energy) {
                    item.unit = CapacityUnit::PerYear(amount);
                }
            }
            let regions: Vec<String> = if kind.field("regions").is_some() {
                build.regions_of(rd, &item)
            } else {
                build.model.regions.ixs().collect()
            }
            .into_iter()
            .map(|region| build.region(region).name.clone())
            .collect();
            fields(rd, &regions, &item);
        }
    }
}

fn fields<'a>(rd: &mut Reader<'a>, regions: &[String], item: &Item<'a>) {
    for field in item.kind.fields.iter().filter(|field| item.has(field.name)) {
        one(rd, regions, item, field);
    }
    let Some((_, Kind::Table(inner))) = &item.kind.open else { return };
    for entry in item.table.iter().filter(|entry| !is_reserved(&entry.key)) {
        if let Some(inner) = item.within(inner, item.path_of(&entry.key), entry) {
            let mut inner = inner;
            rd.count_in(&mut inner, item.name);
            fields(rd, regions, &inner);
        }
    }
}

fn one<'a>(rd: &mut Reader<'a>, regions: &[String], item: &Item<'a>, field: &'static Field) {
    match &field.kind {
        Kind::Text => drop(rd.text(item, field.name)),
        Kind::Flag => drop(rd.flag(item, field.name)),
        Kind::Choice(_) => drop(rd.choice(item, field.name)),
        Kind::Name(_) => drop(rd.name(item, field.name)),
        Kind::Names(_) => drop(rd.names(item, field.name)),
        Kind::Quantity(quantity) => value(rd, regions, item, field, *quantity),
        Kind::Map(..) => {
            for region in regions {
                rd.map(item, field.name, Some(region));
            }
        }
        Kind::Table(inner) | Kind::Items(inner) => {
            let Some(entry) = item.table.entry(field.name) else { return };
            let path = item.path_of(field.name);
            let Some(table) = item.within(inner, path, entry) else { return };
            if matches!(field.kind, Kind::Table(_)) {
                fields(rd, regions, &table);
                return;
            }
            for entry in table.table.iter() {
                if let Some(inner) = table.within(inner, table.path_of(&entry.key), entry) {
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
    field: &'static Field,
    quantity: Quantity,
) {
    let Some(node) = item.table.get(field.name) else { return };
    // a ratio between different kinds has a unit that its builder knows
    let is_flow = field.name == "efficiency" && node.table().is_some();
    if is_flow || (field.name == "profile" && node.text() == Some("flat")) {
        return;
    }
    for region in regions {
        let path = item.path_of(field.name);
        let region = quantity.varies.region.then_some(region.as_str());
        let at = At { item, field: field.name, quantity, path, region, from_first: true };
        rd.resolve(&at, node);
    }
}
