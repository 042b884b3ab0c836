//! The CSV tables of a model: each row is a value of the tree.

mod list;
mod parts;

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Diagnostics, SourceFile, Span};

use crate::csv_file::{self, Cell, around};
use crate::damage::Damage;
use crate::names::{did_you_mean, nearest};
use crate::registry::{Key, VALUE, demand, process, root};
use crate::tree::{Entry, Node, Table, Value};

pub(crate) use list::PARTS;
use list::Rows;
pub use list::{CSV_TABLES, Column, CsvTable};

/// No parameter is deeper below its process: `modes.MODE.inputs.COMMODITY`.
const DEEPEST: usize = 4;

/// Adds the rows of a file to the tree; `level` is that of regions whose parts it holds.
pub(crate) fn add(
    table: &CsvTable,
    level: &str,
    file: &SourceFile,
    tree: &mut Table,
    diags: &mut Diagnostics,
    damage: &mut Damage,
) {
    let Some(csv_file::Rows { header, rows, misfits }) = csv_file::parse(file, diags) else {
        damage.text(&file.text);
        return;
    };
    let Some(columns) = check_header(table, &header, file, diags) else {
        damage.text(&file.text);
        return;
    };
    let text = |span: Span| &file.text[span.start as usize..span.end as usize];
    for misfit in misfits {
        damage.row(misfit.span().map_or("", text));
        diags.push(misfit);
    }
    let mut said = BTreeMap::new();
    let mut parts = parts::Parts::new(level);
    for cells in &rows {
        let row = Row { cells, columns: &columns };
        let read = match table.rows {
            Rows::Demand => demand(&row, &mut said, tree, diags),
            Rows::Profile => profile(&row, tree, diags),
            Rows::Statistic => statistic(&row, tree, diags),
            Rows::Part => parts.add(&row, tree, diags),
            Rows::Field(field) => parameter(&row, Some(field), tree, diags),
            Rows::Parameter => parameter(&row, None, tree, diags),
        };
        if read.is_none() {
            damage.row(text(around(cells)));
        }
    }
}

/// The position of each column; `None` if the header is not usable.
fn check_header(
    table: &CsvTable,
    header: &[Cell],
    file: &SourceFile,
    diags: &mut Diagnostics,
) -> Option<BTreeMap<&'static str, usize>> {
    let expected: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    if header.is_empty() {
        diags.push(
            Diagnostic::error_overall("empty-table", format!("{} is empty", file.path)).hint(
                format!("take it out, or begin with its header: `{}`", expected.join(",")),
            ),
        );
        return None;
    }
    let mut columns = BTreeMap::new();
    let mut sound = true;
    for (at, cell) in header.iter().enumerate() {
        let named = expected.iter().find(|name| **name == cell.text);
        // a misspelt column is read on as the one it is taken for
        let meant = nearest(&cell.text, expected.iter().copied());
        let meant = meant.filter(|meant| !header.iter().any(|cell| cell.text == *meant));
        if named.is_none() {
            diags.push(if cell.text.is_empty() {
                csv_file::without_name(at + 1, cell)
            } else {
                no_column(table, cell, file)
            });
            sound &= meant.is_some();
        }
        if let Some(name) = named.copied().or(meant)
            && let Some(first) = columns.insert(name, at)
        {
            sound = false;
            let message = format!("{} has two columns `{name}`", file.path);
            diags.push(
                Diagnostic::error("duplicate", message, cell.span, "again here")
                    .also(header[first].span, "first here")
                    .hint("keep one of the two"),
            );
        }
    }
    let missing = table.columns.iter().filter(|c| c.required && !columns.contains_key(c.name));
    let missing: Vec<&str> = missing.map(|column| column.name).collect();
    if sound && !missing.is_empty() {
        let message = format!("{} needs the column `{}`", file.path, missing.join("`, `"));
        diags.push(
            Diagnostic::error("missing-column", message, around(header), "")
                .hint(format!("its header is `{}`", expected.join(","))),
        );
    }
    (sound && missing.is_empty()).then_some(columns)
}

