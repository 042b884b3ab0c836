//! The balance of one region: each number once, from one source where several speak of the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::fuel::Fuel;
use crate::kinds::Kinds;
use crate::row::{Row, detail};
use crate::table::{Entry, Kind, TOTAL, Table};

/// What one PJ is in TWh.
pub const TWH: f64 = 1.0 / 3.6;

/// Values by calendar year.
pub type ByYear = BTreeMap<i32, f64>;

/// One region's part of a table.
#[derive(Debug)]
pub struct Balance<'a> {
    /// Who wrote the table.
    pub kind: Kind,
    /// The region; empty if the table has none.
    pub region: &'a str,
    /// What its commodities and rows are.
    pub kinds: &'a Kinds,
    /// Every number once, in the order of the table.
    pub entries: Vec<&'a Entry>,
    /// A number that was given before by the same source: the first, and again.
    pub duplicates: Vec<(&'a Entry, &'a Entry)>,
    /// What other sources say of the same; it is not used.
    pub set_aside: Vec<SetAside<'a>>,
    years: BTreeMap<i32, Vec<&'a Entry>>,
}

/// A number of the source that is used, and another source's of the same.
#[derive(Clone, Copy, Debug)]
pub struct SetAside<'a> {
    /// What is used.
    pub kept: &'a Entry,
    /// What is not.
    pub other: &'a Entry,
}

/// A cell of the balance over the years.
type Key<'a> = (&'a str, &'a str, &'a str);

impl<'a> Balance<'a> {
    /// The part of `region`.
    ///
    /// Where sources speak of the same row and column, the one with most years is used, then the
    /// first; another only where none of its years is among those of the first.
    pub fn new(table: &'a Table, region: &'a str) -> Self {
        let mut cells: BTreeMap<Key<'a>, Vec<(&'a str, Vec<&'a Entry>)>> = BTreeMap::new();
        let mut duplicates = Vec::new();
        for entry in table.entries.iter().filter(|entry| entry.region == region) {
            let key = (entry.flow.as_str(), entry.commodity.as_str(), entry.unit.as_str());
            let sources = cells.entry(key).or_default();
            let at = sources.iter().position(|(source, _)| *source == entry.source);
            let at = at.unwrap_or_else(|| {
                sources.push((&entry.source, Vec::new()));
                sources.len() - 1
            });
            match sources[at].1.iter().find(|first| first.year == entry.year) {
                Some(first) => duplicates.push((*first, entry)),
                None => sources[at].1.push(entry),
            }
        }
        let mut entries = Vec::new();
        let mut set_aside = Vec::new();
        for (_, mut sources) in cells {
            sources.sort_by_key(|(_, given)| std::cmp::Reverse(given.len()));
            let mut kept: BTreeMap<i32, &'a Entry> = BTreeMap::new();
            for (_, given) in sources {
                let both: Vec<SetAside<'a>> = given
                    .iter()
                    .filter_map(|other| {
                        kept.get(&other.year).map(|kept| SetAside { kept, other })
                    })
                    .collect();
                if both.is_empty() {
                    kept.extend(given.into_iter().map(|entry| (entry.year, entry)));
                } else {
                    set_aside.extend(both);
                }
            }
            entries.extend(kept.into_values());
        }
        entries.sort_by_key(|entry| entry.place);
        let mut years: BTreeMap<i32, Vec<&'a Entry>> = BTreeMap::new();
        for entry in &entries {
            years.entry(entry.year).or_default().push(entry);
        }
        let kinds = &table.kinds;
        Self { kind: table.kind, region, kinds, entries, duplicates, set_aside, years }
    }

