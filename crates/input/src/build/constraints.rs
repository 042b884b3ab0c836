//! Constraints: sums in the modeller's own terms, against numbers, other sums or the year before.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Against, Number, Stated, UserTerm};
use kzleap_model::{UserRow, YearIx};

use super::Build;
use super::constraint_terms::{Part, Sum};
use super::declare::label;
use crate::reader::{Item, Reader};
use crate::registry::{ByYear, Field, OneTable, constraint, indicator, pace, root};
use crate::tree::Node;
use crate::values::given_years;

/// Reads every constraint, and then every indicator.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::CONSTRAINTS) {
        let label = label(rd, &item, constraint::LABEL);
        let before = rd.mistakes;
        let mut rows = rows(rd, build, &item).unwrap_or_default();
        rows.iter_mut().for_each(|row| row.label.clone_from(&label));
        if rd.mistakes == before {
            build.model.user_rows.extend(rows);
        }
    }
    indicators(rd, build);
}

/// Reads every indicator: a sum that is compared with nothing.
fn indicators(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::INDICATORS) {
        let label = label(rd, &item, indicator::LABEL);
        let before = rd.mistakes;
        let horizon = item.has(indicator::OVER)
            && rd.choice(&item, indicator::OVER) == Some(constraint::HORIZON);
        let sum = Sum::read(rd, build, &item, indicator::TERMS, horizon, None);
        let Some(sum) = sum.filter(|_| rd.mistakes == before) else { continue };
        let of = Rows { build, item: &item, sum: &sum, other: None, horizon };
        let mut rows = of.shown();
        rows.iter_mut().for_each(|row| row.label.clone_from(&label));
        build.model.user_rows.extend(rows);
    }
}

/// The bounds a constraint may have.
const BOUNDS: [(Field<ByYear>, Sense); 3] = [
    (constraint::AT_MOST, Sense::AtMost),
    (constraint::AT_LEAST, Sense::AtLeast),
    (constraint::EQUAL, Sense::Equal),
];

/// How fast it may change.
const PACES: [Field<OneTable>; 2] = [constraint::GROWTH, constraint::DECLINE];

/// The rows of a constraint; `None` if it could not be read.
fn rows<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Option<Vec<UserRow>> {
    let horizon = match item.has(constraint::OVER) {
        true => rd.choice(item, constraint::OVER)? == constraint::HORIZON,
        false => false,
    };
    if !says_how_much(rd, item, horizon) {
        return None;
    }
    let sum = Sum::read(rd, build, item, constraint::TERMS, horizon, None)?;
    let other = match item.has(constraint::RELATIVE_TO) {
        true => Some(Sum::read(rd, build, item, constraint::RELATIVE_TO, horizon, Some(&sum))?),
        false => None,
    };
    let of = Rows { build, item, sum: &sum, other: other.as_ref(), horizon };
    let mut rows = Vec::new();
    for (field, sense) in BOUNDS.into_iter().filter(|(field, _)| item.has(*field)) {
        rows.extend(of.bounded(rd, field, sense)?);
    }
    let start = item.has(constraint::START);
    let start = match start {
        true => Some(sum.kept(rd.number(&sum.item(item), constraint::START, None)?)),
        false => None,
    };
    for field in PACES.into_iter().filter(|field| item.has(*field)) {
        rows.extend(of.paced(rd, field, start)?);
    }
    Some(rows)
}

