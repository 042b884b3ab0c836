//! Reads an energy balance table: one number a row, in whatever order, from one file or several.
//!
//! Two layouts are known. Statistics write supply above zero and use by end users above zero as
//! well; plans (`tables/balance.csv` of a run) write all use below zero, so that a column adds up
//! to zero. Which one a table follows is known from its final use, and plans are turned into the
//! former on the way in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};
use kzleap_input::csv_file::{Cell, Rows, around, parse};
use kzleap_input::{Files, petajoules};

use crate::kinds::Kinds;
use crate::row::Row;

/// What is in the column `region` for all regions together.
pub const ALL: &str = "*";
/// The unit all energy is kept in.
pub const PJ: &str = "PJ";
/// The commodity of rows that give a total only.
pub const TOTAL: &str = "all";

/// Who wrote a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Statistics: measured, with differences, gaps and slips.
    Statistics,
    /// A plan: every column closes, and a leap from one year to the next is a decision.
    Plan,
}

/// A number of a balance.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where; empty if the table has no regions.
    pub region: String,
    /// Calendar year.
    pub year: i32,
    /// The row as written, such as `transformation/CHP`.
    pub flow: String,
    /// What the row is.
    pub row: Row,
    /// The column.
    pub commodity: String,
    /// In `unit`; final use above zero, a statistical difference as supply less use.
    pub value: f64,
    /// `PJ` for all energy, else as written.
    pub unit: String,
    /// Who says so; may be empty.
    pub source: String,
    /// Where the number is written.
    pub place: Span,
}

impl Entry {
    /// Whether it is energy, in PJ.
    pub fn is_energy(&self) -> bool {
        self.unit == PJ
    }
}

/// A balance table, read.
#[derive(Debug)]
pub struct Table {
    /// Who wrote it.
    pub kind: Kind,
    /// Every number, in the order of the files.
    pub entries: Vec<Entry>,
    /// What its commodities and rows are.
    pub kinds: Kinds,
}

impl Table {
    /// Its regions, in the order of their names; one empty name if there are none.
    pub fn regions(&self) -> Vec<&str> {
        let all: BTreeSet<&str> =
            self.entries.iter().map(|entry| entry.region.as_str()).collect();
        all.into_iter().collect()
    }

    /// How many numbers are in units other than energy, by unit.
    pub fn other_units(&self) -> BTreeMap<&str, usize> {
        let mut count = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| !entry.is_energy()) {
            *count.entry(entry.unit.as_str()).or_insert(0) += 1;
        }
        count
    }
}

