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
use crate::tiers::Tiers;

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
        self.surplus_by_node(year).iter().sum()
    }

    /// The same by node; 0 in all of them where it is noise over the year.
    pub fn surplus_by_node(&self, year: usize) -> Vec<f64> {
        let nodes = 0..self.demand.nrows();
        let left = |node: usize| self.sources(node, year) - self.uses(node, year);
        let sources: f64 = nodes.clone().map(|node| self.sources(node, year)).sum();
        let surplus: f64 = nodes.clone().map(left).sum();
        if surplus > 1e-6 * sources {
            nodes.map(left).collect()
        } else {
            vec![0.0; nodes.len()]
        }
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

/// What one mode of a process makes or uses of one commodity.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Who.
    pub process: ProcessIx,
    /// Which of its modes, by position.
    pub mode: usize,
    /// Of what.
    pub commodity: CommodityIx,
    /// Whether it fills, or comes back from, a storage that holds the same commodity.
    pub storage: bool,
    /// PJ a year, shape `[node, year]` with the nodes of the process's tier.
    pub amounts: Array2<f64>,
}

impl Flow {
    /// Every amount but zeros, as `((node, year), PJ a year)`.
    pub fn entries(&self) -> impl Iterator<Item = ((usize, usize), f64)> + '_ {
        self.amounts
            .indexed_iter()
            .filter(|(_, amount)| **amount != 0.0)
            .map(|(at, a)| (at, *a))
    }

    /// The amount of a year, PJ: the sum of its nodes.
    pub fn annual(&self, year: usize) -> f64 {
        self.amounts.column(year).iter().fold(0.0, |sum, amount| sum + amount)
    }
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
    /// Everything processes make or use, by process, mode and commodity in the order of the model;
    /// what comes to nothing is left out.
    pub fn flows(&self, side: Side) -> &[Flow] {
        self.flows[side as usize].get_or_init(|| flows(self, side))
    }

    /// What one process makes or uses.
    pub fn flows_of(&self, side: Side, process: ProcessIx) -> &[Flow] {
        let all = self.flows(side);
        let begin = all.partition_point(|flow| flow.process < process);
        let end = all.partition_point(|flow| flow.process <= process);
        &all[begin..end]
    }

    /// A flow in every time slice, PJ a year, shape `[slice, year]`: what a process does in a node
    /// of several slices is spread over them by hours.
    pub fn in_slices(&self, flow: &Flow) -> Array2<f64> {
        let (time, tiers) = (&self.model.time, Tiers::new(self.model));
        let tier = self.model.processes[flow.process].tier;
        let mut amounts = Array2::zeros((time.slices.len(), time.years.len()));
        for ((node, year), amount) in flow.entries() {
            for (s, share) in tiers.shares(tier, node, Tier::Slice, YearIx::new(year)) {
                amounts[(s, year)] += amount * share;
            }
        }
        amounts
    }

    /// Activity of a mode of a process over a year, PJ.
    pub fn activity(&self, process: ProcessIx, mode: usize, year: usize) -> f64 {
        let activity = &self.solution.activity[process.get()];
        activity.slice(ndarray::s![mode, .., year]).sum()
    }
}

