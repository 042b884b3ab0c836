//! A picture of the page: traces and layout for the script of plotly.

use plotly::Layout;
use serde::Serialize;
use serde_json::Value;

/// Everything the script needs to draw one picture.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Figure {
    /// Its anchor in the page.
    pub(super) id: String,
    /// Its heading.
    pub(super) title: String,
    /// What it shows, in a sentence or two.
    pub(super) note: String,
    /// The table behind it, seen from the page.
    pub(super) csv: &'static str,
    /// How much room it needs, as classes of the page: ``, `tall`, `tall wide`.
    pub(super) room: &'static str,
    traces: Vec<Value>,
    layout: Value,
}

impl Figure {
    /// A picture without traces.
    pub(super) fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        note: impl Into<String>,
        csv: &'static str,
        layout: &Layout,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            note: note.into(),
            csv,
            room: "",
            traces: Vec::new(),
            layout: json(layout),
        }
    }

    /// With more room.
    pub(super) fn room(mut self, room: &'static str) -> Self {
        self.room = room;
        self
    }

    /// Adds a trace.
    pub(super) fn push(&mut self, trace: &impl Serialize) {
        self.traces.push(json(trace));
    }

    /// Adds a trace with attributes that the library has no words for.
    pub(super) fn push_with(&mut self, trace: &impl Serialize, more: &[(&str, Value)]) {
        let mut trace = json(trace);
        for (key, value) in more {
            trace[*key] = value.clone();
        }
        self.traces.push(trace);
    }

    /// Whether there is nothing to see.
    pub(super) fn is_empty(&self) -> bool {
        self.traces.is_empty()
    }

    /// It without its values, for the template.
    pub(super) fn anchor(&self) -> Anchor<'_> {
        let Self { id, title, note, csv, room, .. } = self;
        Anchor { id, title, note, csv, room }
    }
}

/// A picture without its values.
#[derive(Serialize)]
pub(super) struct Anchor<'a> {
    id: &'a str,
    title: &'a str,
    note: &'a str,
    csv: &'a str,
    room: &'a str,
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Four digits are enough for a picture.
pub(super) fn short(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
