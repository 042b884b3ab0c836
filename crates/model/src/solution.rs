//! The plan, in the words of the model: the one thing every report is made from.

use std::collections::BTreeMap;

use ndarray::{Array2, Array3};

use crate::series::ByYear;
use crate::{
    CapacityIx, CommodityIx, EmissionIx, LinkIx, Model, ProcessIx, RegionIx, StorageIx, YearIx,
};

/// What the optimum says. Flows are per year of the milestone year's period; money is in MUSD.
#[derive(Clone, Debug)]
pub struct Solution {
    /// What is minimised, MUSD of the base year: the present value of system cost and transfers.
    pub objective: f64,
    /// Activity of each process, PJ a year, shape `[mode, node, year]` with the nodes of its tier.
    pub activity: Vec<Array3<f64>>,
    /// Capacity in service, in the unit of the capacity, shape `[capacity, year]`.
    pub capacity: Array2<f64>,
    /// Capacity built for the period, shape `[capacity, year]`.
    pub new_capacity: Array2<f64>,
    /// Capacity taken out of service early at this year, shape `[capacity, year]`.
    pub early_retirement: Array2<f64>,
    /// Energy sent over each link, PJ a year, shape `[direction, node, year]`; direction 0 is
    /// from its start to its end.
    pub flow: Vec<Array3<f64>>,
    /// Content of each storage, PJ, shape `[point, year]`.
    pub level: Vec<Array2<f64>>,
    /// Net emissions with the exogenous ones, Mt a year, shape `[emission, region, year]`.
    pub emissions: Array3<f64>,
    /// Balances with what they say about price and demand left unserved.
    pub balances: Vec<BalanceResult>,
    /// What one unit less under each emission cap would cost, MUSD/Mt (USD/t) of that year, by
    /// year. A budget has the price of each year it covers.
    pub emission_price: Vec<Vec<f64>>,
    /// What one unit more of each reserve would cost, MUSD per unit and year, by year.
    pub reserve_price: Vec<Vec<f64>>,
    /// Subsidies taken, MUSD, shape `[subsidy, year]`.
    pub subsidy: Array2<f64>,
    /// Voltage angles, radians, shape `[region, slice, year]`; empty without power flow.
    pub angle: Array3<f64>,
    /// Costs, each present value once; they add up to the objective.
    pub costs: Vec<Cost>,
    /// Numbers that differ from these wherever another plan of the same cost may have others; not
    /// a plan itself. `None` if that was not looked into.
    pub alternative: Option<Box<Self>>,
}

/// One commodity's balance in one region.
#[derive(Clone, Debug)]
pub struct BalanceResult {
    /// Where.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Price, MUSD/PJ of that year, shape `[node, year]` with the nodes of the commodity's tier.
    pub price: Array2<f64>,
    /// Demand left unserved, PJ a year, the same shape.
    pub unserved: Array2<f64>,
}

/// One part of the objective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// What kind.
    pub kind: CostKind,
    /// Who causes it.
    pub owner: CostOwner,
    /// Where it is paid.
    pub region: RegionIx,
    /// Position of the milestone year in which it arises (of building, for an investment or a subsidy).
    pub year: usize,
    /// Money of that year, MUSD: overnight cost for an investment, all that is taken of a subsidy
    /// on it (below zero), a year's cost for the others.
    pub amount: f64,
    /// Its present value in the objective, MUSD of the base year.
    pub present_value: f64,
}

/// Kinds of cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostKind {
    /// Building capacity (net of salvage where the convention has one).
    Investment,
    /// Keeping capacity.
    Fixed,
    /// Running processes, without the price of emissions.
    Variable,
    /// Carrying commodities over links.
    Transport,
    /// Demand left unserved.
    Unserved,
    /// The price on emissions: a transfer.
    EmissionPrice,
    /// Subsidies on building, below zero: a transfer.
    Subsidy,
}

