//! A TOML file as a tree.

use kzleap_diagnostics::{Diagnostic, Diagnostics, SourceFile, Span};
use toml::de::{DeTable, DeValue};

use crate::tree::{Entry, Node, Table, Value};

/// Parses a file; what cannot be read is reported and left out.
pub(crate) fn parse(file: &SourceFile, diags: &mut Diagnostics) -> Table {
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    let place = Place { file };
    for error in &errors {
        diags.push(place.error(error, root.get_ref()));
    }
    place.table(root.get_ref(), diags)
}

struct Place<'a> {
    file: &'a SourceFile,
}

impl Place<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        // files are read whole and are far below 4 GiB
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file: self.file.id, start: offset(range.start), end: offset(range.end) }
    }

    fn table(&self, table: &DeTable<'_>, diags: &mut Diagnostics) -> Table {
        let mut entries: Vec<_> = table.iter().collect();
        // the parser sorts by name, people mean the order they wrote
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut tree = Table::default();
        for (key, value) in entries {
            let key_span = self.span(key.span());
            let value_span = self.span(value.span());
            if let Some(value) = self.value(value.get_ref(), value_span, diags) {
                let node = Node { span: value_span, value };
                tree.set(Entry { key: key.get_ref().to_string(), key_span, node });
            }
        }
        tree
    }

    fn value(&self, value: &DeValue<'_>, span: Span, diags: &mut Diagnostics) -> Option<Value> {
        Some(match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                let plain = number.as_str().replace('_', "");
                let Ok(whole) = i64::from_str_radix(&plain, number.radix()) else {
                    diags.push(too_large(&plain, span));
                    return None;
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
                    return None;
                }
            },
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(_) => Value::Date,
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .filter_map(|item| {
                        let span = self.span(item.span());
                        let value = self.value(item.get_ref(), span, diags)?;
                        Some(Node { span, value })
                    })
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table, diags)),
        })
    }

    fn error(&self, error: &toml::de::Error, root: &DeTable<'_>) -> Diagnostic {
        let at = error.span().unwrap_or(0..0);
        let span = self.span(at.clone());
        let message = error.message();
        if !message.contains("duplicate key") {
            let message = message.lines().collect::<Vec<_>>().join("; ");
            return Diagnostic::error(
                "syntax",
                format!("this is not TOML: {message}"),
                span,
                "",
            );
        }
        let key = self.file.text.get(at).unwrap_or_default().to_owned();
        let diagnostic = Diagnostic::error(
            "duplicate",
            format!("`{key}` is given twice"),
            span,
            "again here",
        )
        .hint("keep one of the two; a scenario is the way to change a value");
        match self.first_before(root, key.trim_matches(['"', '\'']), span.start) {
            Some(first) => diagnostic.also(first, "first here"),
            None => diagnostic,
        }
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

fn too_large(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error("not-finite", format!("`{text}` is too large a whole number"), span, "")
        .hint("write it with a decimal point or an exponent: `1e20`")
}
