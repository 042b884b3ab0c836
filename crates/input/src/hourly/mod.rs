//! Hourly tables: one row an hour, a column a series.
//!
//! A file is read without the model: which of its columns holds the times may differ by scenario.

pub(crate) mod clock;
pub(crate) mod year;

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Diagnostics, SourceFile, Span};

use crate::csv_file::{DIVIDED_BY_SEMICOLONS, DIVIDED_BY_TABS, separator_line};
use crate::registry::{hourly, root};
use crate::tree::{Node, Table};

/// The hourly tables of a folder, by file; `None` for one that cannot be read, which was said.
pub(crate) type HourlyFiles = BTreeMap<String, Option<HourlyFile>>;

/// Rows that are made room for: the hours of a leap year.
const ROWS: usize = 8784;

/// A table as its file has it.
#[derive(Clone, Debug)]
pub(crate) struct HourlyFile {
    /// Its path in the folder of the model.
    pub(crate) path: String,
    /// Its header.
    pub(crate) place: Span,
    /// The place of each row.
    rows: Vec<Span>,
    /// Its columns. The first may be without a name.
    columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: String,
    /// The number in each row; not a number where the cell is empty or holds a text.
    pub(crate) values: Vec<f64>,
    /// Texts that are no numbers, by row.
    texts: BTreeMap<usize, String>,
}

impl HourlyFile {
    /// Where a row is written.
    pub(crate) fn row(&self, at: usize) -> Span {
        self.rows.get(at).copied().unwrap_or(self.place)
    }

    /// How many rows it has.
    pub(crate) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The column of times: the one of a name, or else the first.
    pub(crate) fn times(&self, name: Option<&str>) -> Option<&Column> {
        match name {
            None => self.columns.first(),
            Some(name) => self.columns.iter().find(|column| column.name == name),
        }
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The columns beside the one of times. A first column without a name numbers the rows.
    pub(crate) fn series<'f>(&'f self, times: &Column) -> impl Iterator<Item = &'f Column> {
        let times = times.name.clone();
        self.columns
            .iter()
            .filter(move |column| column.name != times && !column.name.is_empty())
    }

    /// What is wrong with the values of a column.
    pub(crate) fn wrong(&self, column: &Column) -> Option<Diagnostic> {
        let (row, cell) = column.texts.first_key_value()?;
        let more = match column.texts.len() - 1 {
            0 => String::new(),
            more => format!(", and so have {more} more rows"),
        };
        let message = format!("`{}` has `{cell}`, which is not a number{more}", column.name);
        let hint = if cell.contains(',') {
            "write `.` as the decimal point"
        } else {
            "leave a cell empty where no value is known"
        };
        Some(Diagnostic::error("not-a-number", message, self.row(*row), "").hint(hint))
    }
}

impl Column {
    /// What a row says.
    pub(crate) fn text(&self, row: usize) -> String {
        match self.texts.get(&row) {
            Some(text) => text.clone(),
            None if self.values[row].is_nan() => String::new(),
            None => self.values[row].to_string(),
        }
    }

    fn push(&mut self, row: usize, cell: &str) {
        let number = cell.parse::<f64>().ok().filter(|value| value.is_finite());
        if number.is_none() && !cell.is_empty() {
            self.texts.insert(row, cell.to_owned());
        }
        self.values.push(number.unwrap_or(f64::NAN));
    }
}

/// The files that a model names for hourly tables.
pub(crate) fn named(tree: &Table) -> impl Iterator<Item = &str> {
    let tables = tree.get(&root::HOURLY.key()).and_then(Node::table);
    tables
        .into_iter()
        .flat_map(Table::iter)
        .filter_map(|entry| entry.node.table()?.get(&hourly::FILE.key())?.text())
}

