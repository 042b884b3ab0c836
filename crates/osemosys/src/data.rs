//! An OSeMOSYS model as data: its sets and parameters, whatever files they came from.

use std::collections::HashMap;

use kzleap_model::policy::Sense;

use crate::parameters::{Missing, P, SetId};

/// Which variant's meaning the extensions have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// OSeMOSYS in GNU MathProg; `UDCTag` 0 is `=`, 1 is `>=`, 2 is `<=`.
    MathProg,
    /// The CLEWs interface (MUIO) and the models of its family; `UDCTag` 0 is `<=`, 1 is `=`,
    /// anything else is off; storages start every year empty, have no limits on charging and lose
    /// value in a straight line.
    Clews,
}

impl Dialect {
    /// Which way a rule with this `UDCTag` points; `None` if it is off.
    pub(crate) fn sense(self, tag: f64) -> Option<Sense> {
        let whole = tag.round();
        match self {
            Self::MathProg if whole == 0.0 => Some(Sense::Equal),
            Self::MathProg if whole == 1.0 => Some(Sense::AtLeast),
            Self::MathProg if whole == 2.0 => Some(Sense::AtMost),
            Self::Clews if whole == 0.0 => Some(Sense::AtMost),
            Self::Clews if whole == 1.0 => Some(Sense::Equal),
            _ => None,
        }
    }
}

/// The members of a set, in the order of the model.
#[derive(Clone, Debug, Default)]
pub struct Members {
    names: Vec<String>,
    positions: HashMap<String, usize>,
}

impl Members {
    /// A set with these members; a name given twice keeps its first place.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut members = Self::default();
        for name in names {
            members.add(name);
        }
        members
    }

    /// Adds a member; whether it is new.
    pub fn add(&mut self, name: String) -> bool {
        if self.positions.contains_key(&name) {
            return false;
        }
        self.positions.insert(name.clone(), self.names.len());
        self.names.push(name);
        true
    }

    /// How many.
    pub const fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Their names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The position of a member.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// Puts members that are all whole numbers in the order of the numbers.
    pub fn sort_as_numbers(&mut self) {
        let mut numbers = Vec::with_capacity(self.names.len());
        for name in &self.names {
            match name.parse::<i64>() {
                Ok(number) => numbers.push((number, name.clone())),
                Err(_) => return,
            }
        }
        numbers.sort();
        *self = Self::new(numbers.into_iter().map(|(_, name)| name));
    }
}

/// The values of one parameter: those that differ from the default, sorted by index.
#[derive(Clone, Debug)]
pub struct Table {
    sizes: Vec<usize>,
    default: f64,
    default_by_first: Option<Vec<f64>>,
    keys: Vec<u64>,
    values: Vec<f64>,
    given: bool,
}

impl Table {
    /// A table from sorted keys with their values.
    pub(crate) fn new(
        sizes: Vec<usize>,
        default: f64,
        default_by_first: Option<Vec<f64>>,
        keys: Vec<u64>,
        values: Vec<f64>,
        given: bool,
    ) -> Self {
        Self { sizes, default, default_by_first, keys, values, given }
    }

    /// Whether the files name this parameter at all.
    pub const fn given(&self) -> bool {
        self.given
    }

    /// The value where none is written.
    pub const fn default(&self) -> f64 {
        self.default
    }

    /// Whether the default is not one number, but one a region.
    pub const fn by_region(&self) -> bool {
        self.default_by_first.is_some()
    }

    /// How many values differ from the default.
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it says anything beyond what holds where it is not given.
    pub(crate) fn says_something(&self, parameter: P) -> bool {
        self.given
            && (!self.is_empty() || Missing::Is(self.default) != parameter.spec().default)
    }

    /// Whether every value is the default.
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The value at these positions.
    pub fn get(&self, at: &[usize]) -> f64 {
        debug_assert_eq!(at.len(), self.sizes.len(), "one position an index");
        match self.keys.binary_search(&self.key(at)) {
            Ok(found) => self.values[found],
            Err(_) => self.default_at(at),
        }
    }

    /// The values along the last index, where the others are at these positions.
    pub fn along(&self, at: &[usize]) -> Vec<f64> {
        debug_assert_eq!(at.len() + 1, self.sizes.len(), "all but the last index");
        let last = self.sizes[self.sizes.len() - 1];
        let start = self.key(at) * last as u64;
        let mut row = vec![self.default_at(at); last];
        for found in self.span(start, start + last as u64) {
            row[position(self.keys[found] - start)] = self.values[found];
        }
        row
    }

