//! Values for regions where the process does not stand.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostic;

use super::Check;
use crate::registry::{OF_CHARGE, OF_ENERGY, OF_LINK, OF_POWER, OF_PROCESS, VALUE, process};
use crate::tree::{Node, Table};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let mut own: BTreeSet<(String, String)> = BTreeSet::new();
    for (ix, process) in check.model().processes.iter_ix() {
        let path = &check.build.process_paths[ix.get()];
        own.insert((path.clone(), check.region_name(process.region).to_owned()));
    }
    let mut paths = check.build.process_paths.clone();
    paths.dedup();
    let regions: Vec<String> =
        check.model().regions.iter().map(|region| region.name.clone()).collect();
    for path in paths {
        let Some(table) = check.entry(&path).and_then(|entry| entry.node.table()) else {
            continue;
        };
        for entry in table.iter() {
            let inner = entry
                .node
                .table()
                .map(|table| table.get(&VALUE).and_then(Node::table).unwrap_or(table));
            for value in inner.into_iter().flat_map(Table::iter) {
                let elsewhere = !check.rd.unplaced.contains(&path)
                    && regions.contains(&value.key)
                    && !own.contains(&(path.clone(), value.key.clone()));
                if elsewhere {
                    one(check, &path, &entry.key, value);
                }
            }
        }
    }
}

fn one(check: &mut Check<'_, '_>, path: &str, field: &str, value: &crate::tree::Entry) {
    let region = &value.key;
    let message = format!("`{path}` is not in `{region}`, so this `{field}` has no effect");
    let hint = format!("add `{region}` to its `regions`, or take the value out");
    let place = check.place(path, process::REGIONS);
    // capacity that exists must not get lost; other values may be given for good measure
    let capacities = [&OF_PROCESS, &OF_POWER, &OF_CHARGE, &OF_ENERGY, &OF_LINK];
    let exists = capacities.iter().any(|fields| fields.residual.name() == field)
        || field == process::COMMISSIONED.name();
    let diagnostic = if exists {
        Diagnostic::error("region-without-process", message, value.key_span, "")
    } else {
        Diagnostic::warning("region-without-process", message, value.key_span, "")
    };
    check.report(diagnostic.also(place, "its regions").hint(hint));
}
