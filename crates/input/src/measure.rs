//! A number with its unit: converted, and held against what is sensible.

use kzleap_diagnostics::{Diagnostic, Span};

use crate::numbers::{range_text, shown};
use crate::reader::Reader;
use crate::registry::{Dimension, Quantity};
use crate::units::{Conversion, UnitError};
use crate::values::{At, UnitText};

impl<'a> Reader<'a> {
    /// A number with its unit, converted and held against what is sensible.
    pub(crate) fn leaf(
        &mut self,
        at: &At<'_, 'a>,
        number: f64,
        place: Span,
        unit: Option<UnitText<'a>>,
    ) -> Option<f64> {
        let (to_usual, to_kept) = self.conversion(at, place, unit)?;
        let usual = to_usual.apply(number);
        let Quantity { hard, soft, whole, dimension, .. } = at.quantity;
        let usual_unit = match dimension {
            Dimension::Ratio | Dimension::MoneyWorth | Dimension::CalendarYear => String::new(),
            Dimension::Hours | Dimension::Days | Dimension::Years => {
                format!(" {}", dimension.noun())
            }
            _ => format!(" {}", self.in_own_money(dimension.written()[0])),
        };
        let out = |(low, high): (f64, f64)| usual < low || usual > high;
        if out(hard) {
            let message = format!(
                "`{}` is {}{usual_unit}, but must be {}",
                at.field,
                shown(usual),
                range_text(hard.0, hard.1, &usual_unit)
            );
            let mut diagnostic = Diagnostic::error("out-of-range", message, place, "");
            if dimension == Dimension::Ratio && unit.is_none() && usual > 1.0 && usual <= 100.0
            {
                let share = shown(usual / 100.0);
                diagnostic =
                    diagnostic.hint(format!("{} % is written `{share}`", shown(usual)));
            }
            self.fail(at.item, diagnostic);
            return None;
        }
        if usual.abs() > dimension.most() {
            let low = if hard.0 < 0.0 { -dimension.most() } else { 0.0 };
            let message = format!(
                "`{}` is {usual:e}{usual_unit}, but must be {}",
                at.field,
                range_text(low, dimension.most(), &usual_unit)
            );
            let hint = "no energy system has such a number: check its unit; leave a limit out \
                        where there is none";
            self.fail(
                at.item,
                Diagnostic::error("out-of-range", message, place, "").hint(hint),
            );
            return None;
        }
        if whole && usual.fract().abs() > 0.0 {
            let message = format!("`{}` must be a whole number", at.field);
            self.fail(at.item, Diagnostic::error("not-whole", message, place, ""));
            return None;
        }
        if out(soft) {
            let message = format!(
                "`{}` is {}{usual_unit}, which is unusual: most are {}",
                at.field,
                shown(usual),
                range_text(soft.0, soft.1, &usual_unit)
            );
            let diagnostic = Diagnostic::warning("unusual-value", message, place, "");
            self.diags.push(diagnostic.hint("check the number and its unit"));
        }
        Some(to_kept.apply(number))
    }

    /// Conversions to the usual unit of the dimension and to the one the model keeps.
    fn conversion(
        &mut self,
        at: &At<'_, 'a>,
        place: Span,
        unit: Option<UnitText<'a>>,
    ) -> Option<(Conversion, Conversion)> {
        let dimension = at.quantity.dimension;
        let unit = unit.map(|(text, place)| (text.to_owned(), place)).or_else(|| {
            let units = self.file_units.get(&place.file)?;
            units.get(at.field).or_else(|| units.get(at.quantity.unit_key)).cloned()
        });
        let is_capacity = matches!(dimension, Dimension::Capacity | Dimension::CapacityPerYear);
        let unit = unit.or_else(|| {
            let (text, place) = at.item.written_unit.filter(|_| is_capacity)?;
            Some((text.to_owned(), place))
        });
        let Some((text, unit_place)) = unit else {
            if !dimension.needs_unit() {
                return Some((Conversion::SAME, Conversion::SAME));
            }
            self.missing_unit(at, place);
            return None;
        };
        let parsed = match self.parse_unit(&text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let diagnostic = self.unit_error(&text, unit_place, &error);
                self.fail(at.item, diagnostic);
                return None;
            }
        };
        let kept = dimension.kept(at.item.unit);
        for (usual, kept) in dimension.written().iter().zip(kept) {
            let (Some(usual), Some(kept)) = (self.own_unit(usual), self.own_unit(kept)) else {
                continue;
            };
            if usual.powers == parsed.powers && dimension.takes(&text) {
                return Some((parsed.to(usual), parsed.to(kept)));
            }
        }
        let expected = self.in_own_money(dimension.written()[0]);
        let message = format!(
            "`{}` takes {}, but `{text}` is {}",
            at.field,
            dimension.noun(),
            parsed.noun(&text)
        );
        let diagnostic = Diagnostic::error("wrong-unit", message, unit_place, "")
            .hint(format!("write a unit such as `{expected}`"));
        let diagnostic = if unit_place == place {
            diagnostic
        } else {
            diagnostic.also(place, "of this value")
        };
        self.fail(at.item, diagnostic);
        None
    }

    fn missing_unit(&mut self, at: &At<'_, '_>, place: Span) {
        let dimension = at.quantity.dimension;
        let example = self.in_own_money(dimension.written()[0]);
        let message = format!("`{}` needs a unit", at.field);
        let label = format!("{}, but in what?", dimension.noun());
        let is_csv = at.field.is_empty();
        let hint = if is_csv {
            format!("fill in the column `unit`, such as `{example}`")
        } else {
            format!(
                "write `{{ value = …, unit = \"{example}\" }}`, or `{} = \"{example}\"` under \
                 [units] in this file",
                if at.quantity.unit_key.is_empty() { at.field } else { at.quantity.unit_key }
            )
        };
        self.fail(at.item, Diagnostic::error("missing-unit", message, place, label).hint(hint));
    }

    /// What is wrong with a text that is no unit.
    pub(crate) fn unit_error(&self, text: &str, place: Span, error: &UnitError) -> Diagnostic {
        match error {
            UnitError::Syntax => {
                let message = format!("`{text}` is not a unit");
                Diagnostic::error("unknown-unit", message, place, "")
                    .hint("write it like `USD/kW/a` or `MUSD/(PJ/a)`")
            }
            UnitError::Unknown { part, hint } => {
                let message = if part == text {
                    format!("there is no unit `{part}`")
                } else {
                    format!("there is no unit `{part}`, as in `{text}`")
                };
                let diagnostic = Diagnostic::error("unknown-unit", message, place, "");
                match hint {
                    Some(hint) => diagnostic.hint(hint),
                    None => diagnostic,
                }
            }
            UnitError::Money { name } => {
                let message = format!("the model does not say what `{name}` is worth");
                Diagnostic::error("unknown-money", message, place, "").hint(format!(
                    "add `{name} = {{ value = …, source = \"…\" }}` under [money] in model.toml: \
                     its worth in {}{}",
                    self.currency.code, self.currency.year
                ))
            }
        }
    }
}
