//! What the optimiser may choose: every family of columns, with its cost.

use std::collections::BTreeMap;

use kzleap_lp::{Bounds, Col, Lp};
use kzleap_model::policy::ShareIx;
use kzleap_model::units::{Emissions, Energy, Power};
use kzleap_model::user_rows::Quantity;
use kzleap_model::{
    CapacityIx, EmissionIx, LinkIx, Model, NodeIx, ProcessIx, RegionIx, StorageIx, YearIx,
};

use crate::balances::{Balance, Flow};
use crate::keys::ColumnKey;
use crate::objective;
use crate::row::Var;

/// Where the columns of every family stand.
///
/// A family has columns only for the keys that can matter: no activity in years in which a
/// process can have no capacity, no column for emissions that nobody caps or prices.
#[derive(Debug, Default)]
pub struct Variables {
    /// What each column stands for.
    pub(crate) keys: Vec<ColumnKey>,
    /// First column of the block `[mode, node]`, by process and year.
    activity: Vec<Vec<Option<Col>>>,
    capacity: Vec<Vec<Option<Col>>>,
    new_capacity: Vec<Vec<Option<Col>>>,
    new_units: Vec<Vec<Option<Col>>>,
    /// By capacity: vintage, year of retirement, column.
    retirement: Vec<Vec<(Option<YearIx>, YearIx, Col)>>,
    /// First column of the points, by storage and year.
    level: Vec<Vec<Option<Col>>>,
    /// First column of the block `[direction, node]`, by link and year.
    flow: Vec<Vec<Option<Col>>>,
    /// By emission, region and year.
    emissions: Vec<Vec<Vec<Option<Col>>>>,
    /// First column of the nodes, by position of the balance and year.
    unserved: Vec<Vec<Option<Col>>>,
    /// First column of the nodes, by position of the balance and year.
    pub(crate) surplus: Vec<Vec<Option<Col>>>,
    /// First column of the nodes, by share rule, position of the balance and year.
    pub(crate) wasted: Vec<BTreeMap<usize, Vec<Option<Col>>>>,
    /// By subsidy and year.
    pub(crate) subsidy: Vec<Vec<Option<Col>>>,
    /// First column of the slices, by region and year.
    pub(crate) angle: Vec<Vec<Option<Col>>>,
    /// First column of the nodes, by position in the network and year.
    pub(crate) direction: Vec<Vec<Option<Col>>>,
    node_counts: Vec<usize>,
    flow_node_counts: Vec<usize>,
}

impl Variables {
    /// Activity of a process; `None` where it cannot run.
    pub fn activity(
        &self,
        process: ProcessIx,
        mode: usize,
        node: NodeIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        let block = mode * self.node_counts[process.get()] + node;
        at(self.activity[process.get()][year.get()], block)
    }

    /// Capacity in service; `None` where there can be none.
    pub fn capacity(&self, capacity: CapacityIx, year: YearIx) -> Option<Var<Power>> {
        at(self.capacity[capacity.get()][year.get()], 0)
    }

    /// Capacity built for the period; `None` where none may be built.
    pub fn new_capacity(&self, capacity: CapacityIx, year: YearIx) -> Option<Var<Power>> {
        at(self.new_capacity[capacity.get()][year.get()], 0)
    }

    /// Whole units built for the period; `None` where capacity is not lumpy.
    pub fn new_units(&self, capacity: CapacityIx, year: YearIx) -> Option<Var<f64>> {
        at(self.new_units[capacity.get()][year.get()], 0)
    }

