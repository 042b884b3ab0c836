//! Demands: what end users need, and what of it need not be served.

use crate::fields::{Field, Fields};
use crate::series::ByYear;
use crate::{
    CommodityIx, EmissionIx, Model, Node, ProcessIx, RegionIx, Series, SliceIx, Tier, YearIx,
    words,
};

/// What end users need of a commodity in a region.
#[derive(Clone, Debug)]
pub struct Demand {
    /// What it is of, as the files call it: its branch, or the commodity; empty where an imported
    /// model has no name for it.
    pub name: String,
    /// Where.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Its unit (PJ) a year with all steps served, by milestone year.
    pub annual: ByYear,
    /// Parts of it that need not be served; what is in none of them is firm.
    pub steps: Vec<DemandStep>,
    /// The storage processes that use a part of it at another time.
    pub shift: Vec<ProcessIx>,
    /// Share of the year's demand in each slice, adding up to 1 in each year; `None` if it may
    /// be met at any time of the year.
    pub profile: Option<Series>,
    /// The row of an energy balance it is in, such as `final/households`.
    pub flow: String,
    /// What burning it emits, in the unit of the emission (Mt) for each of its unit, by milestone year; each emission once, and
    /// none where it is not burnt.
    pub emissions: Vec<(EmissionIx, ByYear)>,
}

impl Fields for Demand {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self {
            name: _,
            region,
            commodity: _,
            annual,
            steps,
            shift,
            profile,
            flow: _,
            emissions,
        } = self;
        emissions.iter_mut().for_each(|(_, factor)| see(Field::Rate(factor)));
        see(Field::Region(region));
        see(Field::Size(annual));
        steps.fields(see);
        see(Field::Processes(shift));
        profile.iter_mut().for_each(|profile| see(Field::PartOfYear(profile)));
    }
}

/// A part of a demand that is served only while that costs no more than it is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandStep {
    /// Its name.
    pub name: String,
    /// Share of the demand, by milestone year.
    pub share: ByYear,
    /// What serving one unit is worth, MUSD, by milestone year.
    pub worth: ByYear,
    /// How often it is decided.
    pub by: DecidedBy,
}

impl Fields for DemandStep {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { name: _, share, worth, by: _ } = self;
        see(Field::Rate(share));
        see(Field::Rate(worth));
    }
}

words! {
    /// How often it is decided whether a step of demand is served.
    DecidedBy {
        /// Once a year: the demand is smaller, and its profile the same.
        Year = "year",
        /// In each slice: the demand is what it is, and goes unserved.
        Slice = "slice",
    }
}

impl Demand {
    /// The row of an energy balance of demand in general.
    pub const ROW: &'static str = "final/demand";

    /// A demand in general, which is firm and emits nothing.
    pub fn new(
        region: RegionIx,
        commodity: CommodityIx,
        annual: ByYear,
        profile: Option<Series>,
    ) -> Self {
        let (name, flow) = (String::new(), Self::ROW.to_owned());
        let (steps, shift, emissions) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, region, commodity, annual, steps, shift, profile, flow, emissions }
    }

    /// Mt of an emission for each unit of it that is served.
    pub fn emission_factor(&self, emission: EmissionIx, year: YearIx) -> f64 {
        let own = self.emissions.iter().find(|(e, _)| *e == emission);
        own.map_or(0.0, |(_, by_year)| by_year[year.get()])
    }

    /// The share of it that is in no step.
    pub fn firm_share(&self, year: YearIx) -> f64 {
        let steps: f64 = self.steps.iter().map(|step| step.share[year.get()]).sum();
        (1.0 - steps).max(0.0)
    }

    /// What is left of it where no step that is decided once a year is served, in its unit.
    pub fn least(&self, year: YearIx) -> f64 {
        let steps: f64 = self.yearly_steps().map(|(_, step)| step.share[year.get()]).sum();
        (1.0 - steps).max(0.0) * self.annual[year.get()]
    }

    /// Its steps that are decided once a year, with their positions.
    pub fn yearly_steps(&self) -> impl Iterator<Item = (usize, &DemandStep)> {
        self.steps.iter().enumerate().filter(|(_, step)| step.by == DecidedBy::Year)
    }

    /// What of one unit a year falls into a node of a tier; nothing of what may be met at any time,
    /// but where all is balanced by the year.
    pub fn part_in(&self, tier: Tier, node: &Node, year: YearIx) -> f64 {
        match &self.profile {
            _ if tier == Tier::Annual => 1.0,
            Some(profile) => {
                node.slices.clone().map(|s| profile.at(SliceIx::new(s), year)).sum()
            }
            None => 0.0,
        }
    }
}

/// Parts of the demands of a balance that may go unserved, slice by slice, at the same price.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// The price, MUSD for each unit, by milestone year.
    pub cost: ByYear,
    /// Positions of the demands, with the share of each, by milestone year.
    pub of: Vec<(usize, ByYear)>,
}

impl Lot {
    /// How much that is, in the unit of the commodity a year.
    pub fn annual(&self, model: &Model, year: YearIx) -> f64 {
        let y = year.get();
        self.of.iter().map(|(at, share)| share[y] * model.demands[*at].annual[y]).sum()
    }
}

impl Model {
    /// What of the demand for a commodity in a region may go unserved: firm demand, where the
    /// commodity has a price for that, and steps that are decided in each slice.
    pub fn lots(&self, region: RegionIx, commodity: CommodityIx) -> Vec<Lot> {
        let demands = self.demands.iter().enumerate();
        let demands: Vec<(usize, &Demand)> = demands
            .filter(|(_, demand)| (demand.region, demand.commodity) == (region, commodity))
            .collect();
        let mut lots = Vec::new();
        if let Some(cost) = &self.commodities[commodity].unserved_cost {
            let firm = |demand: &Demand| {
                self.time.years.ixs().map(|year| demand.firm_share(year)).collect()
            };
            let of = demands.iter().map(|(at, demand)| (*at, firm(demand))).collect();
            lots.push(Lot { cost: cost.clone(), of });
        }
        for (at, demand) in demands {
            for step in demand.steps.iter().filter(|step| step.by == DecidedBy::Slice) {
                let share = (at, step.share.clone());
                match lots.iter_mut().find(|lot| lot.cost == step.worth) {
                    Some(lot) => lot.of.push(share),
                    None => lots.push(Lot { cost: step.worth.clone(), of: vec![share] }),
                }
            }
        }
        lots
    }

    /// Whether a process is load that may be shifted, and no plant or store.
    pub fn shifts(&self, process: ProcessIx) -> bool {
        self.demands.iter().any(|demand| demand.shift.contains(&process))
    }

    /// What of a demand must be served in a year, in its unit.
    pub fn must_be_served(&self, demand: &Demand, year: YearIx) -> f64 {
        if self.commodities[demand.commodity].unserved_cost.is_some() {
            return 0.0;
        }
        demand.firm_share(year) * demand.annual[year.get()]
    }
}