fn no_column(table: &CsvTable, cell: &Cell, file: &SourceFile) -> Diagnostic {
    let expected = table.columns.iter().map(|column| column.name);
    let hint = if cell.text.contains(';') {
        csv_file::DIVIDED_BY_SEMICOLONS.to_owned()
    } else if cell.text.contains('\t') {
        csv_file::DIVIDED_BY_TABS.to_owned()
    } else {
        did_you_mean(&cell.text, expected.clone()).unwrap_or_else(|| {
            format!("its columns are `{}`", expected.collect::<Vec<_>>().join(","))
        })
    };
    let message = format!("{} has no column `{}`", file.path, cell.text);
    Diagnostic::error("unknown-column", message, cell.span, "").hint(hint)
}

struct Row<'a> {
    cells: &'a [Cell],
    columns: &'a BTreeMap<&'static str, usize>,
}

impl<'a> Row<'a> {
    /// The cell of a column, if there is something in it.
    fn get(&self, column: Column) -> Option<&'a Cell> {
        let cell = &self.cells[*self.columns.get(column.name)?];
        (!cell.text.is_empty()).then_some(cell)
    }

    fn require(&self, column: Column, diags: &mut Diagnostics) -> Option<&'a Cell> {
        let found = self.get(column);
        if found.is_none() {
            diags.push(
                Diagnostic::error(
                    "empty-cell",
                    format!("the {} of this row is empty", column.name),
                    around(self.cells),
                    "",
                )
                .hint("fill it in, or leave the row out"),
            );
        }
        found
    }

    /// `{ value, unit, source, confidence, note }` of this row; a value that cannot be read is
    /// there as broken.
    fn value(&self, diags: &mut Diagnostics) -> Node {
        self.value_in(list::VALUE, diags)
    }

    /// The same with its value in another column.
    fn value_in(&self, column: Column, diags: &mut Diagnostics) -> Node {
        let value = self.number(column, diags);
        let span = value.span;
        let mut table = Table::default();
        table.set(Entry { key: VALUE.to_string(), key_span: span, node: value });
        for column in [list::UNIT, list::SOURCE, list::CONFIDENCE, list::NOTE] {
            if let Some(cell) = self.get(column) {
                table.set(text_entry(column.name, cell));
            }
        }
        Node { span, value: Value::Table(table) }
    }

    fn number(&self, column: Column, diags: &mut Diagnostics) -> Node {
        let Some(cell) = self.require(column, diags) else {
            return Node { span: around(self.cells), value: Value::Broken };
        };
        let value = match cell.text.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number),
            _ => {
                diags.push(not_a_number(cell));
                Value::Broken
            }
        };
        Node { span: cell.span, value }
    }
}

fn text_entry(key: &str, cell: &Cell) -> Entry {
    Entry {
        key: key.to_owned(),
        key_span: cell.span,
        node: Node { span: cell.span, value: Value::Text(cell.text.clone()) },
    }
}

fn not_a_number(cell: &Cell) -> Diagnostic {
    let message = format!("`{}` is not a number", cell.text);
    let diagnostic = Diagnostic::error("not-a-number", message, cell.span, "");
    if let Some(number) = cell.text.strip_suffix('%')
        && let Ok(percent) = number.trim().parse::<f64>()
    {
        let share = crate::numbers::shown(percent / 100.0);
        return diagnostic.hint(format!("{} is written `{share}`", cell.text));
    }
    // spreadsheets put no-break, thin and narrow blanks between thousands
    if cell.text.contains(|c: char| matches!(c, ',' | '\'' | '’') || c.is_whitespace()) {
        return diagnostic.hint("write the decimal point as `.`, and no thousands mark");
    }
    diagnostic.hint("write a plain number such as `12.5`; its unit has a column of its own")
}

