//! Whether the tree has the shape the registry lists: known keys, tables where tables belong.

use std::collections::BTreeSet;

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use crate::names::suggest;
use crate::registry::{Field, Kind, Of, PROVENANCE, ROOT, TableKind};
use crate::tree::{Entry, Node, Table, Value, join};

/// Reports what does not fit; returns the items (such as `processes.wind`) with unknown keys.
pub(crate) fn check(root: &Table, diags: &mut Diagnostics) -> BTreeSet<String> {
    let regions: BTreeSet<&str> =
        root.get("regions").and_then(Node::table).into_iter().flat_map(Table::keys).collect();
    let mut walk = Walk { diags, misspelt: BTreeSet::new(), regions };
    walk.table(&ROOT, root, "");
    walk.misspelt
}

struct Walk<'d, 't> {
    diags: &'d mut Diagnostics,
    misspelt: BTreeSet<String>,
    regions: BTreeSet<&'t str>,
}

impl Walk<'_, '_> {
    fn table(&mut self, kind: &'static TableKind, table: &Table, path: &str) {
        for entry in table.iter() {
            let path = join(path, &entry.key);
            if let Some(field) = kind.field(&entry.key) {
                self.field(field, entry, &path);
            } else if PROVENANCE.contains(&entry.key.as_str()) {
                // checked with all provenance
            } else if let Some((of, inner)) = kind.open {
                // what stands under a region that is none is not known: the name is the mistake
                if of != Of::Regions || self.regions.contains(entry.key.as_str()) {
                    self.kind(inner, entry, &path);
                }
            } else {
                self.unknown(kind, entry, &path);
            }
        }
    }

    fn field(&mut self, field: &'static Field, entry: &Entry, path: &str) {
        self.kind(&field.kind, entry, path);
    }

    fn kind(&mut self, kind: &'static Kind, entry: &Entry, path: &str) {
        match kind {
            Kind::Table(inner) => match &entry.node.value {
                Value::Table(table) => self.table(inner, table, path),
                _ => self.not_a_table(inner, entry),
            },
            Kind::Items(inner) => {
                let Value::Table(items) = &entry.node.value else {
                    self.not_a_table(inner, entry);
                    return;
                };
                for item in items.iter() {
                    // units and provenance of a whole collection would be taken for items
                    match &item.node.value {
                        Value::Table(table) => self.table(inner, table, &join(path, &item.key)),
                        _ => self.not_a_table(inner, item),
                    }
                }
            }
            Kind::List(inner) => {
                if let Value::List(nodes) = &entry.node.value {
                    for table in nodes.iter().filter_map(Node::table) {
                        self.table(inner, table, path);
                    }
                }
            }
            _ => {}
        }
    }

    fn unknown(&mut self, kind: &'static TableKind, entry: &Entry, path: &str) {
        self.misspelt.insert(owner(path));
        let known =
            kind.fields.iter().map(|field| field.name).chain(PROVENANCE.iter().copied());
        let (message, hint) = if path_is_root(path) {
            let message = format!("a model has no `{}`", entry.key);
            (message, suggest(&entry.key, kind.fields.iter().map(|field| field.name)))
        } else {
            let message = format!("`{}` has no field `{}`", kind.written, entry.key);
            (message, suggest(&entry.key, known))
        };
        let mut diagnostic = Diagnostic::error("unknown-key", message, entry.key_span, "");
        if let Some(hint) = hint {
            diagnostic = diagnostic.hint(hint);
        }
        self.diags.push(diagnostic);
    }

    fn not_a_table(&mut self, kind: &'static TableKind, entry: &Entry) {
        let message = format!("`{}` is {}, not a table", entry.key, entry.node.value.kind());
        let hint = format!("it is written as `{}`", kind.written);
        self.diags
            .push(Diagnostic::error("wrong-type", message, entry.node.span, "").hint(hint));
    }
}

fn path_is_root(path: &str) -> bool {
    !path.contains('.')
}

/// The first two steps of a path.
fn owner(path: &str) -> String {
    path.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
}
