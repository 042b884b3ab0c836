//! What happens to each commodity in each region: the energy balance, node by node.
//!
//! Everything is calculated from the activities and flows of the solution and the ratios of the
//! model, so that a table can never say something else than the plan.

use std::collections::BTreeMap;

use kzleap_model::{
    CommodityIx, Model, Node, ProcessIx, RegionIx, Series, SliceIx, Solution, Tier, YearIx,
};
use ndarray::Array2;

use crate::Accounts;
use crate::prices::mean_prices;

/// One commodity in one region; every amount in PJ a year, shape `[node, year]` with the nodes of
/// the commodity's tier.
///
/// `made + discharged + imported + unserved = demand + used + charged + exported + surplus`.
#[derive(Clone, Debug)]
pub struct Balance {
    /// Where.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Made by processes, without what storages give back.
    pub made: Array2<f64>,
    /// Given back by storages that were filled with it.
    pub discharged: Array2<f64>,
    /// Arriving over links, after losses.
    pub imported: Array2<f64>,
    /// Demand left unserved.
    pub unserved: Array2<f64>,
    /// What end users need.
    pub demand: Array2<f64>,
    /// Used by processes, without what fills storages.
    pub used: Array2<f64>,
    /// Put into storages.
    pub charged: Array2<f64>,
    /// Sent over links, before losses.
    pub exported: Array2<f64>,
    /// Lost on the way of what arrives; beside the balance, since `imported` is net of it.
    pub link_losses: Array2<f64>,
    /// Whether some demand may be met at any time; its share in each node is what remains there.
    pub flexible: bool,
    /// Mean price by year, MUSD/PJ, weighted by what is taken out in each node; by its hours where
    /// nothing is. `None` where the commodity has no price.
    pub mean_price: Vec<Option<f64>>,
}

impl Balance {
    /// What comes in, PJ a year.
    pub fn sources(&self, node: usize, year: usize) -> f64 {
        let at = (node, year);
        self.made[at] + self.discharged[at] + self.imported[at] + self.unserved[at]
    }

    /// What is taken out, PJ a year; the weight of a yearly mean price.
    pub fn uses(&self, node: usize, year: usize) -> f64 {
        let at = (node, year);
        self.demand[at] + self.used[at] + self.charged[at] + self.exported[at]
    }

    /// What comes in and is not taken out over the year, PJ a year; 0 where it is noise.
    pub fn surplus(&self, year: usize) -> f64 {
        let left = |node: usize| self.sources(node, year) - self.uses(node, year);
        let sources: f64 = (0..self.demand.nrows()).map(|node| self.sources(node, year)).sum();
        let surplus: f64 = (0..self.demand.nrows()).map(left).sum();
        if surplus > 1e-6 * sources { surplus } else { 0.0 }
    }

    /// A part of it over the year, PJ a year.
    pub fn annual(part: &Array2<f64>, year: usize) -> f64 {
        part.column(year).sum()
    }

    fn new(model: &Model, region: RegionIx, commodity: CommodityIx) -> Self {
        let nodes = model.time.node_count(model.commodities[commodity].tier);
        let zero = || Array2::zeros((nodes, model.time.years.len()));
        Self {
            region,
            commodity,
            made: zero(),
            discharged: zero(),
            imported: zero(),
            unserved: zero(),
            demand: zero(),
            used: zero(),
            charged: zero(),
            exported: zero(),
            link_losses: zero(),
            flexible: false,
            mean_price: Vec::new(),
        }
    }
}

/// An amount of a commodity that a mode makes or uses in one node of its process.
#[derive(Clone, Copy, Debug)]
pub struct ModeFlow {
    /// Who.
    pub process: ProcessIx,
    /// Which of its modes, by position.
    pub mode: usize,
    /// Of what.
    pub commodity: CommodityIx,
    /// When in the year: a node of the process's tier.
    pub node: usize,
    /// When: position of the milestone year.
    pub year: usize,
    /// Whether it fills, or comes back from, a storage that holds the same commodity.
    pub storage: bool,
    /// PJ a year.
    pub amount: f64,
}

/// Which side of a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What it makes.
    Outputs,
    /// What it uses.
    Inputs,
}

