//! The one tree that all files of a model form together: values with the place of each.

use std::collections::BTreeMap;

use crate::registry::VALUE;
use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};

/// A value and where it was written.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Where; its file also says which `[units]` hold for it.
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// What was written.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    Flag(bool),
    List(Vec<Node>),
    Table(Table),
    /// A date or time, which nothing here takes.
    Date,
    /// What could not be read, which has been reported: it is there, but nothing is known of it.
    Broken,
}

impl Value {
    /// What it is, for messages.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Date => "a date",
            Self::Broken => "what cannot be read",
        }
    }
}

impl Node {
    pub(crate) const fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One key of a table with its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) node: Node,
}

/// Keys and values in the order they were written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    entries: Vec<Entry>,
    positions: BTreeMap<String, usize>,
}

impl Table {
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.positions.get(key).map(|at| &self.entries[*at])
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.positions.get(key).map(|at| &mut self.entries[*at].node)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.entries.iter().map(|entry| entry.key.as_str())
    }

    /// Adds an entry, or puts it in the place of the one with its key.
    pub(crate) fn set(&mut self, entry: Entry) {
        match self.positions.get(&entry.key) {
            Some(at) => self.entries[*at] = entry,
            None => {
                self.positions.insert(entry.key.clone(), self.entries.len());
                self.entries.push(entry);
            }
        }
    }

    /// The entries, whose keys must stay as they are.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Entry> {
        self.entries.iter_mut()
    }

    /// Gives an entry another key; nothing may stand there yet.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        if let Some(at) = self.positions.remove(from) {
            self.positions.insert(to.to_owned(), at);
            to.clone_into(&mut self.entries[at].key);
        }
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.positions.remove(key)?;
        for position in self.positions.values_mut() {
            if *position > at {
                *position -= 1;
            }
        }
        Some(self.entries.remove(at))
    }

    /// Adds all entries of another table; what both hold is a mistake unless both are tables.
    pub(crate) fn merge(&mut self, other: Self, path: &str, diags: &mut Diagnostics) {
        for entry in other.entries {
            self.merge_entry(entry, path, diags);
        }
    }

    /// Adds one entry; see [`Table::merge`].
    pub(crate) fn merge_entry(&mut self, entry: Entry, path: &str, diags: &mut Diagnostics) {
        let Some(at) = self.positions.get(&entry.key).copied() else {
            self.set(entry);
            return;
        };
        let first = &mut self.entries[at];
        let path = join(path, &entry.key);
        match (&mut first.node.value, entry.node.value) {
            (Value::Table(first_table), Value::Table(again))
                if !is_wrapper(first_table) && !is_wrapper(&again) =>
            {
                first_table.merge(again, &path, diags);
            }
            _ => diags.push(
                Diagnostic::error(
                    "duplicate",
                    format!("`{path}` is given twice"),
                    entry.key_span,
                    "again here",
                )
                .also(first.key_span, "first here")
                .hint("keep one of the two; a scenario is the way to change a value"),
            ),
        }
    }
}

/// Whether this is `{ value = …, unit = … }`, one value that two files cannot write halves of.
pub(crate) fn is_wrapper(table: &Table) -> bool {
    table.get(&VALUE).is_some()
}

/// The path of `key` within `path`.
pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
