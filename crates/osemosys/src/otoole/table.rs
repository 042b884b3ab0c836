//! One CSV file of an otoole folder.

use csv::{ByteRecord, ReaderBuilder, Trim};
use kzleap_diagnostics::{Diagnostic, FileId, Span};

use crate::builder::Builder;
use crate::mathprog::{canonical, number};
use crate::parameters::{SetId, did_you_mean};
use crate::raw::{Extent, Raw, span_at};

/// The rows of a file after its header, each with the byte it starts at.
struct Rows<'t> {
    reader: csv::Reader<&'t [u8]>,
    header: Vec<String>,
    /// Bytes before the text that is read: a byte-order mark.
    skipped: u64,
}

fn open<'t>(file: FileId, text: &'t str, builder: &mut Builder<'_>) -> Option<Rows<'t>> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = (text.len() - bare.len()) as u64;
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .trim(Trim::All)
        .comment(Some(b'#'))
        .from_reader(bare.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(error) => {
            let span = Span { file, start: 0, end: 0 };
            let message = format!("the file cannot be read as CSV: {error}");
            builder.report(
                Diagnostic::error("csv", message, span, "this file")
                    .hint("otoole writes comma-separated text in UTF-8"),
            );
            return None;
        }
    };
    if header.iter().all(String::is_empty) {
        return None; // an empty file: every value is the default
    }
    Some(Rows { reader, header, skipped })
}

impl Rows<'_> {
    fn next(
        &mut self,
        record: &mut ByteRecord,
        file: FileId,
        builder: &mut Builder<'_>,
    ) -> Option<u32> {
        loop {
            match self.reader.read_byte_record(record) {
                Ok(true) => {
                    if record.iter().all(<[u8]>::is_empty) {
                        continue;
                    }
                    let start = record.position().map_or(0, csv::Position::byte);
                    return Some(u32::try_from(start + self.skipped).unwrap_or(u32::MAX));
                }
                Ok(false) => return None,
                Err(error) => {
                    let span = Span { file, start: 0, end: 0 };
                    let message = format!("the file cannot be read as CSV: {error}");
                    builder.report(Diagnostic::error("csv", message, span, "this file"));
                    return None;
                }
            }
        }
    }
}

fn cell(record: &ByteRecord, at: usize) -> &str {
    record.get(at).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
}

/// Reads the members of a set.
pub(super) fn read_set(file: FileId, set: SetId, builder: &mut Builder<'_>) {
    let sources = builder.sources;
    builder.set_spans[set as usize] = Some(span_at(sources, file, 0, Extent::Line));
    let Some(mut rows) = open(file, &sources.file(file).text, builder) else { return };
    let Some(column) = rows.header.iter().position(|name| name == "VALUE") else {
        let span = span_at(sources, file, 0, Extent::Line);
        builder.report(
            Diagnostic::error("bad-header", "there is no column `VALUE`", span, "this header")
                .hint("the file of a set has one column, `VALUE`"),
        );
        return;
    };
    let mut record = ByteRecord::new();
    while let Some(start) = rows.next(&mut record, file, builder) {
        let name = cell(&record, column);
        let name = canonical(name).unwrap_or_else(|| name.to_owned());
        if !builder.sets[set as usize].add(name.clone()) {
            let span = span_at(sources, file, start, Extent::Line);
            let message = format!("`{name}` is in `{set}` twice");
            builder.report(
                Diagnostic::error("duplicate-member", message, span, "second time")
                    .hint("remove one of the two"),
            );
        }
        if builder.has_enough() {
            return;
        }
    }
}

/// Reads the values of a parameter.
pub(super) fn read_parameter(file: FileId, raw: &mut Raw, builder: &mut Builder<'_>) {
    let sources = builder.sources;
    let Some(mut rows) = open(file, &sources.file(file).text, builder) else { return };
    let mut record = ByteRecord::new();
    let mut next = rows.next(&mut record, file, builder);
    if next.is_none() {
        return; // only a header, which in older folders has other columns
    }
    let Some(columns) = columns(file, &rows.header, raw, builder) else {
        return;
    };
    let mut at = RowPlace { file, start: 0, width: rows.header.len() };
    while let Some(start) = next {
        at.start = start;
        if record.len() == at.width {
            read_row(&record, &columns, at, raw, builder);
        } else {
            let message =
                format!("this row has {} cells, its header {}", record.len(), at.width);
            builder.report(
                Diagnostic::error("wrong-arity", message, at.span(builder), "this row")
                    .hint(format!("the header is {}", rows.header.join(","))),
            );
        }
        if builder.has_enough() {
            return;
        }
        next = rows.next(&mut record, file, builder);
    }
}

/// Where a row is, and how many cells it has.
#[derive(Clone, Copy)]
struct RowPlace {
    file: FileId,
    start: u32,
    width: usize,
}

impl RowPlace {
    fn span(self, builder: &Builder<'_>) -> Span {
        span_at(builder.sources, self.file, self.start, Extent::Line)
    }
}

