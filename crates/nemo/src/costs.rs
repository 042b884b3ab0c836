//! Costs as NEMO reports them: each with the year in whose interval it falls.
//!
//! The plan's objective charges a quantity in two intervals; here every interval has its own
//! sum, with what was known before the group at its beginning. What the plan cannot change
//! (lines that stand anyway, capacity at the very beginning) is here and not in the objective.

use kzleap_accounts::Accounts;
use kzleap_model::finance::nemo::{Nemo, Path};
use kzleap_model::{CapacityIx, Solution};

use crate::carried::Carried;
use crate::data::Data;
use crate::parameters::{Dimension, P};
use crate::periods::Period;
use crate::to_model::{Imported, TechnologyMap};

/// Costs of a group of years.
#[derive(Clone, Debug, Default)]
pub struct GroupCosts {
    /// Of technologies, region by region.
    pub technologies: Vec<Costs>,
    /// Of storages, region by region.
    pub storages: Vec<Costs>,
    /// Of lines.
    pub lines: Vec<Costs>,
    /// Of regions, by region and year of the group.
    pub regions: Vec<Vec<f64>>,
    /// Of the lines of regions, by region and year of the group.
    pub lines_of_regions: Vec<Vec<f64>>,
}

/// Costs of one thing, by year of the group, in the unit of the scenario.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// Subsidies taken.
    pub subsidy: Vec<f64>,
    /// Interest on what is invested.
    pub finance: Vec<f64>,
    /// Invested, with interest, net of subsidies.
    pub capital: Vec<f64>,
    /// Present value of the same.
    pub discounted_capital: Vec<f64>,
    /// Left at the end.
    pub salvage: Vec<f64>,
    /// Present value of the same.
    pub discounted_salvage: Vec<f64>,
    /// Of keeping it.
    pub fixed: Vec<f64>,
    /// Of running it.
    pub variable: Vec<f64>,
    /// Present value of keeping and running it through the interval.
    pub discounted_operating: Vec<f64>,
    /// Penalties on emissions.
    pub penalty: Vec<f64>,
    /// Present value of the same through the interval.
    pub discounted_penalty: Vec<f64>,
}

impl Costs {
    /// Present value of all, in one year.
    pub fn total(&self, at: usize) -> f64 {
        self.discounted_capital[at]
            + self.discounted_operating[at]
            + self.discounted_penalty[at]
            - self.discounted_salvage[at]
    }

    fn new(years: usize) -> Self {
        let zeros = || vec![0.0; years];
        Self {
            subsidy: zeros(),
            finance: zeros(),
            capital: zeros(),
            discounted_capital: zeros(),
            salvage: zeros(),
            discounted_salvage: zeros(),
            fixed: zeros(),
            variable: zeros(),
            discounted_operating: zeros(),
            penalty: zeros(),
            discounted_penalty: zeros(),
        }
    }
}

/// What the sums are made from.
struct Books<'a> {
    data: &'a Data,
    period: &'a Period,
    imported: &'a Imported,
    accounts: Accounts<'a>,
    carried: &'a Carried,
    nemo: &'a Nemo,
    milestones: Vec<i32>,
}

impl GroupCosts {
    /// The costs of a solved group.
    pub(crate) fn new(
        data: &Data,
        period: &Period,
        imported: &Imported,
        solution: &Solution,
        carried: &Carried,
    ) -> Self {
        let Some(nemo) = imported.model.finance.convention.as_nemo() else {
            return Self::default();
        };
        let accounts = Accounts::new(&imported.model, solution);
        let milestones = period.years.iter().map(|y| data.years[*y]).collect();
        let books = Books { data, period, imported, accounts, carried, nemo, milestones };
        let (technologies, storages) =
            (data.count(Dimension::Technology), data.count(Dimension::Storage));
        let map = &imported.map;
        let of_technologies: Vec<Costs> = (map.technologies.iter().enumerate())
            .map(|(at, map)| books.technology((at / technologies, at % technologies), map))
            .collect();
        let of_storages: Vec<Costs> = (map.storages.iter().enumerate())
            .map(|(at, map)| books.invested(map.capacity, at / storages, |_| 0.0))
            .collect();
        let of_lines: Vec<Costs> = (0..data.lines.len()).map(|at| books.line(at)).collect();
        let empty = vec![vec![0.0; period.years.len()]; data.count(Dimension::Region)];
        let (mut regions, mut lines_of_regions) = (empty.clone(), empty);
        for y in 0..period.years.len() {
            for (at, costs) in of_technologies.iter().enumerate() {
                regions[at / technologies][y] += costs.total(y);
            }
            for (at, costs) in of_storages.iter().enumerate() {
                regions[at / storages][y] += costs.total(y);
            }
            for (line, costs) in data.lines.iter().zip(&of_lines) {
                lines_of_regions[data.node_region[line.from]][y] += costs.total(y);
            }
            for (region, lines) in regions.iter_mut().zip(&lines_of_regions) {
                region[y] += lines[y];
            }
        }
        Self {
            technologies: of_technologies,
            storages: of_storages,
            lines: of_lines,
            regions,
            lines_of_regions,
        }
    }

