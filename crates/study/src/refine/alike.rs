//! What makes hours alike to a plan, and which days were worst for it.

use kzleap_accounts::operation::natural;
use kzleap_model::{CapacityIx, CommodityIx, Model, RegionIx, SliceIx, Solution, Tier, YearIx};

use crate::Dispatched;

/// A plan with the hours of the years that were looked at.
type Known<'k> = (&'k Solution, &'k [Dispatched]);

/// What load, wind and sun weigh by themselves, and what was left of the load by earlier plans,
/// beside what is left of it by the last.
const BESIDE: f64 = 0.3;

/// A commodity that is balanced by slice, in a region where it is needed, or made by what nature
/// gives; in one milestone year. Rates are by slice, in its unit a year.
struct Market {
    region: RegionIx,
    commodity: CommodityIx,
    year: YearIx,
    load: Vec<f64>,
    /// What wind, sun and rivers can make, for each unit of their capacity.
    fleets: Vec<(CapacityIx, Vec<f64>)>,
}

/// Values by slice, each series as long as it weighs: for every market the load and each fleet, what
/// is left of the load with the capacities of each plan, and the logarithm of the price.
pub(super) fn series(hours: &Model, known: &[Known<'_>]) -> Vec<Vec<f64>> {
    let Some(((last, dispatched), _)) = known.split_last() else { return Vec::new() };
    let mut all = Vec::new();
    for (at, one) in dispatched.iter().enumerate() {
        for market in markets(hours, one) {
            let of_market = of_market(&market, last, known, at);
            let weight = 1.0 / (dispatched.len() as f64).sqrt();
            all.extend(of_market.into_iter().map(|mut series| {
                series.iter_mut().for_each(|value| *value *= weight);
                series
            }));
        }
    }
    all
}

/// The series of a market; `at` is the position of its year among those that were looked at.
fn of_market(
    market: &Market,
    last: &Solution,
    known: &[Known<'_>],
    at: usize,
) -> Vec<Vec<f64>> {
    let left = market.left(last);
    let size = deviation(&left);
    if size <= 0.0 {
        return Vec::new();
    }
    let mut all = Vec::new();
    all.push(scaled(&market.load, BESIDE / size));
    for (capacity, made) in &market.fleets {
        let built = last.capacity[(capacity.get(), market.year.get())];
        all.push(scaled(made, BESIDE * built / size));
    }
    all.push(scaled(&left, 1.0 / size));
    for (earlier, _) in &known[..known.len() - 1] {
        let left = market.left(earlier);
        all.push(scaled(&left, BESIDE / deviation(&left)));
    }
    let rounds = (known.len() as f64).sqrt();
    for (_, dispatched) in known {
        let prices = market.price_logs(&dispatched[at]);
        all.push(scaled(&prices, 1.0 / (rounds * deviation(&prices))));
    }
    // what is the same in all hours has no deviation
    all.retain(|series| series.iter().all(|value| value.is_finite()));
    all
}

/// The days of the year, the worst first: on which most money's worth went unserved, and of those
/// without any, on which what was left of the load cost most.
pub(super) fn worst_days(hours: &Model, known: &[Known<'_>]) -> Vec<usize> {
    let Some((solution, dispatched)) = known.last() else { return Vec::new() };
    let mut unserved = vec![0.0; hours.time.slices.len()];
    let mut cost = unserved.clone();
    for one in *dispatched {
        for market in markets(hours, one) {
            let (left, price) = (market.left(solution), market.prices(one));
            let split =
                hours.time.slices.ixs().map(|s| hours.time.year_split.at(s, market.year));
            for (cost, ((left, price), split)) in
                cost.iter_mut().zip(left.iter().zip(price).zip(split))
            {
                *cost += left * price * split;
            }
            for (unserved, amount) in unserved.iter_mut().zip(market.unserved(one)) {
                *unserved += amount;
            }
        }
    }
    let by_day = |values: &[f64]| -> Vec<f64> {
        let slices = |day: &usize| hours.time.day_types[*day].slices.clone();
        hours.time.calendar.iter().map(|day| values[slices(day)].iter().sum()).collect()
    };
    let (unserved, cost) = (by_day(&unserved), by_day(&cost));
    let mut days: Vec<usize> = (0..unserved.len()).collect();
    days.sort_by(|a, b| {
        unserved[*b].total_cmp(&unserved[*a]).then(cost[*b].total_cmp(&cost[*a]))
    });
    days
}

/// The markets of a year that was operated.
fn markets(hours: &Model, of: &Dispatched) -> Vec<Market> {
    let years = hours.time.years.iter_ix();
    let found = years.filter(|(_, year)| year.milestone == of.year).map(|(y, _)| y).next();
    let Some(year) = found else { return Vec::new() };
    let by_slice = |rate: &dyn Fn(SliceIx) -> f64| hours.time.slices.ixs().map(rate).collect();
    let mut all = Vec::new();
    for region in hours.regions.ixs() {
        for (commodity, kind) in hours.commodities.iter_ix() {
            if kind.tier != Tier::Slice {
                continue;
            }
            let demands = hours
                .demands
                .iter()
                .filter(|demand| (demand.region, demand.commodity) == (region, commodity));
            let demands: Vec<_> = demands.collect();
            let load: Vec<f64> = by_slice(&|s| {
                let split = hours.time.year_split.at(s, year);
                let rate = |demand: &&kzleap_model::Demand| {
                    let share = demand.profile.as_ref().map_or(split, |of| of.at(s, year));
                    demand.annual[year.get()] * share / split
                };
                demands.iter().map(rate).sum()
            });
            let fleets: Vec<_> = natural(hours)
                .filter_map(|p| {
                    let process = &hours.processes[p];
                    let outputs = process.modes.iter().flat_map(|mode| &mode.outputs);
                    let (_, ratio) = outputs.into_iter().find(|(c, _)| *c == commodity)?;
                    let capacity = process.capacity.filter(|_| process.region == region)?;
                    let made = by_slice(&|s| {
                        let available = process.availability.at(s, year) * ratio.at(s, year);
                        available * process.capacity_to_activity
                    });
                    Some((capacity, made))
                })
                .collect();
            if !demands.is_empty() || !fleets.is_empty() {
                all.push(Market { region, commodity, year, load, fleets });
            }
        }
    }
    all
}

impl Market {
    /// What is left of the load once wind, sun and rivers have made what they can.
    fn left(&self, plan: &Solution) -> Vec<f64> {
        let mut left = self.load.clone();
        for (capacity, made) in &self.fleets {
            let built = plan.capacity[(capacity.get(), self.year.get())];
            left.iter_mut().zip(made).for_each(|(left, made)| *left -= built * made);
        }
        left
    }

    /// What happened to it over the hours: prices, and the money's worth that went unserved.
    fn result<'d>(
        &self,
        of: &'d Dispatched,
    ) -> Option<&'d kzleap_model::solution::BalanceResult> {
        let key = (self.region, self.commodity);
        of.solution.balances.iter().find(|result| (result.region, result.commodity) == key)
    }

    fn prices(&self, of: &Dispatched) -> Vec<f64> {
        let none = || vec![0.0; self.load.len()];
        self.result(of).map_or_else(none, |result| result.price.column(0).to_vec())
    }

    fn unserved(&self, of: &Dispatched) -> Vec<f64> {
        let mut money = vec![0.0; self.load.len()];
        let lots = of.model.lots(self.region, self.commodity);
        let unserved = self.result(of).map_or(&[][..], |result| &result.unserved_lots);
        for (lot, unserved) in lots.iter().zip(unserved) {
            for (money, unserved) in money.iter_mut().zip(unserved.column(0)) {
                *money += lot.cost[0] * unserved;
            }
        }
        money
    }

    /// Logarithms of prices: an hour that is ten times as expensive counts more, but not ten times as
    /// much. Counted from a third of the median of prices above zero.
    fn price_logs(&self, of: &Dispatched) -> Vec<f64> {
        let prices = self.prices(of);
        let mut above: Vec<f64> = prices.iter().copied().filter(|price| *price > 0.0).collect();
        above.sort_by(f64::total_cmp);
        let unit = above.get(above.len() / 2).map_or(1.0, |median| median / 3.0);
        prices.into_iter().map(|price| (price.max(0.0) / unit).ln_1p()).collect()
    }
}

fn scaled(series: &[f64], by: f64) -> Vec<f64> {
    series.iter().map(|value| value * by).collect()
}

/// Standard deviation.
fn deviation(series: &[f64]) -> f64 {
    let count = series.len() as f64;
    let mean = series.iter().sum::<f64>() / count;
    (series.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt()
}
