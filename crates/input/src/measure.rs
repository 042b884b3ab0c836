//! A number with its unit: converted, and held against what is sensible.

use kzleap_diagnostics::{Diagnostic, Span};

use crate::formula::Amounts;
use crate::numbers::{range_text, shown};
use crate::reader::{Item, Reader};
use crate::registry::{Amount, Dimension, Field, Given, Quantity, UNIT, emission};
use crate::trace::Evaluated;
use crate::units::{Conversion, Unit, UnitError};
use crate::values::{At, UnitText};

/// How a number is converted.
struct Scale {
    to_usual: Conversion,
    to_kept: Conversion,
    /// The usual unit.
    unit: String,
    /// Whether it follows an amount other than energy.
    other: bool,
}

/// A unit of mass, volume or barrels of a fuel as one of its energy, by its heat value: `USD/t` is
/// `USD/GJ` times a number. `None` for what is not counted in amounts.
pub(crate) fn in_energy(dimension: Dimension, parsed: Unit, heat: Unit) -> Option<Unit> {
    match dimension {
        Dimension::CostPerAmount | Dimension::EmissionPerAmount => Some(parsed.times(heat, -1)),
        Dimension::Amount | Dimension::AmountPerYear => Some(parsed.times(heat, 1)),
        _ => None,
    }
}

impl<'a> Reader<'a> {
    /// A number with its unit, converted and held against what is sensible.
    pub(crate) fn leaf(
        &mut self,
        at: &At<'_, 'a>,
        number: f64,
        place: Span,
        unit: Option<UnitText<'a>>,
    ) -> Option<f64> {
        let scale = self.scale(at, place, unit)?;
        self.held(at, number, place, unit.is_some(), &scale)
    }

    /// What a formula gives, by milestone year in base units of its dimension, likewise.
    pub(crate) fn measured(
        &mut self,
        at: &At<'_, 'a>,
        amounts: &Amounts,
        place: Span,
    ) -> Option<Vec<f64>> {
        let base = Unit::base(amounts.powers);
        let all = at.item.amount.map_or(Amount::ALL.to_vec(), |amount| vec![amount]);
        let scale = if at.quantity.dimension == Dimension::Own {
            self.own_scale(at, base, "", place)?
        } else if let Some(scale) = self.matching(at, &all, base, false) {
            scale
        } else {
            let message = format!(
                "`{}` takes {}, but this formula gives {}",
                at.field,
                at.quantity.dimension.noun(all[0]),
                base.noun()
            );
            let diagnostic = Diagnostic::error("wrong-unit", message, place, "")
                .hint("give numbers in a formula their units: `5 PJ`, `1.2 GJ/m2`");
            self.fail(at.item, diagnostic);
            return None;
        };
        let text = self.in_own_money(&scale.unit);
        let values = amounts.values.iter().map(|value| scale.to_usual.apply(*value));
        let evaluated = Evaluated {
            region: at.region.or(at.item.region).map(ToOwned::to_owned),
            unit: Some(text).filter(|unit| !matches!(unit.as_str(), "" | "1")),
            values: self.sets.years.iter().copied().zip(values).collect(),
        };
        self.evaluated.push((place, evaluated));
        amounts.values.iter().map(|value| self.held(at, *value, place, true, &scale)).collect()
    }

