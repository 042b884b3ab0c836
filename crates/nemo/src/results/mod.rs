//! Every variable of NEMO that is saved, with its columns and how it is read from a plan.

mod activity;
mod capacity;
mod cost;
mod demand;
mod emission;
mod flow;
mod price;
mod storage;
mod transmission;

use kzleap_accounts::Accounts;

use crate::course::{Group, Outcome};
use crate::data::Data;
use crate::options::NemoOptions;
use crate::parameters::{Dimension, P};

/// A result table.
#[derive(Clone, Debug)]
pub struct ResultTable {
    /// Name of the variable, and of the table.
    pub name: &'static str,
    /// Names of the key columns.
    pub columns: &'static [&'static str],
    /// Keys and values.
    pub rows: Vec<(Vec<String>, f64)>,
}

/// Values this close to zero are noise of the solver.
const NOISE: f64 = 1e-9;

/// A variable: its name, its key columns, and how its rows are made.
struct Variable {
    name: &'static str,
    columns: &'static [&'static str],
    fill: fn(&Context<'_>, &mut Sheet<'_>),
}

/// The parts of a registry.
fn registry() -> impl Iterator<Item = &'static Variable> {
    [
        activity::VARIABLES,
        capacity::VARIABLES,
        cost::VARIABLES,
        demand::VARIABLES,
        emission::VARIABLES,
        flow::VARIABLES,
        price::VARIABLES,
        storage::VARIABLES,
        transmission::VARIABLES,
    ]
    .into_iter()
    .flatten()
}

/// The names of all variables that can be saved.
pub fn variables() -> Vec<&'static str> {
    registry().map(|variable| variable.name).collect()
}

/// The tables of the variables that are asked for; names that NEMO does not have are returned
/// as the second part.
pub fn tables<'a>(
    data: &'a Data,
    outcome: &'a Outcome,
    options: &NemoOptions,
) -> (Vec<ResultTable>, Vec<String>) {
    let (mut tables, mut unknown) = (Vec::new(), Vec::new());
    let context = |(at, group): (usize, &'a Group)| {
        let accounts = Accounts::new(&group.imported.model, &group.solution);
        Context { data, group, accounts, outcome, last: at + 1 == outcome.groups.len() }
    };
    let contexts: Vec<Context<'a>> = outcome.groups.iter().enumerate().map(context).collect();
    for name in options.variables() {
        let Some(variable) = registry().find(|variable| variable.name == name) else {
            unknown.push(name.to_owned());
            continue;
        };
        let mut sheet = Sheet { data, zeros: options.report_zeros, rows: Vec::new() };
        for context in &contexts {
            (variable.fill)(context, &mut sheet);
        }
        let (name, columns) = (variable.name, variable.columns);
        tables.push(ResultTable { name, columns, rows: sheet.rows });
    }
    (tables, unknown)
}

/// What a variable is read from: one group of years.
struct Context<'a> {
    data: &'a Data,
    group: &'a Group,
    accounts: Accounts<'a>,
    outcome: &'a Outcome,
    /// Whether it is the last group: sums over groups are reported once.
    last: bool,
}

/// Rows of a table being made.
struct Sheet<'a> {
    data: &'a Data,
    zeros: bool,
    rows: Vec<(Vec<String>, f64)>,
}

/// One column of a key.
#[derive(Clone, Copy)]
enum Key<'k> {
    /// A name of a dimension.
    Of(Dimension, usize),
    /// A name that is no dimension, such as that of a group of slices.
    Name(&'k str),
}

impl Sheet<'_> {
    fn push(&mut self, key: &[Key<'_>], value: f64) {
        let value = if value.abs() < NOISE { 0.0 } else { value };
        if value == 0.0 && !self.zeros {
            return;
        }
        let key = key
            .iter()
            .map(|key| match key {
                Key::Of(dimension, at) => self.data.name(*dimension, *at).to_owned(),
                Key::Name(name) => (*name).to_owned(),
            })
            .collect();
        self.rows.push((key, value));
    }
}

const fn r(at: usize) -> Key<'static> {
    Key::Of(Dimension::Region, at)
}
const fn t(at: usize) -> Key<'static> {
    Key::Of(Dimension::Technology, at)
}
const fn f(at: usize) -> Key<'static> {
    Key::Of(Dimension::Fuel, at)
}
const fn e(at: usize) -> Key<'static> {
    Key::Of(Dimension::Emission, at)
}
const fn m(at: usize) -> Key<'static> {
    Key::Of(Dimension::Mode, at)
}
const fn l(at: usize) -> Key<'static> {
    Key::Of(Dimension::Slice, at)
}
const fn y(at: usize) -> Key<'static> {
    Key::Of(Dimension::Year, at)
}
const fn s(at: usize) -> Key<'static> {
    Key::Of(Dimension::Storage, at)
}
const fn n(at: usize) -> Key<'static> {
    Key::Of(Dimension::Node, at)
}
const fn tr(at: usize) -> Key<'static> {
    Key::Of(Dimension::Line, at)
}

impl<'a> Context<'a> {
    /// Years of the group: position in the group, position in the scenario.
    fn years(&self) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        self.group.period.years.iter().copied().enumerate()
    }

    /// Every region with another thing, as `(at, r, other)`.
    fn in_regions(
        &self,
        dimension: Dimension,
    ) -> impl Iterator<Item = (usize, usize, usize)> + use<'a> {
        let count = self.data.count(dimension);
        let regions = self.data.count(Dimension::Region);
        (0..regions)
            .flat_map(move |r| (0..count).map(move |other| (r * count + other, r, other)))
    }

    /// Slices: position in the model, position in the scenario.
    fn slices(&self) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        self.group.imported.map.slices.iter().copied().enumerate()
    }

    /// The share of the year a slice takes.
    fn split(&self, slice: usize, year: usize) -> f64 {
        self.data.or_zero(P::YearSplit, &[slice, year])
    }

    /// How a fuel is transmitted between nodes in a year of the group.
    fn nodal(&self, region: usize, fuel: usize, at: usize) -> bool {
        self.group.imported.map.nodal(self.data, region, fuel, at).is_some()
    }
}
