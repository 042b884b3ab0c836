//! Costs, calculated from what the model says things cost and how much of each the plan has.
//!
//! Each is a rate times a quantity, times what the convention of the model makes of money of that
//! year ([`kzleap_model::finance`]). The coefficients of the linear program are not looked at, so
//! that the sum may be compared with what the solver minimised.

use kzleap_model::rounding::unless_rounding;
use kzleap_model::{
    CapacityIx, CommodityIx, EmissionIx, LinkIx, Model, ProcessIx, RegionIx, SchemeIx,
    Solution, Vintage, YearIx,
};

use crate::Accounts;
pub use crate::cost_kinds::{CostGroup, CostKind};

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
    /// Money of that year, MUSD: overnight cost for an investment, all that is spent on what is taken
    /// down and taken of a subsidy (below zero), a year's cost for the others.
    pub amount: f64,
    /// Its present value in the objective, MUSD of the base year.
    pub present_value: f64,
}

/// Who causes a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostOwner {
    /// A capacity.
    Capacity(CapacityIx),
    /// A retrofit, by its position in the model.
    Retrofit(usize),
    /// A process.
    Process(ProcessIx),
    /// A link.
    Link(LinkIx),
    /// A commodity whose demand goes unserved, or is forgone.
    Commodity(CommodityIx),
    /// An emission with a price.
    Emission(EmissionIx),
    /// A trading scheme.
    Scheme(SchemeIx),
}

/// What building a capacity for a milestone year comes to, MUSD of the base year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Built {
    /// Present value of what is spent.
    pub spent: f64,
    /// Present value of what it is worth at the end, where the convention has a salvage value.
    pub salvage: f64,
}

/// All costs of a plan: of capacities, processes, links, emissions, unserved demand, subsidies,
/// trading schemes.
pub(crate) fn costs(model: &Model, solution: &Solution) -> Vec<Cost> {
    let mut ledger = Ledger { model, solution, costs: Vec::new() };
    ledger.add_capacities();
    ledger.add_conversions();
    ledger.add_decommissioning();
    ledger.add_processes();
    ledger.add_links();
    ledger.add_emissions();
    ledger.add_unserved();
    ledger.add_forgone();
    ledger.add_subsidies();
    ledger.costs.extend(crate::trading::costs(model, solution));
    ledger.costs
}

struct Ledger<'a> {
    model: &'a Model,
    solution: &'a Solution,
    costs: Vec<Cost>,
}

/// Whose a cost is, and when it arises.
type Entry = (CostKind, CostOwner, RegionIx, usize);