    fn held(
        &mut self,
        at: &At<'_, 'a>,
        number: f64,
        place: Span,
        has_unit: bool,
        scale: &Scale,
    ) -> Option<f64> {
        let Scale { to_usual, to_kept, unit: usual_unit, other } = scale;
        let usual = to_usual.apply(number);
        let Quantity { mut hard, mut soft, whole, dimension, .. } = at.quantity;
        if *other {
            // what is usual is known of energy alone
            hard = (hard.0.min(0.0), f64::INFINITY);
            soft = (f64::NEG_INFINITY, f64::INFINITY);
        }
        if dimension == Dimension::CostPerEmission && at.item.has(emission::UNIT) {
            // what is usual is known of what is counted in megatonnes alone
            soft = (f64::NEG_INFINITY, f64::INFINITY);
        }
        let usual_unit = match dimension {
            Dimension::Ratio | Dimension::MoneyWorth | Dimension::CalendarYear => String::new(),
            Dimension::Hours | Dimension::Days | Dimension::Years => {
                format!(" {}", dimension.noun(Amount::Energy))
            }
            _ => format!(" {}", self.in_own_money(usual_unit)),
        };
        let out = |(low, high): (f64, f64)| usual < low || usual > high;
        let possible = at.quantity.possible.is_some_and(|possible| !out(possible))
            && usual.abs() <= dimension.most();
        let waived = out(hard) && possible && self.waivers.holds(place);
        if out(hard) && !waived {
            let message = format!(
                "`{}` is {}{usual_unit}, but must be {}",
                at.field,
                shown(usual),
                range_text(hard.0, hard.1, &usual_unit)
            );
            let percent = dimension == Dimension::Ratio && !has_unit && usual > 1.0;
            let mut hint = if percent && usual <= 100.0 {
                format!("{} % is written `{}`", shown(usual), shown(usual / 100.0))
            } else {
                "check the number and its unit".to_owned()
            };
            if possible {
                hint.push_str("; if it is right, say why with `plausible`");
            }
            let diagnostic = Diagnostic::error("out-of-range", message, place, "");
            self.fail(at.item, diagnostic.hint(hint));
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
        // nothing at all is said on purpose
        if (out(soft) && usual.abs() > 0.0) || waived {
            let most = if out(soft) { soft } else { hard };
            let message = format!(
                "`{}` is {}{usual_unit}, which is unusual: most are {}",
                at.field,
                shown(usual),
                range_text(most.0, most.1, &usual_unit)
            );
            let diagnostic = Diagnostic::warning("unusual-value", message, place, "");
            self.implausible(diagnostic.hint("check the number and its unit"));
        }
        Some(to_kept.apply(number))
    }

    /// Conversions to the usual unit of the dimension and to the one the model keeps.
    fn scale(
        &mut self,
        at: &At<'_, 'a>,
        place: Span,
        unit: Option<UnitText<'a>>,
    ) -> Option<Scale> {
        let dimension = at.quantity.dimension;
        if let Some((text, place)) = unit.filter(|(text, _)| text.is_empty()) {
            let diagnostic = self.unit_error(text, place, &UnitError::Syntax);
            self.fail(at.item, diagnostic);
            return None;
        }
        let unit = self.unit_text(at.item, (at.field, at.quantity), place, unit);
        if unit.as_ref().is_some_and(|(text, _)| text.is_empty()) {
            self.fail_silently(at.item);
            return None;
        }
        if dimension == Dimension::Own {
            let (text, unit_place) = match unit {
                Some(unit) => unit,
                None => at.item.written_unit.as_ref().map_or_else(
                    || ("1".to_owned(), place),
                    |(text, place)| (text.clone().into_owned(), *place),
                ),
            };
            return match self.parse_unit(&text) {
                Ok(parsed) => self.own_scale(at, parsed, &text, unit_place),
                Err(error) => {
                    let diagnostic = self.unit_error(&text, unit_place, &error);
                    self.fail(at.item, diagnostic);
                    None
                }
            };
        }
        let Some((text, unit_place)) = unit else {
            if !dimension.needs_unit() {
                let (to_usual, to_kept) = (Conversion::SAME, Conversion::SAME);
                return Some(Scale {
                    to_usual,
                    to_kept,
                    unit: dimension.usual(),
                    other: false,
                });
            }
            self.missing_unit(at, place);
            return None;
        };
        let parsed = match self.parse_unit(&text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let mut diagnostic = self.unit_error(&text, unit_place, &error);
                if diagnostic.hint.is_none() {
                    let usual = self.usual(at, at.item.amount.unwrap_or(Amount::Energy));
                    diagnostic = diagnostic.hint(match usual.as_str() {
                        "1" => "write a plain number".to_owned(),
                        usual => format!("write a unit such as `{usual}`"),
                    });
                }
                self.fail(at.item, diagnostic);
                return None;
            }
        };
        // an item whose amount could not be read has been reported: any will do
        let all = at.item.amount.map_or(Amount::ALL.to_vec(), |amount| vec![amount]);
        if let Some(scale) = self.matching(at, &all, parsed, true) {
            return Some(scale);
        }
        let by_heat = at.item.heat.and_then(|heat| in_energy(dimension, parsed, heat));
        if let Some(parsed) = by_heat
            && let Some(scale) = self.matching(at, &[Amount::Energy], parsed, true)
        {
            return Some(scale);
        }
        let diagnostic = self.wrong_unit(at, &all, parsed, (&text, unit_place));
        let diagnostic = if unit_place == place {
            diagnostic
        } else {
            diagnostic.also(place, "of this value")
        };
        self.fail(at.item, diagnostic);
        None
    }

    /// A unit of something else than the field takes.
    fn wrong_unit(
        &mut self,
        at: &At<'_, 'a>,
        all: &[Amount],
        parsed: Unit,
        (text, place): (&str, Span),
    ) -> Diagnostic {
        let (dimension, amount) = (at.quantity.dimension, all[0]);
        let expected = self.usual(at, amount);
        let message = format!(
            "`{}` takes {}, but `{text}` is {}",
            at.field,
            dimension.noun(amount),
            parsed.noun()
        );
        let hint = match dimension {
            Dimension::Ratio => "write a plain number".to_owned(),
            _ => match self.heat_value_that_lacks(at, all, parsed) {
                Some(heat_value) => format!(
                    "write a unit such as `{expected}`; `{text}` can be read where all that is \
                     counted has one `heat_value` in {heat_value}"
                ),
                None => format!("write a unit such as `{expected}`"),
            },
        };
        Diagnostic::error("wrong-unit", message, place, "").hint(hint)
    }

