//! Statistics that a plan is compared with in their years.

use crate::fields::{Field, Fields};
use crate::{CapacityIx, CommodityIx, EmissionIx, ProcessIx, RegionIx, YearIx};

/// A number of statistics, and what of the plan it is compared with.
#[derive(Clone, Debug)]
pub struct Statistic {
    /// Short unique name.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it measures.
    pub of: Measured,
    /// Where.
    pub regions: Vec<RegionIx>,
    /// When.
    pub year: YearIx,
    /// What statistics say, in `unit`.
    pub value: f64,
    /// The unit it is given and shown in.
    pub unit: String,
    /// What one of the unit the model keeps (PJ, Mt, GW) is in `unit`.
    pub factor: f64,
    /// How far the plan may be from it, as a share of it.
    pub tolerance: f64,
}

impl Fields for Statistic {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            label: _,
            of,
            regions,
            year: _,
            value: _,
            unit: _,
            factor: _,
            tolerance: _,
        } = self;
        see(Field::Regions(regions));
        match of {
            Measured::Supply { commodities: _, flows: _ }
            | Measured::Use { commodities: _, flows: _ } => {}
            Measured::Generation { commodities: _, processes }
            | Measured::Emissions { emission: _, processes, rows: _ } => {
                see(Field::Processes(processes));
            }
            Measured::Capacity { capacities } => see(Field::Capacities(capacities)),
        }
    }
}

/// A quantity of the tables of results.
#[derive(Clone, Debug)]
pub enum Measured {
    /// What rows of the energy balance, each with all below it, bring of some commodities
    /// together, less what they take.
    Supply {
        /// Which columns.
        commodities: Vec<CommodityIx>,
        /// Which rows.
        flows: Vec<String>,
    },
    /// What they take, less what they bring.
    Use {
        /// Which columns.
        commodities: Vec<CommodityIx>,
        /// Which rows.
        flows: Vec<String>,
    },
    /// What processes make of commodities; not what storages give back.
    Generation {
        /// Of what.
        commodities: Vec<CommodityIx>,
        /// By whom.
        processes: Vec<ProcessIx>,
    },
    /// What processes and demand emit.
    Emissions {
        /// Of what.
        emission: EmissionIx,
        /// By which processes.
        processes: Vec<ProcessIx>,
        /// By demand in which rows of the energy balance.
        rows: Vec<String>,
    },
    /// Capacity in service.
    Capacity {
        /// Which.
        capacities: Vec<CapacityIx>,
    },
}

impl Measured {
    /// The word of the model format for it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Supply { .. } => "supply",
            Self::Use { .. } => "use",
            Self::Generation { .. } => "generation",
            Self::Emissions { .. } => "emissions",
            Self::Capacity { .. } => "capacity",
        }
    }
}
