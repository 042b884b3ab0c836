//! Formulas of a model: what their names stand for, and where their mistakes are.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::Series;

use super::{Amounts, FUNCTIONS, Names, Problem, Term, evaluate, parse};
use crate::names::suggest;
use crate::reader::{Item, Reader};
use crate::registry::{ByYear, FORMULA, Field, Items, Name, VALUE, branch, driver, root};
use crate::tree::{Entry, Node, Table};
use crate::units::Unit;
use crate::values::At;

/// What is known of drivers and branches by now.
#[derive(Debug, Default)]
pub(crate) struct Formulas {
    /// Values by name and region; `None` for those that could not be read, which was reported.
    values: BTreeMap<(String, Option<String>), Option<Amounts>>,
    /// Whether values differ by region.
    regional: BTreeMap<String, bool>,
    /// Names being calculated, to find those that lead back to themselves.
    under_way: Vec<String>,
}

/// What formulas name: the value of a driver, or what a branch needs in a year.
struct Driving {
    collection: Field<Items>,
    field: Field<ByYear>,
    /// What it is counted in, unless it says so by a unit.
    commodity: Option<Field<Name>>,
}

static DRIVING: [Driving; 2] = [
    Driving { collection: root::DRIVERS, field: driver::VALUE, commodity: None },
    Driving {
        collection: root::BRANCHES,
        field: branch::ANNUAL,
        commodity: Some(branch::COMMODITY),
    },
];

/// A problem that was reported where it is.
const REPORTED: &str = "";

impl<'a> Reader<'a> {
    /// A value that is a formula.
    pub(crate) fn formula(&mut self, at: &At<'_, 'a>, node: &'a Node) -> Option<Series> {
        let Some(text) = node.text() else {
            self.wrong_type(at.item, FORMULA, node, "a text in quotes");
            return None;
        };
        let region = at.region.or(at.item.region);
        let amounts = parse(text, &self.currency).and_then(|term| {
            let mut scope = Scope { years: self.sets.years.clone(), rd: self, region };
            evaluate(&term, &mut scope)
        });
        let amounts = match amounts {
            Ok(amounts) => amounts,
            Err(problem) => {
                self.fail_silently(at.item);
                if problem.code != REPORTED {
                    let place = within(node.span, text, (problem.start, problem.end));
                    let diagnostic =
                        Diagnostic::error(problem.code, problem.message, place, "");
                    self.diags.push(match problem.hint {
                        Some(hint) => diagnostic.hint(hint),
                        None => diagnostic,
                    });
                }
                return None;
            }
        };
        let values = self.measured(at, &amounts, node.span)?;
        let first = values.first().copied().unwrap_or_default();
        if values.iter().all(|value| *value == first) {
            return Some(Series::Constant(first));
        }
        if !at.quantity.varies.year {
            let message =
                format!("`{}` cannot vary by year here, and this formula does", at.field);
            self.fail(at.item, Diagnostic::error("cannot-vary", message, node.span, ""));
            return None;
        }
        Some(Series::ByYear(values))
    }

    /// The value of a driver by milestone year, in base units of its dimension.
    pub(crate) fn driver(&mut self, name: &str, region: Option<&str>) -> Option<Amounts> {
        let (value, entry) = self.named(name)?;
        let key = (name.to_owned(), region.map(ToOwned::to_owned));
        if let Some(known) = self.formulas.values.get(&key) {
            return known.clone();
        }
        self.formulas.under_way.push(name.to_owned());
        let amounts = self.calculate(value, entry, region);
        self.formulas.under_way.pop();
        self.formulas.values.insert(key, amounts.clone());
        amounts
    }

    fn calculate(
        &mut self,
        value: &Driving,
        entry: &'a Entry,
        region: Option<&str>,
    ) -> Option<Amounts> {
        let Items(kind) = value.collection.holds;
        let mut item = Item::new(kind, value.collection.key().path(&entry.key), entry)?;
        let powers = match value.commodity {
            None => self.unit_of_driver(&mut item)?.powers,
            Some(field) => {
                let commodity = item.get(field)?.text()?;
                let amount = *self.sets.amounts.get(commodity)?;
                self.count_in(&mut item, commodity);
                self.own_unit(amount.unit())?.powers
            }
        };
        let values = self.by_year(&item, value.field, region)?;
        Some(Amounts { powers, values })
    }

    /// The unit of a driver, which is also put down in its item.
    pub(crate) fn unit_of_driver(&mut self, item: &mut Item<'a>) -> Option<Unit> {
        let Some(node) = item.get(driver::UNIT) else { return Some(Unit::RATIO) };
        let text = self.text(item, driver::UNIT)?;
        item.written_unit = Some((text.into(), node.span));
        match self.parse_unit(text) {
            Ok(unit) => Some(unit),
            Err(error) => {
                let diagnostic = self.unit_error(text, node.span, &error);
                self.fail(item, diagnostic);
                None
            }
        }
    }