/// Whether it has bounds or rates that go together.
fn says_how_much(rd: &mut Reader<'_>, item: &Item<'_>, horizon: bool) -> bool {
    let bound = item.first_of(&BOUNDS.map(|(field, _)| field.key()));
    let pace = item.first_of(&PACES.map(|field| field.key()));
    let refuse = |rd: &mut Reader<'_>, field, message: String, hint: &str| {
        let diagnostic = Diagnostic::error("both-given", message, item.place_of(field), "");
        rd.fail(item, diagnostic.hint(hint));
        false
    };
    if bound.is_none() && pace.is_none() {
        let message = format!("`{}` does not say what its sum is compared with", item.path);
        let diagnostic = Diagnostic::error("missing-field", message, item.place, "")
            .hint("add `at_most`, `at_least`, `equal`, `growth` or `decline`");
        rd.fail_missing(item, diagnostic);
        return false;
    }
    let equal = constraint::EQUAL.key();
    if let Some(bound) = bound.filter(|bound| *bound != equal && item.has(equal)) {
        let message = format!("`{}` has both `{equal}` and `{bound}`", item.path);
        return refuse(rd, bound, message, "leave one of them out");
    }
    for (other, has) in [
        (constraint::RELATIVE_TO.key(), item.has(constraint::RELATIVE_TO)),
        (constraint::OVER.key(), horizon),
    ] {
        if let Some(pace) = pace.filter(|_| has) {
            let message = format!("`{pace}` compares a sum with itself in the year before");
            let hint = format!("leave out `{other}`, or make two constraints of it");
            return refuse(rd, other, message, &hint);
        }
    }
    let start = constraint::START.key();
    if pace.is_none() && item.has(start) {
        let message = format!("`{start}` goes with `growth` or `decline`");
        return refuse(rd, start, message, "leave it out");
    }
    true
}

/// What the rows of a constraint are made of.
struct Rows<'r, 'a> {
    build: &'r Build,
    item: &'r Item<'a>,
    sum: &'r Sum,
    other: Option<&'r Sum>,
    horizon: bool,
}