/// Reads one file or several as one table; `None` if anything cannot be read, which is then in
/// `diags`, all of it.
pub fn read(
    paths: &[&Path],
    kinds: &Kinds,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Option<Table> {
    let mut entries = Vec::new();
    for path in paths {
        if let Some(rows) = read_rows(path, files, diags) {
            add_rows(&rows, diags, &mut entries);
        }
    }
    if diags.has_errors() {
        return None;
    }
    Some(Table { kinds: kinds.clone(), ..normal(entries) })
}

/// The rows of a CSV file, with everything wrong with their number of cells.
pub(crate) fn read_rows(
    path: &Path,
    files: &mut Files,
    diags: &mut Diagnostics,
) -> Option<Rows> {
    let shown = path.to_string_lossy();
    let id = files.add(Path::new(""), &shown, diags)?;
    let file = files.sources.file(id);
    let rows = parse(file, diags)?;
    rows.misfits.iter().for_each(|misfit| diags.push(misfit.clone()));
    if rows.header.is_empty() {
        let start = Span { file: id, start: 0, end: 0 };
        diags.push(
            Diagnostic::error("empty-table", format!("{shown} holds no table"), start, "")
                .hint("the first row names the columns"),
        );
        return None;
    }
    Some(rows)
}

/// Puts a table of numbers as read into the layout of statistics.
fn normal(mut entries: Vec<Entry>) -> Table {
    let final_use: f64 = entries
        .iter()
        .filter(|entry| entry.row == Row::Final && entry.is_energy())
        .map(|entry| entry.value)
        .sum();
    let kind = if final_use < 0.0 { Kind::Plan } else { Kind::Statistics };
    if kind == Kind::Plan {
        for entry in &mut entries {
            if matches!(entry.row, Row::Final | Row::Difference) {
                entry.value = 0.0 - entry.value; // no minus zero
            }
        }
    }
    Table { kind, entries, kinds: Kinds::default() }
}

/// Positions of the columns of a table with the name and unit of the value.
struct Columns {
    flow: usize,
    commodity: usize,
    year: usize,
    value: usize,
    unit: Result<usize, &'static str>,
    region: Option<usize>,
    source: Option<usize>,
}

/// Units that the name of a column may end with, as in `value_pj`.
const UNITS: &[&str] = &["PJ", "TJ", "GJ", "EJ", "TWh", "GWh", "ktoe", "Mtoe", "ktce", "Mtce"];

impl Columns {
    fn find(header: &[Cell], diags: &mut Diagnostics) -> Option<Self> {
        let at = |name: &str| header.iter().position(|cell| cell.text == name);
        let mut need = |name: &str, what: &str| {
            let found = at(name);
            if found.is_none() {
                let message = format!("the table has no column `{name}`");
                diags.push(
                    Diagnostic::error("missing-column", message, around(header), "")
                        .hint(format!("add `{name}`: {what}")),
                );
            }
            found
        };
        let flow = need("flow", "the row of the balance, such as `production`");
        let commodity = need("commodity", "the column of the balance, such as `coal`");
        let year = need("year", "the calendar year");
        let with_unit = || {
            header.iter().enumerate().find_map(|(at, cell)| {
                let written = cell.text.strip_prefix("value_")?;
                let unit = UNITS.iter().find(|unit| unit.eq_ignore_ascii_case(written))?;
                Some((at, *unit))
            })
        };
        let (value, unit) = match (at("value"), with_unit()) {
            (Some(value), _) => (
                Some(value),
                need("unit", "what the value is counted in, such as `PJ`").map(Ok),
            ),
            (None, Some((value, unit))) => (Some(value), Some(Err(unit))),
            (None, None) => {
                let what = "the number, with its unit in a column `unit`; or name it \
                            `value_pj` where all are in PJ";
                (need("value", what), None)
            }
        };
        Some(Self {
            flow: flow?,
            commodity: commodity?,
            year: year?,
            value: value?,
            unit: unit?,
            region: at("region"),
            source: at("source"),
        })
    }
}

fn add_rows(rows: &Rows, diags: &mut Diagnostics, entries: &mut Vec<Entry>) {
    let Some(columns) = Columns::find(&rows.header, diags) else { return };
    for row in &rows.rows {
        if row[columns.value].text.is_empty() {
            continue; // not known
        }
        let mut name = |at: usize, what: &str| {
            let cell = &row[at];
            if cell.text.is_empty() {
                let message = format!("this row has no {what}");
                diags.push(Diagnostic::error("missing-cell", message, around(row), ""));
            }
            cell.text.clone()
        };
        let flow = name(columns.flow, "`flow`");
        let commodity = name(columns.commodity, "`commodity`");
        let unit = match columns.unit {
            Ok(at) => name(at, "`unit`"),
            Err(unit) => unit.to_owned(),
        };
        let year = whole_year(&row[columns.year], diags);
        let value = number(&row[columns.value], diags);
        let (Some(year), Some(value)) = (year, value) else { continue };
        let (value, unit) = match petajoules(&unit) {
            Some(factor) => (value * factor, PJ.to_owned()),
            None => (value, unit),
        };
        let text = |at: Option<usize>| at.map_or(String::new(), |at| row[at].text.clone());
        entries.push(Entry {
            region: text(columns.region),
            year,
            row: Row::of(&flow),
            flow,
            commodity,
            value,
            unit,
            source: text(columns.source),
            place: row[columns.value].span,
        });
    }
}

/// A number in a cell.
pub(crate) fn number(cell: &Cell, diags: &mut Diagnostics) -> Option<f64> {
    match cell.text.parse::<f64>() {
        Ok(value) if value.is_finite() => Some(value),
        _ => {
            let message = format!("`{}` is no number", cell.text);
            diags
                .push(Diagnostic::error("bad-number", message, cell.span, "").hint(
                    "write digits with a decimal point; leave the cell empty if unknown",
                ));
            None
        }
    }
}

/// A calendar year in a cell.
pub(crate) fn whole_year(cell: &Cell, diags: &mut Diagnostics) -> Option<i32> {
    match cell.text.parse::<i32>() {
        Ok(year) if (1800..=2200).contains(&year) => Some(year),
        _ => {
            let message = format!("`{}` is no calendar year", cell.text);
            diags.push(Diagnostic::error("bad-year", message, cell.span, ""));
            None
        }
    }
}

/// The file a place is in, as the user named it.
pub(crate) fn place(files: &Files, span: Span) -> String {
    let file = files.sources.file(span.file);
    let position = file.position(span.start);
    format!("{}:{}:{}", file.path, position.line, position.column)
}
