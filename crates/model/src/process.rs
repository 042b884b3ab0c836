//! Processes: technologies in a region, which turn commodities into others.

use crate::fields::{Field, Fields};
use crate::series::ByYear;
use crate::{
    CapacityIx, CommodityIx, EmissionIx, Family, Ix, Part, RegionIx, Series, StorageIx, Tier,
};

/// A technology in a region: a plant, a mine, an import, a boiler, an appliance.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// Name of the technology; unique together with `region`.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What reports gather it under, such as `coal` or `wind`.
    pub category: String,
    /// What it works with: its own, or that of its category, if either is said.
    pub family: Option<Family>,
    /// Whether it keeps CO2 of its inputs from the air.
    pub captures: bool,
    /// The row of an energy balance it belongs to, such as `transformation/CHP`, which is one of
    /// [`crate::RowKind::OF_PROCESSES`]. `None` if it follows from what the process does.
    pub flow: Option<String>,
    /// Where it is.
    pub region: RegionIx,
    /// How finely it runs: the finest tier among its commodities by default.
    pub tier: Tier,
    /// The ways it can run; never empty.
    pub modes: Vec<Mode>,
    /// What limits its activity; `None` for a process without capacity, such as an import.
    pub capacity: Option<CapacityIx>,
    /// Activity of one unit of capacity running all year (31.536 PJ for a GW).
    pub capacity_to_activity: f64,
    /// Parts of its capacity that run each in its own way, by when they were built; none where all
    /// of it runs alike. Of a process with parts, what is said below of its capacity is the most
    /// that holds of any of them.
    pub parts: Vec<Part>,
    /// Share of the capacity that can run, by slice and year, 0 to 1.
    pub availability: Series,
    /// Share of the capacity that can run over the year, where it is below `availability`.
    pub annual_availability: Option<ByYear>,
    /// Share of the capacity that must run over the year, whenever it does.
    pub annual_minimum_load: Option<ByYear>,
    /// Share of the capacity that must run, by slice and year.
    pub minimum_load: Option<Series>,
    /// Most change of output in an hour, a share of capacity; within each day only.
    pub ramp_per_hour: Option<f64>,
}

impl Fields for Process {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            label: _,
            category: _,
            family: _,
            captures: _,
            flow: _,
            region,
            tier: _,
            modes,
            capacity,
            capacity_to_activity: _,
            parts,
            availability,
            annual_availability,
            annual_minimum_load,
            minimum_load,
            ramp_per_hour: _,
        } = self;
        see(Field::Region(region));
        capacity.iter_mut().for_each(|capacity| see(Field::Capacity(capacity)));
        see(Field::Mean(availability));
        annual_availability.iter_mut().for_each(|share| see(Field::Rate(share)));
        annual_minimum_load.iter_mut().for_each(|share| see(Field::Rate(share)));
        minimum_load.iter_mut().for_each(|load| see(Field::Mean(load)));
        modes.fields(see);
        parts.fields(see);
    }
}

/// One way a process can run. All ratios are for one unit of activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    /// Short name, unique within the process, or within its part.
    pub name: String,
    /// Position of the part of the capacity that runs so, where the process has parts; else 0.
    pub part: usize,
    /// Commodities used.
    pub inputs: Vec<(CommodityIx, Series)>,
    /// Commodities made.
    pub outputs: Vec<(CommodityIx, Series)>,
    /// Cost of running, MUSD/PJ of activity.
    pub variable_cost: Series,
    /// Emissions, in their unit (Mt) for each PJ of activity; below zero for removals.
    pub emissions: Vec<(EmissionIx, Series)>,
    /// Capacity that one unit of activity takes up, relative to other modes; usually 1.
    pub capacity_use: f64,
    /// Storages it fills: PJ of content for one PJ of activity.
    pub charges: Vec<(StorageIx, f64)>,
    /// Storages it empties: PJ of content for one PJ of activity.
    pub discharges: Vec<(StorageIx, f64)>,
    /// Outputs that may not be thrown away: those it is paid to make, or made of what counts only
    /// if it is used.
    pub to_be_used: Vec<CommodityIx>,
}

impl Fields for Mode {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            part: _,
            inputs,
            outputs,
            variable_cost,
            emissions,
            capacity_use: _,
            charges,
            discharges,
            to_be_used: _,
        } = self;
        see(Field::Mean(variable_cost));
        inputs.iter_mut().for_each(|(_, ratio)| see(Field::Mean(ratio)));
        outputs.iter_mut().for_each(|(_, ratio)| see(Field::Mean(ratio)));
        emissions.iter_mut().for_each(|(_, factor)| see(Field::Mean(factor)));
        charges.iter_mut().for_each(|(storage, _)| see(Field::Storage(storage)));
        discharges.iter_mut().for_each(|(storage, _)| see(Field::Storage(storage)));
    }
}

impl Mode {
    /// A mode that does nothing yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            part: 0,
            inputs: Vec::new(),
            outputs: Vec::new(),
            variable_cost: Series::Constant(0.0),
            emissions: Vec::new(),
            capacity_use: 1.0,
            charges: Vec::new(),
            discharges: Vec::new(),
            to_be_used: Vec::new(),
        }
    }
}

/// Which process.
pub type ProcessIx = Ix<Process>;

impl Process {
    /// Whether it only moves energy in or out of a storage.
    pub fn is_storage(&self) -> bool {
        self.modes.iter().any(|mode| !mode.charges.is_empty() || !mode.discharges.is_empty())
    }

    /// The most that one unit of activity of its capacity makes of a commodity, in its best mode.
    pub fn most_output(&self, commodity: CommodityIx) -> f64 {
        let made = self.modes.iter().flat_map(|mode| {
            let of = mode.outputs.iter().filter(move |(output, _)| *output == commodity);
            of.map(move |(_, ratio)| ratio.range().1 / mode.capacity_use)
        });
        made.fold(0.0, f64::max)
    }
}
