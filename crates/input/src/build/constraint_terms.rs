//! Terms of constraints: what is counted, of whom, and how much of it counts.

use std::borrow::Cow;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::user_rows::Quantity;
use kzleap_model::{Series, Tier};

use super::Build;
use super::constraint_members::{Selected, fits, select};
use super::constraints::within;
use super::declare::is_good_name;
use crate::reader::{Item, Reader};
use crate::registry::{Counted, Field, Items, UNIT, constraint, indicator, term};
use crate::tree::{Node, Value};
use crate::units::Unit;
use crate::values::is_reserved;

/// A weighted sum, in a unit.
pub(super) struct Sum {
    pub(super) parts: Vec<Part>,
    /// What it is counted in.
    pub(super) unit: Unit,
    pub(super) text: String,
    place: Span,
}

/// What one thing adds to a sum.
pub(super) struct Part {
    pub(super) quantity: Quantity,
    /// What one of the unit that the model keeps counts, in the unit of the sum.
    pub(super) weight: Series,
}

impl Part {
    /// Whether it is counted once for a period, and not in each of its years.
    pub(super) const fn is_building(&self) -> bool {
        matches!(self.quantity, Quantity::New(_))
    }
}

impl Sum {
    /// Reads the terms in a field; `beside` is the sum that it is compared with.
    pub(super) fn read<'a>(
        rd: &mut Reader<'a>,
        build: &Build,
        item: &Item<'a>,
        field: Field<Items>,
        horizon: bool,
        beside: Option<&Self>,
    ) -> Option<Self> {
        let terms = within(item, field);
        if terms.is_empty() {
            rd.missing(item, field);
            return None;
        }
        let mut unit = match beside {
            Some(other) => Some((other.unit, other.text.clone(), other.place)),
            None => unit(rd, item)?,
        };
        let before = rd.mistakes;
        let mut parts = Vec::new();
        for mut term in terms {
            is_good_name(rd, term.name, term.place);
            let quantity = rd.choice(&term, term::QUANTITY).and_then(Counted::named);
            let Some(quantity) = quantity else { continue };
            fits(rd, &term, quantity);
            let Some(selected) = select(rd, build, &mut term, quantity, horizon) else {
                continue;
            };
            let (own, text, place) = unit.get_or_insert_with(|| {
                let text = selected.units[0].clone();
                (rd.own_unit(&text).unwrap_or(Unit::RATIO), text, term.place)
            });
            let sum = Self { parts: Vec::new(), unit: *own, text: text.clone(), place: *place };
            parts.extend(sum.weigh(rd, build, term, &selected).unwrap_or_default());
        }
        let (unit, text, place) = unit.filter(|_| rd.mistakes == before)?;
        Some(Self { parts, unit, text, place })
    }

    /// A number of its unit as the constraint keeps it, from base units.
    pub(super) fn kept(&self, value: f64) -> f64 {
        plain(Unit::base(self.unit.powers).to(self.unit).apply(value))
    }

    /// An item whose own numbers are in the unit of the sum.
    pub(super) fn item<'a>(&self, item: &Item<'a>) -> Item<'a> {
        Item { written_unit: Some((Cow::Owned(self.text.clone()), self.place)), ..item.clone() }
    }

    /// The weights of all that a term speaks of.
    fn weigh<'a>(
        &self,
        rd: &mut Reader<'a>,
        build: &Build,
        term: Item<'a>,
        selected: &Selected,
    ) -> Option<Vec<Part>> {
        let units = selected.units.iter().filter_map(|text| Some((text, rd.own_unit(text)?)));
        let units: Vec<(&String, Unit)> = units.collect();
        let alike = |unit: &Unit| unit.powers == self.unit.powers;
        let written = rd.written_in(&term, term::WEIGHT);
        let fitting = units.iter().find(|(_, unit)| match written {
            Some(weight) => alike(&weight.times(*unit, 1)),
            None => alike(unit),
        });
        let (text, counted) = *fitting.or_else(|| units.first())?;
        let lacks = match term.get(term::WEIGHT) {
            Some(node) => written.is_none() && lacks_unit(node),
            None => true,
        };
        if lacks && !alike(&counted) {
            self.needs_weight(rd, &term, text);
            return None;
        }
        // a plain number is a ratio
        let each = if alike(&counted) { "1".to_owned() } else { per(&self.text, text) };
        let each = Item { written_unit: Some((Cow::Owned(each), self.place)), ..term };
        let of_base = Unit::base(self.unit.times(counted, -1).powers).times(counted, 1);
        let in_unit = of_base.to(self.unit);
        let mut parts: Vec<Part> = Vec::new();
        for (quantity, region) in &selected.of {
            let region = region.map(|region| build.region(region).name.clone());
            let weight = match each.has(term::WEIGHT) {
                true => rd.series(&each, term::WEIGHT, region.as_deref())?,
                false => Series::Constant(1.0),
            };
            if weight.varies_by_slice() && !has_slices(build, *quantity) {
                let message = format!(
                    "`weight` varies by slice, but `{}` is counted by the year",
                    each.path
                );
                let place = each.value_place(term::WEIGHT);
                rd.fail(&each, Diagnostic::error("cannot-vary", message, place, ""));
                return None;
            }
            let weight = weight.map(|weight| plain(in_unit.apply(weight)));
            parts.push(Part { quantity: *quantity, weight });
        }
        Some(parts)
    }

    /// Says that a plain number cannot say how much of one unit another counts.
    fn needs_weight(&self, rd: &mut Reader<'_>, term: &Item<'_>, counted: &str) {
        let message =
            format!("`{}` is counted in {counted}, its constraint in {}", term.path, self.text);
        let per =
            if counted.contains('/') { format!("({counted})") } else { counted.to_owned() };
        let of = if self.text.contains([' ', '/']) {
            format!("({})", self.text)
        } else {
            self.text.clone()
        };
        let hint = format!("write `weight = {{ value = …, unit = \"{of}/{per}\" }}`");
        let place = term.value_place(term::WEIGHT);
        let diagnostic = Diagnostic::error("missing-unit", message, place, "");
        rd.fail(term, diagnostic.also(self.place, "in this unit").hint(hint));
    }
}

