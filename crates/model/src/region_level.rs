//! Levels of regions: which of them a coarser view aggregates, and which a finer one
//! disaggregates.

use std::collections::BTreeMap;

use crate::{CommodityIx, RegionIx};

/// A level of regions at which the model can be solved.
#[derive(Clone, Debug)]
pub struct RegionLevel {
    /// Short name, such as `national`.
    pub name: String,
    /// What becomes of the regions.
    pub change: RegionChange,
}

/// What a level makes of the regions.
#[derive(Clone, Debug)]
pub enum RegionChange {
    /// Regions of a group become one; those of no group stay as they are.
    Merge(Vec<RegionGroup>),
    /// Regions become several; those without parts stay as they are.
    Split(RegionSplit),
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

/// Regions that become several.
#[derive(Clone, Debug, Default)]
pub struct RegionSplit {
    /// The parts, each at the place in which it comes; the first of a region is its hub.
    pub parts: Vec<RegionPart>,
    /// What does not move between the parts of a region.
    pub local: Vec<CommodityIx>,
}

/// A part of a region, with its shares of extensive quantities. The shares of all parts of a
/// region in one thing add up to 1.
#[derive(Clone, Debug)]
pub struct RegionPart {
    /// The region it is a part of.
    pub region: RegionIx,
    /// Short name of the region it becomes.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// Its share of everything that is not named below.
    pub share: f64,
    /// Its shares of demands, by commodity.
    pub demands: BTreeMap<CommodityIx, f64>,
    /// Its shares of processes, storages and resources, by name.
    pub owners: BTreeMap<String, OwnerShare>,
}

/// The share a part has in a process, a storage or a resource.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnerShare {
    /// Of limits and of what growth always allows; where it is zero nothing is built.
    pub limits: f64,
    /// Of capacity in service already.
    pub residual: f64,
}

impl RegionPart {
    /// Its share of the demand for a commodity.
    pub fn demand(&self, commodity: CommodityIx) -> f64 {
        self.demands.get(&commodity).copied().unwrap_or(self.share)
    }

    /// Its share of a process, a storage or a resource, of which `name` may be a step.
    pub fn owner(&self, name: &str) -> OwnerShare {
        let owner = name.split_once('.').map_or(name, |(owner, _)| owner);
        let otherwise = OwnerShare { limits: self.share, residual: self.share };
        self.owners.get(owner).copied().unwrap_or(otherwise)
    }
}
