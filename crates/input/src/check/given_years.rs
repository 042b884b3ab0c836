//! Years that others of the same file give and one leaves out, as after a row was deleted.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_diagnostics::FileId;

use super::Check;
use crate::registry::{link, process, root, storage};
use crate::tree::{Node, Table};

/// One path of residual capacity, and the years it is given for.
struct Given {
    path: String,
    years: BTreeSet<i32>,
}

pub(super) fn check(check: &mut Check<'_, '_>) {
    let mut files: BTreeMap<FileId, Vec<Given>> = BTreeMap::new();
    let standing = [
        (root::PROCESSES, process::RESIDUAL_CAPACITY),
        (root::STORAGES, storage::RESIDUAL_CAPACITY),
        (root::LINKS, link::RESIDUAL_CAPACITY),
    ];
    for (collection, field) in standing {
        for item in check.rd.items(collection) {
            if let Some(table) = item.get(field).and_then(Node::table) {
                gather(&item.path_of(field), table, &mut files);
            }
        }
    }
    for all in files.values() {
        let mut having: BTreeMap<i32, usize> = BTreeMap::new();
        for year in all.iter().flat_map(|one| &one.years) {
            *having.entry(*year).or_default() += 1;
        }
        for one in all {
            let (Some(first), Some(last)) = (one.years.first(), one.years.last()) else {
                continue;
            };
            for (year, others) in having.range(first..last) {
                if !one.years.contains(year) && others * 2 > all.len() - 1 {
                    let reason =
                        "most others of the same file give this year, this one does not";
                    let path = format!("{}.{year}", one.path);
                    check.rd.default_used(path, "interpolated", reason);
                }
            }
        }
    }
}

/// Adds the years of a table by year, or of each of its tables by region.
fn gather(path: &str, table: &Table, files: &mut BTreeMap<FileId, Vec<Given>>) {
    let years =
        table.iter().filter_map(|entry| Some((entry.key.parse().ok()?, entry.key_span)));
    let years: Vec<(i32, _)> = years.collect();
    if let Some((_, span)) = years.first() {
        let years = years.iter().map(|(year, _)| *year).collect();
        files.entry(span.file).or_default().push(Given { path: path.to_owned(), years });
        return;
    }
    for entry in table.iter() {
        if let Some(inner) = entry.node.table() {
            gather(&format!("{path}.{}", entry.key), inner, files);
        }
    }
}
