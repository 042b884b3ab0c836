//! Changes given from outside, as a sweep makes them: values, not text.

use std::collections::BTreeMap;

use kzleap_diagnostics::{FileId, Sources, Span};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Action, Lineage, Step};
use crate::registry::{Key, UNIT, VALUE};
use crate::tree::{Entry, Node, Table, Value};

/// One change of a model, on top of its scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What is changed, such as `emission_caps.power.limit.2060`.
    pub path: String,
    /// How.
    #[serde(flatten)]
    pub operation: Operation,
}

/// What a change does at its path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// Puts a value there.
    Set {
        /// The value.
        value: Plain,
        /// Its unit; left out, it is the unit of what is there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
    /// Multiplies all numbers at and below the path by a factor.
    Multiply(f64),
    /// Adds an amount to all numbers at and below the path, each in its own unit.
    Add(f64),
}

/// A value as a model file could have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Plain {
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Plain>),
    /// A table, such as values by year.
    Table(BTreeMap<String, Plain>),
}

impl From<f64> for Plain {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Plain {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<const N: usize> From<[f64; N]> for Plain {
    fn from(numbers: [f64; N]) -> Self {
        Self::List(numbers.map(Self::Number).to_vec())
    }
}

impl Change {
    /// Puts a value, in the unit of what is there.
    pub fn set(path: impl Into<String>, value: impl Into<Plain>) -> Self {
        let operation = Operation::Set { value: value.into(), unit: None };
        Self { path: path.into(), operation }
    }

    /// Puts a number in a unit; `None` for that of what is there.
    pub fn set_in(path: impl Into<String>, value: f64, unit: Option<String>) -> Self {
        let operation = Operation::Set { value: value.into(), unit };
        Self { path: path.into(), operation }
    }

    /// Adds to all numbers at and below the path, each in its own unit.
    pub fn add(path: impl Into<String>, amount: f64) -> Self {
        Self { path: path.into(), operation: Operation::Add(amount) }
    }

    /// Multiplies all numbers at and below the path.
    pub fn multiply(path: impl Into<String>, factor: f64) -> Self {
        Self { path: path.into(), operation: Operation::Multiply(factor) }
    }
}

/// Who the changes are from, in findings about them.
const NAME: &str = "given with the command";

/// The steps of changes; a source that shows them, a line each, is added, so that findings about
/// them have a place.
pub(crate) fn steps(changes: &[Change], sources: &mut Sources) -> Lineage {
    if changes.is_empty() {
        return Lineage::default();
    }
    // as the files are read: the same letters written in one way
    let composed =
        |change: &Change| Change { path: change.path.nfc().collect(), ..change.clone() };
    let changes: Vec<Change> = changes.iter().map(composed).collect();
    let mut text = String::new();
    let lines: Vec<Line> = changes.iter().map(|change| Line::of(change, &mut text)).collect();
    let file = sources.add(format!("({NAME})"), text);
    let steps = changes.iter().zip(lines).map(|(change, line)| step(change, &line, file));
    Lineage { steps: steps.collect(), ..Lineage::default() }
}

/// Where the parts of a change stand in the text: from byte to byte.
struct Line {
    path: (usize, usize),
    value: (usize, usize),
    unit: (usize, usize),
}

impl Line {
    fn of(change: &Change, text: &mut String) -> Self {
        let mut add = |part: &str| {
            let start = text.len();
            text.push_str(part);
            (start, text.len())
        };
        let path = add(&change.path);
        let (sign, value, unit) = match &change.operation {
            Operation::Set { value, unit } => (" = ", value.shown(), unit.as_deref()),
            Operation::Multiply(factor) => (" * ", factor.to_string(), None),
            Operation::Add(amount) => (" + ", amount.to_string(), None),
        };
        add(sign);
        let value = add(&value);
        add(if unit.is_some() { " " } else { "" });
        let unit = add(unit.unwrap_or_default());
        add("\n");
        Self { path, value, unit }
    }
}

fn step(change: &Change, line: &Line, file: FileId) -> Step {
    // such a text is far below 4 GiB
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = |(start, end)| Span { file, start: offset(start), end: offset(end) };
    let place = span(line.path);
    let mut table = Table::default();
    let mut beside = |key: Key, node: Node| {
        table.set(Entry { key: key.to_string(), key_span: node.span, node });
    };
    let action = match &change.operation {
        Operation::Set { value, unit } => {
            let node = value.node(span(line.value));
            beside(VALUE, node.clone());
            match unit {
                Some(unit) => {
                    beside(
                        UNIT,
                        Node { span: span(line.unit), value: Value::Text(unit.clone()) },
                    );
                    Action::Put(node)
                }
                None => Action::PutInUnitThere(node),
            }
        }
        Operation::Multiply(factor) => Action::Multiply(*factor),
        Operation::Add(amount) => Action::Add(*amount),
    };
    Step {
        scenario: NAME.to_owned(),
        path: change.path.clone(),
        place,
        action,
        table,
        reason: NAME.to_owned(),
    }
}

impl Plain {
    /// As a node of the tree, all of it at one place.
    fn node(&self, span: Span) -> Node {
        let value = match self {
            Self::Flag(flag) => Value::Flag(*flag),
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) => Value::Text(text.clone()),
            Self::List(list) => {
                Value::List(list.iter().map(|plain| plain.node(span)).collect())
            }
            Self::Table(entries) => {
                let mut table = Table::default();
                for (key, plain) in entries {
                    let node = plain.node(span);
                    table.set(Entry { key: key.clone(), key_span: span, node });
                }
                Value::Table(table)
            }
        };
        Node { span, value }
    }

    /// In words, for findings.
    fn shown(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::List(list) => {
                let parts: Vec<String> = list.iter().map(Self::shown).collect();
                format!("[{}]", parts.join(", "))
            }
            Self::Table(entries) => {
                let part =
                    |(key, plain): (&String, &Self)| format!("{key} = {}", plain.shown());
                let parts: Vec<String> = entries.iter().map(part).collect();
                format!("{{ {} }}", parts.join(", "))
            }
        }
    }
}
