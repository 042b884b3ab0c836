//! Short ways to build a model in a program: one year, one slice, capacities that stand already.

use crate::policy::{CapWindow, EmissionCap, EmissionTerm};
use crate::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use crate::{
    Amount, Balance, Capacity, CapacityUnit, Commodity, CommodityIx, Convention, DayType,
    Demand, Emission, EmissionIx, Finance, MassUnit, Mode, Model, Process, ProcessIx, Region,
    RegionIx, Season, Series, Set, Slice, Tier, Time, Year,
};

impl Model {
    /// An empty model of one year in one slice, without discounting.
    pub fn single_year(name: &str, currency: &str, year: i32) -> Self {
        let whole = 0..1;
        let finance = Finance {
            convention: Convention::Annuity,
            base_year: year,
            discount_rate: Vec::new(),
        };
        let time = Time {
            years: Set::from_iter([Year { milestone: year, first: year, last: year }]),
            seasons: vec![Season {
                name: "year".to_owned(),
                label: "year".to_owned(),
                slices: whole.clone(),
            }],
            day_types: vec![DayType {
                name: "day".to_owned(),
                label: "day".to_owned(),
                season: 0,
                passes: HOURS_PER_YEAR / 24.0,
                slices: whole,
            }],
            slices: Set::from_iter([Slice {
                name: "year".to_owned(),
                day_type: 0,
                hours_per_pass: 24.0,
            }]),
            year_split: Series::Constant(1.0),
            calendar: Vec::new(),
            cutting: crate::Cutting::default(),
        };
        Self::empty(name, currency, finance, time)
    }

    /// Adds a region that is discounted at nothing.
    pub fn add_region(&mut self, name: &str) -> RegionIx {
        self.finance.discount_rate.push(0.0);
        self.regions.push(Region {
            name: name.to_owned(),
            label: name.to_owned(),
            domestic: true,
        })
    }

    /// Adds an emission that nobody prices.
    pub fn add_emission(&mut self, name: &str) -> EmissionIx {
        self.emissions.push(Emission {
            name: name.to_owned(),
            label: name.to_owned(),
            gas: None,
            unit: Some(MassUnit::Mt),
            part_of: None,
            exogenous: Vec::new(),
            price: Vec::new(),
            damage: Vec::new(),
            damage_in_cost: false,
        })
    }

    /// Adds a process with `residual_gw` of capacity in service already, which cannot be built.
    pub fn add_process(
        &mut self,
        name: &str,
        region: RegionIx,
        modes: Vec<Mode>,
        residual_gw: f64,
    ) -> ProcessIx {
        let years = self.time.years.len();
        let capacity = self.capacities.push(Capacity {
            name: name.to_owned(),
            region,
            unit: CapacityUnit::Gigawatt,
            residual: vec![residual_gw; years],
            investment: None,
            fixed_cost: vec![0.0; years],
            fixed_cost_of_new: Vec::new(),
            lower: vec![0.0; years],
            upper: vec![f64::INFINITY; years],
            early_retirement: false,
            decommissioning_cost: None,
            early_retirement_cost: None,
            by_conversion: false,
        });
        self.processes.push(Process {
            name: name.to_owned(),
            label: name.to_owned(),
            category: name.to_owned(),
            family: None,
            captures: false,
            flow: None,
            region,
            tier: Tier::Slice,
            modes,
            capacity: Some(capacity),
            capacity_to_activity: PJ_PER_GWH * HOURS_PER_YEAR,
            parts: Vec::new(),
            availability: Series::Constant(1.0),
            annual_availability: None,
            annual_minimum_load: None,
            minimum_load: None,
            ramp_per_hour: None,
        })
    }

    /// Adds a demand of the same size in every year, even over the slices.
    pub fn add_demand(&mut self, region: RegionIx, commodity: CommodityIx, pj_a_year: f64) {
        let annual = vec![pj_a_year; self.time.years.len()];
        let even = Some(self.time.year_split.clone());
        self.demands.push(Demand::new(region, commodity, annual, even));
    }

    /// Adds a cap on an emission of all domestic regions, the same in every year.
    pub fn add_cap(&mut self, name: &str, emission: EmissionIx, mt_a_year: f64) {
        let regions = self
            .regions
            .iter_ix()
            .filter(|(_, region)| region.domestic)
            .map(|(r, _)| r)
            .collect();
        self.emission_caps.push(EmissionCap {
            name: name.to_owned(),
            terms: vec![EmissionTerm { emission, regions, weight: 1.0 }],
            window: CapWindow::EachYear(vec![Some(mt_a_year); self.time.years.len()]),
        });
    }
}

impl Commodity {
    /// Whether it is energy, kept in PJ; a material or a service is not, nor is what an imported
    /// model names no unit of.
    pub fn is_energy(&self) -> bool {
        self.amount == Some(Amount::Energy)
    }

    /// Whether it is known to be something else than energy: a material or a service.
    pub fn is_other(&self) -> bool {
        !self.is_energy() && self.amount.is_some()
    }

    /// The unit amounts of it are in: `PJ`, `Mt`; empty if it is not known.
    pub fn unit(&self) -> &'static str {
        self.amount.map_or("", Amount::unit)
    }

    /// A commodity in PJ, balanced by slice, whose demand must be served.
    pub fn new(name: &str, balance: Balance) -> Self {
        Self {
            name: name.to_owned(),
            label: name.to_owned(),
            tier: Tier::Slice,
            just_in_time: false,
            balance,
            unserved_cost: None,
            kind: None,
            family: None,
            colour: None,
            amount: Some(Amount::Energy),
            heat_value: None,
        }
    }
}