impl CostKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 7] = [
        Self::Investment,
        Self::Fixed,
        Self::Variable,
        Self::Transport,
        Self::Unserved,
        Self::EmissionPrice,
        Self::Subsidy,
    ];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Investment => "investment",
            Self::Fixed => "fixed",
            Self::Variable => "variable",
            Self::Transport => "transport",
            Self::Unserved => "unserved",
            Self::EmissionPrice => "emission_price",
            Self::Subsidy => "subsidy",
        }
    }

    /// Whether it is a transfer (a tax, a subsidy), which one pays and another receives, and not
    /// a use of resources.
    pub const fn is_transfer(self) -> bool {
        matches!(self, Self::EmissionPrice | Self::Subsidy)
    }
}

/// Who causes a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostOwner {
    /// A capacity.
    Capacity(CapacityIx),
    /// A process.
    Process(ProcessIx),
    /// A link.
    Link(LinkIx),
    /// A commodity whose demand goes unserved.
    Commodity(CommodityIx),
    /// An emission with a price.
    Emission(EmissionIx),
}

impl Solution {
    /// Total discounted system cost, MUSD of the base year: the resources that the plan uses,
    /// without transfers.
    pub fn system_cost(&self) -> f64 {
        let resources = self.costs.iter().filter(|cost| !cost.kind.is_transfer());
        resources.map(|cost| cost.present_value).sum()
    }

    /// Transfers by kind, MUSD of the base year, each above zero where whoever pays for the plan
    /// pays it; kinds without any are left out. With [`Solution::system_cost`] they add up to the
    /// objective.
    pub fn transfers(&self) -> Vec<(CostKind, f64)> {
        let of = |kind| self.costs.iter().filter(move |cost: &&Cost| cost.kind == kind);
        CostKind::ALL
            .into_iter()
            .filter(|kind| kind.is_transfer() && of(*kind).next().is_some())
            .map(|kind| (kind, of(kind).map(|cost| cost.present_value).sum()))
            .collect()
    }

    /// The sum of the present values of all costs, MUSD of the base year.
    pub fn total_present_value(&self) -> f64 {
        self.costs.iter().map(|cost| cost.present_value).sum()
    }

    /// The content of a storage, PJ, shape `[point, year]`.
    pub fn level(&self, storage: StorageIx) -> &Array2<f64> {
        &self.level[storage.get()]
    }

    /// What is served of each demand, in its unit a year, by position of the demand and of the
    /// milestone year. What is unserved of a commodity is unserved of all demands for it alike.
    pub fn served(&self, model: &Model) -> Vec<ByYear> {
        let years = model.time.years.len();
        let mut unserved: BTreeMap<(RegionIx, CommodityIx), ByYear> = BTreeMap::new();
        for result in &self.balances {
            let by_year = (0..years).map(|year| result.unserved.column(year).sum());
            unserved.insert((result.region, result.commodity), by_year.collect());
        }
        let mut needed: BTreeMap<(RegionIx, CommodityIx), ByYear> = BTreeMap::new();
        for demand in &model.demands {
            let all = needed.entry((demand.region, demand.commodity));
            let all = all.or_insert_with(|| vec![0.0; years]);
            all.iter_mut().zip(&demand.annual).for_each(|(all, annual)| *all += annual);
        }
        let share = |key, year: usize| {
            let lacking = unserved.get(&key).map_or(0.0, |by_year| by_year[year]);
            let all = needed.get(&key).map_or(0.0, |by_year| by_year[year]);
            if all > 0.0 { 1.0 - lacking / all } else { 1.0 }
        };
        (model.demands.iter())
            .map(|demand| {
                let key = (demand.region, demand.commodity);
                let by_year = demand.annual.iter().enumerate();
                by_year.map(|(year, annual)| annual * share(key, year)).collect()
            })
            .collect()
    }

    /// Emissions of one process in one year, Mt: one entry for each factor of each mode.
    pub fn process_emissions(
        &self,
        model: &Model,
        p: ProcessIx,
        y: YearIx,
    ) -> Vec<(EmissionIx, f64)> {
        let process = &model.processes[p];
        let activity = &self.activity[p.get()];
        let mut totals = Vec::new();
        for (m, mode) in process.modes.iter().enumerate() {
            for (e, factor) in &mode.emissions {
                let amount = (0..model.time.node_count(process.tier))
                    .map(|n| {
                        model.time.mean_at(factor, process.tier, n, y)
                            * activity[(m, n, y.get())]
                    })
                    .sum();
                totals.push((*e, amount));
            }
        }
        totals
    }
}
