//! The energy system as a whole, checked and complete.

use crate::fields::{Field, Fields};
use std::borrow::Cow;

use crate::policy::{ActivityLimit, CapacityLimit, EmissionCap, EmissionTerm, Reserve, Share};
use crate::{
    Capacity, Category, Commodity, Demand, DemandTree, Emission, EmissionIx, Finance,
    Households, Link, Mode, Network, Process, Region, RegionIx, RegionLevel, Retrofit, RowKind,
    Scheme, Sector, Set, Statistic, StepRamp, Storage, Support, Time, TradingLink, UserRow,
    YearIx,
};

/// A checked model: every name resolved, every unit converted, one scenario applied.
///
/// Nothing after the reader checks input again.
#[derive(Clone, Debug)]
pub struct Model {
    /// Short name of the model.
    pub name: String,
    /// Its name as people read it; empty if it has none.
    pub label: String,
    /// Name of the scenario that was applied.
    pub scenario: String,
    /// Its name as people read it; empty if it has none.
    pub scenario_label: String,
    /// One line on what it is.
    pub description: String,
    /// The money it is in, with its year, such as `USD2022`; amounts are millions of it.
    pub currency: String,
    /// How costs of different years are brought together.
    pub finance: Finance,
    /// When.
    pub time: Time,
    /// Where.
    pub regions: Set<Region>,
    /// Coarser and finer levels of the regions.
    pub region_levels: Vec<RegionLevel>,
    /// What reports gather processes under, in the order in which charts stack those of a family.
    pub categories: Vec<Category>,
    /// Sectors that rows of the energy balance name, as far as the model says what they are.
    pub sectors: Vec<Sector>,
    /// What is made and used.
    pub commodities: Set<Commodity>,
    /// What is counted.
    pub emissions: Set<Emission>,
    /// What money is invested in.
    pub capacities: Set<Capacity>,
    /// What makes and uses commodities.
    pub processes: Set<Process>,
    /// What carries content from slice to slice.
    pub storages: Set<Storage>,
    /// What carries commodities from region to region.
    pub links: Set<Link>,
    /// What end users need; entries for the same region and commodity add up.
    pub demands: Vec<Demand>,
    /// What demand follows and what it is made of.
    pub demand_tree: DemandTree,
    /// Limits on activity.
    pub activity_limits: Vec<ActivityLimit>,
    /// Limits on capacities together.
    pub capacity_limits: Vec<CapacityLimit>,
    /// Rules on shares.
    pub shares: Set<Share>,
    /// Firm capacity that must stand by.
    pub reserves: Set<Reserve>,
    /// Caps on emissions.
    pub emission_caps: Set<EmissionCap>,
    /// Emissions trading schemes.
    pub trading: Set<Scheme>,
    /// Allowances of one scheme that count in another.
    pub trading_links: Vec<TradingLink>,
    /// Rules in the modeller's own terms.
    pub user_rows: Vec<UserRow>,
    /// Nodes within regions, and how electricity flows between them.
    pub network: Network,
    /// How capacities may be converted into others.
    pub retrofits: Vec<Retrofit>,
    /// Subsidies on building, and their budgets.
    pub support: Support,
    /// Limits on the change of activity from slice to slice.
    pub step_ramps: Vec<StepRamp>,
    /// Statistics that the plan is compared with in their years.
    pub statistics: Vec<Statistic>,
    /// Groups of households, who pay parts of the bills of sectors.
    pub households: Vec<Households>,
    /// The numbers as they were given, with their sources, for the report.
    pub inputs: Vec<Input>,
    /// What the scenario changed of them, for the report.
    pub changes: Vec<crate::ScenarioStep>,
}

/// All that is in a model: everything but its regions and its time, which each resolution makes
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
            trading,
            trading_links,
            user_rows,
            network: Network { nodes: _, nodal: _, lines, one_way: _ }, // refused but for lines
            retrofits,
            support: Support { subsidies, budgets },
            step_ramps: _, // refused
            statistics,
            households,
            inputs: _,
            changes: _,
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
        trading.fields(see);
        trading_links.fields(see);
        user_rows.fields(see);
        lines.fields(see);
        retrofits.fields(see);
        subsidies.fields(see);
        budgets.fields(see);
        statistics.fields(see);
        households.fields(see);
    }
}

/// A value as the files of a model give it: where it is, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// Its place in the model, such as `processes.wind.capital_cost`.
    pub path: String,
    /// As it is written, with what it varies by: `2023: 1300; 2050: 900`.
    pub value: String,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// The file it is written in, seen from the folder of the model.
    pub file: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// Where it comes from.
    pub source: Option<String>,
    /// How far it can be trusted: `high`, `medium`, `low` or `assumption`.
    pub confidence: Option<String>,
    /// Anything else worth knowing; the reasoning of an assumption.
    pub note: Option<String>,
    /// The scenario that put it there, with its reason.
    pub scenario: Option<(String, String)>,
}

