//! Parts of regions: each row is a share.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use super::{Row, put, text_entry};
use crate::csv_file::Cell;
use crate::names::suggest;
use crate::tree::Table;

/// What a share may be of, with the steps of its path.
const COLLECTIONS: [&str; 4] = ["processes", "storages", "resources", "demands"];

/// The rows of one file so far: a part is told of in many of them.
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
        let (region, part) = (row.require("region", diags), row.require("part", diags));
        let share = row.value_in("share", diags);
        let (region, part) = (region?, part?);
        let keys = [
            ("region_levels", part.span),
            (self.level, part.span),
            ("parts", part.span),
            (part.text.as_str(), part.span),
        ];
        let of_part = [
            ("region", Some(region), &mut self.regions),
            ("label", row.get("label"), &mut self.labels),
        ];
        for (field, cell, seen) in of_part {
            let Some(cell) = cell else { continue };
            match seen.insert(&part.text, cell) {
                None => {
                    let node = text_entry(field, cell).node;
                    put(&[&keys[..], &[(field, cell.span)]].concat(), node, tree, diags);
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
        let Some(of) = row.get("of") else {
            put(&[&keys[..], &[("share", part.span)]].concat(), share, tree, diags);
            return Some(());
        };
        for path in of.text.split(';').map(str::trim).filter(|path| !path.is_empty()) {
            let steps: Vec<&str> = path.split('.').collect();
            let known = steps.first().is_some_and(|step| COLLECTIONS.contains(step));
            let field = match steps.as_slice() {
                [_, _] if known => "share",
                [collection, _, "residual_capacity"] if known && *collection != "demands" => {
                    "residual_capacity"
                }
                _ => {
                    diags.push(no_path(path, of));
                    continue;
                }
            };
            let path = [(steps[0], of.span), (steps[1], of.span), (field, part.span)];
            put(&[&keys[..], &path[..]].concat(), share.clone(), tree, diags);
        }
        Some(())
    }
}

fn differs(field: &str, part: &Cell, first: &Cell, other: &Cell) -> Diagnostic {
    let message =
        format!("`{}` has two of `{field}`: `{}` and `{}`", part.text, first.text, other.text);
    Diagnostic::error("part-differs", message, other.span, "another here")
        .also(first.span, "one here")
        .hint(match field {
            "region" => "a part belongs to one region",
            _ => "give it one name to show",
        })
}

fn no_path(path: &str, of: &Cell) -> Diagnostic {
    let message = format!("`{path}` is nothing that a part has a share of");
    let diagnostic = Diagnostic::error("path-leads-nowhere", message, of.span, "");
    let first = path.split('.').next().unwrap_or_default();
    match suggest(first, COLLECTIONS).filter(|hint| hint.starts_with("did")) {
        Some(hint) if !COLLECTIONS.contains(&first) => diagnostic.hint(hint),
        _ => diagnostic.hint(
            "write `processes.P`, `storages.S`, `resources.R`, `processes.P.residual_capacity` or \
             `demands.C`",
        ),
    }
}
