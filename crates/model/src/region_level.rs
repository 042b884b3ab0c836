//! Levels of regions: which of them a coarser view takes together.

use crate::RegionIx;

/// A level of regions at which the model can be solved.
#[derive(Clone, Debug)]
pub struct RegionLevel {
    /// Short name, such as `national`.
    pub name: String,
    /// Regions taken together; those of no group stay as they are, and without groups all do.
    pub groups: Vec<RegionGroup>,
}

/// Regions that become one.
#[derive(Clone, Debug)]
pub struct RegionGroup {
    /// Short name of the region they become.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// The regions; all domestic or none.
    pub members: Vec<RegionIx>,
}
