//! Which part of a model stands for which part of the scenario.

use kzleap_model::{CapacityIx, LinkIx, ProcessIx, StorageIx};

use crate::data::Data;
use crate::parameters::Dimension;

/// Which part of the model stands for which part of the scenario.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Slices of the scenario in the order of the model.
    pub slices: Vec<usize>,
    /// How a fuel is transmitted between the nodes of a region (1, 2, 3), by region and fuel,
    /// then by year of the group; `None` if it is balanced in the region.
    pub nodal: Vec<Vec<Option<u8>>>,
    /// Technologies of every region, region by region.
    pub technologies: Vec<TechnologyMap>,
    /// Storages of every region, region by region.
    pub storages: Vec<StorageMap>,
    /// Lines, in the order of the scenario; `None` if a line is never in use.
    pub lines: Vec<Option<LineMap>>,
    /// Trade routes.
    pub trade: Vec<TradeMap>,
    /// Region and technology of each subsidy of the model.
    pub subsidies: Vec<(usize, usize)>,
    /// By emission, region and year of the group: whether it is accounted for at all.
    pub accounted: Vec<Vec<Vec<bool>>>,
}

/// What stands for one technology in one region.
#[derive(Clone, Debug, Default)]
pub struct TechnologyMap {
    /// Its capacity; `None` if nothing depends on it.
    pub capacity: Option<CapacityIx>,
    /// Its processes: in the region, at nodes.
    pub processes: Vec<ProcessMap>,
    /// Whether it is dispatched slice by slice.
    pub sliced: bool,
}

/// A process that stands for some modes of a technology at one place.
#[derive(Clone, Debug)]
pub struct ProcessMap {
    /// The process.
    pub process: ProcessIx,
    /// The node; `None` for the region.
    pub node: Option<usize>,
    /// For each mode of the process, the mode of the scenario.
    pub modes: Vec<usize>,
}

/// What stands for one storage in one region.
#[derive(Clone, Debug, Default)]
pub struct StorageMap {
    /// Its capacity; `None` if nothing depends on it.
    pub capacity: Option<CapacityIx>,
    /// Where it is.
    pub places: Vec<StoragePlace>,
}

/// A storage at one place.
#[derive(Clone, Debug)]
pub struct StoragePlace {
    /// The storage.
    pub storage: StorageIx,
    /// The node; `None` for the region.
    pub node: Option<usize>,
    /// The share of the size that is here, by year of the group.
    pub share: Vec<f64>,
}

/// What stands for a line.
#[derive(Clone, Debug)]
pub struct LineMap {
    /// Its link.
    pub link: LinkIx,
    /// Its capacity, in lines.
    pub capacity: CapacityIx,
    /// In which years of the group it is in use.
    pub years: Vec<bool>,
}

/// What stands for a trade route.
#[derive(Clone, Debug)]
pub struct TradeMap {
    /// Its link.
    pub link: LinkIx,
    /// The region that gives.
    pub from: usize,
    /// The region that takes.
    pub to: usize,
    /// What is traded.
    pub fuel: usize,
}

impl Map {
    /// What stands for a technology in a region.
    pub fn technology(&self, data: &Data, r: usize, t: usize) -> &TechnologyMap {
        &self.technologies[r * data.count(Dimension::Technology) + t]
    }

    /// What stands for a storage in a region.
    pub fn storage(&self, data: &Data, r: usize, s: usize) -> &StorageMap {
        &self.storages[r * data.count(Dimension::Storage) + s]
    }

    /// How a fuel is transmitted between the nodes of a region in a year of the group.
    pub fn nodal(&self, data: &Data, r: usize, f: usize, at: usize) -> Option<u8> {
        self.nodal[r * data.count(Dimension::Fuel) + f][at]
    }
}
