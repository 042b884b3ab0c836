//! How a year is operated: what goes unserved and unused, the highest loads, how prices spread, and
//! how often storages are emptied.

use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{CommodityIx, Model, ProcessIx, Rated, RegionIx, StorageIx, Tier, YearIx};

use crate::Accounts;
use crate::flows::{Balance, Side};

/// Up to this share of its whole, demand may go unserved and a cap may be broken in a plan that
/// holds: what a plan of fewer slices cannot see and an operator can mend.
pub const TOLERANCE: f64 = 1e-4;
/// What is below this share of its whole is rounding.
const NOTHING: f64 = 1e-6;
/// An hour is one with unserved demand if more than this share of a mean hour's is missing.
const NOTICED: f64 = 1e-3;

/// Demand that is not met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unserved {
    /// Where.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// How much in the year, in the unit of the commodity.
    pub amount: f64,
    /// The same as a share of the demand of the year.
    pub share: f64,
    /// In how many hours.
    pub hours: f64,
}

/// What wind, sun and rivers could have made and did not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curtailed {
    /// By whom.
    pub process: ProcessIx,
    /// PJ a year.
    pub amount: f64,
    /// PJ a year that were available.
    pub available: f64,
}

/// A yearly cap on emissions, and what counts under it.
#[derive(Clone, Debug, PartialEq)]
pub struct CapKept {
    /// Its name.
    pub name: String,
    /// What it allows in the year.
    pub limit: f64,
    /// What counts under it.
    pub emitted: f64,
    /// What is emitted of it before anything is taken out of the air.
    pub gross: f64,
}

impl CapKept {
    /// What is above the limit, as a share of it; of what is emitted, where nothing is allowed.
    pub fn excess(&self) -> f64 {
        let size = if self.limit > 0.0 { self.limit } else { self.gross };
        if size > 0.0 { (self.above() / size).max(0.0) } else { 0.0 }
    }

    /// Whether it is kept to `tolerance` of what is emitted or allowed, whichever is more.
    pub fn is_kept(&self, tolerance: f64) -> bool {
        self.above() <= tolerance * self.gross.max(self.limit)
    }

    fn above(&self) -> f64 {
        self.emitted - self.limit
    }
}

/// The load and the prices of a commodity that is balanced by slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Market {
    /// Where.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Highest load, GW: demand, and what processes use.
    pub peak: f64,
    /// Prices, millions per PJ: those that a twentieth of the hours is below, the mean over the
    /// hours, and those that a twentieth is above.
    pub prices: [f64; 3],
}