/// Puts `node` at the path that `keys` spell, each key with its place.
fn put(keys: &[(&str, Span)], node: Node, tree: &mut Table, diags: &mut Diagnostics) {
    let mut keys = keys.iter().rev();
    let Some((last, span)) = keys.next() else { return };
    let mut entry = Entry { key: (*last).to_owned(), key_span: *span, node };
    for (key, key_span) in keys {
        let mut table = Table::default();
        table.set(entry);
        let node = Node { span: *key_span, value: Value::Table(table) };
        entry = Entry { key: (*key).to_owned(), key_span: *key_span, node };
    }
    tree.merge_entry(entry, "", diags);
}

/// A number of a field, or of the one that the row names; `None` if it is not known where it
/// belongs.
fn parameter(
    row: &Row<'_>,
    field: Option<Key>,
    tree: &mut Table,
    diags: &mut Diagnostics,
) -> Option<()> {
    let (process, node) = (row.require(list::PROCESS, diags), row.value(diags));
    let year = field.is_none() || row.require(list::YEAR, diags).is_some();
    let process = process.filter(|_| year)?;
    let collection = collection_of(process, tree, diags)?;
    let mut keys = vec![(collection.name(), process.span)];
    match process.text.split_once('.') {
        Some((process_of, class)) => {
            let steps = [process_of, process::CLASSES.name(), class];
            keys.extend(steps.map(|step| (step, process.span)));
        }
        None => keys.push((process.text.as_str(), process.span)),
    }
    if let Some(field) = field {
        keys.push((field.name(), process.span));
    } else {
        let parameter = row.require(list::PARAMETER, diags)?;
        let parts: Vec<&str> = parameter.text.split('.').collect();
        if parts.len() > DEEPEST {
            let message = "this is not the path of a parameter: it has too many dots";
            diags.push(Diagnostic::error("path-leads-nowhere", message, parameter.span, ""));
            return None;
        }
        keys.extend(parts.into_iter().map(|part| (part, parameter.span)));
    }
    for column in [list::REGION, list::YEAR] {
        keys.extend(row.get(column).map(|cell| (cell.text.as_str(), cell.span)));
    }
    put(&keys, node, tree, diags);
    Some(())
}

/// Which of the collections has a process of this name.
fn collection_of(process: &Cell, tree: &Table, diags: &mut Diagnostics) -> Option<Key> {
    let mut known = Vec::new();
    for collection in [root::PROCESSES, root::STORAGES, root::LINKS].map(|field| field.key()) {
        let Some(table) = tree.get(&collection).and_then(Node::table) else { continue };
        if table.get(&process.text).is_some() || is_class(table, &process.text) {
            return Some(collection);
        }
        known.extend(table.keys());
    }
    let message = format!("there is no process, storage or link `{}`", process.text);
    let diagnostic = Diagnostic::error("unknown-name", message, process.span, "not declared");
    diags.push(match nearest(&process.text, known.iter().copied()) {
        Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
        None if process.text.contains('.') => {
            diagnostic.hint("declare it in a TOML file: `[processes.NAME.classes.CLASS]`")
        }
        None => diagnostic.hint("declare it in a TOML file: `[processes.NAME]`"),
    });
    None
}

/// Whether a name such as `wind.coast` is that of a class of a process.
fn is_class(processes: &Table, name: &str) -> bool {
    let class = |(process, class): (&str, &str)| {
        let process = processes.get(process)?.table()?;
        process.get(&process::CLASSES.key())?.table()?.get(class)
    };
    name.split_once('.').and_then(class).is_some()
}

