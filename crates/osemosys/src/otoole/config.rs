//! otoole's `config.yaml`: which sets and parameters a folder has, with their defaults.

use kzleap_diagnostics::{Diagnostic, Diagnostics, FileId, Sources, Span};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

/// What one name of the configuration stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Set,
    Parameter,
    Result,
}

/// One name of the configuration.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) short_name: Option<String>,
    pub(super) kind: Kind,
    pub(super) default: Option<f64>,
    pub(super) span: Span,
}

/// Reads the configuration; problems go to `diagnostics`.
pub(super) fn read(
    file: FileId,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry> {
    let text = &sources.file(file).text;
    let places = Places { file, text };
    let documents = match MarkedYaml::load_from_str(text) {
        Ok(documents) => documents,
        Err(error) => {
            diagnostics.push(
                Diagnostic::error(
                    "yaml",
                    format!("the configuration is no YAML: {}", error.info()),
                    places.at(error.marker().index(), 1),
                    "here",
                )
                .hint("compare with a `config.yaml` written by `otoole setup config`"),
            );
            return Vec::new();
        }
    };
    let Some(YamlData::Mapping(names)) = documents.first().map(|node| &node.data) else {
        diagnostics.push(
            Diagnostic::error(
                "yaml",
                "the configuration has no names",
                places.at(0, 1),
                "expected `NAME:` and its properties",
            )
            .hint("compare with a `config.yaml` written by `otoole setup config`"),
        );
        return Vec::new();
    };
    names.iter().filter_map(|(name, node)| entry(name, node, &places, diagnostics)).collect()
}

struct Places<'a> {
    file: FileId,
    text: &'a str,
}

impl Places<'_> {
    /// The place of `length` characters from the `index`-th on.
    fn at(&self, index: usize, length: usize) -> Span {
        let byte = |index: usize| {
            self.text.char_indices().nth(index).map_or(self.text.len(), |(byte, _)| byte)
        };
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let start = byte(index).min(self.text.len().saturating_sub(1));
        let end = byte(index + length).max(start);
        Span { file: self.file, start: narrow(start), end: narrow(end) }
    }

    fn of(&self, node: &MarkedYaml<'_>) -> Span {
        let start = node.span.start.index();
        self.at(start, node.span.end.index().saturating_sub(start).clamp(1, 80))
    }
}

fn entry(
    name: &MarkedYaml<'_>,
    node: &MarkedYaml<'_>,
    places: &Places<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Entry> {
    let span = places.of(name);
    let name = text(name)?;
    let property = |wanted: &str| node.data.as_mapping_get(wanted);
    let kind = match property("type").and_then(text).as_deref() {
        Some("set") => Kind::Set,
        Some("param") => Kind::Parameter,
        Some("result") => Kind::Result,
        other => {
            let found = other.map_or("no type".to_owned(), |other| format!("type `{other}`"));
            diagnostics.push(
                Diagnostic::error(
                    "bad-config",
                    format!("`{name}` has {found}"),
                    span,
                    "this name",
                )
                .hint("its `type` is `set`, `param` or `result`"),
            );
            return None;
        }
    };
    let mut default = None;
    if let Some(node) = property("default") {
        default = match &node.data {
            YamlData::Value(Scalar::Integer(value)) => value.to_string().parse().ok(),
            YamlData::Value(Scalar::FloatingPoint(value)) => Some(**value),
            _ => None,
        };
        if kind == Kind::Parameter && default.is_none_or(|value| !value.is_finite()) {
            diagnostics.push(
                Diagnostic::error(
                    "bad-config",
                    format!("the default of `{name}` is not a number"),
                    places.of(node),
                    "this default",
                )
                .hint("`default: 0`"),
            );
            return None;
        }
    }
    let short_name = property("short_name").and_then(text);
    Some(Entry { name, short_name, kind, default, span })
}

fn text(node: &MarkedYaml<'_>) -> Option<String> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => Some(text.to_string()),
        YamlData::Value(Scalar::Integer(value)) => Some(value.to_string()),
        _ => None,
    }
}
