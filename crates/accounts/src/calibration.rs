//! The plan beside statistics: the numbers the model is held against, one by one.

use kzleap_model::rounding::unless_rounding;
use kzleap_model::statistics::{Measured, Statistic};
use kzleap_model::{CommodityIx, RegionIx};

use crate::Accounts;
use crate::balance::Entry;
use crate::emissions::Source;
use crate::flows::{AnnualFlow, Side};

/// A difference below this share is that of the solver, not of the model.
const EXACT: f64 = 1e-6;

/// A statistic with what the plan has instead.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// What statistics say.
    pub statistic: &'a Statistic,
    /// What the plan has, in the unit of the statistic.
    pub plan: f64,
}

impl Comparison<'_> {
    /// How much more the plan has, as a share of the statistic; `None` where that is zero.
    pub fn difference(&self) -> Option<f64> {
        let stated = self.statistic.value;
        let both = self.plan.abs() + stated.abs();
        let more = unless_rounding(self.plan - stated, both);
        (stated.abs() > 0.0).then(|| more / stated.abs())
    }

    /// Whether the plan is as near to the statistic as it should be.
    pub fn is_within(&self) -> bool {
        let difference = self.difference().unwrap_or(self.plan);
        difference.abs() <= self.statistic.tolerance.max(EXACT)
    }
}

/// Every statistic of the model beside the plan, in the order of the model.
pub(crate) fn calibration<'a>(accounts: &Accounts<'a>) -> Vec<Comparison<'a>> {
    let Accounts { model, solution, .. } = *accounts;
    if model.statistics.is_empty() {
        return Vec::new();
    }
    let made = accounts.annual_flows(Side::Outputs);
    let book = accounts.energy_balance();
    model
        .statistics
        .iter()
        .map(|statistic| {
            let y = statistic.year.get();
            let value = match &statistic.of {
                Measured::Supply { commodities, flows } => {
                    rows(book, statistic, commodities, flows)
                }
                Measured::Use { commodities, flows } => {
                    -rows(book, statistic, commodities, flows)
                }
                Measured::Generation { commodities, processes } => processes
                    .iter()
                    .flat_map(|p| commodities.iter().map(move |c| (*p, *c)))
                    .filter_map(|(process, commodity)| {
                        // what storages give back is no generation
                        let year = y;
                        made.get(&AnnualFlow { process, commodity, storage: false, year })
                    })
                    .sum(),
                Measured::Emissions { emission, processes, rows } => {
                    let emitted = || accounts.emitted_of(*emission);
                    let of_process =
                        |p| emitted().find(move |one| one.source == Source::Process(p));
                    let of_processes = processes.iter().filter_map(|p| of_process(*p));
                    let of_demands = emitted().filter(|one| {
                        let is_counted = matches!(one.source, Source::Demand(row)
                            if rows.iter().any(|counted| counted == row));
                        is_counted && statistic.regions.contains(&one.region)
                    });
                    of_processes.chain(of_demands).map(|one| one.by_year[y]).sum()
                }
                Measured::Capacity { capacities } => {
                    capacities.iter().map(|k| solution.capacity[(k.get(), y)]).sum()
                }
            };
            Comparison { statistic, plan: value * statistic.factor }
        })
        .collect()
}

/// The sum of rows of the balance, each with all below it.
fn rows(
    book: &[Entry],
    statistic: &Statistic,
    commodities: &[CommodityIx],
    flows: &[String],
) -> f64 {
    let here = |region: Option<RegionIx>| {
        region.is_some_and(|region| statistic.regions.contains(&region))
    };
    let counts = |entry: &&Entry| {
        here(entry.region)
            && entry.year == statistic.year.get()
            && commodities.contains(&entry.commodity)
            && flows.iter().any(|flow| {
                let rest = entry.flow.strip_prefix(flow.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    };
    book.iter().filter(counts).map(|entry| entry.value).sum()
}
