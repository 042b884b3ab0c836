//! Everything else of a model, said of the parts.

use kzleap_model::demand_tree::{Branch, Driver};
use kzleap_model::policy::{ActivityLimit, ActivityWindow, ReserveRequirement};
use kzleap_model::statistics::{Measured, Statistic};
use kzleap_model::support::{Budget, Subsidy};
use kzleap_model::{
    ByYear, Capacity, Demand, DemandTree, Finance, Model, Process, RegionIx, Support,
};

use super::owners::{Copies, Owners, members, one, shared};
use super::parts::Parts;

/// The model with its new regions and what stands in them, but without movement between them.
pub(super) fn rest(model: &Model, parts: &Parts<'_>, owners: Owners) -> Model {
    let Owners { capacities, storages, processes, capacity, process } = owners;
    let rates = &model.finance.discount_rate;
    let mut result = Model {
        region_levels: Vec::new(),
        regions: parts.regions.clone(),
        finance: Finance {
            discount_rate: parts.origins().map(|old| rates[old]).collect(),
            ..model.finance.clone()
        },
        capacities,
        storages,
        processes,
        demands: demands(model, parts),
        activity_limits: activity_limits(model, parts, &process),
        support: support(model, &capacity),
        demand_tree: demand_tree(model, parts),
        statistics: statistics(model, parts, &capacity, &process),
        ..model.clone()
    };
    for l in model.links.ixs() {
        let link = &mut result.links[l];
        (link.from, link.to) = (parts.hub(link.from), parts.hub(link.to));
        link.capacity = link.capacity.and_then(|k| capacity.of(k).next());
    }
    for limit in &mut result.capacity_limits {
        limit.capacities = capacity.all(&limit.capacities);
    }
    for s in model.shares.ixs() {
        let share = &mut result.shares[s];
        let (part, whole) = (&model.shares[s].part, &model.shares[s].whole);
        share.part = part
            .iter()
            .flat_map(|(p, c, weight)| process.of(*p).map(move |new| (new, *c, weight.clone())))
            .collect();
        share.whole =
            whole.iter().flat_map(|(p, c)| process.of(*p).map(move |new| (new, *c))).collect();
    }
    for r in model.reserves.ixs() {
        let (reserve, old) = (&mut result.reserves[r], &model.reserves[r]);
        reserve.members = old
            .members
            .iter()
            .flat_map(|(k, credit)| capacity.of(*k).map(move |new| (new, credit.clone())))
            .collect();
        if let ReserveRequirement::Production { outputs, .. } = &mut reserve.requirement {
            let copies =
                outputs.iter().flat_map(|(p, c)| process.of(*p).map(move |new| (new, *c)));
            *outputs = copies.collect();
        }
    }
    for cap in model.emission_caps.ixs() {
        for term in &mut result.emission_caps[cap].terms {
            term.regions = parts.all(&term.regions);
        }
    }
    for e in model.emissions.ixs() {
        let (emission, old) = (&mut result.emissions[e], &model.emissions[e]);
        emission.exogenous =
            by_part(parts, &old.exogenous, |values, share| shared(values, share));
        emission.price = by_part(parts, &old.price, |values, _| values.clone());
    }
    result
}

/// Values by region as values by part, `of` giving those of a part from its share.
fn by_part(
    parts: &Parts<'_>,
    values: &[(RegionIx, ByYear)],
    of: impl Fn(&ByYear, f64) -> ByYear,
) -> Vec<(RegionIx, ByYear)> {
    let mut by_part = Vec::new();
    for (region, values) in values {
        for piece in parts.of(*region) {
            by_part.push((piece.region, of(values, piece.share())));
        }
    }
    by_part
}

/// The demands of parts that have a share of them.
fn demands(model: &Model, parts: &Parts<'_>) -> Vec<Demand> {
    let mut demands = Vec::new();
    for demand in &model.demands {
        for piece in parts.of(demand.region) {
            let share = piece.demand(demand.commodity);
            if share > 0.0 {
                let annual = shared(&demand.annual, share);
                demands.push(Demand { region: piece.region, annual, ..demand.clone() });
            }
        }
    }
    demands
}

