//! From the parts of a formula to a number for each milestone year.

use super::{FUNCTIONS, Operator, Problem, Term, What};
use crate::names::suggest;
use crate::units::{Powers, Unit};

/// A number for each milestone year, in the base units of what it measures (PJ, a, million of the
/// model's money, Mt, Gpkm, Gtkm, Gvkm, Mm2, million).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amounts {
    pub(crate) powers: Powers,
    pub(crate) values: Vec<f64>,
}

/// What names in a formula stand for.
pub(crate) trait Names {
    /// Milestone years.
    fn years(&self) -> &[i32];
    /// The value of a name.
    fn name(&mut self, term: &Term, name: &str) -> Result<Amounts, Problem>;
    /// The sum of a term over the domestic regions.
    fn sum(&mut self, term: &Term) -> Result<Amounts, Problem>;
}

/// Evaluates a formula.
pub(crate) fn evaluate(term: &Term, names: &mut dyn Names) -> Result<Amounts, Problem> {
    let amounts = match &term.what {
        What::Number(number, unit) => constant(*number, *unit, names.years().len()),
        What::Name(name) if name == "year" => {
            let values = names.years().iter().map(|year| f64::from(*year)).collect();
            Amounts { powers: Unit::RATIO.powers, values }
        }
        What::Name(name) => names.name(term, name)?,
        What::Negative(inner) => evaluate(inner, names)?.map(|value| -value),
        What::Pair(operator, left, right) => {
            let pair = (evaluate(left, names)?, evaluate(right, names)?);
            joined(term, *operator, (left, right), pair)?
        }
        What::Call(name, terms) => call(term, name, terms, names)?,
    };
    match amounts.values.iter().zip(names.years()).find(|(value, _)| !value.is_finite()) {
        Some((value, year)) => {
            let what = if value.is_nan() { "no number" } else { "beyond all numbers" };
            Err(term.problem("not-finite", format!("in {year} this is {what}")))
        }
        None => Ok(amounts),
    }
}

impl Amounts {
    fn map(mut self, with: impl Fn(f64) -> f64) -> Self {
        self.values.iter_mut().for_each(|value| *value = with(*value));
        self
    }

    fn zip(mut self, other: &Self, with: impl Fn(f64, f64) -> f64) -> Self {
        for (value, other) in self.values.iter_mut().zip(&other.values) {
            *value = with(*value, *other);
        }
        self
    }

    fn noun(&self) -> String {
        Unit::base(self.powers).noun()
    }

    fn is_plain(&self) -> bool {
        self.powers == Unit::RATIO.powers
    }
}

fn constant(number: f64, unit: Option<Unit>, years: usize) -> Amounts {
    let unit = unit.unwrap_or(Unit::RATIO);
    let value = unit.to(Unit::base(unit.powers)).apply(number);
    Amounts { powers: unit.powers, values: vec![value; years] }
}

fn joined(
    term: &Term,
    operator: Operator,
    (left_term, right_term): (&Term, &Term),
    (left, right): (Amounts, Amounts),
) -> Result<Amounts, Problem> {
    match operator {
        Operator::Plus | Operator::Minus => {
            alike(term, &left, &right)?;
            let sign = if operator == Operator::Plus { 1.0 } else { -1.0 };
            Ok(left.zip(&right, |a, b| a + sign * b))
        }
        Operator::Times | Operator::Over => {
            let sign = if operator == Operator::Times { 1 } else { -1 };
            let units = (Unit::base(left.powers), Unit::base(right.powers));
            let powers = units.0.times(units.1, sign).powers;
            if operator == Operator::Over && right.values.contains(&0.0) {
                return Err(right_term.problem("divided-by-zero", "this is zero".to_owned()));
            }
            let with = |a: f64, b: f64| if sign > 0 { a * b } else { a / b };
            Ok(Amounts { powers, ..left.zip(&right, with) })
        }
        Operator::ToThe => to_the((left_term, left), (right_term, right)),
    }
}

fn to_the(
    (base_term, base): (&Term, Amounts),
    (term, exponent): (&Term, Amounts),
) -> Result<Amounts, Problem> {
    if !exponent.is_plain() {
        let message = format!("an exponent is a plain number, and this is {}", exponent.noun());
        return Err(term.problem("wrong-unit", message));
    }
    if base.is_plain() {
        return Ok(base.zip(&exponent, f64::powf));
    }
    let first = exponent.values.first().copied().unwrap_or(1.0);
    let whole = first.fract() == 0.0 && (1.0..=4.0).contains(&first);
    if !whole || exponent.values.iter().any(|value| *value != first) {
        let message = format!("{} cannot be raised to this power", base.noun());
        return Err(base_term
            .problem("wrong-unit", message)
            .hint("divide it by its value in the first year: `index(…)^0.6`"));
    }
    let mut result = base.clone();
    for _ in 1..first as i32 {
        let powers = Unit::base(result.powers).times(Unit::base(base.powers), 1).powers;
        result = Amounts { powers, ..result.zip(&base, |a, b| a * b) };
    }
    Ok(result)
}