fn flows(accounts: &Accounts<'_>, side: Side) -> Vec<Flow> {
    let (model, filled) = (accounts.model, accounts.filled_with());
    let mut flows = Vec::new();
    for (p, process) in model.processes.iter_ix() {
        let nodes = model.time.nodes(process.tier);
        let activity = &accounts.solution.activity[p.get()];
        for (m, mode) in process.modes.iter().enumerate() {
            let ratios = if side == Side::Outputs { &mode.outputs } else { &mode.inputs };
            for (commodity, ratio) in ratios {
                let storage = match side {
                    Side::Inputs => !mode.charges.is_empty(),
                    Side::Outputs => {
                        let mut emptied = mode.discharges.iter();
                        emptied.any(|(z, _)| filled[z.get()].contains(commodity))
                    }
                };
                let amounts =
                    Array2::from_shape_fn((nodes.len(), model.time.years.len()), |(n, y)| {
                        let running = activity[(m, n, y)];
                        if running == 0.0 {
                            return 0.0;
                        }
                        running * model.time.node_mean(ratio, &nodes[n], YearIx::new(y))
                    });
                if amounts.iter().any(|amount| *amount != 0.0) {
                    let commodity = *commodity;
                    flows.push(Flow { process: p, mode: m, commodity, storage, amounts });
                }
            }
        }
    }
    flows
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
    pub fn annual_flows(&self, side: Side) -> &BTreeMap<AnnualFlow, f64> {
        self.annual_flows[side as usize].get_or_init(|| {
            let mut sums = BTreeMap::new();
            for flow in self.flows(side) {
                let Flow { process, commodity, storage, .. } = *flow;
                for ((_, year), amount) in flow.entries() {
                    let key = AnnualFlow { process, commodity, storage, year };
                    *sums.entry(key).or_insert(0.0) += amount;
                }
            }
            sums
        })
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
        for flow in accounts.flows(side) {
            book.add(pick[usize::from(flow.storage)], flow);
        }
    }
    book.add_links(solution);
    for result in &solution.balances {
        let balance = book.entry(result.region, result.commodity);
        balance.unserved.assign(&result.unserved());
    }
    book.add_demands(solution);
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

    /// Adds what a process does in its nodes to the nodes of the commodity.
    fn add(&mut self, part: Part, flow: &Flow) {
        let process = &self.model.processes[flow.process];
        let own = self.model.commodities[flow.commodity].tier;
        let place = process.region.get() * self.model.commodities.len() + flow.commodity.get();
        let balance = self.entries[place]
            .get_or_insert_with(|| Balance::new(self.model, process.region, flow.commodity));
        let array = match part {
            Part::Made => &mut balance.made,
            Part::Discharged => &mut balance.discharged,
            Part::Used => &mut balance.used,
            Part::Charged => &mut balance.charged,
        };
        for ((node, year), amount) in flow.entries() {
            for (at, share) in self.tiers.shares(process.tier, node, own, YearIx::new(year)) {
                array[(at, year)] += amount * share;
            }
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

    /// Demand, without what is forgone over the year.
    fn add_demands(&mut self, solution: &Solution) {
        let model = self.model;
        for (at, demand) in model.demands.iter().enumerate() {
            let tier = model.commodities[demand.commodity].tier;
            let nodes = model.time.nodes(tier);
            let balance = self.entry(demand.region, demand.commodity);
            for y in model.time.years.ixs() {
                let annual = demand.annual[y.get()] - solution.forgone(at, y);
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

#[cfg(test)]
mod tests {
    use kzleap_model::{
        Balance, Commodity, Mode, Model, ProcessIx, Series, SliceIx, Solution, Tier,
    };
    use ndarray::{Array2, Array3, arr2};

    use super::Side;
    use crate::Accounts;

    /// Slices of a quarter and three quarters of a year. A mill runs 4 PJ by the year and makes twice
    /// that; a plant runs 1 and 3 PJ, and makes half of the one and all of the other.
    fn model() -> (Model, Solution, [ProcessIx; 2]) {
        let mut model = Model::single_year("m", "USD", 2030);
        model.time.slices.push(model.time.slices[SliceIx::new(0)].clone());
        model.time.seasons[0].slices = 0..2;
        model.time.day_types[0].slices = 0..2;
        model.time.year_split = Series::BySlice(vec![0.25, 0.75]);
        let region = model.add_region("r");
        let power = model.commodities.push(Commodity::new("power", Balance::Surplus));
        let makes = |ratio| vec![Mode { outputs: vec![(power, ratio)], ..Mode::new("m") }];
        let mill = model.add_process("mill", region, makes(Series::Constant(2.0)), 1.0);
        let plant =
            model.add_process("plant", region, makes(Series::BySlice(vec![0.5, 1.0])), 1.0);
        model.processes[mill].tier = Tier::Annual;
        let solution = Solution {
            activity: vec![
                Array3::from_elem((1, 1, 1), 4.0),
                Array3::from_shape_vec((1, 2, 1), vec![1.0, 3.0]).expect("two numbers"),
            ],
            ..Solution::default()
        };
        (model, solution, [mill, plant])
    }

    #[test]
    fn a_flow_is_known_by_node_by_year_and_by_slice() {
        let (model, solution, [mill, plant]) = model();
        let accounts = Accounts::new(&model, &solution);
        let of = |process| &accounts.flows_of(Side::Outputs, process)[0];
        let by_slice: [Array2<f64>; 2] = [arr2(&[[2.0], [6.0]]), arr2(&[[0.5], [3.0]])];
        for ((process, annual), by_slice) in
            [(mill, 8.0), (plant, 3.5)].into_iter().zip(by_slice)
        {
            assert!((of(process).annual(0) - annual).abs() < 1e-12);
            assert_eq!(accounts.in_slices(of(process)), by_slice);
        }
        assert!((accounts.activity(plant, 0, 0) - 4.0).abs() < 1e-12);
        let annual: Vec<f64> = accounts.annual_flows(Side::Outputs).values().copied().collect();
        assert_eq!(annual, [8.0, 3.5]);
        assert!(accounts.flows(Side::Inputs).is_empty());
    }
}