    /// The table of a driver, or of a branch with a commodity.
    fn named(&self, name: &str) -> Option<(&'static Driving, &'a Entry)> {
        DRIVING
            .iter()
            .find_map(|one| Some((one, self.collection(one.collection)?.entry(name)?)))
    }

    /// Whether the values of a driver or branch differ by region.
    pub(crate) fn is_regional(&mut self, name: &str) -> bool {
        if let Some(known) = self.formulas.regional.get(name) {
            return *known;
        }
        // one that leads back to itself is found when it is calculated
        self.formulas.regional.insert(name.to_owned(), false);
        let Some((value, entry)) = self.named(name) else { return false };
        let node = entry.node.table().and_then(|table| table.get(&value.field.key()));
        let regional = node.is_some_and(|node| self.differs(node));
        self.formulas.regional.insert(name.to_owned(), regional);
        regional
    }

    fn differs(&mut self, node: &'a Node) -> bool {
        let Some(table) = node.table() else { return false };
        if let Some(inner) = table.get(&VALUE) {
            return self.differs(inner);
        }
        if let Some(text) = table.get(&FORMULA).and_then(Node::text) {
            let Ok(term) = parse(text, &self.currency) else { return false };
            let mut names = Vec::new();
            term.names(&mut |name| names.push(name.to_owned()));
            return names.iter().any(|name| self.is_regional(name));
        }
        table.keys().any(|key| self.sets.regions.iter().any(|(region, _)| region == key))
    }
}

/// The names a formula may use, for one region or for none.
struct Scope<'r, 'a, 'n> {
    rd: &'r mut Reader<'a>,
    region: Option<&'n str>,
    years: Vec<i32>,
}

impl Names for Scope<'_, '_, '_> {
    fn years(&self) -> &[i32] {
        &self.years
    }

    fn name(&mut self, term: &Term, name: &str) -> Result<Amounts, Problem> {
        if self.rd.named(name).is_none() {
            let problem = term.problem("unknown-name", format!("there is no driver `{name}`"));
            return Err(match self.suggestion(name) {
                Some(hint) => problem.hint(hint),
                None => problem.hint("declare it: `[drivers.NAME]` with `unit` and `value`"),
            });
        }
        let under_way = &self.rd.formulas.under_way;
        if let Some(at) = under_way.iter().position(|other| other == name) {
            let mut ring: Vec<&str> = under_way[at..].iter().map(String::as_str).collect();
            ring.push(name);
            let message = format!("`{name}` leads back to itself: {}", ring.join(", then "));
            return Err(term.problem("ring", message));
        }
        if under_way.len() > 60 {
            let message = "this is one of more than sixty drivers that each need the next";
            return Err(term.problem("bad-formula", message.to_owned()));
        }
        let region = if self.rd.is_regional(name) {
            if self.region.is_none() {
                let message = format!("`{name}` differs by region, and this value does not");
                return Err(term
                    .problem("missing-region", message)
                    .hint(format!("write `sum({name})` for all domestic regions together")));
            }
            self.region
        } else {
            None
        };
        self.rd.driver(name, region).ok_or_else(|| term.problem(REPORTED, String::new()))
    }

    fn sum(&mut self, term: &Term) -> Result<Amounts, Problem> {
        let domestic: Vec<String> = (self.rd.sets.regions.iter())
            .filter(|(_, domestic)| *domestic)
            .map(|(name, _)| name.clone())
            .collect();
        let mut sum: Option<Amounts> = None;
        for region in &domestic {
            let mut scope =
                Scope { rd: self.rd, region: Some(region), years: self.years.clone() };
            let part = evaluate(term, &mut scope)?;
            sum = Some(match sum {
                None => part,
                Some(mut sum) => {
                    for (all, one) in sum.values.iter_mut().zip(&part.values) {
                        *all += one;
                    }
                    sum
                }
            });
        }
        sum.ok_or_else(|| term.problem(REPORTED, String::new()))
    }
}

impl Scope<'_, '_, '_> {
    fn suggestion(&self, name: &str) -> Option<String> {
        let known = DRIVING
            .iter()
            .filter_map(|one| self.rd.collection(one.collection))
            .flat_map(Table::keys)
            .chain(["year"]);
        suggest(name, known.chain(FUNCTIONS.iter().map(|(name, _)| *name)))
    }
}

/// Where a part of a text in quotes is; the whole text where its escapes hide that.
fn within(span: Span, text: &str, (start, end): (usize, usize)) -> Span {
    let quoted = (span.end - span.start) as usize;
    let is_plain = quoted == text.len() + 2;
    match (u32::try_from(start), u32::try_from(end.max(start + 1))) {
        (Ok(start), Ok(end)) if is_plain => {
            let first = span.start + 1;
            Span { start: first + start, end: (first + end).min(span.end), ..span }
        }
        _ => span,
    }
}
