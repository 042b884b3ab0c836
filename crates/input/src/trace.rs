//! Where the numbers of a model stand, and where they come from.

mod follow;
mod series;

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostics, FileId, Sources, Span};

use crate::reader::FileUnits;
use crate::registry::{FORMULA, Key, Kind, PROVENANCE, UNIT, VALUE, process, root, season};
use crate::scenario::Changed;
use crate::tree::{Entry, Node, Table, Value, join};
use crate::values::is_reserved;

/// A value of the tree, with all that is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced {
    /// Its path, such as `processes.wind.capital_cost.2030`.
    pub path: String,
    /// As it is written.
    pub value: String,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// Where it is written.
    pub place: Span,
    /// Where it comes from.
    pub source: Option<String>,
    /// How far it can be trusted.
    pub confidence: Option<String>,
    /// Anything else; the reasoning of an assumption.
    pub note: Option<String>,
    /// The scenario that put it there, with its reason.
    pub changed: Option<(String, String)>,
    /// What it comes to, if it is a formula: for each region, or once if regions do not differ.
    pub evaluated: Vec<Evaluated>,
    /// By which rule it follows from the given values after it, if it is not written itself; its
    /// place is then that of the first of them.
    pub rule: Option<String>,
}

/// What a formula gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluated {
    /// In which region; `None` for all of them.
    pub region: Option<String>,
    /// The unit of the values; `None` for plain numbers.
    pub unit: Option<String>,
    /// The value in each milestone year.
    pub values: Vec<(i32, f64)>,
}

/// The values at and under a path of a model.
#[derive(Debug)]
pub struct Trace {
    /// The values, in the order of the files.
    pub values: Vec<Traced>,
    /// Every file that was read.
    pub sources: Sources,
    /// What is wrong with the files or the scenario.
    pub diagnostics: Diagnostics,
    /// What could have stood where the path leads nowhere.
    pub known: Vec<String>,
}

pub(crate) use follow::{Following, may_follow};

/// What holds for a value from the tables around it.
#[derive(Clone, Default)]
struct Around {
    unit: Option<String>,
    /// The unit of `capacity`, which holds for capacities without their own.
    capacity: Option<String>,
    provenance: [Option<String>; 3],
}

impl Around {
    fn within(&self, table: &Table, path: &str) -> Self {
        let text = |key: &str| table.get(key).and_then(Node::text).map(ToOwned::to_owned);
        // what is nearer to a value says where it comes from, all three together
        let own: [Option<String>; 3] = std::array::from_fn(|at| text(PROVENANCE[at]));
        let provenance =
            if own.iter().any(Option::is_some) { own } else { self.provenance.clone() };
        let nearest = |key: Key, outer: &Option<String>| text(&key).or_else(|| outer.clone());
        let unit = if is_counted(path) { self.unit.clone() } else { nearest(UNIT, &self.unit) };
        Self { unit, capacity: nearest(process::CAPACITY.key(), &self.capacity), provenance }
    }
}

/// Whether the table at a path says by `unit` what a thing is counted in, not what its numbers
/// are written in.
fn is_counted(path: &str) -> bool {
    let is_item = path.matches('.').count() == 1;
    is_item && [root::COMMODITIES, root::EMISSIONS].iter().any(|kind| kind.key().leads(path))
}

/// Collects the values at and under a path.
pub(crate) fn collect(
    root: &Table,
    path: &str,
    units: &FileUnits,
    changes: &[Changed],
) -> (Vec<Traced>, Vec<String>) {
    let mut around = Around::default();
    let mut table = root;
    let mut so_far = String::new();
    let steps: Vec<&str> = path.split('.').filter(|step| !step.is_empty()).collect();
    let mut last_changes = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        last_changes.extend(change.paths.iter().map(|path| (path.as_str(), at)));
    }
    let mut walk = Walk { units, changes, last_changes, values: Vec::new() };
    let mut steps = steps.into_iter().peekable();
    while let Some(step) = steps.next() {
        let inner =
            table.get(&VALUE).and_then(Node::table).filter(|_| table.get(step).is_none());
        if let Some(inner) = inner {
            around = around.within(table, &so_far);
            table = inner;
        }
        let Some(entry) = table.entry(step) else {
            return (Vec::new(), table.keys().map(ToOwned::to_owned).collect());
        };
        around = around.within(table, &so_far);
        so_far = join(&so_far, step);
        match &entry.node.value {
            Value::Table(next) => table = next,
            _ if steps.peek().is_none() => {
                walk.leaf(&so_far, entry, &around);
                return (walk.values, Vec::new());
            }
            value => {
                // one of a list of tables, by its name or its position
                let next = steps.next().and_then(|step| Some((listed(value, step)?, step)));
                let Some((next, step)) = next else { return (Vec::new(), names_in(value)) };
                so_far = join(&so_far, step);
                table = next;
            }
        }
    }
    walk.table(&so_far, table, &around);
    (walk.values, Vec::new())
}

