//! What each field of a model is, as far as its resolution goes.
//!
//! Every struct of the model says it here once, field by field; merged regions, split regions and
//! merged slices each say what becomes of each kind of field. So a new field does not compile until
//! it is known to be an index, extensive, intensive, or the same at any resolution.

use kzleap_model::demand_tree::{Branch, Driver};
use kzleap_model::network::Line;
use kzleap_model::policy::{
    ActivityLimit, ActivityWindow, CapacityLimit, EmissionCap, EmissionTerm, Reserve,
    ReserveRequirement, Share,
};
use kzleap_model::statistics::{Measured, Statistic};
use kzleap_model::support::{Budget, Subsidy};
use kzleap_model::{
    ByYear, Capacity, CapacityIx, Chronology, Commodity, Demand, DemandTree, Emission, Finance,
    Growth, Investment, Link, LinkIx, Mode, Model, Network, Process, Region, RegionIx, Series,
    Set, Storage, StorageIx, Support,
};

use crate::members::Members;

/// A field that changes with the resolution.
pub(crate) enum Field<'a> {
    /// The region an item stands in.
    Region(&'a mut RegionIx),
    /// The capacity of an item, in the same region.
    Capacity(&'a mut CapacityIx),
    /// A storage of an item, in the same region.
    Storage(&'a mut StorageIx),
    /// The link of a line.
    Link(&'a mut LinkIx),
    /// What a rule speaks of: regions.
    Regions(&'a mut dyn Members<Region>),
    /// What a rule speaks of: capacities.
    Capacities(&'a mut dyn Members<Capacity>),
    /// What a rule speaks of: processes.
    Processes(&'a mut dyn Members<Process>),
    /// Positions of the subsidies of a budget.
    Subsidies(&'a mut Vec<usize>),
    /// Extensive: it adds up over regions.
    Size(&'a mut [f64]),
    /// Extensive, of capacity that stands already.
    Standing(&'a mut [f64]),
    /// Extensive, with the region of each.
    Sizes(&'a mut Vec<(RegionIx, ByYear)>),
    /// Intensive, with the region of each.
    Rates(&'a mut Vec<(RegionIx, ByYear)>),
    /// Intensive, one for each region of the model.
    RateOfRegions(&'a mut Vec<f64>),
    /// Intensive over the hours of slices.
    Mean(&'a mut Series),
    /// A part of the year's amount in each slice: it adds up over slices.
    PartOfYear(&'a mut Series),
    /// How the content of a storage moves from slice to slice.
    Chronology(&'a mut Chronology),
}

impl<'a> Field<'a> {
    /// Its numbers, if it is extensive and each item has its own.
    pub(crate) fn size(self) -> Option<&'a mut [f64]> {
        match self {
            Self::Size(values) | Self::Standing(values) => Some(values),
            Self::Region(_)
            | Self::Capacity(_)
            | Self::Storage(_)
            | Self::Link(_)
            | Self::Regions(_)
            | Self::Capacities(_)
            | Self::Processes(_)
            | Self::Subsidies(_)
            | Self::Sizes(_)
            | Self::Rates(_)
            | Self::RateOfRegions(_)
            | Self::Mean(_)
            | Self::PartOfYear(_)
            | Self::Chronology(_) => None,
        }
    }
}

/// A part of a model whose fields say what they are.
pub(crate) trait Fields {
    /// Shows every field that changes with the resolution, always in the same order.
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>));
}

/// Adds the sizes of another that is alike.
pub(crate) fn add_sizes<T: Fields + Clone>(sum: &mut T, other: &T) {
    let mut sizes: Vec<Vec<f64>> = Vec::new();
    other.clone().fields(&mut |field| {
        sizes.extend(field.size().map(|values| values.to_vec()));
    });
    let mut sizes = sizes.into_iter();
    sum.fields(&mut |field| {
        if let Some(values) = field.size()
            && let Some(others) = sizes.next()
        {
            add_up(values, &others);
        }
    });
}

/// Adds the values of one to those of another, one by one.
pub(crate) fn add_up(sum: &mut [f64], other: &[f64]) {
    sum.iter_mut().zip(other).for_each(|(sum, value)| *sum += value);
}

/// All that stands in a model: everything but its regions and its time, which each resolution makes
/// anew.
impl Fields for Model {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            label: _,
            scenario: _,
            scenario_label: _,
            description: _,
            currency: _,
            finance,
            time: _,
            regions: _,
            region_levels: _, // said of the regions as written
            categories: _,
            sectors: _,
            commodities,
            emissions,
            capacities,
            processes,
            storages,
            links,
            demands,
            demand_tree: DemandTree { drivers, branches },
            activity_limits,
            capacity_limits,
            shares,
            reserves,
            emission_caps,
            user_rows: _, // refused (`is_native`)
            network: Network { nodes: _, nodal: _, lines, one_way: _ }, // refused but for lines
            support: Support { subsidies, budgets },
            step_ramps: _, // refused
            statistics,
            inputs: _,
        } = self;
        finance.fields(see);
        commodities.fields(see);
        emissions.fields(see);
        capacities.fields(see);
        processes.fields(see);
        storages.fields(see);
        links.fields(see);
        demands.fields(see);
        drivers.fields(see);
        branches.fields(see);
        activity_limits.fields(see);
        capacity_limits.fields(see);
        shares.fields(see);
        reserves.fields(see);
        emission_caps.fields(see);
        lines.fields(see);
        subsidies.fields(see);
        budgets.fields(see);
        statistics.fields(see);
    }
}

impl<T: Fields> Fields for Vec<T> {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        self.iter_mut().for_each(|item| item.fields(see));
    }
}

impl<T: Fields> Fields for Set<T> {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        self.iter_mut().for_each(|item| item.fields(see));
    }
}

impl Fields for Finance {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        // other conventions than the annuity are refused
        let Self { convention: _, base_year: _, discount_rate } = self;
        see(Field::RateOfRegions(discount_rate));
    }
}

impl Fields for Commodity {
    fn fields(&mut self, _: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            label: _,
            tier: _,
            balance: _,
            unserved_cost: _,
            kind: _,
            family: _,
            colour: _,
            amount: _,
            heat_value: _,
        } = self;
    }
}

impl Fields for Emission {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, label: _, gas: _, unit: _, exogenous, price } = self;
        see(Field::Sizes(exogenous));
        see(Field::Rates(price));
    }
}

impl Fields for Capacity {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            region,
            unit: _,
            residual,
            investment,
            fixed_cost: _,
            lower,
            upper,
            early_retirement: _,
        } = self;
        see(Field::Region(region));
        see(Field::Standing(residual));
        investment.iter_mut().for_each(|investment| investment.fields(see));
        see(Field::Size(lower));
        see(Field::Size(upper));
    }
}

impl Fields for Investment {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            overnight_cost: _,
            technical_life: _,
            economic_life: _,
            cost_of_capital: _,
            lower,
            upper,
            growth,
            unit_size: _, // one unit is as large wherever it stands
        } = self;
        see(Field::Size(lower));
        see(Field::Size(upper));
        if let Some(Growth { rate: _, seed }) = growth {
            see(Field::Size(std::slice::from_mut(seed)));
        }
    }
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
            availability,
            annual_availability: _,
            minimum_load,
            ramp_per_hour: _,
        } = self;
        see(Field::Region(region));
        capacity.iter_mut().for_each(|capacity| see(Field::Capacity(capacity)));
        see(Field::Mean(availability));
        minimum_load.iter_mut().for_each(|load| see(Field::Mean(load)));
        modes.fields(see);
    }
}

