//! The words of the field: a checked energy system ([`Model`]), and its plan ([`Solution`]).
//!
//! Knows nothing about files, linear programs or solvers. Energy is in PJ (other commodities in
//! [`Commodity::amount`]), capacity in GW (or as [`Capacity::unit`] says), money in millions of
//! [`Model::currency`], emissions in [`Emission::unit`] (Mt).

pub mod amount;
pub mod binding;
pub mod capacity;
mod change;
pub mod chronology;
pub mod commodity;
mod cutting;
pub mod demand;
pub mod demand_tree;
pub mod emission_units;
pub mod fields;
pub mod finance;
pub mod households;
pub mod kind;
pub mod members;
mod model;
pub mod network;
mod new;
pub mod policy;
pub mod process;
pub mod region_level;
pub mod retrofit;
pub mod rounding;
pub mod row;
pub mod series;
mod sets;
pub mod solution;
pub mod standby;
pub mod stated;
pub mod statistics;
pub mod step_ramp;
pub mod storage;
pub mod support;
pub mod time;
mod traded;
pub mod trading;
pub mod units;
pub mod user_rows;
pub mod vintage;
mod words;

pub use amount::{Amount, CapacityUnit, MassUnit};
pub use binding::Binding;
pub use capacity::{Capacity, CapacityIx, Growth, Investment};
pub use change::{ChangedValue, GivenValue, ScenarioStep, StepDoes};
pub use commodity::{
    Balance, Commodity, CommodityIx, Emission, EmissionIx, FuelUnit, HeatValue, Link, LinkIx,
    Region, RegionIx,
};
pub use cutting::{Cutting, Periods};
pub use demand::{DecidedBy, Demand, DemandStep};
pub use demand_tree::DemandTree;
pub use fields::{Field, Fields};
pub use finance::{Convention, Finance};
pub use households::Households;
pub use kind::{Category, CommodityKind, Family, Gas, Sector, SectorKind};
pub use model::{Input, Model};
pub use network::Network;
pub use process::{Mode, Process, ProcessIx};
pub use region_level::{
    OwnerShare, RegionChange, RegionGroup, RegionLevel, RegionPart, RegionSplit,
};
pub use retrofit::Retrofit;
pub use row::RowKind;
pub use series::{ByYear, Series};
pub use sets::{Ix, Set};
pub use solution::Solution;
pub use statistics::Statistic;
pub use step_ramp::StepRamp;
pub use storage::{Chronology, Storage, StorageIx};
pub use support::Support;
pub use time::{DayType, Node, NodeIx, Season, Slice, SliceIx, Tier, Time, Year, YearIx};
pub use traded::Traded;
pub use trading::{Scheme, SchemeIx, TradingLink};
pub use user_rows::UserRow;
pub use vintage::{ByAge, Part, PartOf, Rated, Standing, Vintage};
