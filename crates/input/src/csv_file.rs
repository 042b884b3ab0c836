//! A CSV file as rows of cells, each with its place.

use kzleap_diagnostics::{Diagnostic, Diagnostics, SourceFile, Span};

/// One cell: its text, trimmed and unquoted, and where it was written.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What is there.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A header and the rows below it, each as long as the header.
#[derive(Debug, Default)]
pub struct Rows {
    /// The first row.
    pub header: Vec<Cell>,
    /// The others.
    pub rows: Vec<Vec<Cell>>,
    /// What is wrong with rows that do not fit the header; they are left out.
    pub misfits: Vec<Diagnostic>,
}

/// What to do about a table with semicolons between its cells.
pub const DIVIDED_BY_SEMICOLONS: &str =
    "cells are divided by `;` here: save the file as comma-separated UTF-8";

/// What to do about a table with tabs between its cells.
pub const DIVIDED_BY_TABS: &str =
    "this table is divided by tabs: save it as CSV with commas (comma-separated UTF-8)";

/// Reads a file; `None` if it says itself that its cells are not divided by commas.
pub fn parse(file: &SourceFile, diags: &mut Diagnostics) -> Option<Rows> {
    let skipped = separator_line(file, diags)?;
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .from_reader(&file.text.as_bytes()[skipped..]);
    let mut rows = Rows::default();
    let mut width = 0;
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte())
            .map_or(usize::MAX, |at| at.saturating_add(skipped));
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Some(rows),
            Err(error) => {
                diags.push(Diagnostic::error_overall(
                    "syntax",
                    format!("{}: {error}", file.path),
                ));
                return Some(rows);
            }
        }
        let mut cells = cells(file, start, &record);
        let Some(last) = cells.iter().rposition(|cell| !cell.text.is_empty()) else {
            continue; // spreadsheets leave `,,,,` behind
        };
        if rows.header.is_empty() {
            width = cells.len();
            cells.truncate(last + 1); // as they do right of the table
            rows.header = cells;
            continue;
        }
        let named = rows.header.len();
        if cells.len() == width && width > named {
            let beyond = cells.split_off(named);
            if let Some(stray) = beyond.get(last.wrapping_sub(named)) {
                diags.push(without_name(last + 1, stray));
            }
        }
        if cells.len() == rows.header.len() {
            rows.rows.push(cells);
        } else {
            rows.misfits.push(wrong_length(&cells, &rows.header));
        }
    }
}

/// Length of a first line `sep=,`, which tells a spreadsheet what divides cells, and of a byte
/// order mark before it; `None` if it is anything but a comma.
pub(crate) fn separator_line(file: &SourceFile, diags: &mut Diagnostics) -> Option<usize> {
    let text = file.text.trim_start_matches('\u{feff}');
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    // a spreadsheet that saves such a table again pads the line with empty cells
    let Some(separator) =
        line.trim_end_matches(['\r', '\n', '"']).trim_start_matches('"').strip_prefix("sep=")
    else {
        return Some(0);
    };
    let begin = file.text.len() - text.len();
    if separator.chars().all(|c| c == ',') {
        return Some(begin + line.len());
    }
    let message = format!("{} is not divided by commas", file.path);
    let place = span(file, begin, begin + line.trim_end().len());
    diags.push(Diagnostic::error("wrong-separator", message, place, "").hint(
        match separator {
            "\t" => DIVIDED_BY_TABS,
            ";" => DIVIDED_BY_SEMICOLONS,
            _ => "save the file as comma-separated UTF-8",
        },
    ));
    None
}

/// A column without a name that holds something, or is between others.
pub fn without_name(column: usize, cell: &Cell) -> Diagnostic {
    let message = format!("column {column} has no name");
    Diagnostic::error("column-without-name", message, cell.span, "")
        .hint("give it a name, or delete the column with all of its cells")
}

fn wrong_length(cells: &[Cell], header: &[Cell]) -> Diagnostic {
    let message = format!("this row has {} cells, the header {}", cells.len(), header.len());
    let diagnostic = Diagnostic::error("bad-row", message, around(cells), "");
    if cells.len() > header.len() {
        diagnostic
            .hint("put a text that holds commas in double quotes; the decimal point is `.`")
    } else {
        diagnostic.hint("an empty cell still needs its comma")
    }
}

/// From the first cell of a row to the last.
pub fn around(cells: &[Cell]) -> Span {
    let first = cells[0].span;
    Span { end: cells.last().map_or(first.end, |cell| cell.span.end), ..first }
}

/// Finds the cells of a record again in the text: the `csv` crate says only where it begins.
fn cells(file: &SourceFile, start: usize, record: &csv::StringRecord) -> Vec<Cell> {
    let text = &file.text;
    let mut at = skip_to_record(text, start);
    let mut cells = Vec::with_capacity(record.len());
    for field in record {
        let rest = &text[at..];
        let quoted = rest.starts_with('"');
        let mut inside = false;
        let length = rest
            .bytes()
            .position(|byte| {
                inside ^= quoted && byte == b'"';
                !inside && matches!(byte, b',' | b'\n' | b'\r')
            })
            .unwrap_or(rest.len());
        let raw = &rest[..length];
        let begin = at + (raw.len() - raw.trim_start().len());
        cells.push(Cell {
            text: field.trim().to_owned(),
            span: span(file, begin, begin + raw.trim().len()),
        });
        at = (at + length + 1).min(text.len());
    }
    cells
}

fn skip_to_record(text: &str, start: usize) -> usize {
    let mut at = start.min(text.len());
    if at == 0 {
        at = text.len() - text.trim_start_matches('\u{feff}').len();
    }
    loop {
        let rest = &text[at..];
        match rest.bytes().next() {
            Some(b'\n' | b'\r') => at += 1,
            Some(b'#') => at += rest.find('\n').map_or(rest.len(), |end| end + 1),
            _ => return at,
        }
    }
}

fn span(file: &SourceFile, start: usize, end: usize) -> Span {
    // files are read whole and are far below 4 GiB
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span { file: file.id, start: offset(start), end: offset(end) }
}