    /// Every year with a number in it.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = i32> {
        self.years.keys().copied()
    }

    /// The numbers of a year.
    pub fn in_year(&self, year: i32) -> &[&'a Entry] {
        self.years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// Whether a year has rows of supply and of final use, so that its columns should close.
    pub fn is_whole(&self, year: i32) -> bool {
        let any = |is: &dyn Fn(Row) -> bool| self.in_year(year).iter().any(|e| is(e.row));
        any(&Row::is_supply) && any(&|row| row == Row::Final)
    }

    /// The last year that is a whole balance.
    pub fn last_whole_year(&self) -> Option<i32> {
        self.years().rev().find(|year| self.is_whole(*year))
    }

    /// Energy of some rows in a year, PJ by commodity; totals apart from their parts are left out.
    pub fn energy(&self, year: i32, is: impl Fn(Row) -> bool) -> BTreeMap<&'a str, f64> {
        let mut sum = BTreeMap::new();
        for entry in self.in_year(year) {
            if entry.is_energy() && is(entry.row) && entry.commodity != TOTAL {
                *sum.entry(entry.commodity.as_str()).or_insert(0.0) += entry.value;
            }
        }
        sum
    }

    /// Energy of a row that is given as a total, PJ.
    fn total(&self, year: i32, row: Row) -> Option<f64> {
        let is =
            |entry: &&&Entry| entry.is_energy() && entry.row == row && entry.commodity == TOTAL;
        self.in_year(year).iter().find(is).map(|entry| entry.value)
    }

    /// Primary energy supply by family of fuels, PJ: the rows of supply of a whole balance, or
    /// `primary use`; what a total holds beyond its parts is `other`. `None` where neither is
    /// given.
    pub fn primary(&self, year: i32) -> Option<BTreeMap<Fuel, f64>> {
        if self.is_whole(year) {
            return Some(self.kinds.sum(self.energy(year, Row::is_supply)));
        }
        self.parts_of(year, Row::PrimaryUse)
    }

    /// Final use by family of fuels, PJ, in the same way.
    pub fn final_use(&self, year: i32) -> Option<BTreeMap<Fuel, f64>> {
        if self.is_whole(year) {
            return Some(self.kinds.sum(self.energy(year, |row| row == Row::Final)));
        }
        self.parts_of(year, Row::FinalUse)
    }

    /// Electricity made by family of fuels, PJ: the rows `generation`. A balance says only what is
    /// made of water, wind and sun, so that the rest is then [`Fuel::Other`], or all of it
    /// [`Fuel::Electricity`]: what each row of transformation makes beyond what it takes (grids and
    /// storages take more), and what is produced without fuel.
    pub fn generation(&self, year: i32) -> Option<BTreeMap<Fuel, f64>> {
        let given = self.parts_of(year, Row::Generation);
        if given.is_some() || !self.is_whole(year) {
            return given;
        }
        let mut rows: BTreeMap<&str, f64> = BTreeMap::new();
        for entry in self.in_year(year).iter().filter(|entry| entry.is_energy()) {
            let makes = matches!(entry.row, Row::Transformation | Row::Production);
            if makes && self.kinds.fuel(&entry.commodity) == Fuel::Electricity {
                *rows.entry(detail(&entry.flow)).or_insert(0.0) += entry.value;
            }
        }
        let made: f64 = rows.into_values().filter(|value| *value > 0.0).sum();
        let mut parts: BTreeMap<Fuel, f64> = BTreeMap::new();
        for row in self.transformations(year).values() {
            for (fuel, value) in self.kinds.sum(row.inputs.clone()) {
                if fuel.is_direct() {
                    *parts.entry(fuel).or_insert(0.0) += value;
                }
            }
        }
        let rest = if parts.is_empty() { Fuel::Electricity } else { Fuel::Other };
        let told: f64 = parts.values().sum();
        if made > told {
            parts.insert(rest, made - told);
        }
        (made > 0.0).then_some(parts)
    }

    fn parts_of(&self, year: i32, row: Row) -> Option<BTreeMap<Fuel, f64>> {
        let mut parts = self.kinds.sum(self.energy(year, |given| given == row));
        let sum: f64 = parts.values().sum();
        match self.total(year, row) {
            Some(total) if parts.is_empty() => {
                parts.insert(Fuel::Other, total);
            }
            // a total of another source may be less than its parts: then the parts stand
            Some(total) if total > sum => {
                *parts.entry(Fuel::Other).or_insert(0.0) += total - sum;
            }
            _ => {}
        }
        (!parts.is_empty()).then_some(parts)
    }

    /// Rows of transformation in a year: name, what goes in and what comes out, PJ by commodity.
    pub fn transformations(&self, year: i32) -> BTreeMap<&'a str, InOut<'a>> {
        let mut rows: BTreeMap<&'a str, InOut<'a>> = BTreeMap::new();
        for entry in self.in_year(year) {
            if entry.row == Row::Transformation && entry.is_energy() {
                let row =
                    rows.entry(detail(&entry.flow)).or_insert_with(|| InOut::new(self.kinds));
                let side = if entry.value < 0.0 { &mut row.inputs } else { &mut row.outputs };
                *side.entry(entry.commodity.as_str()).or_insert(0.0) += entry.value.abs();
            }
        }
        rows
    }

    /// Every commodity with energy in it.
    pub fn commodities(&self) -> BTreeSet<&'a str> {
        let energy = self.entries.iter().filter(|entry| entry.is_energy());
        energy.map(|entry| entry.commodity.as_str()).filter(|name| *name != TOTAL).collect()
    }
}

