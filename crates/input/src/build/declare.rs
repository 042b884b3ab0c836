//! Names of everything, before anything refers to them.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{Region, Set};
use unicode_security::skeleton;

use super::commissioned::years_within;
use super::storages::charging;
use crate::formula::FUNCTIONS;
use crate::reader::{Item, Reader};
use crate::registry::{
    BUILT, Field, Items, Key, RULES, SIZE_OF_CHARGE, Text, process, region, resource, root,
    storage,
};
use crate::tree::{Node, Table};
use crate::values::is_reserved;

/// Whether a name may be used; says why not.
pub(super) fn is_good_name(rd: &mut Reader<'_>, name: &str, place: Span) -> bool {
    let problem = if name.is_empty() {
        "a name cannot be empty"
    } else if name.chars().all(|c| c.is_ascii_digit()) {
        "a name of digits only would be read as a year"
    } else if is_reserved(name) || name == &*BUILT {
        "this word has a meaning of its own in every table"
    } else if !name.starts_with(is_letter_or_digit) {
        "a name begins with a letter or a digit"
    } else if !name.chars().all(|c| is_letter_or_digit(c) || matches!(c, '_' | '-')) {
        "a name is of letters of any alphabet, digits, `_` and `-`, without dots or spaces"
    } else {
        return true;
    };
    let message = format!("`{name}` cannot be a name: {problem}");
    let diagnostic = Diagnostic::error("bad-name", message, place, "")
        .hint("`label` holds the name people see, in any script");
    rd.diags.push(diagnostic);
    false
}

fn is_letter_or_digit(c: char) -> bool {
    c.is_alphabetic() || c.is_ascii_digit()
}

/// Refuses names that look like others and are not: one in Latin and one in Cyrillic letters.
///
/// Names of the same letters alone, such as `l1` and `ll`, may be alike.
fn look_alike(rd: &mut Reader<'_>, names: &[(&str, Span)]) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (name, place) in names {
        let looks: String = skeleton(name).collect();
        match seen.get(&looks) {
            Some((first, at)) if first != name && !(first.is_ascii() && name.is_ascii()) => {
                let message = format!("`{name}` looks like `{first}`, but has other letters");
                let diagnostic = Diagnostic::error("look-alike-names", message, *place, "")
                    .also(*at, "looks the same")
                    .hint("letters of two alphabets look the same: write both in the same one");
                rd.diags.push(diagnostic);
            }
            Some(_) => {}
            None => {
                seen.insert(looks, (name, *place));
            }
        }
    }
}

/// Reads the regions. Where none is known, one of no name stands for them.
pub(super) fn regions(rd: &mut Reader<'_>) -> Set<Region> {
    let mut regions = Set::new();
    let items = rd.items(root::REGIONS);
    if items.is_empty() {
        let diagnostic = Diagnostic::error_overall("no-regions", "the model has no regions")
            .hint("add at least one to model.toml: `[regions.country]`");
        if !rd.damage.may_hold(&root::REGIONS.key()) {
            rd.diags.push(diagnostic);
        }
        rd.sets.regions_unknown = true;
        rd.sets.regions.push((String::new(), true));
        regions.push(Region { name: String::new(), label: String::new(), domestic: true });
        return regions;
    }
    let all: Vec<(&str, Span)> = items.iter().map(|item| (item.name, item.place)).collect();
    look_alike(rd, &all);
    for item in &items {
        let name = item.name.to_owned();
        is_good_name(rd, &name, item.place);
        if rd.sets.covers.contains_key(&name) {
            let message = format!("`{name}` is both a region and a season or slice");
            let hint = "rename one: in `{ … = 3 }` it would be unclear which is meant";
            let diagnostic =
                Diagnostic::error("ambiguous-name", message, item.place, "").hint(hint);
            rd.fail(item, diagnostic);
            rd.sets.ambiguous.insert(name.clone());
        }
        let label = label(rd, item, region::LABEL);
        let domestic = rd.flag(item, region::DOMESTIC).unwrap_or(true);
        rd.sets.regions.push((name.clone(), domestic));
        regions.push(Region { name, label, domestic });
    }
    if !items.iter().any(|item| rd.flag(item, region::DOMESTIC).unwrap_or(true)) {
        let diagnostic = Diagnostic::error_overall(
            "no-domestic-region",
            "every region says `domestic = false`, so nothing is left to plan",
        )
        .hint("leave `domestic` out for the country under study");
        rd.diags.push(diagnostic);
        for (_, domestic) in &mut rd.sets.regions {
            *domestic = true;
        }
        let all = |region: &Region| Region { domestic: true, ..region.clone() };
        return regions.iter().map(all).collect();
    }
    regions
}

/// The label of an item, or its name.
pub(super) fn label<'a>(rd: &mut Reader<'a>, item: &Item<'a>, field: Field<Text>) -> String {
    let label = given(rd, item, field);
    label.map_or_else(|| item.name.to_owned(), ToOwned::to_owned)
}

/// A text, if it is given.
pub(super) fn given<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    field: Field<Text>,
) -> Option<&'a str> {
    if item.has(field) { rd.text(item, field) } else { None }
}

