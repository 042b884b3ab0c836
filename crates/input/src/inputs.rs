//! Every number of a model as it was given, for reports: one entry for each field, with what it
//! varies by.

use kzleap_diagnostics::Sources;
use kzleap_model::Input;

use crate::reader::FileUnits;
use crate::registry::{Kind, TableKind, VALUE, root};
use crate::scenario::Changed;
use crate::trace::{self, Traced};
use crate::tree::Table;

/// The numbers of the tree in the order of the files. What is in one field and says the same
/// of where it comes from is one entry.
pub(crate) fn inputs(
    root: &Table,
    units: &FileUnits,
    changes: &[Changed],
    sources: &Sources,
) -> Vec<Input> {
    let (values, _) = trace::collect(root, "", units, changes);
    let mut inputs: Vec<Input> = Vec::new();
    let mut last: Option<(&str, &Traced)> = None;
    for value in &values {
        let Some(field) = field(&value.path) else { continue };
        let key = value.path[field.len()..].trim_start_matches('.').replace('.', " ");
        let text = if key.is_empty() {
            value.value.clone()
        } else {
            format!("{key}: {}", value.value)
        };
        if let (Some((last_field, first)), Some(input)) = (last, inputs.last_mut())
            && last_field == field
            && says_the_same(first, value)
        {
            input.value.push_str("; ");
            input.value.push_str(&text);
            continue;
        }
        last = Some((field, value));
        let file = sources.file(value.place.file);
        inputs.push(Input {
            path: field.to_owned(),
            value: text,
            unit: value.unit.clone(),
            file: file.path.clone(),
            line: file.position(value.place.start).line,
            source: value.source.clone(),
            confidence: value.confidence.clone(),
            note: value.note.clone(),
            scenario: value.changed.clone(),
        });
    }
    inputs
}

fn says_the_same(one: &Traced, other: &Traced) -> bool {
    one.place.file == other.place.file
        && one.unit == other.unit
        && one.source == other.source
        && one.confidence == other.confidence
        && one.note == other.note
        && one.changed == other.changed
}

/// The part of a path that names a quantity; `None` for names, flags and texts.
fn field(path: &str) -> Option<&str> {
    let mut table: &TableKind = &root::TABLE;
    let mut end = 0;
    let mut steps = path.split('.');
    let mut next = |end: &mut usize| {
        let step = steps.next()?;
        *end += step.len() + usize::from(*end > 0);
        Some(step)
    };
    loop {
        let before = end;
        let kind = match next(&mut end).map(|step| table.field(step)) {
            Some(Some(field)) => &field.kind,
            // the slices of a profile
            Some(None) if matches!(table.open, Some((_, Kind::Quantity(_)))) => {
                return Some(&path[..before]);
            }
            Some(None) if table.open.is_some() => table.open?.1,
            // `value` is not named in a path
            _ => match table.field(&VALUE)?.kind {
                Kind::Quantity(_) => return Some(&path[..before]),
                _ => return None,
            },
        };
        match kind {
            Kind::Quantity(_) => return Some(&path[..end]),
            Kind::Map(..) => {
                next(&mut end);
                return Some(&path[..end]);
            }
            Kind::Table(inner) | Kind::List(inner) => table = inner,
            Kind::Items(inner) => {
                next(&mut end)?;
                table = inner;
            }
            _ => return None,
        }
    }
}
