//! The reference page of all fields.

use std::fmt::Write as _;

use super::{
    Amount, Default, Dimension, Kind, Listed, Of, Quantity, TableKind, root, scenario, study,
};
use crate::numbers::shown;
use crate::tables::CSV_TABLES;

/// The reference page of all fields, in Markdown: made from the registry, so it cannot drift.
pub fn fields_page() -> String {
    let mut page = String::from(
        "# Fields\n\nEvery field of the model format, made from the program's own list. How values \
         are written, with their units and sources, is said in [Model format](format.md).\n\n\
         Every table may also carry `source`, `confidence`, `note` and `plausible`.\n\nUnits are those of \
         energy. For a commodity with another `unit` they follow it: `USD/t` for `USD/MWh`, `Mt/a` \
         for `PJ/a` and `GW`, `t/t` for `kt/PJ`.\n",
    );
    let mut kinds = Vec::new();
    collect(&root::TABLE, &mut kinds);
    collect(&scenario::TABLE, &mut kinds);
    collect(&study::TABLE, &mut kinds);
    for kind in kinds {
        table(kind, &mut page);
    }
    page.push_str("\n## CSV tables\n");
    for csv in CSV_TABLES {
        let _ = write!(
            page,
            "\n### `{}`\n\n{} Path of a row: `{}`.\n\n| column | | meaning |\n|---|---|---|\n",
            csv.file, csv.doc, csv.path
        );
        for column in csv.columns {
            let needed = if column.required { "required" } else { "optional" };
            let _ = writeln!(page, "| `{}` | {needed} | {} |", column.name, column.doc);
        }
    }
    page
}

/// A kind and those within it, each once, in reading order.
fn collect(kind: &'static TableKind, kinds: &mut Vec<&'static TableKind>) {
    if kinds.iter().any(|known| std::ptr::eq(*known, kind)) {
        return;
    }
    kinds.push(kind);
    let open = kind.open.iter().map(|(_, inner)| *inner);
    for inner in kind.fields.iter().map(|field| &field.kind).chain(open) {
        if let Kind::Table(inner) | Kind::Items(inner) | Kind::List(inner) = inner {
            collect(inner, kinds);
        }
    }
}

fn table(kind: &TableKind, page: &mut String) {
    let _ = write!(page, "\n## {}\n\n`{}`\n\n{}\n", kind.title, kind.written, kind.doc);
    if let Some((of, inner)) = kind.open {
        let whose = match of {
            Of::New => "each name you give".to_owned(),
            of => format!("the name of a {}", of.one()),
        };
        let _ = write!(page, "\nUnder {whose}: {}.\n", holds(inner));
    }
    if kind.fields.is_empty() {
        return;
    }
    page.push_str("\n| field | holds | if left out | meaning |\n|---|---|---|---|\n");
    for field in kind.fields {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            field.name,
            holds(&field.kind),
            left_out(field),
            field.doc
        );
    }
}

/// What is taken where the field is left out.
fn left_out(field: &Listed) -> String {
    match field.default {
        Default::Required => "*required*".to_owned(),
        Default::None => String::new(),
        Default::Value(number) => shown(number),
        Default::Words(words) => words.to_owned(),
    }
}

/// What a field holds, in a few words.
fn holds(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Choice(words) => {
            words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        }
        Kind::Years => "list of years".to_owned(),
        Kind::Numbers => "list of numbers".to_owned(),
        Kind::Name(of) => format!("name of a {}", of.one()),
        Kind::Names(Of::Paths) => "path, or a list of paths".to_owned(),
        Kind::Names(of) => format!("list of names, each of a {}", of.one()),
        Kind::CapacityUnit => "unit of capacity".to_owned(),
        Kind::Quantity(quantity) => number(quantity),
        Kind::Map(Of::New, quantity) => format!("{} under each name", number(quantity)),
        Kind::Map(of, quantity) => format!("{} for each {}", number(quantity), of.one()),
        Kind::Table(inner) => format!("table, see {}", inner.title),
        Kind::Items(inner) => format!("tables, see {}", inner.title),
        Kind::List(inner) => format!("list of tables, see {}", inner.title),
        Kind::Units => "unit for each field".to_owned(),
        Kind::Any => "anything".to_owned(),
    }
}

/// Whether the lower bound only keeps zero out.
fn is_above_zero(low: f64) -> bool {
    low > 0.0 && low <= f64::MIN_POSITIVE
}

/// A quantity with its unit, its range, and what it may vary by.
fn number(quantity: &Quantity) -> String {
    let mut text = match quantity.dimension {
        Dimension::Ratio | Dimension::MoneyWorth => "number".to_owned(),
        Dimension::CalendarYear => "year".to_owned(),
        Dimension::Hours | Dimension::Days | Dimension::Years => {
            format!("number of {}", quantity.dimension.noun(Amount::Energy))
        }
        dimension => format!("number [{}]", dimension.usual()),
    };
    match quantity.hard {
        (low, high) if low.is_finite() && high.is_finite() => {
            let low = if is_above_zero(low) { "above 0".to_owned() } else { shown(low) };
            let _ = write!(text, ", {low} to {}", shown(high));
        }
        (low, _) if is_above_zero(low) => text.push_str(", above 0"),
        (low, _) if low.is_finite() && low.abs() > 0.0 && low > f64::MIN_POSITIVE => {
            let _ = write!(text, ", from {}", shown(low));
        }
        (low, _) if low.is_infinite() => text.push_str(", may be below 0"),
        _ => {}
    }
    let varies = quantity.varies;
    let by: Vec<&str> = [
        varies.region.then_some("region"),
        varies.year.then_some("year"),
        varies.slice.then_some("slice"),
        varies.built.then_some("year of building"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !by.is_empty() {
        let _ = write!(text, ", by {}", by.join(", "));
    }
    text
}
