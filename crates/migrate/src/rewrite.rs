//! Putting kinds into the files.

use std::collections::BTreeSet;

use toml_edit::{Item, Key, TableLike, value};

use crate::collect::{Found, inputs};
use crate::{File, MODEL, names};

/// Writes into each commodity, emission and process what its name meant, and the version into
/// `model.toml`. What a file says already stays.
pub(crate) fn things(files: &mut [File], found: &Found) {
    let mut done = BTreeSet::new();
    for file in files.iter_mut().filter(|file| !file.path.starts_with(crate::SCENARIOS)) {
        for collection in crate::collect::COLLECTIONS {
            let items = file.document.get_mut(collection).and_then(Item::as_table_like_mut);
            let Some(items) = items else { continue };
            for (name, item) in items.iter_mut() {
                let name = name.get().to_owned();
                // a table that several files add to says it once
                if done.insert((collection, name.clone())) {
                    thing(collection, &name, item, found);
                }
            }
        }
        if file.path == std::path::Path::new(MODEL) {
            version(file);
        }
    }
    for file in files.iter_mut().filter(|file| file.path.starts_with(crate::SCENARIOS)) {
        let sets = file.document.get_mut("set").and_then(Item::as_array_of_tables_mut);
        for set in sets.into_iter().flat_map(|sets| sets.iter_mut()) {
            let path = set.get("path").and_then(Item::as_str).unwrap_or_default().to_owned();
            let (collection, name) = path.split_once('.').unwrap_or_default();
            if let (false, Some(item)) = (name.contains('.'), set.get_mut("value")) {
                thing(collection, name, item, found);
            }
        }
    }
}

fn version(file: &mut File) {
    match file.document.get_mut("format").and_then(Item::as_value_mut) {
        Some(format) => {
            let decor = format.decor().clone();
            *format = 2.into();
            *format.decor_mut() = decor;
        }
        None => {
            file.document.insert("format", value(2));
        }
    }
}

fn thing(collection: &str, name: &str, item: &mut Item, found: &Found) {
    let Some(table) = item.as_table_like_mut() else { return };
    match collection {
        "commodities" if !found.not_energy.contains(name) => {
            let (kind, family) = names::commodity(name);
            add(table, "kind", kind);
            add(table, "family", family);
        }
        "emissions" => add(table, "gas", names::gas(name)),
        "drivers" => {
            let kind = names::driver(name);
            add(table, "kind", kind);
            let unit = table.get("unit").and_then(Item::as_str).unwrap_or_default();
            if kind.is_none() && names::is_amount(unit) && !table.contains_key("extensive") {
                table.insert("extensive", value(true));
            }
        }
        "processes" => {
            let category = found.category_of.get(name).map_or(name, String::as_str);
            let takes_fuel = inputs(table).iter().any(|input| found.fuels.contains(input));
            let own = names::process(name, category);
            let own = own.filter(|(_, is_finer)| *is_finer || !takes_fuel);
            // one that is its own category has what that has
            add(table, "family", own.filter(|_| category != name).map(|(family, _)| family));
        }
        _ => return,
    }
    if let Item::Value(toml_edit::Value::InlineTable(table)) = item {
        table.fmt();
    }
}

fn add(table: &mut dyn TableLike, key: &str, word: Option<&str>) {
    if let Some(word) = word.filter(|_| !table.contains_key(key)) {
        table.insert(key, value(word));
    }
}

/// The tables of categories and sectors, for the end of `model.toml`; empty if none says anything.
pub(crate) fn listed(found: &Found) -> String {
    let mut categories: Vec<&String> = found.categories.iter().collect();
    categories.sort_by_key(|category| names::plainness(category));
    let categories =
        categories.into_iter().filter_map(|name| Some((name, names::category(name)?)));
    let sectors = (found.sectors.iter())
        .filter_map(|(name, is_final)| Some((name, names::sector(name, *is_final)?)));
    let mut text = String::new();
    table(&mut text, "categories", "family", categories);
    table(&mut text, "sectors", "kind", sectors);
    text
}

fn table<'a>(
    text: &mut String,
    name: &str,
    key: &str,
    lines: impl Iterator<Item = (&'a String, &'static str)>,
) {
    for (at, (thing, word)) in lines.enumerate() {
        if at == 0 {
            text.push_str(&format!("\n[{name}]\n"));
        }
        let thing = Key::new(thing.as_str());
        text.push_str(&format!("{} = {{ {key} = \"{word}\" }}\n", thing.display_repr()));
    }
}
