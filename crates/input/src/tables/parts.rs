//! Parts of regions: each row is a share.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use super::{Row, list, put, text_entry};
use crate::csv_file::Cell;
use crate::names::did_you_mean;
use crate::registry::{Field, Items, Key, owner_share, region_level, region_part, root};
use crate::tree::Table;

/// What a share may be of, with the steps of its path.
const COLLECTIONS: [Field<Items>; 4] = [
    region_part::PROCESSES,
    region_part::STORAGES,
    region_part::RESOURCES,
    region_part::DEMANDS,
];

/// The rows of one file so far: a part is named in many of them.
pub(super) struct Parts<'a> {
    level: &'a str,
    /// Region of each part.
    regions: BTreeMap<&'a str, &'a Cell>,
    /// Label of each part.
    labels: BTreeMap<&'a str, &'a Cell>,
}

impl<'a> Parts<'a> {
    /// No rows yet, of the parts of this level.
    pub(super) fn new(level: &'a str) -> Self {
        Self { level, regions: BTreeMap::new(), labels: BTreeMap::new() }
    }

    /// Adds a row to the tree.
    pub(super) fn add(
        &mut self,
        row: &Row<'a>,
        tree: &mut Table,
        diags: &mut Diagnostics,
    ) -> Option<()> {
        let (region, part) =
            (row.require(list::PART_REGION, diags), row.require(list::PART, diags));
        let share = row.value_in(list::PART_SHARE, diags);
        let (region, part) = (region?, part?);
        let keys = [
            (root::REGION_LEVELS.name(), part.span),
            (self.level, part.span),
            (region_level::PARTS.name(), part.span),
            (part.text.as_str(), part.span),
        ];
        let of_part = [
            (region_part::REGION.key(), Some(region), &mut self.regions),
            (region_part::LABEL.key(), row.get(list::PART_LABEL), &mut self.labels),
        ];
        for (field, cell, seen) in of_part {
            let Some(cell) = cell else { continue };
            match seen.insert(&part.text, cell) {
                None => {
                    let node = text_entry(field.name(), cell).node;
                    put(&[&keys[..], &[(field.name(), cell.span)]].concat(), node, tree, diags);
                }
                Some(first) => {
                    seen.insert(&part.text, first);
                    if first.text != cell.text {
                        diags.push(differs(field, part, first, cell));
                        return None;
                    }
                }
            }
        }
        let Some(of) = row.get(list::PART_OF) else {
            put(
                &[&keys[..], &[(region_part::SHARE.name(), part.span)]].concat(),
                share,
                tree,
                diags,
            );
            return Some(());
        };
        for path in of.text.split(';').map(str::trim).filter(|path| !path.is_empty()) {
            let steps: Vec<&str> = path.split('.').collect();
            let known = steps.first().and_then(|step| collection(step));
            let field = match (known, steps.as_slice()) {
                (Some(_), [_, _]) => owner_share::SHARE,
                (Some(known), [_, _, field])
                    if *field == owner_share::RESIDUAL_CAPACITY.name()
                        && known.key() != region_part::DEMANDS.key() =>
                {
                    owner_share::RESIDUAL_CAPACITY
                }
                _ => {
                    diags.push(no_path(path, of));
                    continue;
                }
            };
            let path = [(steps[0], of.span), (steps[1], of.span), (field.name(), part.span)];
            put(&[&keys[..], &path[..]].concat(), share.clone(), tree, diags);
        }
        Some(())
    }
}

/// What a share may be of, by its name.
fn collection(name: &str) -> Option<Field<Items>> {
    COLLECTIONS.into_iter().find(|collection| collection.name() == name)
}

fn differs(field: Key, part: &Cell, first: &Cell, other: &Cell) -> Diagnostic {
    let message =
        format!("`{}` has two of `{field}`: `{}` and `{}`", part.text, first.text, other.text);
    Diagnostic::error("part-differs", message, other.span, "another here")
        .also(first.span, "one here")
        .hint(if field == region_part::REGION.key() {
            "a part belongs to one region"
        } else {
            "give it one name to show"
        })
}

fn no_path(path: &str, of: &Cell) -> Diagnostic {
    let message = format!("`{path}` is nothing that a part has a share of");
    let diagnostic = Diagnostic::error("path-leads-nowhere", message, of.span, "");
    let first = path.split('.').next().unwrap_or_default();
    let meant = did_you_mean(first, COLLECTIONS.map(|collection| collection.name()));
    diagnostic.hint(meant.filter(|_| collection(first).is_none()).unwrap_or_else(|| {
        "write `processes.P`, `storages.S`, `resources.R`, `processes.P.residual_capacity` or \
         `demands.C`"
            .to_owned()
    }))
}