impl Accounts<'_> {
    /// Calls `visit` with everything processes make or use, in the order of the model; amounts that
    /// are zero are passed over.
    pub fn each_mode_flow(&self, side: Side, mut visit: impl FnMut(ModeFlow)) {
        let (model, solution, filled) = (self.model, self.solution, self.filled_with());
        for (p, process) in model.processes.iter_ix() {
            let nodes = model.time.nodes(process.tier);
            let activity = &solution.activity[p.get()];
            for (m, mode) in process.modes.iter().enumerate() {
                let flows = if side == Side::Outputs { &mode.outputs } else { &mode.inputs };
                for (commodity, ratio) in flows {
                    let storage = match side {
                        Side::Inputs => !mode.charges.is_empty(),
                        Side::Outputs => mode
                            .discharges
                            .iter()
                            .any(|(z, _)| filled[z.get()].contains(commodity)),
                    };
                    for (n, node) in nodes.iter().enumerate() {
                        for y in model.time.years.ixs() {
                            let running = activity[(m, n, y.get())];
                            if running.abs() > 0.0 {
                                visit(ModeFlow {
                                    process: p,
                                    mode: m,
                                    commodity: *commodity,
                                    node: n,
                                    year: y.get(),
                                    storage,
                                    amount: running * model.time.node_mean(ratio, node, y),
                                });
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Of what, and when, a process makes or uses something over a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnnualFlow {
    /// Who.
    pub process: ProcessIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Whether it fills, or comes back from, a storage that holds the same commodity.
    pub storage: bool,
    /// When: position of the milestone year.
    pub year: usize,
}

impl Accounts<'_> {
    /// What each process makes or uses of each commodity over a year, PJ a year.
    pub fn annual_flows(&self, side: Side) -> BTreeMap<AnnualFlow, f64> {
        let mut sums = BTreeMap::new();
        self.each_mode_flow(side, |flow| {
            let ModeFlow { process, commodity, storage, year, .. } = flow;
            let key = AnnualFlow { process, commodity, storage, year };
            *sums.entry(key).or_insert(0.0) += flow.amount;
        });
        sums
    }
}

/// Every balance in which anything happens, by region and then commodity.
pub(crate) fn balances(accounts: &Accounts<'_>) -> Vec<Balance> {
    let Accounts { model, solution, .. } = *accounts;
    let mut book = Book::new(model);
    for (side, pick) in [
        (Side::Outputs, [Part::Made, Part::Discharged]),
        (Side::Inputs, [Part::Used, Part::Charged]),
    ] {
        accounts.each_mode_flow(side, |flow| {
            book.add(pick[usize::from(flow.storage)], &flow);
        });
    }
    book.add_links(solution);
    for result in &solution.balances {
        let balance = book.entry(result.region, result.commodity);
        balance.unserved.assign(&result.unserved);
    }
    book.add_demands();
    let mut balances: Vec<Balance> = book.entries.into_iter().flatten().collect();
    for balance in &mut balances {
        balance.mean_price = mean_prices(model, solution, balance);
    }
    balances
}

#[derive(Clone, Copy)]
enum Part {
    Made,
    Discharged,
    Used,
    Charged,
}

/// Which nodes of one tier make up a node of another.
#[derive(Clone, Debug)]
pub struct Tiers<'a> {
    model: &'a Model,
    nodes: [Vec<Node>; 3],
}

impl<'a> Tiers<'a> {
    /// The tiers of a model.
    pub fn new(model: &'a Model) -> Self {
        let nodes =
            [Tier::Annual, Tier::Season, Tier::Slice].map(|tier| model.time.nodes(tier));
        Self { model, nodes }
    }

    /// The nodes of `to` that an amount in a node of `from` belongs to, with its share in each.
    ///
    /// The share is 1 in the one node of a coarser tier, or the same; over the nodes of a finer
    /// tier an amount is spread evenly by hours.
    pub fn shares(
        &self,
        from: Tier,
        node: usize,
        to: Tier,
        year: YearIx,
    ) -> impl Iterator<Item = (usize, f64)> + '_ {
        let whole =
            if from < to { self.share(&self.nodes[from as usize][node], year) } else { 1.0 };
        let range = if from < to {
            self.model.time.nodes_within(to, from, node)
        } else {
            let around = self.node_around(from, node, to);
            around..around + 1
        };
        range.map(move |target| {
            let part = if from < to {
                self.share(&self.nodes[to as usize][target], year)
            } else {
                1.0
            };
            (target, part / whole)
        })
    }

    fn share(&self, node: &Node, year: YearIx) -> f64 {
        self.model.time.node_share(node, year)
    }

    /// The node of a coarser tier (or the same) that `node` of `tier` lies in.
    fn node_around(&self, tier: Tier, node: usize, coarser: Tier) -> usize {
        if tier == coarser {
            return node;
        }
        if coarser == Tier::Annual {
            return 0;
        }
        let slice = SliceIx::new(self.nodes[tier as usize][node].slices.start);
        self.model.time.day_types[self.model.time.slices[slice].day_type].season
    }
}

struct Book<'a> {
    model: &'a Model,
    tiers: Tiers<'a>,
    entries: Vec<Option<Balance>>,
}

impl<'a> Book<'a> {
    fn new(model: &'a Model) -> Self {
        let entries = vec![None; model.regions.len() * model.commodities.len()];
        Self { model, tiers: Tiers::new(model), entries }
    }

    fn entry(&mut self, region: RegionIx, commodity: CommodityIx) -> &mut Balance {
        let place = region.get() * self.model.commodities.len() + commodity.get();
        self.entries[place].get_or_insert_with(|| Balance::new(self.model, region, commodity))
    }

    /// Adds an amount of one node of a process to the nodes of the commodity.
    fn add(&mut self, part: Part, flow: &ModeFlow) {
        let process = &self.model.processes[flow.process];
        let own = self.model.commodities[flow.commodity].tier;
        let year = YearIx::new(flow.year);
        let place = process.region.get() * self.model.commodities.len() + flow.commodity.get();
        let balance = self.entries[place]
            .get_or_insert_with(|| Balance::new(self.model, process.region, flow.commodity));
        let array = match part {
            Part::Made => &mut balance.made,
            Part::Discharged => &mut balance.discharged,
            Part::Used => &mut balance.used,
            Part::Charged => &mut balance.charged,
        };
        for (node, share) in self.tiers.shares(process.tier, flow.node, own, year) {
            array[(node, flow.year)] += flow.amount * share;
        }
    }

    fn add_links(&mut self, solution: &Solution) {
        let model = self.model;
        for (l, link) in model.links.iter_ix() {
            for (direction, (from, to)) in
                [(link.from, link.to), (link.to, link.from)].into_iter().enumerate()
            {
                let sent = solution.flow[l.get()].index_axis(ndarray::Axis(0), direction);
                let leaving = self.entry(from, link.commodity);
                leaving.exported += &sent;
                let arriving = self.entry(to, link.commodity);
                arriving.imported.scaled_add(1.0 - link.loss, &sent);
                arriving.link_losses.scaled_add(link.loss, &sent);
            }
        }
    }

    fn add_demands(&mut self) {
        let model = self.model;
        for demand in &model.demands {
            let tier = model.commodities[demand.commodity].tier;
            let nodes = model.time.nodes(tier);
            let balance = self.entry(demand.region, demand.commodity);
            for y in model.time.years.ixs() {
                let annual = demand.annual[y.get()];
                match &demand.profile {
                    _ if tier == Tier::Annual => balance.demand[(0, y.get())] += annual,
                    Some(profile) => {
                        for (n, node) in nodes.iter().enumerate() {
                            balance.demand[(n, y.get())] += annual * sum_over(profile, node, y);
                        }
                    }
                    None => {
                        balance.flexible = true;
                        fill(balance, y.get(), annual);
                    }
                }
            }
        }
    }
}

fn sum_over(profile: &Series, node: &Node, year: YearIx) -> f64 {
    node.slices.clone().map(|s| profile.at(SliceIx::new(s), year)).sum()
}

/// Puts demand that may be met at any time where something is left for it.
fn fill(balance: &mut Balance, year: usize, annual: f64) {
    let nodes = balance.demand.nrows();
    let left: Vec<f64> = (0..nodes)
        .map(|n| (balance.sources(n, year) - balance.uses(n, year)).max(0.0))
        .collect();
    let whole: f64 = left.iter().sum();
    for (n, left) in left.into_iter().enumerate() {
        let share = if whole > 0.0 {
            left / whole
        } else {
            1.0 / f64::from(u32::try_from(nodes).unwrap_or(1))
        };
        balance.demand[(n, year)] += annual * share;
    }
}