fn alike(term: &Term, left: &Amounts, right: &Amounts) -> Result<(), Problem> {
    if left.powers == right.powers {
        return Ok(());
    }
    let message =
        format!("{} and {} cannot be put together like this", left.noun(), right.noun());
    Err(term.problem("wrong-unit", message).hint("give numbers their units: `5 PJ`"))
}

fn call(
    term: &Term,
    name: &str,
    terms: &[Term],
    names: &mut dyn Names,
) -> Result<Amounts, Problem> {
    let known = FUNCTIONS.iter().find(|(known, _)| *known == name);
    let Some((_, count)) = known else {
        let problem =
            term.problem("unknown-function", format!("there is no function `{name}`"));
        let hint = suggest(name, FUNCTIONS.iter().map(|(known, _)| *known));
        return Err(match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        });
    };
    if !count.contains(&terms.len()) {
        let message = format!("`{name}` takes {}, not {}", count_text(count), terms.len());
        return Err(term.problem("bad-formula", message));
    }
    if name == "sum" {
        return names.sum(&terms[0]);
    }
    let values = terms
        .iter()
        .map(|term| evaluate(term, names))
        .collect::<Result<Vec<Amounts>, Problem>>()?;
    let first = values[0].clone();
    match name {
        "index" | "base" => {
            let start = first.values.first().copied().unwrap_or(1.0);
            if name == "base" {
                return Ok(first.map(|_| start));
            }
            if start == 0.0 {
                let message = "this is zero in the first year".to_owned();
                return Err(terms[0].problem("divided-by-zero", message));
            }
            let powers = Unit::RATIO.powers;
            Ok(Amounts { powers, ..first.map(|value| value / start) })
        }
        "growth" => growth(&terms[0], &first, names.years()),
        "step" => step(term, terms, &values, names.years()),
        "min" | "max" => {
            let with = if name == "min" { f64::min } else { f64::max };
            let mut result = first;
            for other in &values[1..] {
                alike(term, &result, other)?;
                result = result.zip(other, with);
            }
            Ok(result)
        }
        _ => {
            if !first.is_plain() {
                let message =
                    format!("`{name}` takes a plain number, and this is {}", first.noun());
                return Err(terms[0].problem("wrong-unit", message));
            }
            Ok(first.map(if name == "exp" { f64::exp } else { f64::ln }))
        }
    }
}

fn count_text(count: &std::ops::RangeInclusive<usize>) -> String {
    match (*count.start(), *count.end()) {
        (1, 1) => "one value".to_owned(),
        (least, most) if least == most => format!("{least} values"),
        (least, most) => format!("{least} to {most} values"),
    }
}

/// What grows by a rate a year is, in each year, as many times what it was in the first.
fn growth(term: &Term, rate: &Amounts, years: &[i32]) -> Result<Amounts, Problem> {
    if !rate.is_plain() {
        let message = format!("a rate is a plain number, and this is {}", rate.noun());
        return Err(term.problem("wrong-unit", message).hint("3 % a year is `0.03` or `3 %`"));
    }
    let mut grown = 1.0;
    let mut values = Vec::with_capacity(years.len());
    for (at, rate) in rate.values.iter().enumerate() {
        if let Some(before) = at.checked_sub(1) {
            grown *= (1.0 + rate).powi(years[at] - years[before]);
        }
        values.push(grown);
    }
    Ok(Amounts { powers: Unit::RATIO.powers, values })
}

/// `step(2030, before, after)`.
fn step(
    term: &Term,
    terms: &[Term],
    values: &[Amounts],
    years: &[i32],
) -> Result<Amounts, Problem> {
    alike(term, &values[1], &values[2])?;
    let when = &values[0];
    let plain =
        when.is_plain() && when.values.iter().all(|year| (1900.0..=2200.0).contains(year));
    if !plain {
        let message = "the first value of `step` is a calendar year".to_owned();
        return Err(terms[0].problem("bad-formula", message));
    }
    let mut result = values[1].clone();
    for (at, year) in years.iter().enumerate() {
        if f64::from(*year) >= when.values[at] {
            result.values[at] = values[2].values[at];
        }
    }
    Ok(result)
}