/// Collects the names of commodities, emissions, processes and categories.
pub(super) fn names(rd: &mut Reader<'_>) {
    let mut owners: BTreeMap<String, Span> = BTreeMap::new();
    let collections = [
        root::PROFILES,
        root::COMMODITIES,
        root::EMISSIONS,
        root::PROCESSES,
        root::STORAGES,
        root::LINKS,
        root::RESOURCES,
        root::DRIVERS,
        root::BRANCHES,
    ];
    for collection in collections.into_iter().chain(RULES.iter().copied()) {
        let Some(table) = rd.collection(collection) else { continue };
        let is = |other: Field<Items>| collection.key() == other.key();
        // capacities are distinguished by the names of their owners
        let owns = [root::PROCESSES, root::STORAGES, root::LINKS, root::RESOURCES];
        let owns = owns.into_iter().any(is);
        let all: Vec<(&str, Span)> =
            table.iter().map(|entry| (entry.key.as_str(), entry.key_span)).collect();
        look_alike(rd, &all);
        for entry in table.iter() {
            // what has a bad name is declared all the same, since it is read too
            is_good_name(rd, &entry.key, entry.key_span);
            if is(root::DRIVERS) {
                is_name_for_formulas(rd, &entry.key, entry.key_span);
            }
            if owns && let Some(first) = owners.insert(entry.key.clone(), entry.key_span) {
                let message = format!("`{}` is the name of two things", entry.key);
                let diagnostic =
                    Diagnostic::error("name-used-twice", message, entry.key_span, "again here")
                        .also(first, "first here")
                        .hint("processes, storages, links and resources share their names");
                rd.diags.push(diagnostic);
            }
            // what could not be read is declared all the same
            let none = Table::default();
            declare(rd, collection, &entry.key, entry.node.table().unwrap_or(&none));
        }
    }
}

/// Refuses the name of a driver that a formula would read as something else.
fn is_name_for_formulas(rd: &mut Reader<'_>, name: &str, place: Span) {
    let what = if name.starts_with(|c: char| c.is_ascii_digit()) || name.contains('-') {
        "would be read as a sum or number in a formula"
    } else if name == "year" || FUNCTIONS.iter().any(|(function, _)| *function == name) {
        "means something else in a formula"
    } else if rd.parse_unit(name).is_ok() {
        "is a unit"
    } else {
        return;
    };
    let diagnostic = Diagnostic::error("bad-name", format!("`{name}` {what}"), place, "")
        .hint("name a driver with letters, digits and `_`, such as `floor_area`");
    rd.diags.push(diagnostic);
}

fn declare(rd: &mut Reader<'_>, collection: Field<Items>, name: &str, table: &Table) {
    let is = |other: Field<Items>| collection.key() == other.key();
    let text = |key: Key| table.get(&key).and_then(Node::text).map(ToOwned::to_owned);
    if is(root::COMMODITIES) {
        rd.sets.commodities.push(name.to_owned());
    } else if is(root::EMISSIONS) {
        rd.sets.emissions.push(name.to_owned());
    } else if is(root::BRANCHES) {
        rd.sets.branches.push(name.to_owned());
    } else if is(root::PROCESSES) {
        rd.sets.processes.push(name.to_owned());
        commissioned(rd, name, table);
        let classes = table.get(&process::CLASSES.key()).and_then(Node::table);
        for class in classes.into_iter().flat_map(Table::iter) {
            if is_good_name(rd, &class.key, class.key_span) {
                let name = format!("{name}.{}", class.key);
                rd.sets.processes.push(name.clone());
                commissioned(rd, &name, class.node.table().unwrap_or(&Table::default()));
            }
        }
        category(rd, text(process::CATEGORY.key()).unwrap_or_else(|| name.to_owned()));
    } else if is(root::LINKS) {
        rd.sets.links.push(name.to_owned());
    } else if is(root::TRADING) {
        rd.sets.schemes.push(name.to_owned());
    } else if is(root::STORAGES) {
        rd.sets.processes.push(name.to_owned());
        if SIZE_OF_CHARGE.iter().any(|field| table.get(field).is_some()) {
            rd.sets.processes.push(charging(name));
        }
        category(rd, text(storage::CATEGORY.key()).unwrap_or_else(|| name.to_owned()));
    } else if is(root::RESOURCES) {
        rd.sets.processes.push(name.to_owned());
        let steps = table.get(&resource::STEPS.key()).and_then(Node::table);
        for step in steps.into_iter().flat_map(Table::iter) {
            let is_number = step.key.bytes().all(|byte| byte.is_ascii_digit());
            if is_number || is_good_name(rd, &step.key, step.key_span) {
                rd.sets.processes.push(format!("{name}.{}", step.key));
            }
        }
        let fallback = text(resource::COMMODITY.key()).unwrap_or_else(|| name.to_owned());
        category(rd, text(resource::CATEGORY.key()).unwrap_or(fallback));
    }
}

/// Declares a process for each year in which some of it was commissioned.
fn commissioned(rd: &mut Reader<'_>, name: &str, table: &Table) {
    let given = table.get(&process::COMMISSIONED.key());
    for year in given.map(years_within).unwrap_or_default() {
        rd.sets.processes.push(format!("{name}.{year}"));
    }
}

fn category(rd: &mut Reader<'_>, name: String) {
    if rd.sets.categories.position(&name).is_none() {
        rd.sets.categories.push(name);
    }
}

/// Refuses what is said of an item by fields that others have, but not one that measures this.
pub(super) fn belongs(
    rd: &mut Reader<'_>,
    item: &Item<'_>,
    all: &[Key],
    own: &[Key],
    measures: &str,
) {
    let mut seen: Vec<Key> = Vec::new();
    for field in all {
        if item.has(*field) && !own.contains(field) && !seen.contains(field) {
            seen.push(*field);
            let listed: Vec<String> = own.iter().map(|field| format!("`{field}`")).collect();
            let message = format!("`{field}` says nothing of `{measures}`");
            let place = item.place_of(*field);
            let diagnostic = Diagnostic::error("unused-field", message, place, "")
                .hint(format!("it takes {}", listed.join(", ")));
            rd.fail(item, diagnostic);
        }
    }
}