/// Reads a file; says what is wrong if it is no table.
pub(crate) fn parse(file: &SourceFile, diags: &mut Diagnostics) -> Option<HourlyFile> {
    let skipped = separator_line(file, diags)?;
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .from_reader(&file.text.as_bytes()[skipped..]);
    let mut table: Option<HourlyFile> = None;
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let message = format!("{}: {error}", file.path);
                diags.push(Diagnostic::error_overall("syntax", message));
                return None;
            }
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue; // spreadsheets leave `,,,,` behind
        }
        let place = line(file, start.saturating_add(skipped));
        match &mut table {
            None => table = Some(header(file, place, &record, diags)?),
            Some(table) => {
                if let Some(wrong) = table.add(place, &record) {
                    diags.push(wrong);
                    return None;
                }
            }
        }
    }
    let Some(mut table) = table else {
        let message = format!("{} is empty", file.path);
        diags.push(Diagnostic::error_overall("hourly-table", message).hint(SHAPE));
        return None;
    };
    if let Some(wrong) = table.take_unnamed() {
        diags.push(wrong);
        return None;
    }
    Some(table)
}

/// What a table looks like.
const SHAPE: &str = "it needs a header, with a column of times and one for each series";

/// A table with its header alone.
fn header(
    file: &SourceFile,
    place: Span,
    record: &csv::StringRecord,
    diags: &mut Diagnostics,
) -> Option<HourlyFile> {
    let first = record.get(0).unwrap_or_default();
    if record.len() < 2 {
        let message = format!("{} has no series beside its time", file.path);
        let hint = match first {
            first if first.contains(';') => DIVIDED_BY_SEMICOLONS,
            first if first.contains('\t') => DIVIDED_BY_TABS,
            _ => SHAPE,
        };
        diags.push(Diagnostic::error("hourly-table", message, place, "").hint(hint));
        return None;
    }
    let mut columns: Vec<Column> = Vec::new();
    for name in record {
        let name = name.trim().trim_start_matches('\u{feff}').to_owned();
        if !name.is_empty() && columns.iter().any(|column| column.name == name) {
            let message = format!("two columns are named `{name}`");
            diags.push(Diagnostic::error("hourly-table", message, place, ""));
            return None;
        }
        let values = Vec::with_capacity(ROWS);
        columns.push(Column { name, values, texts: BTreeMap::new() });
    }
    Some(HourlyFile { path: file.path.clone(), place, rows: Vec::with_capacity(ROWS), columns })
}

impl HourlyFile {
    /// Adds a row, or says what is wrong with it.
    fn add(&mut self, place: Span, record: &csv::StringRecord) -> Option<Diagnostic> {
        let (cells, columns) = (record.len(), self.columns.len());
        let beyond = record.iter().skip(columns).any(|cell| !cell.trim().is_empty());
        if cells < columns || beyond {
            let message = format!("this row has {cells} cells, the header {columns}");
            let hint = if cells < columns {
                "an empty cell still needs its comma"
            } else {
                "the decimal point is `.`, and nothing divides thousands"
            };
            return Some(Diagnostic::error("bad-row", message, place, "").hint(hint));
        }
        let row = self.rows.len();
        for (column, cell) in self.columns.iter_mut().zip(record) {
            column.push(row, cell.trim());
        }
        self.rows.push(place);
        None
    }

    /// Takes empty columns without a name out, as spreadsheets leave them; a first one is the
    /// index of a data frame.
    fn take_unnamed(&mut self) -> Option<Diagnostic> {
        let is_empty = |column: &Column| {
            column.texts.is_empty() && column.values.iter().all(|value| value.is_nan())
        };
        let stray = self
            .columns
            .iter()
            .enumerate()
            .find(|(at, column)| *at > 0 && column.name.is_empty() && !is_empty(column));
        if let Some((at, _)) = stray {
            let message = format!("column {} has no name", at + 1);
            let hint = "give it a name, or delete the column with all of its cells";
            let place = self.place;
            return Some(
                Diagnostic::error("column-without-name", message, place, "").hint(hint),
            );
        }
        let mut first = true;
        self.columns.retain(|column| std::mem::take(&mut first) || !column.name.is_empty());
        None
    }
}

/// The line of a record, which begins at or after `start`: comments and empty lines may be before.
fn line(file: &SourceFile, start: usize) -> Span {
    let mut at = start.min(file.text.len());
    loop {
        let rest = &file.text[at..];
        match rest.bytes().next() {
            Some(b'\n' | b'\r') => at += 1,
            Some(b'#') => at += rest.find('\n').map_or(rest.len(), |end| end + 1),
            _ => break,
        }
    }
    let length = file.text[at..].find(['\n', '\r']).unwrap_or(file.text.len() - at);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file: file.id, start: offset(at), end: offset(at + length) }
}