fn demand<'a>(
    row: &Row<'a>,
    said: &mut BTreeMap<(&'a str, &'a str, &'static str), &'a Cell>,
    tree: &mut Table,
    diags: &mut Diagnostics,
) -> Option<()> {
    let (commodity, region, node) = (
        row.require(list::COMMODITY, diags),
        row.require(list::REGION, diags),
        row.value(diags),
    );
    let (commodity, region) = (commodity?, region?);
    let keys = [
        (root::DEMANDS.name(), commodity.span),
        (commodity.text.as_str(), commodity.span),
        (region.text.as_str(), region.span),
    ];
    for column in [list::DEMAND_PROFILE, list::NON_ENERGY_USE] {
        let Some(cell) = row.get(column) else { continue };
        match said.insert((&commodity.text, &region.text, column.name), cell) {
            None => {
                let node = said_of_demand(column, cell);
                put(&[&keys[..], &[(column.name, cell.span)]].concat(), node, tree, diags);
            }
            Some(first) if first.text != cell.text => diags.push(
                Diagnostic::error(
                    if column.name == list::DEMAND_PROFILE.name {
                        "profile-differs"
                    } else {
                        "non-energy-use-differs"
                    },
                    format!(
                        "this demand has two values of `{}`, `{}` and `{}`",
                        column.name, first.text, cell.text
                    ),
                    cell.span,
                    "another here",
                )
                .also(first.span, "one here")
                .hint(format!("a demand has one `{}` in all years", column.name)),
            ),
            Some(_) => {}
        }
    }
    let mut keys = [&keys[..], &[(demand::ANNUAL.name(), region.span)]].concat();
    keys.extend(row.get(list::YEAR).map(|cell| (cell.text.as_str(), cell.span)));
    put(&keys, node, tree, diags);
    Some(())
}

/// What a cell says of a demand in all years; a flag that is none stays the text it is, which
/// its reader refuses.
fn said_of_demand(column: Column, cell: &Cell) -> Node {
    let flag = match cell.text.to_ascii_lowercase().as_str() {
        // as spreadsheets write it
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let value = match flag.filter(|_| column.name == list::NON_ENERGY_USE.name) {
        Some(flag) => Value::Flag(flag),
        None => Value::Text(cell.text.clone()),
    };
    Node { span: cell.span, value }
}

fn profile(row: &Row<'_>, tree: &mut Table, diags: &mut Diagnostics) -> Option<()> {
    let (profile, slice, node) =
        (row.require(list::PROFILE, diags), row.require(list::SLICE, diags), row.value(diags));
    let (profile, slice) = (profile?, slice?);
    let keys = [
        (root::PROFILES.name(), profile.span),
        (profile.text.as_str(), profile.span),
        (slice.text.as_str(), slice.span),
    ];
    put(&keys, node, tree, diags);
    Some(())
}

/// A row of `statistics.csv`: each cell is a field.
fn statistic(row: &Row<'_>, tree: &mut Table, diags: &mut Diagnostics) -> Option<()> {
    let (name, node) = (row.require(list::STATISTIC, diags), row.value(diags));
    let Value::Table(mut table) = node.value else { return None };
    for column in list::STATISTIC_TEXTS {
        if let Some(cell) = row.get(column) {
            table.set(text_entry(column.name, cell));
        }
    }
    for column in list::STATISTIC_LISTS {
        if let Some(cell) = row.get(column) {
            table.set(list_entry(column.name, cell));
        }
    }
    for column in list::STATISTIC_NUMBERS {
        let node = row.number(column, diags);
        table.set(Entry { key: column.name.to_owned(), key_span: node.span, node });
    }
    let name = name?;
    let keys = [(root::STATISTICS.name(), name.span), (name.text.as_str(), name.span)];
    let node = Node { span: name.span, value: Value::Table(table) };
    put(&keys, node, tree, diags);
    Some(())
}

/// Names divided by `;`.
fn list_entry(key: &str, cell: &Cell) -> Entry {
    let names = cell.text.split(';').map(str::trim).filter(|name| !name.is_empty());
    let node = |name: &str| Node { span: cell.span, value: Value::Text(name.to_owned()) };
    let list = Value::List(names.map(node).collect());
    Entry {
        key: key.to_owned(),
        key_span: cell.span,
        node: Node { span: cell.span, value: list },
    }
}