    /// The unit that a value which does not vary is written in.
    pub(crate) fn written_in(
        &mut self,
        item: &Item<'a>,
        field: Field<impl Given>,
    ) -> Option<Unit> {
        let entry = item.entry(field)?;
        let beside = entry.node.table().and_then(|table| table.get(&UNIT)?.text());
        let of_file =
            self.file_units.get(&entry.key_span.file).and_then(|units| units.get(field.name()));
        let text = beside.or(of_file.map(|(text, _)| text.as_str()))?.to_owned();
        self.parse_unit(&text).ok()
    }

    /// How a unit is converted, if it measures what the quantity is.
    fn matching(
        &mut self,
        at: &At<'_, '_>,
        amounts: &[Amount],
        parsed: Unit,
        as_spelled: bool,
    ) -> Option<Scale> {
        let dimension = at.quantity.dimension;
        for amount in amounts {
            for (usual, kept) in dimension.units(*amount, at.item.unit) {
                let units = (self.own_unit(&usual), self.own_unit(&kept));
                let (Some(to_usual), Some(to_kept)) = units else { continue };
                let reads = !as_spelled || dimension.takes(parsed.spelled);
                if to_usual.powers == parsed.powers && reads {
                    return Some(Scale {
                        to_usual: parsed.to(to_usual),
                        to_kept: parsed.to(to_kept),
                        unit: usual,
                        other: dimension.follows_amount() && *amount != Amount::Energy,
                    });
                }
            }
        }
        None
    }

    /// The unit of the heat value with which this unit would serve, if one would.
    fn heat_value_that_lacks(
        &mut self,
        at: &At<'_, '_>,
        amounts: &[Amount],
        parsed: Unit,
    ) -> Option<String> {
        let dimension = at.quantity.dimension;
        if at.item.heat.is_some() || !amounts.contains(&Amount::Energy) {
            return None;
        }
        Dimension::HeatValue.units(Amount::Energy, at.item.unit).into_iter().find_map(
            |(usual, _)| {
                let converted = in_energy(dimension, parsed, self.own_unit(&usual)?)?;
                self.matching(at, &[Amount::Energy], converted, true).map(|_| usual)
            },
        )
    }

    /// The same for an item that says itself what it measures.
    fn own_scale(
        &mut self,
        at: &At<'_, 'a>,
        parsed: Unit,
        text: &str,
        unit_place: Span,
    ) -> Option<Scale> {
        let written = at.item.written_unit.as_ref();
        let (own_text, own_place) =
            written.map_or(("1", at.item.place), |(text, place)| (&**text, *place));
        let own = self.parse_unit(own_text).ok()?; // what is wrong with it was reported
        if own.powers == parsed.powers {
            let to_kept = parsed.to(Unit::base(parsed.powers));
            let unit = if own_text == "1" { String::new() } else { own_text.to_owned() };
            return Some(Scale { to_usual: parsed.to(own), to_kept, unit, other: false });
        }
        let what =
            if text.is_empty() { "this formula".to_owned() } else { format!("`{text}`") };
        let message = format!(
            "{what} is {}, but the unit of `{}` is `{own_text}`",
            parsed.noun(),
            at.item.path
        );
        let diagnostic = Diagnostic::error("wrong-unit", message, unit_place, "");
        let diagnostic = if own_place == at.item.place {
            diagnostic.hint("give it a `unit`")
        } else {
            diagnostic.also(own_place, "here")
        };
        self.fail(at.item, diagnostic);
        None
    }

    /// The unit people usually write, in the model's money.
    fn usual(&self, at: &At<'_, '_>, amount: Amount) -> String {
        let units = at.quantity.dimension.units(amount, at.item.unit);
        units.first().map_or_else(String::new, |(usual, _)| self.in_own_money(usual))
    }

    fn missing_unit(&mut self, at: &At<'_, '_>, place: Span) {
        let dimension = at.quantity.dimension;
        let amount = at.item.amount.unwrap_or(Amount::Energy);
        let example = self.usual(at, amount);
        if let Dimension::Flow(of, per) = dimension {
            let message = format!(
                "`{}` is {} for each unit of {}, so a plain number cannot say how much",
                at.field,
                of.noun(),
                per.noun()
            );
            let hint = format!("write `{{ value = …, unit = \"{example}\" }}`");
            let diagnostic = Diagnostic::error("missing-unit", message, place, "").hint(hint);
            self.fail(at.item, diagnostic);
            return;
        }
        let message = format!("`{}` needs a unit", at.field);
        let label = format!("{}, but in what?", dimension.noun(amount));
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