impl Ledger<'_> {
    /// Adds a cost, but for nothing; parts of one entry follow each other and become one.
    fn add(&mut self, entry: Entry, amount: f64, present_value: f64) {
        if present_value == 0.0 {
            return;
        }
        let (kind, owner, region, year) = entry;
        match self.costs.last_mut() {
            Some(last) if (last.kind, last.owner, last.region, last.year) == entry => {
                last.amount += amount;
                last.present_value += present_value;
            }
            _ => self.costs.push(Cost { kind, owner, region, year, amount, present_value }),
        }
    }

    /// Adds a cost of every year of a period by its present value: the amount is what, paid in
    /// each of these years, has that present value.
    fn add_yearly(&mut self, entry: Entry, present_value: f64) {
        let (_, _, region, year) = entry;
        let year = YearIx::new(year);
        let amount = present_value / self.model.flow_present_value(region, year);
        self.add(entry, amount, present_value);
    }

    /// Adds what is spent overnight and, apart, the interest on it until service begins, a share of it; both
    /// have a present value together.
    fn add_investment(
        &mut self,
        (owner, region, year): (CostOwner, RegionIx, usize),
        (spent, interest): (f64, f64),
        present: f64,
    ) {
        let part = interest / (1.0 + interest);
        let entry = |kind| (kind, owner, region, year);
        self.add(entry(CostKind::Investment), spent, present * (1.0 - part));
        self.add(entry(CostKind::ConstructionInterest), spent * interest, present * part);
    }

    /// Keeping what is in service, and building what is new.
    fn add_capacities(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for (k, capacity) in model.capacities.iter_ix() {
            for y in model.time.years.ixs() {
                let (at, year) = ((k.get(), y.get()), y.get());
                let owner = CostOwner::Capacity(k);
                let entry = (CostKind::Fixed, owner, capacity.region, year);
                for (vintage, kept) in kept(model, solution, k, y) {
                    if kept != 0.0 {
                        let each = model.keeping_cost_present_value(k, vintage, y);
                        self.add_yearly(entry, each * kept);
                    }
                }
                let built = solution.new_capacity[at];
                if let Some(investment) = capacity.investment.as_ref().filter(|_| built != 0.0)
                {
                    let spent = investment.overnight_cost[year] * built;
                    let present = model.investment_present_value(k, y) * built;
                    let place = (owner, capacity.region, year);
                    self.add_investment(place, (spent, investment.interest), present);
                }
            }
        }
    }

    /// Taking down what goes out of service, and closing what does so early.
    fn add_decommissioning(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for (k, capacity) in model.capacities.iter_ix() {
            for y in model.time.years.ixs() {
                let (at, owner) = (y.get(), CostOwner::Capacity(k));
                let entry = (CostKind::Decommissioning, owner, capacity.region, at);
                let money = model.spending_present_value(capacity.region, y);
                if let Some(cost) = &capacity.decommissioning_cost {
                    let before = at.checked_sub(1);
                    let was = before.map_or(capacity.residual[0], |before| {
                        let more = capacity.residual[at] - capacity.residual[before];
                        solution.capacity[(k.get(), before)] + more.max(0.0)
                    });
                    let (converted, arrived) = solution.conversions(model, k, y);
                    let is = solution.capacity[(k.get(), at)];
                    let had = was + solution.new_capacity[(k.get(), at)] + arrived;
                    let left = unless_rounding(had - converted - is, had + converted);
                    self.add(entry, cost[at] * left, cost[at] * left * money);
                }
                if let Some(cost) = &capacity.early_retirement_cost {
                    let closed = cost[at] * solution.early_retirement[(k.get(), at)];
                    self.add(entry, closed, closed * money);
                }
            }
        }
    }

    /// Converting capacity.
    fn add_conversions(&mut self) {
        let model = self.model;
        for (conversion, units) in &self.solution.converted {
            let retrofit = &model.retrofits[conversion.retrofit];
            let owner = CostOwner::Retrofit(conversion.retrofit);
            let region = model.capacities[retrofit.to].region;
            let overnight = retrofit.overnight_cost[conversion.year.get()];
            let amount = overnight * model.converted_share(*conversion) * units;
            let present = model.conversion_present_value(*conversion) * units;
            let place = (owner, region, conversion.year.get());
            self.add_investment(place, (amount, retrofit.interest), present);
        }
    }

    /// Running, in each node of the year.
    fn add_processes(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for (p, process) in model.processes.iter_ix() {
            let nodes = model.time.nodes(process.tier);
            let home = model.network.home(process.region);
            for y in model.time.years.ixs() {
                let entry = (CostKind::Variable, CostOwner::Process(p), home, y.get());
                for (m, mode) in process.modes.iter().enumerate() {
                    for (n, node) in nodes.iter().enumerate() {
                        let running = solution.activity[p.get()][(m, n, y.get())];
                        if running == 0.0 {
                            continue;
                        }
                        let each = model.running_cost_present_value(process.region, y, |y| {
                            model.time.node_mean(&mode.variable_cost, node, y)
                        });
                        self.add_yearly(entry, each * running);
                    }
                }
            }
        }
    }

    /// Carrying, in either direction and each node of the year.
    fn add_links(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for (l, link) in model.links.iter_ix() {
            let nodes = model.time.nodes(model.commodities[link.commodity].tier);
            let home = model.network.home(link.from);
            for y in model.time.years.ixs() {
                let entry = (CostKind::Transport, CostOwner::Link(l), home, y.get());
                for direction in 0..2 {
                    for (n, node) in nodes.iter().enumerate() {
                        let sent = solution.flow[l.get()][(direction, n, y.get())];
                        let each = model.time.node_mean(&link.variable_cost, node, y)
                            * model.flow_present_value(link.from, y);
                        self.add_yearly(entry, each * sent);
                    }
                }
            }
        }
    }

    /// The price of emissions of processes and demand, and their damage where it is minimised; those
    /// from outside are not priced.
    fn add_emissions(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for e in model.emissions.ixs() {
            for r in model.regions.ixs() {
                for y in model.time.years.ixs() {
                    let all = solution.emissions[(e.get(), r.get(), y.get())];
                    let outside = model.exogenous_emissions(e, r, y);
                    let own = unless_rounding(all - outside, all.abs() + outside.abs());
                    let worth = own * model.flow_present_value(r, y);
                    for (kind, each) in [
                        (CostKind::EmissionPrice, model.emission_price(e, r, y)),
                        (CostKind::Damage, model.damage_minimised(e, r, y)),
                    ] {
                        let entry = (kind, CostOwner::Emission(e), r, y.get());
                        self.add_yearly(entry, each * worth);
                    }
                }
            }
        }
    }

    fn add_unserved(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for balance in &solution.balances {
            let (region, commodity) = (balance.region, balance.commodity);
            let lots = model.lots(region, commodity);
            for y in model.time.years.ixs() {
                let owner = CostOwner::Commodity(commodity);
                let entry = (CostKind::Unserved, owner, region, y.get());
                for (lot, unserved) in lots.iter().zip(&balance.unserved_lots) {
                    let each = lot.cost[y.get()] * model.flow_present_value(region, y);
                    for unserved in unserved.column(y.get()) {
                        self.add_yearly(entry, each * unserved);
                    }
                }
            }
        }
    }

    fn add_forgone(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for ((demand, step), by_year) in &solution.forgone {
            let demand = &model.demands[*demand];
            let owner = CostOwner::Commodity(demand.commodity);
            for y in model.time.years.ixs() {
                let each = demand.steps[*step].worth[y.get()]
                    * model.flow_present_value(demand.region, y);
                let entry = (CostKind::Forgone, owner, demand.region, y.get());
                self.add_yearly(entry, each * by_year[y.get()]);
            }
        }
    }

    /// What is taken of a subsidy lowers the cost of building in proportion, with its financing
    /// and salvage.
    fn add_subsidies(&mut self) {
        let (model, solution) = (self.model, self.solution);
        for (at, subsidy) in model.support.subsidies.iter().enumerate() {
            let k = subsidy.capacity;
            let capacity = &model.capacities[k];
            let Some(investment) = &capacity.investment else { continue };
            for y in model.time.years.ixs() {
                let overnight = investment.overnight_cost[y.get()];
                let taken = solution.subsidy[(at, y.get())];
                if overnight > 0.0 && taken != 0.0 {
                    let each = -model.investment_present_value(k, y) / overnight;
                    let owner = CostOwner::Capacity(k);
                    let entry = (CostKind::Subsidy, owner, capacity.region, y.get());
                    self.add(entry, -taken, each * taken);
                }
            }
        }
    }
}