/// The table of a list that has a name, or is at a position, counted from one.
fn listed<'t>(value: &'t Value, step: &str) -> Option<&'t Table> {
    let Value::List(nodes) = value else { return None };
    let mut tables = nodes.iter().filter_map(Node::table).enumerate();
    tables.find_map(|(at, table)| {
        let is_it = (at + 1).to_string() == step || name_of(table) == Some(step);
        is_it.then_some(table)
    })
}

fn name_of(table: &Table) -> Option<&str> {
    table.get(season::NAME.name()).and_then(Node::text)
}

/// The names of the tables of a list.
fn names_in(value: &Value) -> Vec<String> {
    let Value::List(nodes) = value else { return Vec::new() };
    let names = nodes.iter().filter_map(Node::table).filter_map(name_of);
    names.map(ToOwned::to_owned).collect()
}

struct Walk<'w> {
    units: &'w FileUnits,
    changes: &'w [Changed],
    /// The last change of each path.
    last_changes: BTreeMap<&'w str, usize>,
    values: Vec<Traced>,
}

impl Walk<'_> {
    fn table(&mut self, path: &str, table: &Table, around: &Around) {
        let around = around.within(table, path);
        for entry in table.iter() {
            let is_value = entry.key == *VALUE || entry.key == *FORMULA;
            if is_reserved(&entry.key) && !is_value {
                continue;
            }
            let path = if is_value { path.to_owned() } else { join(path, &entry.key) };
            match &entry.node.value {
                Value::Table(inner) => self.table(&path, inner, &around),
                _ => self.leaf(&path, entry, &around),
            }
        }
    }

    /// The tables of a list, such as seasons, each with its position; `false` if it holds none.
    fn list(&mut self, path: &str, node: &Node, around: &Around) -> bool {
        let Value::List(nodes) = &node.value else { return false };
        let tables = nodes.iter().enumerate();
        let tables = tables.filter_map(|(at, node)| Some((at + 1, node.table()?)));
        let before = self.values.len();
        for (at, table) in tables {
            self.table(&join(path, &at.to_string()), table, around);
        }
        self.values.len() > before
    }

    fn leaf(&mut self, path: &str, entry: &Entry, around: &Around) {
        if self.list(path, &entry.node, around) {
            return;
        }
        // a name or a flag comes from nowhere but the modeller
        let is_number = matches!(entry.node.value, Value::Number(_)) || entry.key == *FORMULA;
        let [source, confidence, note] =
            if is_number { around.provenance.clone() } else { Default::default() };
        let above = path.match_indices('.').map(|(end, _)| &path[..end]).chain([path]);
        let by = above.filter_map(|path| self.last_changes.get(path)).max();
        let by = by.map(|at| &self.changes[*at]);
        let unit = around
            .unit
            .clone()
            .or_else(|| self.implied(path, entry.node.span.file, around))
            .filter(|unit| is_number && unit != "1");
        self.values.push(Traced {
            path: path.to_owned(),
            value: shown(&entry.node),
            unit,
            place: entry.node.span,
            source,
            confidence,
            note,
            changed: by.map(|change| (change.scenario.clone(), change.reason.clone())),
            evaluated: Vec::new(),
            rule: None,
        });
    }

    /// The unit of a value without its own: that of its file's `[units]` for the field its path
    /// leads through, or that of `capacity` beside it.
    fn implied(&self, path: &str, file: FileId, around: &Around) -> Option<String> {
        let mut table = &root::TABLE;
        let mut steps = path.split('.');
        let (name, quantity) = loop {
            let step = steps.next()?;
            let kind = match table.field(step) {
                Some(field) => &field.kind,
                None => table.open?.1,
            };
            match kind {
                Kind::Quantity(quantity) => break (step, quantity),
                Kind::Map(_, quantity) => break (steps.next()?, quantity),
                Kind::Table(inner) | Kind::List(inner) => table = inner,
                Kind::Items(inner) => {
                    steps.next();
                    table = inner;
                }
                _ => return None,
            }
        };
        let of_file = self.units.get(&file).and_then(|units| {
            units
                .get(name)
                .or_else(|| units.get(quantity.unit_key))
                .map(|(text, _)| text.clone())
        });
        let dimension = quantity.dimension;
        of_file
            .or_else(|| around.capacity.clone().filter(|_| dimension.is_capacity()))
            .or_else(|| Some(dimension.natural()).filter(|unit| !unit.is_empty()))
    }
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => without_noise(*number).to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(nodes) => nodes.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Table(_) | Value::Date | Value::Broken => String::new(),
    }
}

/// A number without what the last digits of a product are off.
fn without_noise(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}
