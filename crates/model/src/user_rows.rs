//! Rules in the modeller's own terms: a weighted sum of what the plan decides, against a number.

use crate::policy::Sense;
use crate::{CapacityIx, EmissionIx, LinkIx, ProcessIx, RegionIx, SliceIx, YearIx};

/// `Σ weight · quantity[year]`, compared with a number.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Name, for reports and for reading the LP.
    pub name: String,
    /// What is summed; a quantity that the plan does not have counts as zero.
    pub terms: Vec<UserTerm>,
    /// Which way it binds.
    pub sense: Sense,
    /// What the sum is compared with.
    pub right_hand_side: f64,
}

/// One term of a [`UserRow`].
#[derive(Clone, Copy, Debug)]
pub struct UserTerm {
    /// What is counted.
    pub quantity: Quantity,
    /// When.
    pub year: YearIx,
    /// How much one unit of it counts.
    pub weight: f64,
}

/// What a plan decides, and a [`UserRow`] may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Capacity in service, in its own unit.
    InService(CapacityIx),
    /// Capacity built for the period, in its own unit.
    New(CapacityIx),
    /// Activity over the year, PJ; of one mode, or of all.
    Activity(ProcessIx, Option<usize>),
    /// Activity of a mode in one slice, PJ a year; the process runs at slices.
    ActivityInSlice(ProcessIx, usize, SliceIx),
    /// Energy sent over a link over the year, PJ; direction 0 is from its start to its end.
    Flow(LinkIx, usize),
    /// Emissions of a region over the year, those from outside included, Mt.
    Emissions(EmissionIx, RegionIx),
}
