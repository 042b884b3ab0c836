//! A scenario database as it was read: names, groups, lines and parameters.

use crate::parameters::{Dimension, P};
use crate::table::Table;

/// The whole scenario, in NEMO's terms and units.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Names of each dimension, in the order of the file; years ascending. By
    /// [`Dimension::position`].
    pub names: Vec<Vec<String>>,
    /// Years as numbers, ascending.
    pub years: Vec<i32>,
    /// Whether each fuel is balanced in every time slice.
    pub timesliced: Vec<bool>,
    /// How each storage closes its circle.
    pub net_zero: Vec<NetZero>,
    /// The region of each node.
    pub node_region: Vec<usize>,
    /// Seasons and the like.
    pub groups1: Vec<SliceGroup>,
    /// Day types and the like.
    pub groups2: Vec<SliceGroup>,
    /// Where each time slice is; `None` if no group has it.
    pub places: Vec<Option<SlicePlace>>,
    /// Region groups and their members.
    pub region_groups: Vec<(usize, usize)>,
    /// Technology groups and their members.
    pub technology_groups: Vec<(usize, usize)>,
    /// Transmission lines, in the order of their names.
    pub lines: Vec<TransmissionLine>,
    /// By [`P::position`].
    pub tables: Vec<Table>,
}

/// How a storage closes its circle: the finest flag that is set counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct NetZero {
    /// Every year ends as it began.
    pub year: bool,
    /// Every group of the first kind ends as it began.
    pub group1: bool,
    /// Every group of the second kind ends as it began.
    pub group2: bool,
}

/// A group of time slices.
#[derive(Clone, Debug)]
pub struct SliceGroup {
    /// Its name.
    pub name: String,
    /// Its place among the groups of its kind.
    pub order: i64,
    /// How often it happens within the group around it (or the year).
    pub multiplier: f64,
}

/// Where a time slice is.
#[derive(Clone, Copy, Debug)]
pub struct SlicePlace {
    /// Its group of the first kind.
    pub group1: usize,
    /// Its group of the second kind.
    pub group2: usize,
    /// Its place within the two.
    pub order: i64,
}

/// A transmission line, standing or a candidate.
#[derive(Clone, Debug)]
pub struct TransmissionLine {
    /// The node flow counts from.
    pub from: usize,
    /// The other node.
    pub to: usize,
    /// What it carries.
    pub fuel: usize,
    /// Most it carries, MW.
    pub max_flow: Option<f64>,
    /// Reactance, in the unit that makes radians of MW.
    pub reactance: Option<f64>,
    /// Year of construction; `None` for a candidate.
    pub built_in: Option<i32>,
    /// Cost of building it.
    pub capital_cost: f64,
    /// Cost of keeping it, a year.
    pub fixed_cost: f64,
    /// Cost of carrying one unit of energy.
    pub variable_cost: f64,
    /// Years it is in service.
    pub life: i32,
    /// Share that arrives.
    pub efficiency: Option<f64>,
    /// Rate of interest, a ratio a year; zero for none.
    pub interest: f64,
}

impl Data {
    /// How many names a dimension has.
    pub fn count(&self, dimension: Dimension) -> usize {
        self.names[dimension.position()].len()
    }

    /// A name.
    pub fn name(&self, dimension: Dimension, at: usize) -> &str {
        &self.names[dimension.position()][at]
    }

    /// The table of a parameter.
    pub fn table(&self, p: P) -> &Table {
        &self.tables[p.position()]
    }

    /// The value of a parameter, if anything is said of the key.
    pub fn get(&self, p: P, key: &[usize]) -> Option<f64> {
        self.table(p).get(key)
    }

    /// The value of a parameter; `otherwise` if nothing is said of the key.
    pub fn or(&self, p: P, key: &[usize], otherwise: f64) -> f64 {
        self.get(p, key).unwrap_or(otherwise)
    }

    /// The value of a parameter; zero if nothing is said of the key.
    pub fn or_zero(&self, p: P, key: &[usize]) -> f64 {
        self.or(p, key, 0.0)
    }

    /// The way a fuel is transmitted between the nodes of a region in a year (1, 2 or 3).
    pub fn transmission_type(&self, r: usize, f: usize, y: usize) -> Option<u8> {
        let kind = self.get(P::TransmissionModelingEnabled, &[r, f, y])?;
        match kind {
            1.0 => Some(1),
            2.0 => Some(2),
            3.0 => Some(3),
            _ => None,
        }
    }

    /// First year of the scenario.
    pub fn first_year(&self) -> i32 {
        self.years.first().copied().unwrap_or(0)
    }

    /// Last year of the scenario.
    pub fn last_year(&self) -> i32 {
        self.years.last().copied().unwrap_or(0)
    }

    /// Nodes of a region.
    pub fn nodes_of(&self, region: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.node_region.len()).filter(move |n| self.node_region[*n] == region)
    }
}
