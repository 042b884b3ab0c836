//! From a node of the tree to numbers by year and slice.

use std::fmt::Write as _;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{ByYear, Series};

use crate::classify::Keys;
use crate::numbers::interpolate;
use crate::reader::{Item, Reader};
use crate::registry::{
    ByYear as OfYears, Default, FORMULA, Field, Given, Number, PROVENANCE, Quantity, UNIT,
    VALUE, process, root,
};
use crate::tree::{Entry, Node, Table, Value, join};

/// A value being read: whose it is, what it must be, and for which region.
pub(crate) struct At<'i, 'a> {
    pub(crate) item: &'i Item<'a>,
    pub(crate) field: &'i str,
    pub(crate) quantity: Quantity,
    pub(crate) path: String,
    pub(crate) region: Option<&'i str>,
    /// Whether nothing holds before the first given year, so that no value is taken for it.
    pub(crate) from_first: bool,
}

/// The text of a unit, with its place.
pub(crate) type UnitText<'a> = (&'a str, Span);

impl<'a> Reader<'a> {
    /// A quantity by year and slice; `None` if it is left out without a default, or wrong.
    pub(crate) fn series(
        &mut self,
        item: &Item<'a>,
        field: Field<impl Given>,
        region: Option<&str>,
    ) -> Option<Series> {
        let (listed, quantity) = (field.listed, field.holds.quantity());
        let Some(node) = self.node(item, field) else {
            match listed.default {
                Default::Required => self.missing(item, field),
                Default::Value(number) => {
                    let reason = format!("not given: {}", listed.doc);
                    self.default_used(item.path_of(field), number, reason);
                    return Some(Series::Constant(number));
                }
                Default::None | Default::Words(_) => {}
            }
            return None;
        };
        let path = item.path_of(field);
        let field = field.name();
        self.resolve(&At { item, field, quantity, path, region, from_first: false }, node)
    }

    /// A quantity by milestone year.
    pub(crate) fn by_year(
        &mut self,
        item: &Item<'a>,
        field: Field<OfYears>,
        region: Option<&str>,
    ) -> Option<ByYear> {
        let series = self.series(item, field, region)?;
        Some(self.expand(&series))
    }

    /// A quantity that does not vary, in one region.
    pub(crate) fn number(
        &mut self,
        item: &Item<'a>,
        field: Field<Number>,
        region: Option<&str>,
    ) -> Option<f64> {
        match self.series(item, field, region)? {
            Series::Constant(number) => Some(number),
            _ => None,
        }
    }

    /// A quantity by milestone year, `None` before the first given year.
    pub(crate) fn since_first_year(
        &mut self,
        item: &Item<'a>,
        field: Field<OfYears>,
    ) -> Option<Vec<Option<f64>>> {
        let OfYears(quantity) = field.holds;
        let node = self.node(item, field)?;
        let path = item.path_of(field);
        self.begin_with_first.insert(path.clone());
        let (region, from_first) = (None, true);
        let at = At { item, field: field.name(), quantity, path, region, from_first };
        let series = self.resolve(&at, node)?;
        let first = given_years(node).map_or(i32::MIN, |(first, _)| first);
        let years = self.sets.years.clone();
        let last = years.last().filter(|_| !self.sets.years_unknown);
        if let Some(last) = last.filter(|last| first > **last) {
            let message = format!(
                "`{}` begins in {first}, after the last milestone year {last}",
                at.path
            );
            let diagnostic =
                Diagnostic::warning("outside-horizon", message, item.value_place(field), "");
            self.diags.push(diagnostic.hint("it holds in no year of the model"));
        }
        let values = self.expand(&series).into_iter().zip(years);
        Some(values.map(|(value, year)| (year >= first).then_some(value)).collect())
    }

    /// One value for each milestone year.
    pub(crate) fn expand(&self, series: &Series) -> ByYear {
        match series {
            Series::ByYear(values) => values.clone(),
            Series::Constant(value) => vec![*value; self.sets.years.len()],
            // the registry keeps slices out of what is asked for by year
            _ => vec![0.0; self.sets.years.len()],
        }
    }

    /// Reads a node as a quantity, in the unit the model keeps.
    pub(crate) fn resolve(&mut self, at: &At<'_, 'a>, node: &'a Node) -> Option<Series> {
        self.value(
            at,
            node,
            None,
            at.quantity.varies.region.then_some(()).and(at.region),
            &at.path,
        )
    }