    /// Early retirements: of which vintage (`None` is residual), at which year.
    pub fn retirements(
        &self,
        capacity: CapacityIx,
    ) -> impl Iterator<Item = (Option<YearIx>, YearIx, Var<Power>)> + '_ {
        self.retirement[capacity.get()].iter().map(|(v, y, col)| (*v, *y, Var::new(*col)))
    }

    /// Content of a storage at a point; `None` where it can hold nothing.
    pub fn level(&self, storage: StorageIx, point: usize, year: YearIx) -> Option<Var<Energy>> {
        at(self.level[storage.get()][year.get()], point)
    }

    /// Energy sent over a link; `None` where it can carry nothing.
    pub fn flow(
        &self,
        link: LinkIx,
        direction: usize,
        node: NodeIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        let block = direction * self.flow_node_counts[link.get()] + node;
        at(self.flow[link.get()][year.get()], block)
    }

    /// Net emissions in a region; `None` where nobody caps or prices them.
    pub fn emissions(
        &self,
        emission: EmissionIx,
        region: RegionIx,
        year: YearIx,
    ) -> Option<Var<Emissions>> {
        at(self.emissions[emission.get()][region.get()][year.get()], 0)
    }

    /// Demand left unserved in the balance at this position; `None` where it must be served.
    pub fn unserved(&self, balance: usize, node: NodeIx, year: YearIx) -> Option<Var<Energy>> {
        at(self.unserved[balance][year.get()], node)
    }

    /// What is made and not used in the balance at this position; `None` where nobody asks.
    pub fn surplus(&self, balance: usize, node: NodeIx, year: YearIx) -> Option<Var<Energy>> {
        at(self.surplus[balance][year.get()], node)
    }

    /// What a share rule does not attribute to others of the surplus in the balance at this
    /// position; `None` where there are no others.
    pub fn wasted(
        &self,
        share: ShareIx,
        balance: usize,
        node: NodeIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        at(self.wasted[share.get()].get(&balance)?[year.get()], node)
    }

    /// Subsidy taken; `None` where nothing can be built for it.
    pub fn subsidy(&self, subsidy: usize, year: YearIx) -> Option<Var<f64>> {
        at(self.subsidy[subsidy][year.get()], 0)
    }

    /// Voltage angle of a region; `None` where no line follows angles.
    pub fn angle(&self, region: RegionIx, node: NodeIx, year: YearIx) -> Option<Var<f64>> {
        at(self.angle[region.get()][year.get()], node)
    }

    /// Whether a link that carries one way only carries from its start to its end.
    pub fn direction(&self, one_way: usize, node: NodeIx, year: YearIx) -> Option<Var<f64>> {
        at(self.direction[one_way][year.get()], node)
    }
}

fn at<U>(first: Option<Col>, offset: usize) -> Option<Var<U>> {
    let offset = u32::try_from(offset).expect("columns fit in u32");
    first.map(|col| Var::new(Col(col.0 + offset)))
}

