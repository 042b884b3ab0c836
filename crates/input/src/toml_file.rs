//! A TOML file as a tree.

use kzleap_diagnostics::{Diagnostic, Diagnostics, SourceFile, Span};
use toml::de::{DeTable, DeValue};

use crate::damage::Damage;
use crate::mend::Mended;
use crate::tree::{Entry, Node, Table, Value};

/// Syntax errors of one file that are reported; after that its text is no TOML at all.
const MOST_ERRORS: usize = 50;

/// Parses a file; what cannot be read is reported, and the rest read as if it were not there.
pub(crate) fn parse(file: &SourceFile, diags: &mut Diagnostics, damage: &mut Damage) -> Table {
    let mut mended = Mended::new(&file.text);
    for _ in 0..MOST_ERRORS {
        let (root, errors) = DeTable::parse_recoverable(&mended.text);
        let place = Place { file, lost: &mended.lost };
        let Some(error) =
            errors.iter().find(|error| !is_duplicate(root.get_ref(), &file.text, error))
        else {
            for error in &errors {
                diags.push(place.error(error, root.get_ref()));
                // of two tables of one name only one was read
                damage.row(mended.line_at(error.span().unwrap_or(0..0).start));
            }
            return place.table(root.get_ref(), diags);
        };
        let diagnostic = place.error(error, root.get_ref());
        let at = error.span().unwrap_or(0..0);
        drop((root, errors));
        if mended.mend(at.start, damage) {
            diags.push(diagnostic);
        }
    }
    damage.unknown();
    Table::default()
}

/// Whether an error is about a name that is written twice: it is at a key, and the table has another
/// one of that name. What the table has is sound then.
fn is_duplicate(root: &DeTable<'_>, text: &str, error: &toml::de::Error) -> bool {
    let Some(at) = error.span() else { return false };
    let name = text.get(at.clone()).unwrap_or_default();
    has_other(root, name.trim_matches(['"', '\'']), &at)
}

/// Whether a key of a table, or of one within it, has a name and is elsewhere.
fn has_other(table: &DeTable<'_>, name: &str, at: &std::ops::Range<usize>) -> bool {
    table.iter().any(|(key, value)| {
        (key.get_ref() == name && key.span() != *at)
            || has_other_within(value.get_ref(), name, at)
    })
}

fn has_other_within(value: &DeValue<'_>, name: &str, at: &std::ops::Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => has_other(table, name, at),
        DeValue::Array(items) => {
            items.iter().any(|item| has_other_within(item.get_ref(), name, at))
        }
        _ => false,
    }
}

struct Place<'a> {
    file: &'a SourceFile,
    /// What had to be left out of the text: values there are not known.
    lost: &'a [std::ops::Range<usize>],
}

