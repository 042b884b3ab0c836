//! What a modeller says is right although it looks wrong: `plausible = "why"`.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_diagnostics::{Diagnostic, Span};

use crate::reader::Reader;
use crate::registry::WAIVER;
use crate::tree::{Node, Table, Value, join};

/// A reason, with the path of the table that gives it.
#[derive(Clone, Debug)]
pub(crate) struct Waiver {
    path: String,
    why: String,
}

/// The reasons of a tree.
#[derive(Default)]
pub(crate) struct Waivers {
    /// Every place of a table with a reason, and of what is in it.
    at: BTreeMap<Span, Waiver>,
    /// Where each path gives its reason.
    given: BTreeMap<String, Span>,
    /// Paths whose reason was needed.
    needed: BTreeSet<String>,
}

impl Waivers {
    /// Whether a reason holds for what is at a place.
    pub(crate) fn holds(&self, place: Span) -> bool {
        self.at.contains_key(&place)
    }
}

/// Finds the reasons in a tree.
pub(crate) fn find(root: &Table) -> Waivers {
    let mut waivers = Waivers::default();
    walk(root, "", None, &mut waivers);
    waivers
}

fn walk(table: &Table, path: &str, outer: Option<&Waiver>, waivers: &mut Waivers) {
    let own = table.get(&WAIVER).and_then(Node::text);
    let own = own.map(|why| Waiver { path: path.to_owned(), why: why.to_owned() });
    if let Some(entry) = own.as_ref().and_then(|_| table.entry(&WAIVER)) {
        waivers.given.insert(path.to_owned(), entry.key_span);
    }
    let waiver = own.as_ref().or(outer);
    for entry in table.iter() {
        let inside =
            entry.node.table().and_then(|inner| inner.get(&WAIVER)).and_then(Node::text);
        let path = join(path, &entry.key);
        let at_key = inside.map(|why| Waiver { path: path.clone(), why: why.to_owned() });
        for place in [entry.key_span, entry.node.span] {
            // the nearest reason counts
            if let Some(waiver) = at_key.as_ref().or(waiver) {
                waivers.at.insert(place, waiver.clone());
            }
        }
        match &entry.node.value {
            Value::Table(inner) => walk(inner, &path, waiver, waivers),
            Value::List(nodes) => {
                for inner in nodes.iter().filter_map(Node::table) {
                    walk(inner, &path, waiver, waivers);
                }
            }
            _ => {}
        }
    }
}

impl Reader<'_> {
    /// Reports what looks wrong, unless the table around its place says why it is right: then it
    /// is listed with what was taken for granted.
    pub(crate) fn implausible(&mut self, diagnostic: Diagnostic) {
        let place = diagnostic.primary.as_ref().map(|(place, _)| *place);
        let Some(waiver) = place.and_then(|place| self.waivers.at.get(&place)).cloned() else {
            self.diags.push(diagnostic);
            return;
        };
        self.waivers.needed.insert(waiver.path.clone());
        let reason = format!("passed over ({}): {}", diagnostic.code, diagnostic.message);
        self.default_used(join(&waiver.path, &WAIVER), waiver.why, reason);
    }

    /// Warns about reasons where nothing looks wrong.
    pub(crate) fn report_waivers_without_need(&mut self) {
        for (path, place) in &self.waivers.given {
            if self.waivers.needed.contains(path) {
                continue;
            }
            let message =
                format!("`{path}` says why it is plausible, but nothing here is implausible");
            let diagnostic = Diagnostic::warning("waiver-without-need", message, *place, "");
            self.diags.push(diagnostic.hint("take this line out"));
        }
    }
}
