//! The energy balance as statistics draw it up: a row for each flow, a column for each commodity,
//! supply above zero and use below.
//!
//! Every number is calculated from the activities and flows of the solution. What is left of a
//! column is thrown away where the model allows that, and is a statistical difference where it
//! does not: there is none in a plan that keeps the model's rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kzleap_model::rounding::unless_rounding;
use kzleap_model::{Balance, CommodityIx, Model, RegionIx, RowKind, Solution, StorageIx};

use crate::Accounts;
use crate::flows::Side;
use crate::owners::emptied_of;

/// A number of the balance.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where; `None` for all domestic regions together.
    pub region: Option<RegionIx>,
    /// Position of the milestone year.
    pub year: usize,
    /// The row, such as `transformation/CHP`.
    pub flow: String,
    /// The column.
    pub commodity: CommodityIx,
    /// Supply above zero, use below, in the commodity's unit a year.
    pub value: f64,
}

/// The balance of all domestic regions together and of each, by year, row and column.
///
/// Where something happens to a commodity in a year there is a [`RowKind::Difference`], which is zero.
/// Nodes stand with the region around them, neighbours have no balance.
pub(crate) fn balance(accounts: &Accounts<'_>) -> Vec<Entry> {
    let Accounts { model, solution, .. } = *accounts;
    let mut book = Book { model, values: BTreeMap::new() };
    book.add_processes(accounts);
    book.add_links(solution);
    book.add_demands(solution);
    book.close();
    let mut entries: Vec<Entry> = book
        .values
        .into_iter()
        .map(|(key, sum)| (key, sum.get()))
        .filter(|((.., flow), value)| *value != 0.0 || flow == RowKind::Difference.text())
        .map(|((place, year, commodity, flow), value)| Entry {
            region: place.checked_sub(1).map(RegionIx::new),
            year,
            flow,
            commodity,
            value,
        })
        .collect();
    entries.sort_by(|a, b| {
        let key = |entry: &Entry| (entry.region, entry.year, rank(&entry.flow));
        key(a)
            .cmp(&key(b))
            .then_with(|| a.flow.cmp(&b.flow))
            .then_with(|| a.commodity.cmp(&b.commodity))
    });
    entries
}

/// Puts rows in the order of the balance.
pub fn sort(flows: &mut [String]) {
    flows.sort_by(|a, b| (rank(a), a).cmp(&(rank(b), b)));
}

/// Rows stand in the order of [`RowKind`].
fn rank(flow: &str) -> usize {
    RowKind::of(flow).map_or(RowKind::ALL.len(), |row| row as usize)
}

/// What was added up, and the sizes of its terms.
#[derive(Clone, Copy, Default)]
struct Sum {
    value: f64,
    size: f64,
}

impl Sum {
    fn get(self) -> f64 {
        unless_rounding(self.value, self.size)
    }
}

/// Values by place (0 for all together), year, commodity and flow.
struct Book<'a> {
    model: &'a Model,
    values: BTreeMap<(usize, usize, CommodityIx, String), Sum>,
}

impl Book<'_> {
    /// Adds to a domestic region and to all together.
    fn add(&mut self, region: RegionIx, year: usize, c: CommodityIx, flow: &str, value: f64) {
        if !self.model.regions[region].domestic || value.abs() <= 0.0 {
            return;
        }
        for place in [0, region.get() + 1] {
            let sum = self.values.entry((place, year, c, flow.to_owned())).or_default();
            sum.value += value;
            sum.size += value.abs();
        }
    }

    fn add_processes(&mut self, accounts: &Accounts<'_>) {
        let model = self.model;
        let (filled, emptied) = (accounts.filled_with(), emptied_of(model));
        let rows: Vec<Cow<'_, str>> =
            model.processes.iter().map(|process| model.flow_of(process)).collect();
        for (side, sign) in [(Side::Outputs, 1.0), (Side::Inputs, -1.0)] {
            for flow in accounts.flows(side) {
                let process = &model.processes[flow.process];
                let modes = process.modes.iter();
                let kept = |z: StorageIx| {
                    filled[z.get()].contains(&flow.commodity)
                        && emptied[z.get()].contains(&flow.commodity)
                };
                // what comes back as it went in was only kept
                let is_kept = flow.storage
                    && modes
                        .flat_map(|mode| mode.charges.iter().chain(&mode.discharges))
                        .any(|(z, _)| kept(*z));
                let row =
                    if is_kept { RowKind::STORAGE_LOSSES } else { &rows[flow.process.get()] };
                let region = model.network.home(process.region);
                for ((_, year), amount) in flow.entries() {
                    self.add(region, year, flow.commodity, row, sign * amount);
                }
            }
        }
    }

    fn add_links(&mut self, solution: &Solution) {
        let model = self.model;
        for (l, link) in model.links.iter_ix() {
            let ends = [(link.from, link.to), (link.to, link.from)];
            for (direction, (from, to)) in ends.into_iter().enumerate() {
                let (from, to) = (model.network.home(from), model.network.home(to));
                let at_home = |region: RegionIx| model.regions[region].domestic;
                for year in 0..model.time.years.len() {
                    let flow = &solution.flow[l.get()];
                    let sent: f64 = flow.slice(ndarray::s![direction, .., year]).sum();
                    let c = link.commodity;
                    match (at_home(from), at_home(to)) {
                        (true, true) => {
                            self.add(from, year, c, RowKind::Exchange.text(), -sent);
                            self.add(to, year, c, RowKind::Exchange.text(), sent);
                            self.add(to, year, c, RowKind::LINK_LOSSES, -sent * link.loss);
                        }
                        (true, false) => self.add(from, year, c, RowKind::Export.text(), -sent),
                        (false, true) => {
                            self.add(
                                to,
                                year,
                                c,
                                RowKind::Import.text(),
                                sent * (1.0 - link.loss),
                            );
                        }
                        (false, false) => {}
                    }
                }
            }
        }
    }

    /// Demand as far as it is served, each in its row.
    fn add_demands(&mut self, solution: &Solution) {
        let model = self.model;
        for (demand, served) in model.demands.iter().zip(solution.served(model)) {
            let home = model.network.home(demand.region);
            for (year, value) in served.into_iter().enumerate() {
                self.add(home, year, demand.commodity, &demand.flow, -value);
            }
        }
    }

    /// Gives every column of a region what is left of it.
    fn close(&mut self) {
        let mut sums: BTreeMap<(RegionIx, usize, CommodityIx), Sum> = BTreeMap::new();
        for ((place, year, c, _), value) in &self.values {
            if let Some(region) = place.checked_sub(1) {
                let sum = sums.entry((RegionIx::new(region), *year, *c)).or_default();
                sum.value += value.value;
                sum.size += value.size;
            }
        }
        for ((region, year, c), sum) in sums {
            let may_be_left = self.model.commodities[c].balance == Balance::Surplus;
            let left = sum.get();
            let row = if may_be_left && left > 0.0 {
                RowKind::Surplus.text()
            } else {
                RowKind::Difference.text()
            };
            self.add(region, year, c, row, -left);
            for place in [0, region.get() + 1] {
                self.values
                    .entry((place, year, c, RowKind::Difference.text().to_owned()))
                    .or_default();
            }
        }
    }
}
