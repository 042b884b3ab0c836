//! Whether the tree has the shape the registry lists: known keys, tables where tables belong.

use std::collections::BTreeSet;

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use crate::damage::Damage;
use crate::names::{nearest, suggest};
use crate::registry::{Kind, Of, PROVENANCE, TableKind, UNIT, field_meant, root};
use crate::tree::{Entry, Node, Table, Value, join};

/// Reports what does not fit. A misspelt key is read on as the one it is taken for.
pub(crate) fn check(tree: &mut Table, diags: &mut Diagnostics, damage: &mut Damage) {
    let regions =
        tree.get(&root::REGIONS.key()).and_then(Node::table).into_iter().flat_map(Table::keys);
    let regions = regions.map(ToOwned::to_owned).collect();
    let mut walk = Walk { diags, damage, regions };
    walk.table(&root::TABLE, tree, "");
}

struct Walk<'d> {
    diags: &'d mut Diagnostics,
    damage: &'d mut Damage,
    regions: BTreeSet<String>,
}

impl Walk<'_> {
    fn table(&mut self, kind: &'static TableKind, table: &mut Table, path: &str) {
        if kind.open.is_none() {
            self.unknown_keys(kind, table, path);
        }
        for entry in table.iter_mut() {
            let path = join(path, &entry.key);
            if let Some(field) = kind.field(&entry.key) {
                self.kind(&field.kind, entry, &path);
            } else if let Some((of, inner)) = kind.open
                && !PROVENANCE.contains(&entry.key.as_str())
            {
                // what is under a region that is none is not known: the name is the mistake
                if of != Of::Regions || self.regions.contains(entry.key.as_str()) {
                    self.kind(inner, entry, &path);
                }
            }
        }
    }

    /// Reports keys that no such table has.
    fn unknown_keys(&mut self, kind: &'static TableKind, table: &mut Table, path: &str) {
        let unknown: Vec<String> = table
            .keys()
            .filter(|key| kind.field(key).is_none() && !PROVENANCE.contains(key))
            .map(ToOwned::to_owned)
            .collect();
        for key in unknown {
            let Some(entry) = table.entry(&key) else { continue };
            let meant = self.unknown(kind, entry, path);
            match meant {
                Some(meant) if table.get(meant).is_none() => table.rename(&key, meant),
                Some(meant) => {
                    // the items of a misspelt collection stand beside those of the other
                    let both = table.get(meant).is_some_and(|node| node.table().is_some());
                    let Some(mut entry) = table.remove(&key) else { continue };
                    if both && entry.node.table().is_some() && path.is_empty() {
                        meant.clone_into(&mut entry.key);
                        table.merge_entry(entry, path, self.diags);
                    }
                }
                None if path.is_empty() => lose(&entry.node, &key, self.damage),
                None => self.damage.row(path.split('.').nth(1).unwrap_or(path)),
            }
        }
    }

    fn kind(&mut self, kind: &'static Kind, entry: &mut Entry, path: &str) {
        match kind {
            Kind::Table(inner) => match &mut entry.node.value {
                Value::Table(table) => self.table(inner, table, path),
                _ => self.not_a_table(inner, entry),
            },
            Kind::Items(inner) => {
                let Value::Table(items) = &mut entry.node.value else {
                    self.not_a_table(inner, entry);
                    return;
                };
                for item in items.iter_mut() {
                    // units and provenance of a whole collection would be taken for items
                    match &mut item.node.value {
                        Value::Table(table) => self.table(inner, table, &join(path, &item.key)),
                        _ => {
                            self.not_a_table(inner, item);
                            self.keep_in_its_place(item, path);
                        }
                    }
                }
            }
            Kind::List(inner) => {
                if let Value::List(nodes) = &mut entry.node.value {
                    for node in nodes {
                        if let Value::Table(table) = &mut node.value {
                            self.table(inner, table, path);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// Reports a key; returns the one it is taken for.
    fn unknown(
        &mut self,
        kind: &'static TableKind,
        entry: &Entry,
        path: &str,
    ) -> Option<&'static str> {
        let fields = kind.fields.iter().map(|field| field.name);
        let (message, known): (_, Vec<&'static str>) = if path.is_empty() {
            (format!("a model has no `{}`", entry.key), fields.collect())
        } else {
            let message = format!("`{}` has no field `{}`", kind.written, entry.key);
            (message, fields.chain(PROVENANCE.iter().copied()).collect())
        };
        let of_the_trade = field_meant(&entry.key, &known);
        let meant = of_the_trade.or_else(|| nearest(&entry.key, known.iter().copied()));
        let mut diagnostic = Diagnostic::error("unknown-key", message, entry.key_span, "");
        if let Some(field) = of_the_trade {
            diagnostic = diagnostic.hint(format!("here it is called `{field}`"));
        } else if let Some(hint) = suggest(&entry.key, known.iter().copied()) {
            diagnostic = diagnostic.hint(hint);
        }
        self.diags.push(diagnostic);
        meant
    }

    /// Reads on what cannot be read as if it said nothing, not even its unit, where others are known
    /// by their positions.
    fn keep_in_its_place(&mut self, item: &mut Entry, path: &str) {
        let by_position = [root::COMMODITIES.key(), root::EMISSIONS.key()];
        if by_position.iter().any(|key| **key == *path) {
            let span = item.node.span;
            let unit = Node { span, value: Value::Broken };
            let mut table = Table::default();
            table.set(Entry { key: UNIT.to_string(), key_span: span, node: unit });
            item.node.value = Value::Table(table);
        }
    }

    fn not_a_table(&mut self, kind: &'static TableKind, entry: &Entry) {
        if matches!(entry.node.value, Value::Broken) {
            return;
        }
        let message = format!("`{}` is {}, not a table", entry.key, entry.node.value.kind());
        let hint = format!("it is written as `{}`", kind.written);
        self.diags
            .push(Diagnostic::error("wrong-type", message, entry.node.span, "").hint(hint));
    }
}

/// Everything under a key that is not known may be what others name.
fn lose(node: &Node, key: &str, damage: &mut Damage) {
    damage.text(key);
    for entry in node.table().into_iter().flat_map(Table::iter) {
        lose(&entry.node, &entry.key, damage);
    }
}
