//! Hourly tables: one row an hour, a column a series.

pub(crate) mod clock;
pub(crate) mod year;

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Diagnostics, FileId, SourceFile, Span};

use crate::csv_file::{DIVIDED_BY_SEMICOLONS, DIVIDED_BY_TABS};
use crate::registry::{hourly, root};
use crate::tree::{Node, Table};

/// The hourly tables of a folder, by file.
pub(crate) type HourlyFiles = BTreeMap<String, HourlyFile>;

/// A table as its file has it.
#[derive(Clone, Debug)]
pub(crate) struct HourlyFile {
    /// Its header.
    pub(crate) place: Span,
    /// What each row says of its time.
    pub(crate) times: Vec<String>,
    /// The place of each row.
    rows: Vec<Span>,
    /// Name of each series, with its values by row; not a number where a cell is empty.
    pub(crate) columns: Vec<(String, Vec<f64>)>,
}

impl HourlyFile {
    /// Where a row is written.
    pub(crate) fn row(&self, at: usize) -> Span {
        self.rows.get(at).copied().unwrap_or(self.place)
    }
}

/// The file and the time column that a model names for an hourly table, by file.
pub(crate) fn named(tree: &Table) -> impl Iterator<Item = (&str, Option<&str>)> {
    let tables = tree.get(&root::HOURLY.key()).and_then(Node::table);
    tables.into_iter().flat_map(Table::iter).filter_map(|entry| {
        let table = entry.node.table()?;
        let time = table.get(&hourly::TIME.key()).and_then(Node::text);
        Some((table.get(&hourly::FILE.key())?.text()?, time))
    })
}

/// Reads a file; what is wrong with it is said, at most once a column.
pub(crate) fn parse(
    file: &SourceFile,
    id: FileId,
    time: Option<&str>,
    diags: &mut Diagnostics,
) -> Option<HourlyFile> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(file.text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            diags.push(unreadable(file, &error));
            return None;
        }
    };
    let line_of = |start: usize| -> Span {
        let rest = file.text.get(start..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        let length = rest[skipped..].find(['\n', '\r']).unwrap_or(rest.len() - skipped);
        span(id, start + skipped, start + skipped + length)
    };
    let place = line_of(0);
    if header.len() < 2 {
        let message = format!("{} has no series beside its time", file.path);
        let first = header.get(0).unwrap_or_default();
        let hint = match first {
            first if first.contains(';') => DIVIDED_BY_SEMICOLONS,
            first if first.contains('\t') => DIVIDED_BY_TABS,
            _ => "it needs a column of times and one for each series",
        };
        diags.push(Diagnostic::error("hourly-table", message, place, "").hint(hint));
        return None;
    }
    let time_at = match time {
        None => 0,
        Some(name) => match header.iter().position(|column| column.trim() == name) {
            Some(at) => at,
            None => {
                let message = format!("{} has no column `{name}`", file.path);
                diags.push(Diagnostic::error("hourly-table", message, place, ""));
                return None;
            }
        },
    };
    let mut columns: Vec<(String, Vec<f64>)> = Vec::new();
    let mut wrong: Vec<Option<(Span, String, usize)>> = vec![None; header.len()];
    for name in &header {
        columns.push((name.trim().to_owned(), Vec::with_capacity(8784)));
    }
    let (mut times, mut rows) = (Vec::with_capacity(8784), Vec::with_capacity(8784));
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                diags.push(unreadable(file, &error));
                return None;
            }
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue; // spreadsheets leave `,,,,` behind
        }
        let row = line_of(start);
        times.push(record.get(time_at).unwrap_or_default().trim().to_owned());
        rows.push(row);
        for (at, ((_, values), cell)) in columns.iter_mut().zip(&record).enumerate() {
            let cell = cell.trim();
            let value = match cell {
                _ if at == time_at => f64::NAN,
                "" => f64::NAN,
                cell => cell
                    .parse::<f64>()
                    .ok()
                    .filter(|value| value.is_finite())
                    .unwrap_or_else(|| {
                        let (.., count) = wrong[at].get_or_insert((row, cell.to_owned(), 0));
                        *count += 1;
                        f64::NAN
                    }),
            };
            values.push(value);
        }
    }
    let mut failed = false;
    for (at, wrong) in wrong.into_iter().enumerate() {
        let Some((row, cell, count)) = wrong else { continue };
        failed = true;
        let more = if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
        let message = format!(
            "column `{}` of {} has `{cell}`, which is not a number{more}",
            columns[at].0, file.path
        );
        let diagnostic = Diagnostic::error("not-a-number", message, row, "");
        diags.push(if cell.contains(',') {
            diagnostic.hint("write `.` as the decimal point")
        } else {
            diagnostic.hint("leave a cell empty where no value is known")
        });
    }
    columns.remove(time_at);
    columns.retain(|(name, _)| !name.is_empty());
    let mut seen: Vec<&str> = Vec::new();
    for (name, _) in &columns {
        if seen.contains(&name.as_str()) {
            let message = format!("{} has two columns `{name}`", file.path);
            diags.push(Diagnostic::error("hourly-table", message, place, ""));
            failed = true;
        }
        seen.push(name);
    }
    (!failed).then_some(HourlyFile { place, times, rows, columns })
}

fn unreadable(file: &SourceFile, error: &csv::Error) -> Diagnostic {
    Diagnostic::error_overall("syntax", format!("{}: {error}", file.path))
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: offset(start), end: offset(end) }
}
