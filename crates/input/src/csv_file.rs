//! A CSV file as rows of cells, each with its place.

use kzleap_diagnostics::{Diagnostic, Diagnostics, SourceFile, Span};

/// One cell: its text, trimmed and unquoted, and where it was written.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What stands there.
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

/// Reads a file.
pub fn parse(file: &SourceFile, diags: &mut Diagnostics) -> Rows {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .from_reader(file.text.as_bytes());
    let mut rows = Rows::default();
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return rows,
            Err(error) => {
                diags.push(Diagnostic::error_overall(
                    "syntax",
                    format!("{}: {error}", file.path),
                ));
                return rows;
            }
        }
        let cells = cells(file, start, &record);
        if cells.iter().all(|cell| cell.text.is_empty()) {
            continue; // spreadsheets leave `,,,,` behind
        }
        if rows.header.is_empty() {
            rows.header = cells;
        } else if cells.len() == rows.header.len() {
            rows.rows.push(cells);
        } else {
            rows.misfits.push(wrong_length(&cells, &rows.header));
        }
    }
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
