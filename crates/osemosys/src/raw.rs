//! The values of one parameter as they were read, with the place of each.

use kzleap_diagnostics::{FileId, Sources, Span};

use crate::parameters::P;

/// How long the text of an entry is, from where it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Up to the next blank.
    Token,
    /// Up to the end of the line.
    Line,
}

/// The values of one parameter as they were read, in the order of the file.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) parameter: P,
    /// Where it begins.
    pub(crate) span: Span,
    pub(crate) extent: Extent,
    pub(crate) default: Option<f64>,
    pub(crate) keys: Vec<u64>,
    pub(crate) values: Vec<f64>,
    pub(crate) places: Vec<u32>,
}

impl Raw {
    /// Nothing of `parameter` yet, which begins at `span`.
    pub(crate) const fn new(
        parameter: P,
        span: Span,
        extent: Extent,
        default: Option<f64>,
    ) -> Self {
        Self {
            parameter,
            span,
            extent,
            default,
            keys: Vec::new(),
            values: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Adds one value.
    pub(crate) fn push(&mut self, key: u64, value: f64, place: u32) {
        self.keys.push(key);
        self.values.push(value);
        self.places.push(place);
    }

    /// Puts the values in the order of their keys.
    pub(crate) fn sort(&mut self) {
        if self.keys.is_sorted() {
            return;
        }
        let mut order: Vec<u32> = (0..u32::try_from(self.keys.len()).unwrap_or(0)).collect();
        order.sort_by_key(|at| self.keys[*at as usize]);
        self.keys = order.iter().map(|at| self.keys[*at as usize]).collect();
        self.values = order.iter().map(|at| self.values[*at as usize]).collect();
        self.places = order.iter().map(|at| self.places[*at as usize]).collect();
    }

    /// Where the value with this key is written, or else where the parameter begins.
    pub(crate) fn place(&self, key: u64, sources: &Sources) -> Span {
        match self.keys.binary_search(&key) {
            Ok(found) => self.place_of(found, sources),
            Err(_) => self.span,
        }
    }

    /// Where the entry at this position is written.
    pub(crate) fn place_of(&self, entry: usize, sources: &Sources) -> Span {
        span_at(sources, self.span.file, self.places[entry], self.extent)
    }
}

/// The text that starts at byte `start`.
pub(crate) fn span_at(sources: &Sources, file: FileId, start: u32, extent: Extent) -> Span {
    let rest = &sources.file(file).text[start as usize..];
    let length = match extent {
        Extent::Token => rest.find(|c: char| c.is_whitespace() || c == ';' || c == ','),
        Extent::Line => rest.find(['\n', '\r']),
    };
    let length = length.unwrap_or(rest.len()).max(1).min(rest.len());
    Span { file, start, end: start + u32::try_from(length).unwrap_or(0) }
}
