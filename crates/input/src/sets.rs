//! Names by which values vary and items are referred to.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_diagnostics::Span;

use crate::registry::Amount;
use crate::units::Unit;

/// Names in the order declared, found again without going through all of them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    list: Vec<String>,
    positions: BTreeMap<String, usize>,
}

impl Names {
    /// Adds a name; one that is there already keeps its first position.
    pub(crate) fn push(&mut self, name: String) {
        self.positions.entry(name.clone()).or_insert(self.list.len());
        self.list.push(name);
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.list.iter()
    }
}

impl std::ops::Index<usize> for Names {
    type Output = String;

    fn index(&self, at: usize) -> &String {
        &self.list[at]
    }
}

impl FromIterator<String> for Names {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        let mut all = Self::default();
        names.into_iter().for_each(|name| all.push(name));
        all
    }
}

/// Names by which values vary and items are referred to.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    /// Milestone years, ascending.
    pub(crate) years: Vec<i32>,
    /// First and last calendar year of each of their periods.
    pub(crate) periods: Vec<(i32, i32)>,
    /// Each slice with its season.
    pub(crate) slices: Vec<(String, String)>,
    /// The slices that each season or slice name covers.
    pub(crate) covers: BTreeMap<String, Vec<usize>>,
    /// Hours of each slice in the year.
    pub(crate) hours: Vec<f64>,
    /// Regions, each with whether it is domestic.
    pub(crate) regions: Vec<(String, bool)>,
    pub(crate) commodities: Names,
    /// What commodities are counted in, by name; those whose unit is wrong are not here.
    pub(crate) amounts: BTreeMap<String, Amount>,
    /// The heat value of each commodity that has one.
    pub(crate) heat: BTreeMap<String, Unit>,
    pub(crate) branches: Names,
    /// Rows of the energy balance, and those above them.
    pub(crate) flows: Names,
    pub(crate) emissions: Names,
    /// Processes, storages, resources and their steps.
    pub(crate) processes: Names,
    pub(crate) categories: Names,
    pub(crate) links: Names,
    pub(crate) schemes: Names,
    /// Values by slice.
    pub(crate) profiles: BTreeMap<String, Vec<f64>>,
    /// Series of hourly tables, which are profiles, with the header of the table.
    pub(crate) hourly_series: BTreeMap<String, Span>,
    /// The slice of each hour of the year, in the order of the year; only with hourly tables.
    pub(crate) hours_in_order: Vec<usize>,
    /// Profiles that could not be read: naming them is no further mistake.
    pub(crate) failed_profiles: BTreeSet<String>,
    /// Whether there are seasons, day types or blocks that could not be read.
    pub(crate) slices_unknown: bool,
    /// Whether there are milestone years that could not be read.
    pub(crate) years_unknown: bool,
    /// Whether there are regions that could not be read.
    pub(crate) regions_unknown: bool,
    /// Names of regions that are names of seasons or slices too.
    pub(crate) ambiguous: BTreeSet<String>,
    /// Profiles that something uses.
    pub(crate) used_profiles: BTreeSet<String>,
}
