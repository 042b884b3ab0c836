//! Everything else of a model, said of the new regions.

use kzleap_model::demand_tree::{Branch, Driver};
use kzleap_model::network::Line;
use kzleap_model::policy::{EmissionTerm, Reserve, ReserveRequirement};
use kzleap_model::statistics::{Measured, Statistic};
use kzleap_model::support::{Budget, Subsidy};
use kzleap_model::{
    ByYear, Capacity, DemandTree, Finance, Ix, Link, LinkIx, Model, Network, Process, RegionIx,
    Support,
};

use super::joining::NewPlaces;
use super::owners::{Owners, stays};
use super::places::Places;
use super::rules::{Rules, activity_limits, add_up};

/// The model with its new regions and what stands in them.
pub(super) fn rest(model: &Model, places: &Places, rules: &Rules, owners: Owners) -> Model {
    let Owners { capacities, storages, processes, capacity, process } = owners;
    let mut merged = Model {
        region_levels: Vec::new(),
        regions: places.regions.clone(),
        finance: Finance {
            discount_rate: places.firsts().map(|r| model.finance.discount_rate[r]).collect(),
            ..model.finance.clone()
        },
        capacities,
        storages,
        processes,
        activity_limits: activity_limits(model, |p| process.of(p).unwrap_or(p)),
        reserves: reserves(model, rules, &capacity).into_iter().collect(),
        support: support(model, &capacity),
        demand_tree: demand_tree(model, places),
        statistics: statistics(model, places, &capacity, &process),
        ..model.clone()
    };
    links(model, places, rules, &capacity, &mut merged);
    for demand in &mut merged.demands {
        demand.region = places.of(demand.region);
    }
    for limit in &mut merged.capacity_limits {
        limit.capacities = new(&limit.capacities, |k| capacity.of(*k));
    }
    for s in model.shares.ixs() {
        let share = &mut merged.shares[s];
        share.part = new(&share.part, |(p, commodity, weight)| {
            Some((process.of(*p)?, *commodity, weight.clone()))
        });
        share.whole = new(&share.whole, |(p, commodity)| Some((process.of(*p)?, *commodity)));
    }
    for cap in model.emission_caps.ixs() {
        for term in &mut merged.emission_caps[cap].terms {
            let EmissionTerm { regions, .. } = term;
            *regions = new(regions, |region| Some(places.of(*region)));
        }
    }
    for e in model.emissions.ixs() {
        let emission = &mut merged.emissions[e];
        // what comes from outside adds up, and the price is the same in all
        emission.exogenous.iter_mut().for_each(|(region, _)| *region = places.of(*region));
        let first = |region: &RegionIx| places.firsts().any(|first| first == region.get());
        emission.price.retain(|(region, _)| first(region));
        emission.price.iter_mut().for_each(|(region, _)| *region = places.of(*region));
    }
    merged
}

/// What the old ones became, each once.
fn new<A, B: PartialEq>(old: &[A], to: impl Fn(&A) -> Option<B>) -> Vec<B> {
    let mut new = Vec::new();
    for item in old.iter().filter_map(to) {
        if !new.contains(&item) {
            new.push(item);
        }
    }
    new
}

fn links(
    model: &Model,
    places: &Places,
    rules: &Rules,
    capacity: &NewPlaces<Capacity>,
    merged: &mut Model,
) {
    let mut to: Vec<Option<LinkIx>> = Vec::new();
    merged.links = Default::default();
    for link in &model.links {
        to.push(stays(model, places, rules, link).then(|| {
            merged.links.push(Link {
                from: places.of(link.from),
                to: places.of(link.to),
                capacity: link.capacity.and_then(|k| capacity.of(k)),
                ..link.clone()
            })
        }));
    }
    let lines = model.network.lines.iter();
    let lines =
        lines.filter_map(|line| Some(Line { link: to[line.link.get()]?, ..line.clone() }));
    merged.network = Network { lines: lines.collect(), ..Network::default() };
}

/// Reserves, those that are twins added up.
fn reserves(model: &Model, rules: &Rules, capacity: &NewPlaces<Capacity>) -> Vec<Reserve> {
    let mut sums: Vec<(usize, Reserve)> = Vec::new();
    for (at, reserve) in model.reserves.iter().enumerate() {
        let members =
            new(&reserve.members, |(k, credit)| Some((capacity.of(*k)?, credit.clone())));
        let leader = rules.reserves[at];
        let Some((_, sum)) = sums.iter_mut().find(|(first, _)| *first == leader) else {
            sums.push((at, Reserve { members, ..reserve.clone() }));
            continue;
        };
        if !sum.name.split('+').any(|name| name == reserve.name) {
            sum.name = format!("{}+{}", sum.name, reserve.name);
        }
        for member in members {
            if !sum.members.contains(&member) {
                sum.members.push(member);
            }
        }
        if let (
            ReserveRequirement::Firm { peak, margin },
            ReserveRequirement::Firm { peak: more, margin: other },
        ) = (&mut sum.requirement, &reserve.requirement)
        {
            // the margin on both peaks together
            for y in 0..peak.len() {
                let beyond = margin[y] * peak[y] + other[y] * more[y];
                peak[y] += more[y];
                margin[y] = if peak[y] > 0.0 { beyond / peak[y] } else { 0.0 };
            }
        }
    }
    sums.into_iter().map(|(_, reserve)| reserve).collect()
}

