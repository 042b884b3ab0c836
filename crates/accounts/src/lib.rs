//! What a plan says of energy, capacity, emissions and money.
//!
//! [`Accounts`] are made of a [`Model`] and its [`Solution`]: balances, owners of capacities, costs
//! by kind, emissions by source, each calculated once, when it is first asked for. Tables, pages
//! and summaries are views of them.
//!
//! Knows nothing of linear programs: costs are rate times quantity times discount, from what the
//! model says they are. So it can be checked that they add up to what was minimised.

pub mod annual_costs;
pub mod answers;
pub mod balance;
pub mod balance_tree;
pub mod calibration;
mod caps;
pub mod changes;
pub mod circulation;
pub mod constraints;
mod cost_kinds;
pub mod costs;
pub mod damages;
pub mod emissions;
pub mod flows;
pub mod households;
pub mod operation;
pub mod owners;
pub mod payments;
mod prices;
pub mod reserves;
pub mod sectors;
mod tiers;
pub mod trading;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use kzleap_model::{Capacity, CapacityIx, CommodityIx, Model, Solution};

use annual_costs::AnnualCost;
use balance::Entry;
use calibration::Comparison;
use changes::Change;
use circulation::Circulation;
use costs::Cost;
use emissions::Emitted;
use flows::{AnnualFlow, Balance, Flow};
use owners::Owner;

/// The accounts of a plan.
#[derive(Debug)]
pub struct Accounts<'a> {
    /// The model the plan is of.
    pub model: &'a Model,
    /// The plan.
    pub solution: &'a Solution,
    owners: OnceCell<Vec<Owner<'a>>>,
    filled_with: OnceCell<Vec<Vec<CommodityIx>>>,
    changes: OnceCell<Vec<Vec<Change>>>,
    flows: [OnceCell<Vec<Flow>>; 2],
    annual_flows: [OnceCell<BTreeMap<AnnualFlow, f64>>; 2],
    balances: OnceCell<Vec<Balance>>,
    energy_balance: OnceCell<Vec<Entry>>,
    emissions: OnceCell<Vec<Emitted<'a>>>,
    costs: OnceCell<Vec<Cost>>,
    annual_costs: OnceCell<Vec<AnnualCost<'a>>>,
    calibration: OnceCell<Vec<Comparison<'a>>>,
}

impl<'a> Accounts<'a> {
    /// The accounts of a plan of a model.
    pub const fn new(model: &'a Model, solution: &'a Solution) -> Self {
        Self {
            model,
            solution,
            owners: OnceCell::new(),
            filled_with: OnceCell::new(),
            changes: OnceCell::new(),
            flows: [const { OnceCell::new() }; 2],
            annual_flows: [const { OnceCell::new() }; 2],
            balances: OnceCell::new(),
            energy_balance: OnceCell::new(),
            emissions: OnceCell::new(),
            costs: OnceCell::new(),
            annual_costs: OnceCell::new(),
            calibration: OnceCell::new(),
        }
    }

    /// The owner of every capacity, in the order of [`Model::capacities`].
    pub fn owners(&self) -> &[Owner<'a>] {
        self.owners.get_or_init(|| owners::owners(self.model))
    }

    /// Every capacity with its owner, in the order of [`Model::capacities`].
    pub fn capacities(&self) -> impl Iterator<Item = (CapacityIx, &'a Capacity, Owner<'a>)> {
        let capacities = self.model.capacities.iter_ix().zip(self.owners());
        capacities.map(|((k, capacity), owner)| (k, capacity, *owner))
    }

    /// The same without load that may be shifted, which is no plant and no store.
    pub fn plants_and_stores(
        &self,
    ) -> impl Iterator<Item = (CapacityIx, &'a Capacity, Owner<'a>)> {
        let is_one = |owner: &Owner<'_>| !owner.process.is_some_and(|p| self.model.shifts(p));
        self.capacities().filter(move |(_, _, owner)| is_one(owner))
    }

    /// Which commodities each storage is filled with, in the order of [`Model::storages`].
    pub fn filled_with(&self) -> &[Vec<CommodityIx>] {
        self.filled_with.get_or_init(|| owners::filled_with(self.model))
    }

    /// How a capacity changes from one milestone year to the next, by year.
    pub fn changes(&self, capacity: CapacityIx) -> &[Change] {
        let all = self.changes.get_or_init(|| {
            let all = self.model.capacities.ixs();
            all.map(|k| changes::changes(self.model, self.solution, k)).collect()
        });
        &all[capacity.get()]
    }

    /// Every commodity balance in which anything happens, by region and then commodity.
    pub fn balances(&self) -> &[Balance] {
        self.balances.get_or_init(|| flows::balances(self))
    }

    /// The energy balance as statistics draw it up: of all domestic regions together, then of
    /// each, by year, row and column.
    pub fn energy_balance(&self) -> &[Entry] {
        self.energy_balance.get_or_init(|| balance::balance(self))
    }

    /// Who emits what: for each emission processes, then demand, then what is exogenous.
    pub fn emissions(&self) -> &[Emitted<'a>] {
        self.emissions.get_or_init(|| emissions::emissions(self.model, self.solution))
    }

    /// All costs, each present value once.
    pub fn costs(&self) -> &[Cost] {
        self.costs.get_or_init(|| costs::costs(self.model, self.solution))
    }

    /// Costs that fall due in a year of each period, by kind, region, category and year.
    pub fn annual_costs(&self) -> &[AnnualCost<'a>] {
        self.annual_costs.get_or_init(|| annual_costs::annual_costs(self))
    }

    /// Energy sent round in circles of links that lose some of it, by commodity and year.
    pub fn circulations(&self) -> Vec<Circulation> {
        circulation::circulations(self.model, self.solution)
    }

    /// Every statistic of the model beside the plan, in the order of the model.
    pub fn calibration(&self) -> &[Comparison<'a>] {
        self.calibration.get_or_init(|| calibration::calibration(self))
    }
}