impl Fields for Mode {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
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

impl Fields for Storage {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            region,
            capacity,
            content_per_capacity: _,
            minimum_level: _,
            chronology,
        } = self;
        see(Field::Region(region));
        see(Field::Capacity(capacity));
        see(Field::Chronology(chronology));
    }
}

impl Fields for Link {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            from,
            to,
            commodity: _,
            capacity,
            capacity_to_activity: _,
            availability,
            reverse_availability,
            loss: _,
            variable_cost,
        } = self;
        see(Field::Region(from));
        see(Field::Region(to));
        capacity.iter_mut().for_each(|capacity| see(Field::Capacity(capacity)));
        see(Field::Mean(availability));
        see(Field::Mean(reverse_availability));
        see(Field::Mean(variable_cost));
    }
}

impl Fields for Line {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { link, reactance: _, power_to_energy: _, present, candidate: _ } = self;
        see(Field::Link(link));
        see(Field::Mean(present));
    }
}

impl Fields for Demand {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { region, commodity: _, annual, profile, flow: _, emissions: _ } = self;
        see(Field::Region(region));
        see(Field::Size(annual));
        profile.iter_mut().for_each(|profile| see(Field::PartOfYear(profile)));
    }
}

impl Fields for Driver {
    fn fields(&mut self, _: &mut dyn FnMut(Field<'_>)) {
        // whether its values add up nobody knows: merged and split regions keep them apart
        let Self { name: _, label: _, kind: _, unit: _, values: _ } = self;
    }
}

impl Fields for Branch {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, label: _, parent: _, commodity: _, annual } = self;
        see(Field::Sizes(annual));
    }
}

impl Fields for ActivityLimit {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, processes, window } = self;
        see(Field::Processes(processes));
        match window {
            ActivityWindow::EachYear { lower, upper } => {
                see(Field::Size(lower));
                see(Field::Size(upper));
            }
            ActivityWindow::Horizon { lower, upper } => {
                see(Field::Size(std::slice::from_mut(lower)));
                see(Field::Size(std::slice::from_mut(upper)));
            }
        }
    }
}

impl Fields for CapacityLimit {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, capacities, of: _, lower, upper } = self;
        see(Field::Capacities(capacities));
        see(Field::Size(lower));
        see(Field::Size(upper));
    }
}

impl Fields for Share {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, part, whole, sense: _, share: _, counts: _ } = self;
        see(Field::Processes(part));
        see(Field::Processes(whole));
    }
}

impl Fields for Reserve {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, members, requirement } = self;
        see(Field::Capacities(members));
        match requirement {
            ReserveRequirement::Firm { peak, margin: _ } => see(Field::Size(peak)),
            ReserveRequirement::Production { outputs, factor: _ } => {
                see(Field::Processes(outputs));
            }
        }
    }
}

impl Fields for EmissionCap {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, terms, window: _ } = self; // one cap over all its regions
        for EmissionTerm { emission: _, regions, weight: _ } in terms {
            see(Field::Regions(regions));
        }
    }
}

impl Fields for Subsidy {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { capacity, rate: _ } = self;
        see(Field::Capacity(capacity));
    }
}

impl Fields for Budget {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, subsidies, limit: _ } = self; // one budget for all it pays
        see(Field::Subsidies(subsidies));
    }
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