/// What is kept of a capacity in a year: all of it, or each vintage where these cost differently.
fn kept(model: &Model, solution: &Solution, k: CapacityIx, y: YearIx) -> Vec<(Vintage, f64)> {
    if model.capacities[k].fixed_cost_of_new.is_empty() {
        return vec![(None, solution.capacity[(k.get(), y.get())])];
    }
    let built = model.time.years.ixs().take_while(|v| *v <= y).map(Some);
    let vintages = std::iter::once(None).chain(built);
    vintages.map(|v| (v, solution.in_service(model, k, v, y))).collect()
}

impl<'a> Accounts<'a> {
    /// Total discounted system cost, MUSD of the base year: the resources that the plan uses,
    /// without transfers and without what demand forgoes.
    pub fn system_cost(&self) -> f64 {
        let resources =
            self.costs().iter().filter(|cost| cost.kind.group() == CostGroup::System);
        resources.map(|cost| cost.present_value).sum()
    }

    /// What building a capacity for a milestone year comes to: [`CostKind::Investment`] before
    /// and after salvage.
    pub fn built(&self, capacity: CapacityIx, year: YearIx) -> Built {
        let built = self.solution.new_capacity[(capacity.get(), year.get())];
        let salvage = self.model.salvage_present_value(capacity, year);
        let spent = self.model.investment_present_value(capacity, year) + salvage;
        Built { spent: spent * built, salvage: salvage * built }
    }

    /// Transfers by kind, MUSD of the base year, each above zero where whoever pays for the plan
    /// pays it; kinds without any are left out. With [`Accounts::system_cost`] and what demand forgoes
    /// ([`Accounts::answer`]) they add up to [`Accounts::total_cost`].
    pub fn transfers(&self) -> Vec<(CostKind, f64)> {
        let of = |kind| self.costs().iter().filter(move |cost: &&Cost| cost.kind == kind);
        CostKind::ALL
            .into_iter()
            .filter(|kind| kind.is_transfer() && of(*kind).next().is_some())
            .map(|kind| (kind, of(kind).map(|cost| cost.present_value).sum()))
            .collect()
    }

    /// The sum of the present values of all costs, MUSD of the base year: the objective, if model
    /// and program agree.
    pub fn total_cost(&self) -> f64 {
        self.costs().iter().map(|cost| cost.present_value).sum()
    }

    /// The name of who causes a cost, and what reports gather it under.
    pub fn name_and_category(&self, cost: &Cost) -> (&'a str, &'a str) {
        let model = self.model;
        match cost.owner {
            CostOwner::Capacity(k) => {
                (&model.capacities[k].name, self.owners()[k.get()].category)
            }
            CostOwner::Retrofit(at) => {
                let retrofit = &model.retrofits[at];
                (&retrofit.name, self.owners()[retrofit.to.get()].category)
            }
            CostOwner::Process(p) => (&model.processes[p].name, &model.processes[p].category),
            CostOwner::Link(l) => (&model.links[l].name, crate::owners::LINK),
            CostOwner::Commodity(c) => (&model.commodities[c].name, cost.kind.name()),
            CostOwner::Emission(e) => (&model.emissions[e].name, cost.kind.name()),
            CostOwner::Scheme(s) => (&model.trading[s].name, cost.kind.name()),
        }
    }
}