/// What goes in and what comes out of a row, PJ by commodity.
#[derive(Clone, Debug)]
pub struct InOut<'a> {
    kinds: &'a Kinds,
    /// What goes in, above zero.
    pub inputs: BTreeMap<&'a str, f64>,
    /// What comes out.
    pub outputs: BTreeMap<&'a str, f64>,
}

/// Share of a family that a row may lose and still only pass it on: rounding.
const PASSED_ON: f64 = 1e-6;

impl<'a> InOut<'a> {
    const fn new(kinds: &'a Kinds) -> Self {
        Self { kinds, inputs: BTreeMap::new(), outputs: BTreeMap::new() }
    }

    /// Water, wind and sun that go in, PJ: they count as the electricity that is made of them, and
    /// are no measure of a plant.
    pub fn direct(&self) -> f64 {
        self.kinds
            .sum(self.inputs.clone())
            .into_iter()
            .filter(|(fuel, _)| fuel.is_direct())
            .map(|(_, value)| value)
            .sum()
    }

    /// Whether it gives what it takes, under another name: nothing is transformed.
    pub fn only_passes_on(&self) -> bool {
        let (into, out) =
            (self.kinds.sum(self.inputs.clone()), self.kinds.sum(self.outputs.clone()));
        let same = |(fuel, taken): (&Fuel, &f64)| {
            let given = out.get(fuel).copied().unwrap_or(0.0);
            (taken - given).abs() <= PASSED_ON * taken
        };
        !into.is_empty() && into.len() == out.len() && into.iter().all(same)
    }

    /// Whether it makes electricity or heat.
    pub fn makes_power_or_heat(&self) -> bool {
        self.makes(Fuel::Electricity) || self.makes(Fuel::Heat)
    }

    /// Whether it makes something of a family.
    pub fn makes(&self, fuel: Fuel) -> bool {
        self.outputs.keys().any(|name| self.kinds.fuel(name) == fuel)
    }

    /// Whether it makes nothing else than what is of a family.
    pub fn only_makes(&self, fuel: Fuel) -> bool {
        !self.outputs.is_empty()
            && self.outputs.keys().all(|name| self.kinds.fuel(name) == fuel)
    }

    /// What goes in of a family, PJ.
    pub fn takes(&self, fuel: Fuel) -> f64 {
        self.kinds.sum(self.inputs.clone()).get(&fuel).copied().unwrap_or(0.0)
    }
}