impl Place<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        // files are read whole and are far below 4 GiB
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file: self.file.id, start: offset(range.start), end: offset(range.end) }
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.file.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn table(&self, table: &DeTable<'_>, diags: &mut Diagnostics) -> Table {
        let mut entries: Vec<_> = table.iter().collect();
        // the parser sorts by name, people mean the order they wrote
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut tree = Table::default();
        for (key, value) in entries {
            let key_span = self.span(key.span());
            let value_span = self.span(value.span());
            let is_lost = self.lost.iter().any(|lost| lost.contains(&value.span().start));
            let value = if is_lost {
                Value::Broken
            } else {
                self.value(value.get_ref(), value_span, diags)
            };
            let node = Node { span: value_span, value };
            tree.set(Entry { key: key.get_ref().to_string(), key_span, node });
        }
        tree
    }

    fn value(&self, value: &DeValue<'_>, span: Span, diags: &mut Diagnostics) -> Value {
        match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                let plain = number.as_str().replace('_', "");
                let Ok(whole) = i64::from_str_radix(&plain, number.radix()) else {
                    diags.push(too_large(&plain, span));
                    return Value::Broken;
                };
                #[expect(clippy::cast_precision_loss, reason = "quantities are f64")]
                let number = whole as f64;
                Value::Number(number)
            }
            DeValue::Float(number) => match number.as_str().replace('_', "").parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(number),
                _ => {
                    diags.push(
                        Diagnostic::error(
                            "not-finite",
                            format!("`{}` is not a finite number", number.as_str()),
                            span,
                            "",
                        )
                        .hint("leave a limit out where there is none"),
                    );
                    Value::Broken
                }
            },
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(_) => Value::Date,
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| {
                        let span = self.span(item.span());
                        Node { span, value: self.value(item.get_ref(), span, diags) }
                    })
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table, diags)),
        }
    }

    fn error(&self, error: &toml::de::Error, root: &DeTable<'_>) -> Diagnostic {
        let at = error.span().unwrap_or(0..0);
        let span = self.span(at.clone());
        let message = error.message();
        if !is_duplicate(root, &self.file.text, error) {
            let message = message.lines().collect::<Vec<_>>().join("; ");
            let diagnostic =
                Diagnostic::error("syntax", format!("this is not TOML: {message}"), span, "");
            let start = self.line_start(at.start);
            return match slip(&self.file.text[start..], at.start - start) {
                Some(hint) => diagnostic.hint(hint),
                None => diagnostic,
            };
        }
        let key = self.file.text.get(at).unwrap_or_default().to_owned();
        let diagnostic = Diagnostic::error(
            "duplicate",
            format!("`{key}` is given twice"),
            span,
            "again here",
        )
        .hint("keep one of the two; a scenario is the way to change a value");
        let header = self.header_of(span.start);
        let table = header.iter().try_fold(root, |table, step| table_of(table, step));
        // a table given twice is beside its first, and not within it
        let table = table.filter(|_| header.last().is_none_or(|last| *last != key));
        match self.first_before(
            table.unwrap_or(root),
            key.trim_matches(['"', '\'']),
            span.start,
        ) {
            Some(first) => diagnostic.also(first, "first here"),
            None => diagnostic,
        }
    }

    /// The steps of the table that a place is in, as its header spells them.
    fn header_of(&self, at: u32) -> Vec<&str> {
        let before = &self.file.text[..at as usize];
        let header = before.lines().rev().find(|line| line.trim_start().starts_with('['));
        let inner = header.unwrap_or_default().trim().trim_matches(['[', ']']);
        inner.split('.').map(|step| step.trim().trim_matches(['"', '\''])).collect()
    }

    /// The last key of this name before `end`: the first definition, for a key given twice.
    fn first_before(&self, table: &DeTable<'_>, name: &str, end: u32) -> Option<Span> {
        let mut best: Option<Span> = None;
        for (key, value) in table {
            let span = self.span(key.span());
            let deeper = match value.get_ref() {
                DeValue::Table(inner) => self.first_before(inner, name, end),
                DeValue::Array(items) => items
                    .iter()
                    .filter_map(|item| item.get_ref().as_table())
                    .filter_map(|inner| self.first_before(inner, name, end))
                    .max(),
                _ => None,
            };
            let own = (key.get_ref() == name && span.start < end).then_some(span);
            best = best.max(own).max(deeper);
        }
        best
    }
}

fn table_of<'t, 'i>(table: &'t DeTable<'i>, step: &str) -> Option<&'t DeTable<'i>> {
    table.iter().find(|(key, _)| key.get_ref() == step)?.1.get_ref().as_table()
}

fn too_large(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error("not-finite", format!("`{text}` is too large a whole number"), span, "")
        .hint("write it with a decimal point or an exponent: `1e20`")
}
/// What a planner may have meant where the text is no TOML: a decimal comma, blanks between
/// thousands, a name with blanks or in another script.
fn slip(rest: &str, at: usize) -> Option<String> {
    let line = rest.lines().next()?;
    if let Some(hint) = separator(line, at) {
        return Some(hint);
    }
    let name = match line.trim_start().strip_prefix('[') {
        Some(header) => header.trim_start_matches('[').split(']').next()?.trim(),
        None => line.split_once('=')?.0.trim(),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.\"'".contains(c);
    (!name.is_empty() && !name.chars().all(plain)).then(|| {
        "a name with other than Latin letters is written in quotes, and none has blanks; `label` \
         holds the name people see"
            .to_owned()
    })
}

/// A sign within a number that TOML does not take, near where reading stopped.
fn separator(line: &str, at: usize) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    line.char_indices().filter(|(i, _)| i.abs_diff(at) <= 4).find_map(|(i, sign)| {
        let (before, after) = (&line[..i], &line[i + sign.len_utf8()..]);
        let whole = &before[before.trim_end_matches(is_digit).len()..];
        let rest = &after[..after.len() - after.trim_start_matches(is_digit).len()];
        if whole.is_empty() || rest.is_empty() {
            return None;
        }
        match sign {
            ',' => Some(format!("the decimal sign is a point: `{whole}.{rest}`")),
            ' ' | '\u{a0}' | '\u{202f}' | '\'' => {
                Some(format!("no blanks within a number: `{whole}{rest}` or `{whole}_{rest}`"))
            }
            _ => None,
        }
    })
}
