//! JSON schemas of the files of a model, for editors.

use serde_json::{Map, Value, json};

use super::{
    CONFIDENCE, CONFIDENCES, Default, Kind, Listed, NOTE, Quantity, SOURCE, TableKind, UNIT,
    VALUE, WAIVER, root, scenario, study,
};
use crate::tables::{CSV_TABLES, CsvTable};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Schemas by file name: of the TOML files of a model, of a scenario and of a study, in JSON Schema;
/// of each CSV table, as a list of its columns (Table Schema of the Frictionless standards).
pub fn schemas() -> Vec<(String, Value)> {
    let mut schemas = vec![
        ("model.schema.json".to_owned(), file(&root::TABLE)),
        ("scenario.schema.json".to_owned(), file(&scenario::TABLE)),
        ("study.schema.json".to_owned(), file(&study::TABLE)),
    ];
    for table in CSV_TABLES {
        let name = table.file.replace(".csv", ".table.json");
        schemas.push((name, columns(table)));
    }
    schemas
}

/// A whole TOML file. Nothing is required of it, since any file may hold any part of a model.
fn file(kind: &'static TableKind) -> Value {
    let mut schema = table(kind);
    if let Value::Object(schema) = &mut schema {
        schema.remove("required");
        schema.insert("$schema".to_owned(), json!(DRAFT));
        schema.insert("title".to_owned(), json!(kind.title));
        schema.insert("$defs".to_owned(), json!({ "value": value() }));
    }
    schema
}

/// Any value: a number, the name of a profile, or a table by region, year or slice.
fn value() -> Value {
    let mut properties = provenance();
    properties.insert(VALUE.to_string(), json!({ "$ref": "#/$defs/value" }));
    properties.insert(
        UNIT.to_string(),
        json!({ "type": "string", "description": "unit, such as `USD/kW`" }),
    );
    json!({
        "anyOf": [
            { "type": "number" },
            { "type": "string" },
            {
                "type": "object",
                "properties": properties,
                "additionalProperties": { "$ref": "#/$defs/value" },
            },
        ],
    })
}

fn provenance() -> Map<String, Value> {
    let text = |doc: &str| json!({ "type": "string", "description": doc });
    let mut properties = Map::new();
    properties.insert(SOURCE.to_string(), text("where it comes from"));
    properties.insert(CONFIDENCE.to_string(), json!({ "enum": CONFIDENCES }));
    properties.insert(NOTE.to_string(), text("anything else; the reasoning of an assumption"));
    properties.insert(
        WAIVER.to_string(),
        text("why what is unusual here is right: it is listed and not reported"),
    );
    properties
}

fn table(kind: &'static TableKind) -> Value {
    let mut properties = provenance();
    let mut required = Vec::new();
    for field in kind.fields {
        properties.insert(field.name.to_owned(), described(field));
        if matches!(field.default, Default::Required) {
            required.push(field.name);
        }
    }
    let others = kind.open.map_or(Value::Bool(false), |(_, inner)| holds(inner));
    json!({
        "type": "object",
        "description": kind.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": others,
    })
}

fn described(field: &Listed) -> Value {
    let mut schema = holds(&field.kind);
    let doc = match &field.kind {
        Kind::Quantity(quantity) if quantity.dimension.needs_unit() => {
            format!("{} [{}]", field.doc, quantity.dimension.usual())
        }
        _ => field.doc.to_owned(),
    };
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".to_owned(), Value::String(doc));
    }
    schema
}

fn holds(kind: &Kind) -> Value {
    match kind {
        Kind::Text | Kind::Name(_) | Kind::CapacityUnit => json!({ "type": "string" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::Years => {
            json!({ "type": "array", "items": { "type": "integer" }, "minItems": 1 })
        }
        Kind::Numbers => {
            json!({ "type": "array", "items": { "type": "number" }, "minItems": 1 })
        }
        Kind::Names(_) => json!({
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" }, "minItems": 1 },
            ],
        }),
        Kind::Quantity(quantity) => quantity_schema(quantity),
        Kind::Map(_, quantity) => {
            let mut properties = provenance();
            properties.insert(UNIT.to_string(), json!({ "type": "string" }));
            json!({
                "type": "object",
                "properties": properties,
                "additionalProperties": quantity_schema(quantity),
            })
        }
        Kind::Table(inner) => table(inner),
        Kind::Items(inner) => {
            json!({ "type": "object", "additionalProperties": table(inner) })
        }
        Kind::List(inner) => json!({ "type": "array", "items": table(inner) }),
        Kind::Units => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        Kind::Any => json!({}),
    }
}

fn quantity_schema(quantity: &Quantity) -> Value {
    let varies = quantity.varies.year || quantity.varies.region || quantity.varies.slice;
    if varies || quantity.dimension.needs_unit() || !quantity.whole {
        return json!({ "$ref": "#/$defs/value" });
    }
    json!({ "type": "integer", "minimum": quantity.hard.0, "maximum": finite(quantity.hard.1) })
}

/// JSON has no infinity.
fn finite(value: f64) -> Value {
    if value.is_finite() { json!(value) } else { json!(f64::MAX) }
}

fn columns(table: &CsvTable) -> Value {
    let fields: Vec<Value> = table
        .columns
        .iter()
        .map(|column| {
            let kind = match column.name {
                "value" => "number",
                "year" => "integer",
                _ => "string",
            };
            json!({
                "name": column.name,
                "type": kind,
                "description": column.doc,
                "inHeader": if column.required { "always" } else { "as needed" },
            })
        })
        .collect();
    json!({ "description": table.doc, "path": table.path, "fields": fields })
}