fn read_row(
    record: &ByteRecord,
    columns: &Columns,
    at: RowPlace,
    raw: &mut Raw,
    builder: &mut Builder<'_>,
) {
    let spec = raw.parameter.spec();
    let mut key = Some(0_u64);
    for (index, column) in columns.indices.iter().enumerate() {
        let text = cell(record, *column);
        let set = spec.indices[index];
        let members = &builder.sets[set as usize];
        let position = members
            .position(text)
            .or_else(|| canonical(text).and_then(|name| members.position(&name)));
        match (position, key) {
            (Some(position), Some(so_far)) => {
                key = Some(so_far * columns.sizes[index] as u64 + position as u64);
            }
            (Some(_), None) => {}
            (None, _) => {
                key = None;
                let near = did_you_mean(text, members.names().iter().map(String::as_str));
                let hint = near.unwrap_or_else(|| format!("add it to `{set}.csv`"));
                let message = format!("`{text}` is not in set `{set}`");
                let span = at.span(builder);
                builder.report(
                    Diagnostic::error("unknown-member", message, span, "this row").hint(hint),
                );
            }
        }
    }
    let text = cell(record, columns.value);
    match (number(text), key) {
        (Some(value), Some(key)) if value.is_finite() => raw.push(key, value, at.start),
        (Some(value), _) if value.is_finite() => {}
        (parsed, _) => {
            let (code, message) = match parsed {
                Some(_) => (
                    "number-out-of-range",
                    format!("`{text}` is larger than any number can be"),
                ),
                None => ("not-a-number", format!("`{text}` is not a number")),
            };
            let span = at.span(builder);
            builder.report(
                Diagnostic::error(code, message, span, "this row")
                    .hint("the column `VALUE` holds one number a row"),
            );
        }
    }
}

/// Reads `default_values.csv`, where otoole kept the defaults before it had a configuration.
pub(super) fn read_defaults(
    file: FileId,
    builder: &mut Builder<'_>,
) -> Vec<(String, f64, Span)> {
    let mut defaults: Vec<(String, f64, Span)> = Vec::new();
    let text = &builder.sources.file(file).text;
    let Some(mut rows) = open(file, text, builder) else { return defaults };
    let mut record = ByteRecord::new();
    while let Some(start) = rows.next(&mut record, file, builder) {
        let value = number(cell(&record, 1)).filter(|value| value.is_finite());
        let span = span_at(builder.sources, file, start, Extent::Line);
        let Some(value) = value.filter(|_| record.len() == 2) else {
            let message = "this is not a name and a number";
            builder.report(
                Diagnostic::error("not-a-number", message, span, "this row")
                    .hint("the header is `name,default_value`"),
            );
            continue;
        };
        let name = cell(&record, 0);
        if let Some((_, _, first)) = defaults.iter().find(|(other, _, _)| other == name) {
            let message = format!("the default of `{name}` is given twice");
            let found = Diagnostic::error("duplicate-entry", message, span, "second value");
            builder.report(found.also(*first, "first value").hint("remove one of the two"));
            continue;
        }
        defaults.push((name.to_owned(), value, span));
    }
    defaults
}

/// Which column holds which index, and which the value.
struct Columns {
    indices: Vec<usize>,
    value: usize,
    /// How large each index is.
    sizes: Vec<usize>,
}

fn columns(
    file: FileId,
    header: &[String],
    raw: &Raw,
    builder: &mut Builder<'_>,
) -> Option<Columns> {
    let spec = raw.parameter.spec();
    let expected: Vec<&str> = spec.indices.iter().map(|set| set.name()).collect();
    let mut indices = vec![None; spec.indices.len()];
    let mut value = None;
    let mut problem = None;
    for (at, name) in header.iter().enumerate() {
        let plain = name.split('.').next().unwrap_or(name); // a second `REGION` may be `REGION.1`
        if name == "VALUE" {
            value = Some(at);
        } else if let Some(index) = SetId::named(plain).and_then(|set| {
            (0..indices.len()).find(|i| indices[*i].is_none() && spec.indices[*i] == set)
        }) {
            indices[index] = Some(at);
        } else {
            problem
                .get_or_insert(format!("column `{name}` does not belong to `{}`", spec.name));
        }
    }
    if let Some(missing) = indices.iter().position(Option::is_none) {
        problem.get_or_insert(format!("there is no column `{}`", expected[missing]));
    }
    if value.is_none() {
        problem.get_or_insert("there is no column `VALUE`".to_owned());
    }
    if let Some(message) = problem {
        let span = span_at(builder.sources, file, 0, Extent::Line);
        builder.report(
            Diagnostic::error("bad-header", message, span, "this header")
                .hint(format!("the header is `{},VALUE`", expected.join(","))),
        );
        return None;
    }
    let indices = indices.into_iter().flatten().collect();
    Some(Columns { indices, value: value?, sizes: builder.sizes(raw.parameter) })
}
