//! Numbers as a model's files write them, for the list of defaults.

use kzleap_diagnostics::Span;

use crate::reader::{Item, Reader};
use crate::registry::{Amount, Field, Given, Quantity, UNIT, VALUE};
use crate::tree::{Node, Value};
use crate::values::UnitText;

impl<'a> Reader<'a> {
    /// A number with its unit, as it is written; `None` for what is not one number.
    pub(crate) fn as_written(
        &self,
        item: &Item<'a>,
        (field, quantity): (&str, Quantity),
        node: &'a Node,
        unit: Option<UnitText<'a>>,
    ) -> Option<String> {
        match &node.value {
            Value::Number(number) => {
                let text = self.unit_text(item, (field, quantity), node.span, unit);
                let text = text.map_or_else(|| quantity.dimension.natural(), |(text, _)| text);
                Some(with_unit(*number, &text))
            }
            Value::Table(table) => {
                let own = table.get(&UNIT).and_then(|unit| Some((unit.text()?, unit.span)));
                self.as_written(item, (field, quantity), table.get(&VALUE)?, own.or(unit))
            }
            _ => None,
        }
    }

    /// The unit of a number, with its place: that beside it, or that of its file's `[units]`, or
    /// that of `capacity` beside a capacity.
    pub(crate) fn unit_text(
        &self,
        item: &Item<'_>,
        (field, quantity): (&str, Quantity),
        place: Span,
        beside: Option<UnitText<'_>>,
    ) -> Option<(String, Span)> {
        if let Some((text, place)) = beside {
            return Some((text.to_owned(), place));
        }
        let of_file = self.file_units.get(&place.file).and_then(|units| {
            units.get(field).or_else(|| units.get(quantity.unit_key)).cloned()
        });
        of_file.or_else(|| {
            let (text, place) =
                item.written_unit.as_ref().filter(|_| quantity.dimension.is_capacity())?;
            Some((text.clone().into_owned(), *place))
        })
    }

    /// A number in the unit a field is usually written in.
    pub(crate) fn in_usual_unit(
        &self,
        item: &Item<'_>,
        field: Field<impl Given>,
        number: f64,
    ) -> String {
        let quantity = field.holds.quantity();
        let amount = item.amount.unwrap_or(Amount::Energy);
        let units = quantity.dimension.units(amount, item.unit);
        let usual =
            units.first().map_or_else(String::new, |(usual, _)| self.in_own_money(usual));
        with_unit(number, &usual)
    }
}

/// `20 USD/MWh`; a plain number has no unit.
fn with_unit(number: f64, unit: &str) -> String {
    match unit {
        "" | "1" => number.to_string(),
        unit => format!("{number} {unit}"),
    }
}