/// Adds the columns of all families.
pub(crate) fn add(
    model: &Model,
    balances: &[Balance<'_>],
    wasters: &[Option<Vec<&Flow<'_>>>],
    lp: &mut Lp,
) -> Variables {
    let mut adder = Adder { model, lp, vars: Variables::default() };
    adder.add_capacities();
    adder.add_activity();
    adder.add_levels();
    adder.add_flows();
    adder.add_emissions();
    adder.add_unserved(balances);
    adder.add_surplus(balances, wasters);
    adder.add_subsidies();
    adder.add_angles();
    adder.add_directions();
    adder.vars
}

/// Columns being added.
pub(crate) struct Adder<'a> {
    pub(crate) model: &'a Model,
    pub(crate) lp: &'a mut Lp,
    pub(crate) vars: Variables,
}

impl Adder<'_> {
    pub(crate) fn col(&mut self, key: ColumnKey, cost: f64, bounds: Bounds) -> Col {
        self.vars.keys.push(key);
        self.lp.add_col(cost, bounds)
    }

    fn add_capacities(&mut self) {
        let model = self.model;
        let years = &model.time.years;
        for (k, capacity) in model.capacities.iter_ix() {
            let (mut in_service, mut new, mut units) = (Vec::new(), Vec::new(), Vec::new());
            let mut retirement = Vec::new();
            for y in years.ixs() {
                let (lower, upper) = (capacity.lower[y.get()], capacity.upper[y.get()]);
                let possible = capacity.may_stand(years, y) || lower > 0.0;
                in_service.push(possible.then(|| {
                    let cost = objective::capacity_cost(model, k, y);
                    self.col(ColumnKey::Capacity(k, y), cost, Bounds::between(lower, upper))
                }));
                let build =
                    capacity.investment.as_ref().filter(|_| capacity.can_build(y)).map(
                        |investment| (investment, objective::investment_cost(model, k, y)),
                    );
                new.push(build.map(|(investment, cost)| {
                    let bounds =
                        Bounds::between(investment.lower[y.get()], investment.upper[y.get()]);
                    self.col(ColumnKey::NewCapacity(k, y), cost, bounds)
                }));
                let lumpy = build
                    .and_then(|(investment, _)| investment.unit_size.as_ref())
                    .filter(|sizes| sizes[y.get()] > 0.0);
                units.push(lumpy.map(|_| {
                    self.vars.keys.push(ColumnKey::NewUnits(k, y));
                    self.lp.add_integer_col(0.0, Bounds::NON_NEGATIVE)
                }));
                if capacity.early_retirement {
                    if possible && capacity.residual[y.get()] > 0.0 {
                        let key = ColumnKey::Retirement(k, None, y);
                        retirement.push((None, y, self.col(key, 0.0, Bounds::NON_NEGATIVE)));
                    }
                    for v in years.ixs().take_while(|v| *v < y) {
                        if capacity.can_build(v) && capacity.share_alive(years, v, y) > 0.0 {
                            let key = ColumnKey::Retirement(k, Some(v), y);
                            let col = self.col(key, 0.0, Bounds::NON_NEGATIVE);
                            retirement.push((Some(v), y, col));
                        }
                    }
                }
            }
            self.vars.capacity.push(in_service);
            self.vars.new_capacity.push(new);
            self.vars.new_units.push(units);
            self.vars.retirement.push(retirement);
        }
    }

    fn add_activity(&mut self) {
        let model = self.model;
        for (p, process) in model.processes.iter_ix() {
            let nodes = model.time.nodes(process.tier);
            self.vars.node_counts.push(nodes.len());
            let mut by_year = Vec::new();
            for y in model.time.years.ixs() {
                let possible =
                    process.capacity.is_none_or(|k| self.vars.capacity(k, y).is_some())
                        || nodes.iter().any(|node| {
                            !model.time.node_mean(&process.availability, node, y).is_finite()
                        });
                let mut first = None;
                for mode in (0..process.modes.len()).filter(|_| possible) {
                    for (node, slices) in nodes.iter().enumerate() {
                        let cost = objective::activity_cost(model, p, mode, slices, y);
                        let key = ColumnKey::Activity { process: p, mode, node, year: y };
                        let col = self.col(key, cost, Bounds::NON_NEGATIVE);
                        first = first.or(Some(col));
                    }
                }
                by_year.push(first);
            }
            self.vars.activity.push(by_year);
        }
    }

    fn add_levels(&mut self) {
        let model = self.model;
        for (z, storage) in model.storages.iter_ix() {
            let mut by_year = Vec::new();
            for y in model.time.years.ixs() {
                let mut first = None;
                for point in 0..storage.chronology.points.len() {
                    let key = ColumnKey::Level(z, point, y);
                    let col = self.col(key, 0.0, Bounds::NON_NEGATIVE);
                    first = first.or(Some(col));
                }
                by_year.push(first);
            }
            self.vars.level.push(by_year);
        }
    }

    fn add_flows(&mut self) {
        let model = self.model;
        for (l, link) in model.links.iter_ix() {
            let nodes = model.time.nodes(model.commodities[link.commodity].tier);
            self.vars.flow_node_counts.push(nodes.len());
            let mut by_year = Vec::new();
            for y in model.time.years.ixs() {
                let possible = link.capacity.is_none_or(|k| self.vars.capacity(k, y).is_some());
                let mut first = None;
                for direction in (0..2).filter(|_| possible) {
                    for (node, slices) in nodes.iter().enumerate() {
                        let cost = objective::flow_cost(model, l, slices, y);
                        let available =
                            model.time.node_mean(link.availability(direction), slices, y);
                        let bounds = if available > 0.0 {
                            Bounds::NON_NEGATIVE
                        } else {
                            Bounds::exactly(0.0)
                        };
                        let key = ColumnKey::Flow { link: l, direction, node, year: y };
                        let col = self.col(key, cost, bounds);
                        first = first.or(Some(col));
                    }
                }
                by_year.push(first);
            }
            self.vars.flow.push(by_year);
        }
    }

    fn add_emissions(&mut self) {
        let model = self.model;
        for (e, emission) in model.emissions.iter_ix() {
            let mut by_region = Vec::new();
            for r in model.regions.ixs() {
                let priced = emission.price.iter().any(|(region, _)| *region == r);
                let spoken_of = || {
                    (model.user_rows.iter().flat_map(|row| &row.terms))
                        .any(|term| term.quantity == Quantity::Emissions(e, r))
                };
                let capped = model.emission_caps.iter().any(|cap| {
                    cap.terms.iter().any(|term| term.emission == e && term.regions.contains(&r))
                });
                let spoken = spoken_of();
                let mut by_year = Vec::new();
                for y in model.time.years.ixs() {
                    by_year.push((priced || capped || spoken).then(|| {
                        let cost = objective::emission_cost(model, e, r, y);
                        self.lp.cost_offset -= cost * model.exogenous_emissions(e, r, y);
                        self.col(ColumnKey::Emissions(e, r, y), cost, Bounds::FREE)
                    }));
                }
                by_region.push(by_year);
            }
            self.vars.emissions.push(by_region);
        }
    }

    fn add_unserved(&mut self, balances: &[Balance<'_>]) {
        let model = self.model;
        for balance in balances {
            let nodes = model.time.nodes(model.commodities[balance.commodity].tier);
            let mut by_year = Vec::new();
            for y in model.time.years.ixs() {
                let mut first = None;
                if let Some(cost) = objective::unserved_cost(model, balance, y) {
                    for (node, slices) in nodes.iter().enumerate() {
                        let most = balance.right_hand_side(model, slices, y)
                            + balance.demand_at_any_time(model, y);
                        let key =
                            ColumnKey::Unserved(balance.region, balance.commodity, node, y);
                        let col = self.col(key, cost, Bounds::between(0.0, most));
                        first = first.or(Some(col));
                    }
                }
                by_year.push(first);
            }
            self.vars.unserved.push(by_year);
        }
    }
}
