//! Format, name, money and the units of each file.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Region, Set};

use super::declare::given;
use crate::reader::{Item, Reader};
use crate::registry::{Dimension, Kind, Quantity, TableKind, defaults, money, root};
use crate::units::Currency;

/// The version of the format that is read.
const FORMAT: f64 = 2.0;

/// Reads name, label and description; the currency goes into the reader.
pub(super) fn read<'a>(rd: &mut Reader<'a>, root: &Item<'a>) -> (String, String, String) {
    if let Some(format) = rd.number(root, root::FORMAT, None)
        && (format - FORMAT).abs() > 0.0
    {
        let (code, message, hint) = if format < FORMAT {
            let message = format!("format {format} is that of an earlier version");
            let hint = "run `kzleap migrate` on the folder: it writes format 2, and keeps comments \
                        and order";
            ("old-format", message, hint)
        } else {
            let message = format!("format {format} is not known to this version");
            ("unknown-format", message, "write `format = 2`")
        };
        let place = root.value_place(root::FORMAT);
        rd.fail(root, Diagnostic::error(code, message, place, "").hint(hint));
    }
    let name = rd.text(root, root::NAME);
    if let Some(name) = name {
        super::declare::is_good_name(rd, name, root.value_place(root::NAME));
    }
    let name = name.unwrap_or_default();
    let label = given(rd, root, root::LABEL);
    let description = given(rd, root, root::DESCRIPTION);
    currency(rd, root);
    (
        name.to_owned(),
        label.unwrap_or_default().to_owned(),
        description.unwrap_or_default().to_owned(),
    )
}

fn currency<'a>(rd: &mut Reader<'a>, root: &Item<'a>) {
    let text = rd.text(root, root::CURRENCY).unwrap_or("USD");
    match Currency::parse(text) {
        Some(currency) => rd.currency = currency,
        None => {
            let diagnostic = Diagnostic::error(
                "unknown-money",
                format!("`{text}` is not a currency with its year"),
                root.value_place(root::CURRENCY),
                "",
            )
            .hint("write three capital letters and a year, such as `USD2022`");
            rd.fail(root, diagnostic);
            rd.currency.code = "USD".to_owned();
        }
    }
    for item in rd.items(root::MONEY) {
        let name = item.name.to_owned();
        if Currency::parse(&name).is_none() {
            let diagnostic = Diagnostic::error(
                "unknown-money",
                format!("`{name}` is not a currency with its year"),
                item.place,
                "",
            )
            .hint("write three capital letters and a year, such as `KZT2022`");
            rd.fail(&item, diagnostic);
            continue;
        }
        // an amount that is wrong is reported once, here, and not again where it is used
        let worth = rd.number(&item, money::VALUE, None).unwrap_or(1.0);
        rd.currency.others.insert(name, worth);
    }
}

/// Reads `[defaults]`, whether or not anything uses them: each user reports its own value only.
pub(super) fn check_defaults<'a>(rd: &mut Reader<'a>, root: &Item<'a>, regions: &Set<Region>) {
    let Some(item) = root.inner(root::DEFAULTS) else { return };
    if item.has(defaults::EARLY_RETIREMENT) {
        rd.flag(&item, defaults::EARLY_RETIREMENT);
    }
    for region in regions.iter().filter(|region| region.domestic) {
        let region = Some(region.name.as_str());
        for field in [defaults::LIFE, defaults::ECONOMIC_LIFE, defaults::COST_OF_CAPITAL] {
            rd.number(&item, field, region);
        }
        rd.series(&item, defaults::AVAILABILITY, region);
    }
}

/// Checks the `[units]` of each file: that the keys are quantities, and the texts units.
pub(super) fn check_units(rd: &mut Reader<'_>) {
    let mut known = Vec::new();
    collect(&root::TABLE, &mut known);
    let units: Vec<(String, String, kzleap_diagnostics::Span)> = rd
        .file_units
        .values()
        .flat_map(|units| {
            units.iter().map(|(key, (text, place))| (key.clone(), text.clone(), *place))
        })
        .collect();
    for (key, text, place) in units {
        if !known.contains(&key.as_str()) {
            let message = format!("no quantity is named `{key}`");
            let mut diagnostic = Diagnostic::error("unknown-key", message, place, "its unit");
            if let Some(hint) = crate::names::suggest(&key, known.iter().copied()) {
                diagnostic = diagnostic.hint(hint);
            }
            rd.diags.push(diagnostic);
        } else if text.is_empty() {
            // reported where it was read
        } else if let Err(error) = rd.parse_unit(&text) {
            let diagnostic = rd.unit_error(&text, place, &error);
            rd.diags.push(diagnostic);
        }
    }
}

/// Names under which `[units]` may give a unit.
fn collect(kind: &'static TableKind, known: &mut Vec<&'static str>) {
    let mut add = |name: &'static str, quantity: Quantity| {
        if quantity.dimension.needs_unit() || quantity.dimension == Dimension::Ratio {
            for name in [name, quantity.unit_key] {
                if !name.is_empty() && !known.contains(&name) {
                    known.push(name);
                }
            }
        }
    };
    let mut deeper = Vec::new();
    for field in kind.fields {
        match field.kind {
            Kind::Quantity(quantity) => add(field.name, quantity),
            Kind::Map(_, quantity) if quantity.dimension.needs_unit() => add("", quantity),
            Kind::Table(inner) | Kind::Items(inner) | Kind::List(inner) => {
                deeper.push(inner);
            }
            _ => {}
        }
    }
    if let Some((_, Kind::Table(inner))) = kind.open {
        deeper.push(inner);
    }
    for inner in deeper {
        collect(inner, known);
    }
}
