//! What a model names: commodities, emissions, processes with their categories, sectors.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Item, TableLike};

use crate::{File, names};

/// What is found in all files of a model.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Categories in the order of the files.
    pub(crate) categories: Vec<String>,
    /// Sectors in the order of the files, each with whether it is one of final use.
    pub(crate) sectors: Vec<(String, bool)>,
    /// Commodities of energy that are fuels or taken from nature.
    pub(crate) fuels: BTreeSet<String>,
    /// Commodities that are counted in something else than energy.
    pub(crate) not_energy: BTreeSet<String>,
    /// The category of each process.
    pub(crate) category_of: BTreeMap<String, String>,
}

/// The collections of a model whose items matter here.
pub(crate) const COLLECTIONS: [&str; 7] =
    ["commodities", "emissions", "processes", "storages", "resources", "branches", "drivers"];

/// Looks through all files.
pub(crate) fn collect(files: &[File]) -> Found {
    let mut found = Found::default();
    each(files, &mut |collection, name, item| match collection {
        "commodities" => found.commodity(name, item),
        "processes" | "storages" | "resources" => found.process(collection, name, item),
        "branches" => found.flow(item),
        _ => {}
    });
    found
}

/// Calls `visit` with every item that a model file declares or a scenario sets.
fn each(files: &[File], visit: &mut dyn FnMut(&str, &str, &dyn TableLike)) {
    // model files in their order before scenarios
    let is_scenario = |file: &&File| file.path.starts_with(crate::SCENARIOS);
    for file in files.iter().filter(|file| !is_scenario(file)) {
        for collection in COLLECTIONS {
            let items = file.document.get(collection).and_then(Item::as_table_like);
            for (name, item) in items.into_iter().flat_map(TableLike::iter) {
                if let Some(item) = item.as_table_like() {
                    visit(collection, name, item);
                }
            }
        }
    }
    for file in files.iter().filter(is_scenario) {
        let sets = file.document.get("set").and_then(Item::as_array_of_tables);
        for set in sets.into_iter().flatten() {
            let path = set.get("path").and_then(Item::as_str).unwrap_or_default();
            let (collection, name) = path.split_once('.').unwrap_or_default();
            if let (false, Some(item)) =
                (name.contains('.'), set.get("value").and_then(Item::as_table_like))
            {
                visit(collection, name, item);
            }
        }
    }
}

impl Found {
    fn commodity(&mut self, name: &str, item: &dyn TableLike) {
        let unit = item.get("unit").and_then(Item::as_str);
        if unit.is_some_and(|unit| !is_energy(unit)) {
            self.not_energy.insert(name.to_owned());
        } else if names::commodity(name).1.is_some() {
            self.fuels.insert(name.to_owned());
        }
    }

    fn process(&mut self, collection: &str, name: &str, item: &dyn TableLike) {
        self.flow(item);
        let text = |key: &str| item.get(key).and_then(Item::as_str);
        let given = text("category");
        let fallback = if collection == "resources" { text("commodity") } else { None };
        let category = given.or(fallback).unwrap_or(name).to_owned();
        // what is called like a commodity is coloured as it is
        let listed = given.is_some() || collection != "resources";
        if listed && !self.categories.contains(&category) {
            self.categories.push(category.clone());
        }
        if collection == "processes" {
            self.category_of.insert(name.to_owned(), category);
        }
    }

    fn flow(&mut self, item: &dyn TableLike) {
        let flow = item.get("flow").and_then(Item::as_str).unwrap_or_default();
        let mut parts = flow.split('/');
        let (first, second) = (parts.next(), parts.next());
        let is_final = match first {
            Some("final") => true,
            Some("transformation") => false,
            _ => return,
        };
        if let Some(name) = second
            && !self.sectors.iter().any(|(known, _)| known == name)
        {
            self.sectors.push((name.to_owned(), is_final));
        }
    }
}

/// Whether a unit measures energy.
fn is_energy(unit: &str) -> bool {
    ["J", "Wh", "cal", "toe", "tce", "Btu"].iter().any(|energy| unit.ends_with(energy))
}

/// The commodities a process takes.
pub(crate) fn inputs(process: &dyn TableLike) -> Vec<String> {
    let mut all = Vec::new();
    let mut add = |table: &dyn TableLike| {
        all.extend(table.get("input").and_then(Item::as_str).map(str::to_owned));
        let map = table.get("inputs").and_then(Item::as_table_like);
        all.extend(map.into_iter().flat_map(TableLike::iter).map(|(name, _)| name.to_owned()));
    };
    add(process);
    let modes = process.get("modes").and_then(Item::as_table_like);
    for (_, mode) in modes.into_iter().flat_map(TableLike::iter) {
        if let Some(mode) = mode.as_table_like() {
            add(mode);
        }
    }
    all
}