impl Accounts<'_> {
    /// Demand that is not met in a year, where there is any.
    pub fn unserved(&self, y: YearIx) -> Vec<Unserved> {
        let Self { model, solution, .. } = *self;
        let mut found = Vec::new();
        for result in &solution.balances {
            let demand: f64 = (model.demands.iter())
                .filter(|demand| {
                    (demand.region, demand.commodity) == (result.region, result.commodity)
                })
                .map(|demand| demand.annual[y.get()])
                .sum();
            let tier = model.commodities[result.commodity].tier;
            let unserved = result.unserved();
            let unserved = unserved.column(y.get());
            let amount: f64 = unserved.sum();
            if amount <= NOTHING * demand || demand <= 0.0 {
                continue;
            }
            let nodes = model.time.nodes(tier);
            let shares = nodes.iter().map(|node| model.time.node_share(node, y));
            let hours: f64 = (shares.zip(unserved))
                .filter(|(share, unserved)| **unserved > NOTICED * share * demand)
                .map(|(share, _)| share * HOURS_PER_YEAR)
                .sum();
            found.push(Unserved {
                region: result.region,
                commodity: result.commodity,
                amount,
                share: amount / demand,
                hours,
            });
        }
        found
    }

    /// What processes without inputs, whose availability differs from slice to slice, could have
    /// made in a year and did not.
    pub fn curtailed(&self, y: YearIx) -> Vec<Curtailed> {
        let Self { model, solution, .. } = *self;
        let mut found = Vec::new();
        for p in natural(model) {
            let process = &model.processes[p];
            let Some(capacity) = process.capacity else { continue };
            let of_part = |rated: &Rated<'_>| {
                let size = match rated.part {
                    None => solution.capacity[(capacity.get(), y.get())],
                    Some(part) => solution.part_in_service(model, p, part, y),
                };
                let shares = (model.time.slices.ixs())
                    .map(|s| rated.availability.at(s, y) * model.time.year_split.at(s, y));
                shares.sum::<f64>() * size * process.capacity_to_activity
            };
            let available: f64 = process.rated().iter().map(of_part).sum();
            let made = &solution.activity[p.get()];
            let made: f64 = made.index_axis(ndarray::Axis(2), y.get()).sum();
            if available > 0.0 {
                let amount = (available - made).max(0.0);
                found.push(Curtailed { process: p, amount, available });
            }
        }
        found
    }

    /// What is made of commodities in a year and thrown away: region, commodity, in its unit. Where
    /// a surplus is allowed, energy that is not needed may be made and thrown away as well as not be
    /// made.
    pub fn surplus(&self, y: YearIx) -> Vec<(RegionIx, CommodityIx, f64)> {
        let of_slices = |c: CommodityIx| self.model.commodities[c].tier != Tier::Annual;
        (self.balances().iter())
            .filter(|balance| of_slices(balance.commodity))
            .map(|balance| (balance.region, balance.commodity, balance.surplus(y.get())))
            .filter(|(.., amount)| *amount > NOTHING)
            .collect()
    }

    /// What of the wind, sun and rivers is not used in a year, as a share of what is available:
    /// curtailed, or made and thrown away.
    pub fn unused_share(&self, y: YearIx) -> f64 {
        let curtailed = self.curtailed(y);
        let available: f64 = curtailed.iter().map(|one| one.available).sum();
        let mut unused: f64 = curtailed.iter().map(|one| one.amount).sum();
        let makes = |one: &Curtailed, region, commodity| {
            let process = &self.model.processes[one.process];
            let mut outputs = process.modes.iter().flat_map(|mode| &mode.outputs);
            process.region == region && outputs.any(|(c, _)| *c == commodity)
        };
        for (region, commodity, amount) in self.surplus(y) {
            if curtailed.iter().any(|one| makes(one, region, commodity)) {
                unused += amount;
            }
        }
        if available > 0.0 { (unused / available).min(1.0) } else { 0.0 }
    }

    /// What each process makes in a year of all it makes, not what storages give back.
    pub fn made(&self, y: YearIx) -> Vec<(ProcessIx, CommodityIx, f64)> {
        let flows = self.annual_flows(Side::Outputs).iter();
        flows
            .filter(|(key, _)| !key.storage && key.year == y.get())
            .map(|(key, amount)| (key.process, key.commodity, *amount))
            .collect()
    }

    /// The highest load and the prices in a year of what is energy, balanced by slice, and used.
    pub fn markets(&self, y: YearIx) -> Vec<Market> {
        let model = self.model;
        let hours: Vec<f64> = model.time.slices.ixs().map(|s| model.time.hours(s, y)).collect();
        let mut found = Vec::new();
        for balance in self.balances() {
            let commodity = &model.commodities[balance.commodity];
            if commodity.tier != Tier::Slice || !commodity.is_energy() {
                continue;
            }
            let load = |(slice, hours): (usize, &f64)| {
                let at = (slice, y.get());
                (balance.demand[at] + balance.used[at]) / (hours * PJ_PER_GWH)
            };
            let peak = hours.iter().enumerate().map(load).fold(0.0, f64::max);
            if peak > 0.0
                && let Some(prices) = self.spread(balance, &hours, y)
            {
                let (region, commodity) = (balance.region, balance.commodity);
                found.push(Market { region, commodity, peak, prices });
            }
        }
        found
    }

    /// The prices of [`Market`].
    fn spread(&self, balance: &Balance, hours: &[f64], y: YearIx) -> Option<[f64; 3]> {
        let key = (balance.region, balance.commodity);
        let mut results = self.solution.balances.iter();
        let result = results.find(|result| (result.region, result.commodity) == key)?;
        let mut prices: Vec<(f64, f64)> =
            result.price.column(y.get()).iter().copied().zip(hours.iter().copied()).collect();
        prices.sort_by(|a, b| a.0.total_cmp(&b.0));
        let whole: f64 = hours.iter().sum();
        let mean = prices.iter().map(|(price, hours)| price * hours).sum::<f64>() / whole;
        let below = |share: f64| {
            let mut passed = 0.0;
            let found = prices.iter().find(|(_, hours)| {
                passed += hours;
                passed >= share * whole
            });
            found.or(prices.last()).map(|(price, _)| *price)
        };
        Some([below(0.05)?, mean, below(0.95)?])
    }

    /// How often a year each storage of some size is emptied of its whole content.
    pub fn cycles(&self, y: YearIx) -> Vec<(StorageIx, f64)> {
        let Self { model, solution, .. } = *self;
        let mut emptied = vec![0.0; model.storages.len()];
        for (p, process) in model.processes.iter_ix() {
            for (m, mode) in process.modes.iter().enumerate() {
                let activity = &solution.activity[p.get()];
                for (storage, content) in &mode.discharges {
                    let activity = activity.slice(ndarray::s![m, .., y.get()]);
                    emptied[storage.get()] += content * activity.sum();
                }
            }
        }
        let cycles = model.storages.iter_ix().map(|(s, storage)| {
            let size = solution.capacity[(storage.capacity.get(), y.get())]
                * storage.content_per_capacity;
            (s, if size > 0.0 { emptied[s.get()] / size } else { 0.0 })
        });
        cycles.filter(|(_, cycles)| *cycles > 0.0).collect()
    }
}

/// Wind, sun and rivers: processes without inputs whose availability differs from slice to slice.
pub fn natural(model: &Model) -> impl Iterator<Item = ProcessIx> {
    model.processes.iter_ix().filter_map(|(p, process)| {
        let has_inputs = process.modes.iter().any(|mode| !mode.inputs.is_empty());
        (!has_inputs && process.availability.varies_by_slice()).then_some(p)
    })
}