    /// Present value of all costs.
    pub fn total(&self) -> f64 {
        self.regions.iter().flatten().sum()
    }
}

impl Books<'_> {
    fn rate(&self, r: usize) -> f64 {
        self.imported.model.finance.discount_rate[r]
    }

    /// What is invested in a capacity and left of it at the end.
    fn invested(
        &self,
        capacity: Option<CapacityIx>,
        r: usize,
        subsidy: impl Fn(usize) -> f64,
    ) -> Costs {
        let mut costs = Costs::new(self.milestones.len());
        let Some(k) = capacity else { return costs };
        let Some(investment) = &self.imported.model.capacities[k].investment else {
            return costs;
        };
        let rate = self.rate(r);
        for (at, year) in self.milestones.iter().enumerate() {
            let new = self.accounts.solution.new_capacity[(k.get(), at)];
            let base = investment.overnight_cost[at] * new - subsidy(at);
            let life = investment.economic_life;
            let capital = base * self.nemo.financed(rate, k, at, life);
            let salvage = capital * self.nemo.left(rate, r, *year, life);
            costs.subsidy[at] = subsidy(at);
            costs.finance[at] = capital - base;
            costs.capital[at] = capital;
            costs.discounted_capital[at] =
                capital * self.nemo.spread(rate, &self.milestones, k, at);
            costs.salvage[at] = salvage;
            costs.discounted_salvage[at] = salvage * self.nemo.end(rate);
        }
        costs
    }

    fn technology(&self, (r, t): (usize, usize), map: &TechnologyMap) -> Costs {
        let subsidised = self.imported.map.subsidies.iter().position(|of| *of == (r, t));
        let subsidy =
            |at: usize| subsidised.map_or(0.0, |row| self.accounts.solution.subsidy[(row, at)]);
        let mut costs = self.invested(map.capacity, r, subsidy);
        let (data, rate) = (self.data, self.rate(r));
        let mut emitted =
            vec![vec![0.0; self.milestones.len()]; data.count(Dimension::Emission)];
        for (_, e, by_year) in emitted_by_mode(&self.accounts, map) {
            emitted[e].iter_mut().zip(by_year).for_each(|(sum, amount)| *sum += amount);
        }
        let in_service = |at: usize| {
            map.capacity.map_or(0.0, |k| self.accounts.solution.capacity[(k.get(), at)])
        };
        for (at, y) in self.period.years.iter().enumerate() {
            let weights = |path| self.nemo.weights(rate, &self.milestones, at, path);
            let price = data.or_zero(P::FixedCost, &[r, t, *y]);
            let before = match at.checked_sub(1) {
                Some(before) => in_service(before),
                None if self.period.opening => data.or_zero(P::ResidualCapacity, &[r, t, 0]),
                None => self.carried.capacity.get(&(r, t)).copied().unwrap_or(0.0),
            };
            costs.fixed[at] = price * in_service(at);
            let w = weights(Path::FromExisting);
            costs.discounted_operating[at] +=
                price * (w.own * in_service(at) + w.before * before);
            let w = weights(Path::FromItself);
            for m in 0..data.count(Dimension::Mode) {
                let price = data.or_zero(P::VariableCost, &[r, t, m, *y]);
                if price == 0.0 {
                    continue;
                }
                let activity = activity(&self.accounts, map, m, at);
                let before = match at.checked_sub(1) {
                    Some(before) => self::activity(&self.accounts, map, m, before),
                    None => self.carried.activity.get(&(r, t, m)).copied().unwrap_or(0.0),
                };
                costs.variable[at] += price * activity;
                costs.discounted_operating[at] +=
                    price * (w.own * activity + w.before * before);
            }
            costs.penalty[at] = (0..data.count(Dimension::Emission))
                .map(|e| data.or_zero(P::EmissionsPenalty, &[r, e, *y]) * emitted[e][at])
                .sum();
            let before = match at.checked_sub(1) {
                Some(before) => costs.penalty[before],
                None => self.carried.penalty.get(&(r, t)).copied().unwrap_or(0.0),
            };
            costs.discounted_penalty[at] = w.own * costs.penalty[at] + w.before * before;
        }
        costs
    }

    fn line(&self, of: usize) -> Costs {
        let line = &self.data.lines[of];
        let r = self.data.node_region[line.from];
        let Some(map) = &self.imported.map.lines[of] else {
            return Costs::new(self.milestones.len());
        };
        let mut costs = self.invested(Some(map.capacity), r, |_| 0.0);
        let rate = self.rate(r);
        let stands = |at: usize| self.accounts.solution.capacity[(map.capacity.get(), at)];
        let flow = &self.accounts.solution.flow[map.link.get()];
        for (at, year) in self.milestones.iter().enumerate() {
            if !map.years[at] {
                continue;
            }
            costs.fixed[at] = line.fixed_cost * stands(at);
            costs.variable[at] =
                line.variable_cost.max(0.0) * flow.slice(ndarray::s![.., .., at]).sum();
            let fixed = match line.built_in {
                Some(built) => self.standing_anyway(rate, at, built..built + line.life),
                None => {
                    let at_once = self.nemo.terms[map.capacity.get()].at_once;
                    let path = if at_once { Path::Steps } else { Path::FromExisting };
                    let w = self.nemo.weights(rate, &self.milestones, at, path);
                    let before = match at.checked_sub(1) {
                        Some(before) => stands(before),
                        None => self.carried.exists.get(&of).copied().unwrap_or(0.0),
                    };
                    w.own * stands(at) + w.before * before
                }
            };
            let w = self.nemo.weights(rate, &self.milestones, at, Path::FromItself);
            let before = match at.checked_sub(1) {
                Some(before) => costs.variable[before],
                None => self.carried.carrying.get(&of).copied().unwrap_or(0.0),
            };
            costs.discounted_operating[at] =
                line.fixed_cost * fixed + w.own * costs.variable[at] + w.before * before;
            debug_assert!(*year >= self.nemo.first, "years are those of the scenario");
        }
        costs
    }

    /// Present value of one a year, in the years of an interval in which a line is in service.
    fn standing_anyway(&self, rate: f64, at: usize, life: std::ops::Range<i32>) -> f64 {
        let year = self.milestones[at];
        let tail = self.nemo.closing && at + 1 == self.milestones.len();
        let last = if tail { self.nemo.last } else { year };
        (year - self.nemo.intervals[at] + 1..=last)
            .filter(|t| life.contains(t))
            .map(|t| (1.0 + rate).powf(-(f64::from(t - self.nemo.first) + 0.5)))
            .sum()
    }
}

/// Activity of a technology in a mode over a year of the group, at all of its nodes.
pub(crate) fn activity(
    accounts: &Accounts<'_>,
    map: &TechnologyMap,
    m: usize,
    at: usize,
) -> f64 {
    let mut sum = 0.0;
    for process in &map.processes {
        for (mode, _) in process.modes.iter().enumerate().filter(|(_, of)| **of == m) {
            sum += accounts.activity(process.process, mode, at);
        }
    }
    sum
}

/// What a technology emits by mode and emission, by year of the group; each mode of each node by
/// itself.
pub(crate) fn emitted_by_mode(
    accounts: &Accounts<'_>,
    map: &TechnologyMap,
) -> Vec<(usize, usize, Vec<f64>)> {
    let mut all = Vec::new();
    for process in &map.processes {
        for (mode, m) in process.modes.iter().enumerate() {
            let emitted = accounts.emitted_by_mode(process.process, mode).into_iter();
            all.extend(emitted.map(|(e, by_year)| (*m, e.get(), by_year)));
        }
    }
    all
}