impl<'a> Rows<'_, 'a> {
    fn years(&self) -> impl Iterator<Item = YearIx> + use<> {
        self.build.model.time.years.ixs()
    }

    /// The terms of a year.
    fn terms(&self, sum: &Sum, y: YearIx, sign: f64) -> Vec<UserTerm> {
        let length = self.build.model.time.years[y].length();
        let factor = |part: &Part| match (part.is_building(), self.horizon) {
            (true, false) => 1.0 / length,
            (false, true) => length,
            (true, true) | (false, false) => 1.0,
        };
        let terms = sum.parts.iter().map(|part| {
            let weight = part.weight.in_year(y).map(|weight| sign * factor(part) * weight);
            UserTerm { quantity: part.quantity, year: y, weight }
        });
        terms.filter(|term| !term.weight.is_zero()).collect()
    }

    fn row(&self, terms: Vec<UserTerm>, sense: Sense, right: f64) -> UserRow {
        UserRow::new(self.item.name.to_owned(), terms, sense, right)
    }

    fn stated(&self, year: Option<YearIx>, number: Number) -> Option<Stated> {
        Some(Stated { year, number, unit: self.sum.text.clone() })
    }

    /// The rows of an indicator: of each year, or of all years together.
    fn shown(&self) -> Vec<UserRow> {
        let years: Vec<YearIx> = self.years().collect();
        let one = |years: &[YearIx]| {
            let terms = years.iter().flat_map(|y| self.terms(self.sum, *y, 1.0)).collect();
            let mut row = self.row(terms, Sense::AtMost, f64::INFINITY);
            row.stated = self.stated((!self.horizon).then(|| years[0]), Number::Nothing);
            row
        };
        match self.horizon {
            true => vec![one(&years)],
            false => years.chunks(1).map(one).collect(),
        }
    }

    /// The rows of a bound: of each year in which it holds, or of all years together.
    fn bounded(
        &self,
        rd: &mut Reader<'a>,
        field: Field<ByYear>,
        sense: Sense,
    ) -> Option<Vec<UserRow>> {
        let item = match self.other {
            Some(_) => self.item.clone(),
            None => self.sum.item(self.item),
        };
        let by_year = rd.since_first_year(&item, field)?;
        let kept = |value: f64| if self.other.is_some() { value } else { self.sum.kept(value) };
        let one = |years: &[YearIx], value: f64| {
            let of = |sum: &Sum| years.iter().flat_map(|y| self.terms(sum, *y, 1.0)).collect();
            let year = (!self.horizon).then(|| years[0]);
            let mut row = self.row(of(self.sum), sense, kept(value));
            row.stated = self.stated(year, Number::Bound);
            if let Some(other) = self.other {
                row.right_hand_side = 0.0;
                row.against = Some(Against { ratio: kept(value), terms: of(other) });
                row.stated = self.stated(year, Number::Ratio);
            }
            row
        };
        if !self.horizon {
            let holds = self.years().filter_map(|y| Some((y, by_year[y.get()]?)));
            return Some(holds.map(|(y, value)| one(&[y], value)).collect());
        }
        if item.get(field).and_then(given_years).is_some() {
            let message = format!("`{}` holds over the horizon, not by year", item.path);
            let diagnostic =
                Diagnostic::error("cannot-vary", message, item.value_place(field), "")
                    .also(item.place_of(constraint::OVER), "")
                    .hint("give one number, or leave out `over`");
            rd.fail(&item, diagnostic);
            return None;
        }
        let years: Vec<YearIx> = self.years().collect();
        let value = by_year.first().copied().flatten()?;
        Some(vec![one(&years, value)])
    }

    /// The rows by which the sum of a year follows that of the year before.
    fn paced(
        &self,
        rd: &mut Reader<'a>,
        field: Field<OneTable>,
        start: Option<f64>,
    ) -> Option<Vec<UserRow>> {
        let grows = field.key() == constraint::GROWTH.key();
        let entry = self.item.entry(field)?;
        let inner = self.item.within(&pace::TABLE, self.item.path_of(field), entry)?;
        let inner = self.sum.item(&inner);
        if grows && !inner.has(pace::SEED) {
            rd.missing(&inner, pace::SEED);
        }
        let rate = rd.number(&inner, pace::RATE, None);
        let seed = match inner.has(pace::SEED) {
            true => self.sum.kept(rd.number(&inner, pace::SEED, None)?),
            false => 0.0,
        };
        let rate = rate?;
        if !grows && rate > 1.0 {
            let message = format!("`{}` cannot decline by more than all of it", self.item.path);
            let place = inner.value_place(pace::RATE);
            rd.fail(&inner, Diagnostic::error("out-of-range", message, place, ""));
            return None;
        }
        let (sign, each) = if grows { (1.0, 1.0 + rate) } else { (-1.0, 1.0 - rate) };
        let years = &self.build.model.time.years;
        let follow = |y: YearIx, gap: i32| {
            let often: f64 = (0..gap).map(|year| power(each, year)).sum();
            let terms = self.terms(self.sum, y, sign);
            let mut row = self.row(terms, Sense::AtMost, seed * often);
            let number = match grows {
                true => Number::Growth(seed, often),
                false => Number::Decline(seed, often),
            };
            row.stated = self.stated(Some(y), number);
            row
        };
        let mut rows = Vec::new();
        for y in self.years() {
            let Some(before) = y.get().checked_sub(1).map(YearIx::new) else {
                let Some(start) = start else { continue };
                let mut row = follow(y, 1);
                row.right_hand_side += sign * each * start;
                rows.push(row);
                continue;
            };
            let gap = years[y].first - years[before].first;
            let mut row = follow(y, gap);
            let ratio = power(each, gap);
            row.against = Some(Against { ratio, terms: self.terms(self.sum, before, sign) });
            rows.push(row);
        }
        Some(rows)
    }
}

/// The same on every machine.
fn power(each: f64, years: i32) -> f64 {
    (0..years).fold(1.0, |product, _| product * each)
}

/// The items of a collection within an item.
pub(super) fn within<'a>(
    item: &Item<'a>,
    field: Field<crate::registry::Items>,
) -> Vec<Item<'a>> {
    let crate::registry::Items(kind) = field.holds;
    let table = item.get(field).and_then(Node::table);
    let one = |entry: &'a crate::tree::Entry| {
        let path = crate::tree::join(&item.path_of(field), &entry.key);
        item.within(kind, path, entry)
    };
    table.into_iter().flat_map(|table| table.iter()).filter_map(one).collect()
}
