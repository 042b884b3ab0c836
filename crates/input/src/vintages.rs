//! Values by year of building: `{ built = …, residual = …, by_age = … }`.
//!
//! A value is read once for what exists already and once for each milestone year of building. Which
//! of them is being read the reader knows; whoever asks for a value need not.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{ByAge, Series, SliceIx, YearIx};

use crate::numbers::{range_text, shown};
use crate::reader::{Item, Reader};
use crate::registry::{BUILT, BY_AGE, Field, Key, Map, RESIDUAL, process};
use crate::tree::{Entry, Node, Table, Value, join};
use crate::values::{At, UnitText};

/// What a value by year of building is made of.
const PARTS: [Key; 3] = [BUILT, RESIDUAL, BY_AGE];

impl<'a> Reader<'a> {
    /// Reads something, and whether it differs by year of building.
    pub(crate) fn by_vintage<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        let before = std::mem::take(&mut self.differs_by_vintage);
        let found = read(self);
        let differs = std::mem::replace(&mut self.differs_by_vintage, before);
        (found, differs)
    }

    /// Reads something as it is for what is built for a milestone year.
    pub(crate) fn of_vintage<T>(
        &mut self,
        built: YearIx,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.vintage = Some(built);
        let found = read(self);
        self.vintage = None;
        found
    }

    /// Reads something as it is for what was commissioned in a calendar year.
    pub(crate) fn of_commissioned<T>(
        &mut self,
        year: Option<i32>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.commissioned = year;
        let found = read(self);
        self.commissioned = None;
        found
    }

    /// Reads something with these years in place of the milestone years.
    pub(crate) fn in_years<T>(
        &mut self,
        years: Vec<i32>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let years = std::mem::replace(&mut self.sets.years, years);
        // that it begins after these years is no mistake
        let unknown = std::mem::replace(&mut self.sets.years_unknown, true);
        let found = read(self);
        (self.sets.years, self.sets.years_unknown) = (years, unknown);
        found
    }

    /// Whether a table is a value by year of building, or means to be one.
    pub(crate) fn is_by_vintage(&self, table: &Table) -> bool {
        let known = |key: &str| self.sets.regions.iter().any(|(region, _)| region == key);
        PARTS.iter().any(|part| table.get(part).is_some() && !known(part))
    }

    /// The value of a table that says when it was built, for the vintage that is being read.
    pub(crate) fn value_of_vintage(
        &mut self,
        at: &At<'_, 'a>,
        table: &'a Table,
        others: &[&'a Entry],
        unit: Option<UnitText<'a>>,
        (region, path): (Option<&str>, &str),
    ) -> Option<Series> {
        let first = others.first()?;
        if !at.quantity.varies.built {
            self.cannot_vary(at, "year of building", first);
            return None;
        }
        let Some(built) = table.entry(&BUILT) else {
            let message = format!("`{}` is given without `{BUILT}`", first.key);
            let diagnostic = Diagnostic::error("mixed-keys", message, first.key_span, "")
                .hint(format!("write what holds by year of building: `{BUILT} = …`"));
            self.fail(at.item, diagnostic);
            return None;
        };
        if let Some(other) = others.iter().find(|other| PARTS.iter().all(|p| **p != *other.key))
        {
            let message = format!("`{}` is given beside `{BUILT}`", other.key);
            let diagnostic = Diagnostic::error("mixed-keys", message, other.key_span, "")
                .also(built.key_span, "by year of building")
                .hint(format!("put years, regions and slices inside `{BUILT} = {{ … }}`"));
            self.fail(at.item, diagnostic);
            return None;
        }
        self.differs_by_vintage = true;
        let path_of_built = join(path, &BUILT);
        let of_built = match self.commissioned {
            Some(year) => self.in_years(vec![year], |rd| {
                rd.value(at, &built.node, unit, region, &path_of_built)
            }),
            None => self.value(at, &built.node, unit, region, &path_of_built),
        };
        let residual = table.get(&RESIDUAL);
        let of_residual =
            residual.map(|node| self.value(at, node, unit, region, &join(path, &RESIDUAL)));
        let ages = match table.get(&BY_AGE) {
            Some(node) => Some(self.ages(at.item, &BY_AGE, node)?),
            None => None,
        };
        let first = YearIx::new(0);
        match (self.vintage, self.commissioned, of_residual) {
            (Some(year), ..) => {
                let began = self.sets.periods[year.get()].0;
                self.aged(at, in_year(&of_built?, year), (ages.as_ref(), began), built)
            }
            (None, _, Some(value)) => value,
            (None, Some(year), None) => {
                self.aged(at, in_year(&of_built?, first), (ages.as_ref(), year), built)
            }
            (None, None, None) => {
                let value = in_year(&of_built?, first);
                self.note_residual(at.item, &value, join(path, &RESIDUAL));
                Some(value)
            }
        }
    }

    /// Notes what is taken for what exists already, where anything may.
    fn note_residual(&mut self, item: &Item<'_>, value: &Series, path: String) {
        let mut steps = item.owner.split('.');
        let table = steps.try_fold(self.root, |table, step| table.get(step)?.table());
        if table.is_none_or(|table| table.get(&process::RESIDUAL_CAPACITY.key()).is_none()) {
            return;
        }
        let value = match value {
            Series::Constant(value) => shown(*value),
            _ => "as there".to_owned(),
        };
        let first = self.sets.years.first().copied().unwrap_or_default();
        let reason = format!("not given: what exists already is as what is built for {first}");
        self.default_used(path, value, reason);
    }

    /// A value times the mean of its curve over the ages that a vintage has in each period.
    fn aged(
        &mut self,
        at: &At<'_, 'a>,
        value: Series,
        (ages, began): (Option<&ByAge>, i32),
        built: &Entry,
    ) -> Option<Series> {
        let Some(ages) = ages else { return Some(value) };
        let age = |year: i32| f64::from((year - began).max(0));
        let periods = self.sets.periods.iter();
        let factors = periods.map(|(first, last)| ages.mean(age(*first), age(last + 1)));
        let aged = value.times(&Series::ByYear(factors.collect()));
        let ((least, most), (low, high)) = (aged.range(), at.quantity.hard);
        if least < low || most > high {
            let message =
                format!("`{}` must be {} at every age", at.field, range_text(low, high, ""));
            let diagnostic =
                Diagnostic::error("out-of-range", message, built.key_span, "times its age")
                    .hint(format!("`{BY_AGE}` multiplies what is new: lower it, or `{BUILT}`"));
            self.fail(at.item, diagnostic);
            return None;
        }
        Some(aged)
    }

    /// A field that is a curve by age.
    pub(crate) fn curve(
        &mut self,
        item: &Item<'a>,
        field: Field<Map>,
    ) -> Option<(ByAge, Span)> {
        let node = item.get(field)?;
        Some((self.ages(item, field.name(), node)?, node.span))
    }

    /// A curve by age: a number for each of some ages, in years.
    fn ages(&mut self, item: &Item<'a>, field: &str, node: &'a Node) -> Option<ByAge> {
        let Some(table) = node.table() else {
            self.wrong_type(item, field, node, &by_years(field));
            return None;
        };
        let mut points: Vec<(f64, f64)> = Vec::new();
        for entry in table.iter().filter(|entry| !crate::values::is_reserved(&entry.key)) {
            let age = entry.key.parse::<f64>().ok().filter(|age| (0.0..=200.0).contains(age));
            let Some(age) = age else {
                let message =
                    format!("`{}` is not a number of years between 0 and 200", entry.key);
                let diagnostic = Diagnostic::error("not-an-age", message, entry.key_span, "")
                    .hint(format!("`{field}` takes {}", by_years(field)));
                self.fail(item, diagnostic);
                return None;
            };
            match entry.node.value {
                Value::Number(_)
                    if points.iter().any(|(given, _)| (given - age).abs() <= 0.0) =>
                {
                    let message = format!("`{field}` has {age} years twice");
                    let place = entry.key_span;
                    let diagnostic = Diagnostic::error("duplicate", message, place, "");
                    self.fail(item, diagnostic.hint("keep one of the two"));
                    return None;
                }
                Value::Number(share) if share >= 0.0 => points.push((age, share)),
                Value::Number(share) => {
                    let message = format!("`{field}` is {share} at {age} years");
                    let place = entry.node.span;
                    let diagnostic = Diagnostic::error("out-of-range", message, place, "");
                    self.fail(item, diagnostic.hint("it is no less than 0"));
                    return None;
                }
                _ => {
                    self.wrong_type(item, field, &entry.node, "a number for each");
                    return None;
                }
            }
        }
        let curve = ByAge::new(points);
        if curve.is_none() {
            self.wrong_type(item, field, node, &by_years(field));
        }
        curve
    }
}

/// What a field by years is written as: years before service, or years of age.
fn by_years(field: &str) -> String {
    if field == process::SPENDING.name() {
        "shares by years before service, such as `{ 3 = 0.4, 1 = 0.6 }`".to_owned()
    } else {
        "numbers by age, such as `{ 0 = 1, 20 = 0.9 }`".to_owned()
    }
}

/// What a value by calendar year is in one of them, for all years.
fn in_year(series: &Series, year: YearIx) -> Series {
    match series {
        Series::Constant(_) | Series::BySlice(_) => series.clone(),
        Series::ByYear(values) => Series::Constant(values[year.get()]),
        Series::BySliceAndYear(values) => {
            let of = |s| series.at(SliceIx::new(s), year);
            Series::BySlice((0..values.nrows()).map(of).collect())
        }
    }
}