/// One unit for each of another.
pub(super) fn per(unit: &str, other: &str) -> String {
    let whole = |text: &str| match text.contains([' ', '/', '*']) {
        true => format!("({text})"),
        false => text.to_owned(),
    };
    format!("{}/{}", whole(unit), whole(other))
}

/// A number without the dust of conversion.
fn plain(value: f64) -> f64 {
    let short: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    short + 0.0
}

/// The unit of a constraint, with its text and place; `None` within where it needs none.
#[expect(clippy::option_option, reason = "no unit is not the same as a wrong one")]
fn unit<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Option<(Unit, String, Span)>> {
    if item.has(indicator::UNIT) {
        let text = rd.text(item, indicator::UNIT)?;
        let place = item.value_place(indicator::UNIT);
        return match rd.parse_unit(text) {
            Ok(unit) => Some(Some((unit, text.to_owned(), place))),
            Err(error) => {
                let diagnostic = rd.unit_error(text, place, &error);
                rd.fail(item, diagnostic);
                None
            }
        };
    }
    let bounds = [constraint::AT_MOST, constraint::AT_LEAST, constraint::EQUAL];
    let bounded = bounds.iter().any(|field| item.has(*field));
    let absolute = bounded && !item.has(constraint::RELATIVE_TO);
    if absolute || item.has(constraint::START) || item.has(constraint::GROWTH) {
        rd.missing(item, constraint::UNIT);
        return None;
    }
    Some(None)
}

/// Whether some number of a value has no unit beside it.
fn lacks_unit(node: &Node) -> bool {
    match &node.value {
        Value::Number(_) => true,
        Value::Table(table) => {
            let values = || table.iter().filter(|entry| !is_reserved(&entry.key));
            let inner = table.get(&crate::registry::VALUE);
            table.get(&UNIT).is_none()
                && (inner.is_some_and(lacks_unit)
                    || values().any(|entry| lacks_unit(&entry.node)))
        }
        _ => false,
    }
}

/// Whether a quantity is known slice by slice, or at least season by season.
fn has_slices(build: &Build, quantity: Quantity) -> bool {
    let model = &build.model;
    let tier = match quantity {
        Quantity::Flow(link, _) => model.commodities[model.links[link].commodity].tier,
        of => of.process().map_or(Tier::Annual, |p| model.processes[p].tier),
    };
    tier != Tier::Annual
}