    /// Every combination of the indices after `at` but the last for which some value is not
    /// zero, with the values along the last index.
    pub fn rows(&self, at: &[usize]) -> Vec<(Vec<usize>, Vec<f64>)> {
        let middle = &self.sizes[at.len()..self.sizes.len() - 1];
        let count: usize = middle.iter().product();
        let last = self.sizes[self.sizes.len() - 1];
        let start = self.key(at) * (count * last) as u64;
        let fill = self.default_at(at);
        if fill != 0.0 {
            return (0..count)
                .map(|m| {
                    let between = unravel(m as u64, middle);
                    let row = self.along(&[at, &between].concat());
                    (between, row)
                })
                .filter(|(_, row)| row.iter().any(|value| *value != 0.0))
                .collect();
        }
        let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
        for found in self.span(start, start + (count * last) as u64) {
            let rest = position(self.keys[found] - start);
            let (m, l) = (rest / last.max(1), rest % last.max(1));
            if rows.last().is_none_or(|(previous, _)| *previous != m) {
                rows.push((m, vec![0.0; last]));
            }
            if let Some((_, row)) = rows.last_mut() {
                row[l] = self.values[found];
            }
        }
        rows.into_iter()
            .filter(|(_, row)| row.iter().any(|value| *value != 0.0))
            .map(|(m, row)| (unravel(m as u64, middle), row))
            .collect()
    }

    /// Whether any value is not zero where the first indices are at these positions.
    pub fn any(&self, at: &[usize]) -> bool {
        let rest: usize = self.sizes[at.len()..].iter().product();
        let start = self.key(at) * rest as u64;
        let found = self.span(start, start + rest as u64);
        let written = found.len();
        found.into_iter().any(|f| self.values[f] != 0.0)
            || (written < rest && self.default_at(at) != 0.0)
    }

    /// Every value that differs from the default, with its positions.
    pub fn entries(&self) -> impl Iterator<Item = (Vec<usize>, f64)> + '_ {
        self.keys
            .iter()
            .zip(&self.values)
            .map(|(key, value)| (unravel(*key, &self.sizes), *value))
    }

    /// Every value changed, with its positions.
    pub(crate) fn map(&self, change: impl Fn(&[usize], f64) -> f64) -> Self {
        let mut changed = Self { keys: Vec::new(), values: Vec::new(), ..self.clone() };
        let places: Vec<u64> = if self.default == 0.0 {
            self.keys.clone()
        } else {
            (0..self.sizes.iter().product::<usize>() as u64).collect()
        };
        for key in places {
            let at = unravel(key, &self.sizes);
            let value = change(&at, self.get(&at));
            if (value - self.default).abs() > 0.0 {
                changed.keys.push(key);
                changed.values.push(value);
            }
        }
        changed
    }

    fn default_at(&self, at: &[usize]) -> f64 {
        match (&self.default_by_first, at.first()) {
            (Some(by_first), Some(first)) => by_first[*first],
            _ => self.default,
        }
    }

    fn key(&self, at: &[usize]) -> u64 {
        at.iter().zip(&self.sizes).fold(0, |key, (at, size)| key * *size as u64 + *at as u64)
    }

    fn span(&self, from: u64, to: u64) -> std::ops::Range<usize> {
        let start = self.keys.partition_point(|key| *key < from);
        let end = start + self.keys[start..].partition_point(|key| *key < to);
        start..end
    }
}

fn position(key: u64) -> usize {
    usize::try_from(key).expect("a position within a set fits in memory")
}

/// The positions a key stands for.
pub(crate) fn unravel(key: u64, sizes: &[usize]) -> Vec<usize> {
    let mut key = position(key);
    let mut at = vec![0; sizes.len()];
    for (position, size) in at.iter_mut().zip(sizes).rev() {
        *position = key % size.max(&1);
        key /= size.max(&1);
    }
    at
}

/// A parameter that is not given, and what it is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Absent {
    /// Its name.
    pub parameter: &'static str,
    /// What it is taken for; `None` for the discount rate of the region.
    pub taken: Option<f64>,
}

impl Absent {
    /// What it is taken for, in words.
    pub fn taken(&self) -> String {
        match self.taken {
            Some(limit) if limit.is_infinite() => "without limit".to_owned(),
            Some(value) => value.to_string(),
            None => "the discount rate of the region".to_owned(),
        }
    }
}

/// An OSeMOSYS model: every set, and every parameter with its default.
#[derive(Clone, Debug)]
pub struct Data {
    /// Its name, from the file or folder.
    pub name: String,
    /// Whose meaning `UDCTag` has.
    pub tags: Dialect,
    /// Whose rules storages follow.
    pub storages: Dialect,
    /// What was assumed, and what was passed over.
    pub notes: Vec<String>,
    /// Parameters that are not given at all.
    pub absent: Vec<Absent>,
    pub(crate) sets: Vec<Members>,
    pub(crate) tables: Vec<Table>,
}

impl Data {
    /// The members of a set.
    pub fn set(&self, set: SetId) -> &Members {
        &self.sets[set as usize]
    }

    /// How many members a set has.
    pub fn count(&self, set: SetId) -> usize {
        self.set(set).len()
    }

    /// The values of a parameter.
    pub fn table(&self, parameter: P) -> &Table {
        &self.tables[parameter as usize]
    }

    /// One value of a parameter.
    pub fn get(&self, parameter: P, at: &[usize]) -> f64 {
        self.table(parameter).get(at)
    }

    /// The values of a parameter along its last index.
    pub fn along(&self, parameter: P, at: &[usize]) -> Vec<f64> {
        self.table(parameter).along(at)
    }

    /// The calendar years, ascending.
    pub fn years(&self) -> Vec<i32> {
        self.set(SetId::Year).names().iter().filter_map(|name| name.parse().ok()).collect()
    }
}