    pub(crate) fn value(
        &mut self,
        at: &At<'_, 'a>,
        node: &'a Node,
        unit: Option<UnitText<'a>>,
        region: Option<&str>,
        path: &str,
    ) -> Option<Series> {
        let table = match &node.value {
            Value::Number(number) => {
                return self.leaf(at, *number, node.span, unit).map(Series::Constant);
            }
            Value::Text(text) => return self.profile(at, text, node.span),
            Value::Table(table) => table,
            _ => {
                self.wrong_type(at.item, at.field, node, "a number");
                return None;
            }
        };
        let unit = self.unit_of(at, table)?.or(unit);
        let others: Vec<&Entry> =
            table.iter().filter(|entry| !is_reserved(&entry.key)).collect();
        if let Some(formula) = table.get(&FORMULA) {
            if let Some(other) = others.first() {
                let message = format!("`{}` is given beside `formula`", other.key);
                let diagnostic = Diagnostic::error("mixed-keys", message, other.key_span, "")
                    .hint("a value is either given or calculated");
                self.fail(at.item, diagnostic);
                return None;
            }
            return self.formula(at, formula);
        }
        if let Some(inner) = table.get(&VALUE) {
            if let Some(other) = others.first() {
                let message = format!("`{}` is given beside `value`", other.key);
                let hint = "put years, regions and slices inside `value = { … }`";
                let diagnostic =
                    Diagnostic::error("mixed-keys", message, other.key_span, "").hint(hint);
                self.fail(at.item, diagnostic);
                return None;
            }
            return self.value(at, inner, unit, region, path);
        }
        if self.is_by_vintage(table) {
            return self.value_of_vintage(at, table, &others, unit, (region, path));
        }
        if others.is_empty() {
            let message = format!("`{path}` has no value");
            let hint = "write `value = …` beside its unit and source";
            self.fail(
                at.item,
                Diagnostic::error("missing-value", message, node.span, "").hint(hint),
            );
            return None;
        }
        let Some(keys) = self.classify(at, &others) else {
            // numbers beside a key with a mistake may have their own
            for entry in &others {
                self.value(at, &entry.node, unit, None, path);
            }
            return None;
        };
        match keys {
            Keys::Years(years) => self.years(at, &years, &others, unit, path),
            Keys::Regions => {
                let Some(region) = region else {
                    self.cannot_vary(at, "region", others[0]);
                    return None;
                };
                let Some(entry) = table.entry(region) else {
                    // a neighbour may be left out where a fuel's emissions differ by region
                    let is_fuel = root::COMMODITIES.key().leads(&at.item.path);
                    let may_lack =
                        at.quantity.partial || (is_fuel && !self.is_domestic(region));
                    if may_lack {
                        let reason = "other regions are given one, this one is not";
                        self.default_used(join(path, region), "none", reason);
                    } else {
                        self.missing_region(at, region, &others);
                    }
                    return None;
                };
                self.value(at, &entry.node, unit, None, &join(path, region))
            }
            Keys::Slices => self.slices(at, &others, unit, path),
        }
    }

