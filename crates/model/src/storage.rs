//! Storages: content that is carried from slice to slice.

use crate::chronology::Repeating;
use crate::fields::{Field, Fields};
use crate::series::ByYear;
use crate::{CapacityIx, Ix, RegionIx, Series, SliceIx, YearIx};

/// A store of energy, filled and emptied by the modes of processes.
#[derive(Clone, Debug, PartialEq)]
pub struct Storage {
    /// Short name, unique together with `region`.
    pub name: String,
    /// Where it is.
    pub region: RegionIx,
    /// What its size is measured by: its own capacity (energy), or that of the process that
    /// fills it (power), where the two are tied.
    pub capacity: CapacityIx,
    /// Content one unit of that capacity holds, PJ.
    pub content_per_capacity: f64,
    /// Share of the size below which the content must not fall, by year.
    pub minimum_level: ByYear,
    /// How the content moves through the year.
    pub chronology: Chronology,
}

impl Fields for Storage {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            region,
            capacity,
            content_per_capacity: _,
            minimum_level,
            chronology,
        } = self;
        see(Field::Region(region));
        see(Field::Capacity(capacity));
        see(Field::Rate(minimum_level));
        see(Field::Chronology(chronology));
    }
}

/// Which storage.
pub type StorageIx = Ix<Storage>;

/// How the content of a storage moves through the year, as data.
///
/// The net charge `n[s,y]` is the energy put in less the energy taken out in slice `s` of year
/// `y` (PJ a year). A step sets the content at one point from that at others; a check holds the
/// content between two points within its bounds. Our own chronology, OSeMOSYS's and NEMO's are
/// three ways to fill this in ([`crate::chronology`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chronology {
    /// What it was made from, for the native chronology; `None` for that of another tool.
    pub repeating: Option<Repeating>,
    /// Names of the points, for reading the LP. Content at every point is within its bounds.
    pub points: Vec<String>,
    /// How each point follows from others.
    pub steps: Vec<LevelStep>,
    /// Further moments at which the content is held within its bounds.
    pub checks: Vec<LevelCheck>,
    /// Points where the content is not bounded above by the size (still not below zero).
    pub free_points: Vec<usize>,
    /// Points whose content counts from the lowest of a typical day: not below zero, and bounded
    /// only through envelopes. Ascending.
    pub relative_points: Vec<usize>,
    /// Points that are at least others.
    pub envelopes: Vec<Envelope>,
    /// The part of the size that is here, by milestone year; empty for all of it. (A storage
    /// at a node may have its part of the size of a region's.)
    pub size_shares: ByYear,
    /// Content that comes into steps from outside, or with new capacity.
    pub arrivals: Vec<Arrival>,
    /// Milestone years into which nothing is carried over from the one before.
    pub breaks: Vec<YearIx>,
}

/// Content that comes into a step in one milestone year, other than by charging.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrival {
    /// Position of the step.
    pub step: usize,
    /// When.
    pub year: YearIx,
    /// How much, PJ.
    pub content: f64,
    /// How much comes with each unit of capacity built for the year, PJ per unit.
    pub per_new_capacity: f64,
}

/// `level[to] = Σ factor · level[from] + Σ weight[s,y] · n[s,y]`.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelStep {
    /// The point that is set.
    pub to: usize,
    /// The points it follows from.
    pub from: Vec<LevelTerm>,
    /// The share of each slice's yearly net charge that arrives in this step.
    pub net_charge: Vec<(SliceIx, Series)>,
    /// Content given from outside, PJ; only in the first milestone year.
    pub initial: Option<f64>,
}

/// One point in a sum, with its factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelTerm {
    /// The point.
    pub point: usize,
    /// Its factor, such as what is left after self-discharge.
    pub factor: f64,
    /// Whether the point is that of the milestone year before; the term is absent in the first.
    pub year_before: bool,
}

/// `minimum ≤ Σ factor · level[point] + Σ weight[s,y] · n[s,y] ≤ size`.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelCheck {
    /// Name, for reading the LP.
    pub name: String,
    /// The points it is calculated from.
    pub from: Vec<LevelTerm>,
    /// The share of each slice's yearly net charge up to this moment.
    pub net_charge: Vec<(SliceIx, Series)>,
    /// The one bound that is checked; `None` for both.
    pub side: Option<Side>,
}

/// A bound on the content of a storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At most the size.
    Size,
    /// At least the minimum.
    Minimum,
}

/// `level[highest] ≥ level[point]` for each of the points.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// The point that is at least the others.
    pub highest: usize,
    /// The others.
    pub of: Vec<usize>,
}

impl Chronology {
    /// Positions of the points that say what the storage holds, in their order.
    pub fn moments(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.points.len()).filter(|point| !self.is_relative(*point))
    }

    /// Whether the content of a point counts from the lowest of its day.
    pub fn is_relative(&self, point: usize) -> bool {
        self.relative_points.binary_search(&point).is_ok()
    }
}