impl Model {
    /// A model without regions, commodities or anything else, with `base` as its scenario.
    pub fn empty(name: &str, currency: &str, finance: Finance, time: Time) -> Self {
        Self {
            name: name.to_owned(),
            label: String::new(),
            scenario: "base".to_owned(),
            scenario_label: String::new(),
            description: String::new(),
            currency: currency.to_owned(),
            finance,
            time,
            regions: Set::new(),
            region_levels: Vec::new(),
            categories: Vec::new(),
            sectors: Vec::new(),
            commodities: Set::new(),
            emissions: Set::new(),
            capacities: Set::new(),
            processes: Set::new(),
            storages: Set::new(),
            links: Set::new(),
            demands: Vec::new(),
            activity_limits: Vec::new(),
            capacity_limits: Vec::new(),
            shares: Set::new(),
            reserves: Set::new(),
            emission_caps: Set::new(),
            trading: Set::new(),
            trading_links: Vec::new(),
            demand_tree: DemandTree::default(),
            user_rows: Vec::new(),
            network: crate::Network::default(),
            retrofits: Vec::new(),
            support: crate::Support::default(),
            step_ramps: Vec::new(),
            statistics: Vec::new(),
            households: Vec::new(),
            inputs: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The model without what is in its regions, which merged or split regions make anew.
    ///
    /// Rules and all else that is copied here follow the regions by their fields ([`Fields`]). A
    /// new list of the model does not compile until it is said here which of the two it is.
    #[must_use]
    pub fn apart_from_what_stands(&self) -> Self {
        Self {
            // made anew
            capacities: Set::new(),
            storages: Set::new(),
            processes: Set::new(),
            demands: Vec::new(),
            demand_tree: DemandTree::default(),
            activity_limits: Vec::new(), // those of one process are its own
            retrofits: Vec::new(),
            support: Support { subsidies: Vec::new(), budgets: self.support.budgets.clone() },
            region_levels: Vec::new(), // said of the regions as written
            // copied
            name: self.name.clone(),
            label: self.label.clone(),
            scenario: self.scenario.clone(),
            scenario_label: self.scenario_label.clone(),
            description: self.description.clone(),
            currency: self.currency.clone(),
            finance: self.finance.clone(),
            time: self.time.clone(),
            regions: self.regions.clone(),
            categories: self.categories.clone(),
            sectors: self.sectors.clone(),
            commodities: self.commodities.clone(),
            emissions: self.emissions.clone(),
            links: self.links.clone(),
            capacity_limits: self.capacity_limits.clone(),
            shares: self.shares.clone(),
            reserves: self.reserves.clone(),
            emission_caps: self.emission_caps.clone(),
            trading: self.trading.clone(),
            trading_links: self.trading_links.clone(),
            user_rows: self.user_rows.clone(),
            network: self.network.clone(),
            step_ramps: self.step_ramps.clone(),
            statistics: self.statistics.clone(),
            households: self.households.clone(),
            inputs: self.inputs.clone(),
            changes: self.changes.clone(),
        }
    }

    /// What every cap and every trading scheme counts.
    pub fn counted_terms(&self) -> impl Iterator<Item = &EmissionTerm> {
        let caps = self.emission_caps.iter().flat_map(|cap| &cap.terms);
        caps.chain(self.trading.iter().flat_map(|scheme| &scheme.terms))
    }

    /// Emissions from outside the model, Mt a year.
    pub fn exogenous_emissions(
        &self,
        emission: EmissionIx,
        region: RegionIx,
        year: YearIx,
    ) -> f64 {
        of_region(&self.emissions[emission].exogenous, region, year)
    }

    /// What demand emits if all of it is served, Mt a year.
    pub fn emissions_of_demand(
        &self,
        emission: EmissionIx,
        region: RegionIx,
        year: YearIx,
    ) -> f64 {
        (self.demands.iter())
            .filter(|demand| self.network.home(demand.region) == region)
            .map(|demand| demand.emission_factor(emission, year) * demand.annual[year.get()])
            .sum()
    }

    /// Price on the emissions of processes and of demand, MUSD for one of the unit of the emission.
    pub fn emission_price(&self, emission: EmissionIx, region: RegionIx, year: YearIx) -> f64 {
        of_region(&self.emissions[emission].price, region, year)
    }

    /// Damage by the emissions of processes and of demand, MUSD for one of the unit of the emission.
    pub fn emission_damage(&self, emission: EmissionIx, region: RegionIx, year: YearIx) -> f64 {
        of_region(&self.emissions[emission].damage, region, year)
    }

    /// The part of the damage that is minimised with the costs; the same.
    pub fn damage_minimised(
        &self,
        emission: EmissionIx,
        region: RegionIx,
        year: YearIx,
    ) -> f64 {
        match self.emissions[emission].damage_in_cost {
            true => self.emission_damage(emission, region, year),
            false => 0.0,
        }
    }
}

impl Model {
    /// A category by its name.
    pub fn category(&self, name: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.name == name)
    }

    /// A sector by its name.
    pub fn sector(&self, name: &str) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.name == name)
    }

    /// The row of an energy balance a process belongs to: its own, or that of what it does.
    pub fn flow_of<'a>(&self, process: &'a Process) -> Cow<'a, str> {
        if let Some(flow) = &process.flow {
            return Cow::Borrowed(flow);
        }
        let any = |side: fn(&Mode) -> usize| process.modes.iter().any(|mode| side(mode) > 0);
        if !any(|mode| mode.inputs.len()) {
            return Cow::Borrowed(RowKind::Production.text());
        }
        if !any(|mode| mode.outputs.len()) {
            return Cow::Owned(RowKind::Final.part("other"));
        }
        // what makes a material or a service is where energy ends
        let mut made = process.modes.iter().flat_map(|mode| &mode.outputs);
        let transforms = made.any(|(commodity, _)| !self.commodities[*commodity].is_other());
        let row = if transforms { RowKind::Transformation } else { RowKind::Final };
        Cow::Owned(row.part(&process.category))
    }
}

fn of_region(values: &[(RegionIx, Vec<f64>)], region: RegionIx, year: YearIx) -> f64 {
    values.iter().filter(|(r, _)| *r == region).map(|(_, by_year)| by_year[year.get()]).sum()
}