/// A limit on one process is shared out; one on several stays one, over all parts.
fn activity_limits(
    model: &Model,
    parts: &Parts<'_>,
    process: &Copies<Process>,
) -> Vec<ActivityLimit> {
    let mut limits = Vec::new();
    for limit in &model.activity_limits {
        let [(p, mode)] = limit.processes.as_slice() else {
            let processes = members(process, &limit.processes);
            limits.push(ActivityLimit { processes, ..limit.clone() });
            continue;
        };
        let old = &model.processes[*p];
        for (place, piece) in parts.of(old.region).iter().enumerate() {
            let Some(new) = process.at(*p, place) else { continue };
            let share = piece.owner(&old.name).limits;
            let window = share_of(&limit.window, share);
            let processes = vec![(new, *mode)];
            limits.push(ActivityLimit { processes, window, ..limit.clone() });
        }
    }
    limits
}

fn share_of(window: &ActivityWindow, share: f64) -> ActivityWindow {
    match window {
        ActivityWindow::EachYear { lower, upper } => ActivityWindow::EachYear {
            lower: shared(lower, share),
            upper: shared(upper, share),
        },
        ActivityWindow::Horizon { lower, upper } => {
            ActivityWindow::Horizon { lower: one(*lower, share), upper: one(*upper, share) }
        }
    }
}

/// Subsidies of all parts, from the budgets they came from.
fn support(model: &Model, capacity: &Copies<Capacity>) -> Support {
    let mut subsidies: Vec<Subsidy> = Vec::new();
    let mut copies: Vec<Vec<usize>> = Vec::new();
    for subsidy in &model.support.subsidies {
        let first = subsidies.len();
        let of_parts = capacity.of(subsidy.capacity);
        subsidies.extend(of_parts.map(|new| Subsidy { capacity: new, ..subsidy.clone() }));
        copies.push((first..subsidies.len()).collect());
    }
    let budgets = model.support.budgets.iter().map(|budget| Budget {
        subsidies: budget.subsidies.iter().flat_map(|old| copies[*old].clone()).collect(),
        ..budget.clone()
    });
    Support { budgets: budgets.collect(), subsidies }
}

/// Statistics, told of all parts.
fn statistics(
    model: &Model,
    parts: &Parts<'_>,
    capacity: &Copies<Capacity>,
    process: &Copies<Process>,
) -> Vec<Statistic> {
    let retold = |statistic: &Statistic| {
        let mut retold = statistic.clone();
        retold.regions = parts.all(&statistic.regions);
        match &mut retold.of {
            Measured::Supply { .. } | Measured::Use { .. } => {}
            Measured::Generation { processes, .. } | Measured::Emissions { processes, .. } => {
                *processes = process.all(processes);
            }
            Measured::Capacity { capacities } => *capacities = capacity.all(capacities),
        }
        retold
    };
    model.statistics.iter().map(retold).collect()
}

/// What branches need is shared out; a driver, of which nobody knows whether it is more or less,
/// stays that of the region.
fn demand_tree(model: &Model, parts: &Parts<'_>) -> DemandTree {
    let branches = model.demand_tree.branches.iter().map(|branch| {
        let mut annual: Vec<(RegionIx, ByYear)> = Vec::new();
        for (region, values) in &branch.annual {
            for piece in parts.of(*region) {
                let share = branch.commodity.map_or(piece.share(), |c| piece.demand(c));
                if share > 0.0 {
                    annual.push((piece.region, shared(values, share)));
                }
            }
        }
        Branch { annual, ..branch.clone() }
    });
    let drivers = model.demand_tree.drivers.iter();
    DemandTree {
        branches: branches.collect(),
        drivers: drivers.flat_map(|driver| of_regions(model, parts, driver)).collect(),
    }
}

/// A driver of the regions that stay, and one of each region that is disaggregated.
fn of_regions(model: &Model, parts: &Parts<'_>, driver: &Driver) -> Vec<Driver> {
    let mut kept = Driver { values: Vec::new(), ..driver.clone() };
    let mut apart = Vec::new();
    for (region, values) in &driver.values {
        match region {
            Some(old) if parts.is_split(*old) => {
                let region = &model.regions[*old];
                apart.push(Driver {
                    name: format!("{}@{}", driver.name, region.name),
                    label: format!("{}, {}", driver.label, region.label),
                    unit: driver.unit.clone(),
                    values: vec![(None, values.clone())],
                });
            }
            Some(old) => kept.values.push((Some(parts.hub(*old)), values.clone())),
            None => kept.values.push((None, values.clone())),
        }
    }
    let kept = Some(kept).filter(|kept| !kept.values.is_empty());
    kept.into_iter().chain(apart).collect()
}