    /// The unit a table carries; `None` if it is not a text.
    #[expect(clippy::option_option, reason = "no unit is not the same as a wrong one")]
    fn unit_of(&mut self, at: &At<'_, 'a>, table: &'a Table) -> Option<Option<UnitText<'a>>> {
        let Some(node) = table.get(&UNIT) else { return Some(None) };
        let Some(text) = node.text() else {
            self.wrong_type(at.item, UNIT, node, "a text in quotes");
            return None;
        };
        Some(Some((text, node.span)))
    }

    fn is_domestic(&self, region: &str) -> bool {
        self.sets.regions.iter().any(|(name, domestic)| name == region && *domestic)
    }

    pub(crate) fn cannot_vary(&mut self, at: &At<'_, '_>, by: &str, entry: &Entry) {
        let varies = at.quantity.varies;
        let mut may: Vec<&str> = Vec::new();
        may.extend(varies.region.then_some("region").filter(|_| at.region.is_some()));
        may.extend(varies.year.then_some("year"));
        may.extend(varies.slice.then_some("slice"));
        may.extend(varies.built.then_some("year of building (`built`)"));
        let is_of_building = at.field == process::CAPITAL_COST.name() && !varies.built;
        let hint = match may.as_slice() {
            _ if is_of_building => "its years are those of building already".to_owned(),
            [] => "give one number".to_owned(),
            may => format!("it may vary by {}", may.join(", ")),
        };
        let message = format!("`{}` cannot vary by {by} here", at.field);
        self.fail(
            at.item,
            Diagnostic::error("cannot-vary", message, entry.key_span, "").hint(hint),
        );
    }

    fn missing_region(&mut self, at: &At<'_, '_>, region: &str, given: &[&Entry]) {
        let unplaced = self.unplaced.contains(&at.item.owner);
        if unplaced || self.sets.regions_unknown || self.damage.may_complete(&at.item.owner) {
            self.fail_silently(at.item);
            return;
        }
        let message = format!("`{}` says nothing for region `{region}`", at.path);
        let hint = format!("add `{region} = …`, or leave the region out of `regions`");
        let diagnostic =
            Diagnostic::error("missing-region", message, given[0].key_span, "").hint(hint);
        self.fail(at.item, diagnostic);
    }

    fn years(
        &mut self,
        at: &At<'_, 'a>,
        years: &[i32],
        entries: &[&'a Entry],
        unit: Option<UnitText<'a>>,
        path: &str,
    ) -> Option<Series> {
        if !at.quantity.varies.year {
            self.cannot_vary(at, "year", entries[0]);
            return None;
        }
        let mut points = Vec::with_capacity(years.len());
        for (year, entry) in years.iter().zip(entries) {
            if !(1900..=2200).contains(year) {
                let message = format!("`{year}` is not a year between 1900 and 2200");
                self.fail(
                    at.item,
                    Diagnostic::error("year-out-of-range", message, entry.key_span, ""),
                );
                return None;
            }
            if let Some(table) = entry.node.table().filter(|table| self.is_by_vintage(table)) {
                let first = table.iter().next().unwrap_or(entry);
                self.cannot_vary(at, "year of building within a calendar year", first);
                return None;
            }
            match self.value(at, &entry.node, unit, None, path) {
                Some(Series::Constant(value)) => points.push((*year, value)),
                Some(_) => {
                    self.cannot_vary(at, "slice within a year", entry);
                    return None;
                }
                None => {
                    // what none of them has need not be said of each
                    let plain = matches!(entry.node.value, Value::Number(_));
                    if plain && self.diags.last_code() == Some("missing-unit") {
                        return None;
                    }
                }
            }
        }
        if points.len() < years.len() {
            return None;
        }
        points.sort_by_key(|(year, _)| *year);
        if let (Some((first, _)), Some(last)) = (points.first(), self.sets.years.last())
            && !at.from_first
            && !self.sets.years_unknown
            && first > last
        {
            let message = format!(
                "every year given for `{path}` is after the last milestone year {last}"
            );
            let place = entries[0].key_span;
            let diagnostic = Diagnostic::warning("outside-horizon", message, place, "");
            let hint = format!("the value of {first} is taken for all years of the model");
            self.diags.push(diagnostic.hint(hint));
        }
        self.note_flat_ends(at, &points, path, (entries, unit));
        let years = &self.sets.years;
        Some(Series::ByYear(years.iter().map(|year| interpolate(&points, *year)).collect()))
    }

    fn note_flat_ends(
        &mut self,
        at: &At<'_, 'a>,
        points: &[(i32, f64)],
        path: &str,
        (entries, unit): (&[&'a Entry], Option<UnitText<'a>>),
    ) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let outside = |test: &dyn Fn(i32) -> bool| {
            let mut text = String::new();
            for year in self.sets.years.iter().filter(|year| test(**year)) {
                let _ = write!(text, "{}{year}", if text.is_empty() { "" } else { ", " });
            }
            text
        };
        // as it is given; what is not a number there is shown as the model keeps it
        let given = |(year, value): &(i32, f64)| {
            let entry = entries.iter().find(|entry| entry.key.parse() == Ok(*year));
            entry
                .and_then(|entry| {
                    let quantity = (at.field, at.quantity);
                    self.as_written(at.item, quantity, &entry.node, unit)
                })
                .unwrap_or_else(|| value.to_string())
        };
        let (first_text, last_text) = (given(first), given(last));
        let (before, after) = (outside(&|year| year < first.0), outside(&|year| year > last.0));
        if !before.is_empty() && !at.from_first {
            let reason = format!("{before}: before {}, the first given year", first.0);
            self.default_used(path.to_owned(), first_text, reason);
        }
        if !after.is_empty() {
            let reason = format!("{after}: after {}, the last given year", last.0);
            self.default_used(path.to_owned(), last_text, reason);
        }
    }
}

/// First and last year a value is given for, if it is given by year.
pub(crate) fn given_years(node: &Node) -> Option<(i32, i32)> {
    let table = node.table()?;
    if let Some(inner) = table.get(&VALUE) {
        return given_years(inner);
    }
    let years: Vec<i32> = table.keys().filter_map(|key| key.parse().ok()).collect();
    Some((*years.iter().min()?, *years.iter().max()?))
}

/// Whether a key of a value's table says something about it, and is not what it varies by.
pub(crate) fn is_reserved(key: &str) -> bool {
    [VALUE, UNIT, FORMULA].iter().any(|own| **own == *key) || PROVENANCE.contains(&key)
}