/// Subsidies, each once for what became one, with the budgets they come from.
fn support(model: &Model, capacity: &NewPlaces<Capacity>) -> Support {
    let mut subsidies: Vec<Subsidy> = Vec::new();
    let mut paid_by: Vec<Vec<usize>> = Vec::new();
    let mut to: Vec<Option<usize>> = Vec::new();
    for (at, subsidy) in model.support.subsidies.iter().enumerate() {
        let budgets = model.support.budgets.iter().enumerate();
        let budgets: Vec<usize> =
            budgets.filter(|(_, b)| b.subsidies.contains(&at)).map(|(b, _)| b).collect();
        let Some(new) = capacity.of(subsidy.capacity) else {
            to.push(None);
            continue;
        };
        let same = (0..subsidies.len())
            .find(|other| subsidies[*other].capacity == new && paid_by[*other] == budgets);
        to.push(Some(same.unwrap_or_else(|| {
            subsidies.push(Subsidy { capacity: new, ..subsidy.clone() });
            paid_by.push(budgets);
            subsidies.len() - 1
        })));
    }
    let budgets = model.support.budgets.iter().map(|budget| Budget {
        subsidies: new(&budget.subsidies, |subsidy| to[*subsidy]),
        ..budget.clone()
    });
    Support { budgets: budgets.collect(), subsidies }
}

/// The statistics that can still be told: those of a part of what became one are left out.
fn statistics(
    model: &Model,
    places: &Places,
    capacity: &NewPlaces<Capacity>,
    process: &NewPlaces<Process>,
) -> Vec<Statistic> {
    let regions: Vec<_> = model.regions.ixs().map(|r| (r, Some(places.of(r)))).collect();
    let processes: Vec<_> = model.processes.ixs().map(|p| (p, process.of(p))).collect();
    let capacities: Vec<_> = model.capacities.ixs().map(|k| (k, capacity.of(k))).collect();
    let retold = |statistic: &Statistic| {
        let mut retold = statistic.clone();
        match &mut retold.of {
            Measured::Supply { .. } | Measured::Use { .. } => {
                retold.regions = all_of(&statistic.regions, &regions)?;
            }
            Measured::Generation { processes: old, .. } => *old = all_of(old, &processes)?,
            Measured::Emissions { processes: old, rows, .. } => {
                *old = all_of(old, &processes)?;
                if !rows.is_empty() {
                    retold.regions = all_of(&statistic.regions, &regions)?;
                }
            }
            Measured::Capacity { capacities: old } => *old = all_of(old, &capacities)?,
        }
        Some(retold)
    };
    model.statistics.iter().filter_map(retold).collect()
}

/// What the old ones became; `None` if something became one with others than these.
fn all_of<T>(old: &[Ix<T>], to: &[(Ix<T>, Option<Ix<T>>)]) -> Option<Vec<Ix<T>>> {
    let became = new(old, |ix| to[ix.get()].1);
    let strange = to
        .iter()
        .any(|(ix, new)| new.is_some_and(|new| became.contains(&new)) && !old.contains(ix));
    (!strange).then_some(became)
}

/// What branches need adds up; a driver, of which nobody knows whether it does, stays apart
/// where it differs.
fn demand_tree(model: &Model, places: &Places) -> DemandTree {
    let branches = model.demand_tree.branches.iter().map(|branch| {
        let mut annual: Vec<(RegionIx, ByYear)> = Vec::new();
        for (region, values) in &branch.annual {
            let place = places.of(*region);
            match annual.iter_mut().find(|(there, _)| *there == place) {
                Some((_, sum)) => add_up(sum, values),
                None => annual.push((place, values.clone())),
            }
        }
        Branch { annual, ..branch.clone() }
    });
    let drivers =
        model.demand_tree.drivers.iter().flat_map(|driver| drivers(model, places, driver));
    DemandTree { branches: branches.collect(), drivers: drivers.collect() }
}

fn drivers(model: &Model, places: &Places, driver: &Driver) -> Vec<Driver> {
    let mut kept = Driver { values: Vec::new(), ..driver.clone() };
    let mut apart = Vec::new();
    for (region, values) in &driver.values {
        let Some(region) = region else {
            kept.values.push((None, values.clone()));
            continue;
        };
        let place = places.of(*region);
        let same = driver.values.iter().all(|(other, of_other)| {
            other.is_none_or(|other| places.of(other) != place) || of_other == values
        });
        if !same {
            let data = &model.regions[*region];
            apart.push(Driver {
                name: format!("{}@{}", driver.name, data.name),
                label: format!("{}, {}", driver.label, data.label),
                unit: driver.unit.clone(),
                values: vec![(Some(place), values.clone())],
            });
        } else if kept.values.iter().all(|(there, _)| *there != Some(place)) {
            kept.values.push((Some(place), values.clone()));
        }
    }
    let kept = Some(kept).filter(|kept| !kept.values.is_empty());
    kept.into_iter().chain(apart).collect()
}
