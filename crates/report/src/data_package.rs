//! What the tables of a run are, for programs: a [Frictionless Data Package][spec], which names the
//! type and the meaning of every column.
//!
//! [spec]: https://specs.frictionlessdata.io/tabular-data-package/

use serde_json::{Value, json};

use crate::Sheet;
use crate::sheet::{Cell, Column, UNIQUE};

/// The tables of a run as they are written, one after the other.
#[derive(Debug, Default)]
pub(crate) struct DataPackage {
    resources: Vec<Value>,
}

impl DataPackage {
    /// Adds a table that is written to `path`; with the column [`UNIQUE`] if it is `marked`.
    pub(crate) fn add(&mut self, path: &str, sheet: &Sheet<'_>, marked: bool) {
        let kind = |at: usize| kind(sheet.rows().map(|row| &row[at]));
        let mut fields: Vec<Value> = sheet
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| field(column, kind(at)))
            .collect();
        if marked {
            fields.push(field(&UNIQUE, "string"));
        }
        self.resources.push(json!({
            "name": sheet.name,
            "title": sheet.title,
            "path": path,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": { "fields": fields, "missingValues": [""] },
        }));
    }

    /// The descriptor, as JSON, with names of the model and its scenario in the title.
    pub(crate) fn to_json(&self, model: &str, scenario: &str) -> String {
        let package = json!({
            "profile": "tabular-data-package",
            "title": format!("{model}, scenario {scenario}"),
            "resources": self.resources,
        });
        format!("{package:#}\n")
    }
}

fn field(column: &Column, kind: &str) -> Value {
    json!({ "name": column.key, "type": kind, "description": column.meaning })
}

/// The type of a column, by its cells; `any` where there are none.
fn kind<'c>(cells: impl Iterator<Item = &'c Cell<'c>>) -> &'static str {
    let of = |cell: &Cell<'_>| match cell {
        Cell::Text(_) => "string",
        Cell::Year(_) => "year",
        Cell::Number(_) => "number",
    };
    let mut kinds = cells.map(of);
    let Some(first) = kinds.next() else { return "any" };
    if kinds.all(|kind| kind == first) { first } else { "string" }
}
