//! Which rules speak of what: things become one only where rules treat them the same.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_model::policy::{ActivityLimit, ActivityWindow, Reserve, ReserveRequirement};
use kzleap_model::{
    ByYear, CapacityIx, CommodityIx, Field, Fields, LinkIx, Model, ProcessIx, RegionIx, Set,
};

use super::places::Places;
use crate::sums::add_sizes;
use kzleap_model::members::Said;

/// What a rule says of a capacity or a process.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// Firm in a reserve, with its credit.
    Firm(usize, ByYear),
    /// Firm in a reserve by what can run.
    Available(usize),
    /// Of a storage in standby for a reserve.
    StandsBy(usize),
    /// Paid for, at this rate, from these budgets.
    Paid(ByYear, Vec<usize>),
    /// Named by another rule, by position of its list.
    Named(usize, Said),
}

/// The roles of every capacity and process.
pub(super) struct Rules {
    pub(super) capacities: Vec<Vec<Role>>,
    pub(super) processes: Vec<Vec<Role>>,
    /// Links whose flow a rule speaks of.
    pub(super) links: BTreeSet<LinkIx>,
    /// The first of the reserves that each reserve becomes one with.
    pub(super) reserves: Vec<usize>,
}

impl Rules {
    pub(super) fn new(model: &Model, places: &Places) -> Self {
        let mut rules = Self {
            capacities: vec![Vec::new(); model.capacities.len()],
            processes: vec![Vec::new(); model.processes.len()],
            links: BTreeSet::new(),
            reserves: twins(model, places),
        };
        for (at, reserve) in model.reserves.iter().enumerate() {
            for (k, credit) in firm(reserve) {
                let role = Role::Firm(rules.reserves[at], credit.clone());
                rules.capacities[k.get()].push(role);
            }
            if let ReserveRequirement::Load { available, storages, .. } = &reserve.requirement {
                let leader = rules.reserves[at];
                for (k, _) in available {
                    rules.capacities[k.get()].push(Role::Available(leader));
                }
                for p in storages {
                    rules.processes[p.get()].push(Role::StandsBy(leader));
                }
            }
        }
        for (at, subsidy) in model.support.subsidies.iter().enumerate() {
            let budgets = model.support.budgets.iter().enumerate();
            let budgets = budgets.filter(|(_, budget)| budget.subsidies.contains(&at));
            let role =
                Role::Paid(subsidy.rate.clone(), budgets.map(|(budget, _)| budget).collect());
            rules.capacities[subsidy.capacity.get()].push(role);
        }
        let mut others = Model {
            // said above; statistics hold nothing apart, nor do demands what shifts them
            reserves: Set::new(),
            statistics: Vec::new(),
            demands: Vec::new(),
            ..model.clone()
        };
        // limits of one process add up
        others.activity_limits.retain(|limit| limit.processes.len() > 1);
        let mut list = 0;
        others.fields(&mut |field| {
            if let Field::Capacities(members) = field {
                for (k, said) in members.said() {
                    rules.capacities[k.get()].push(Role::Named(list, said));
                }
            } else if let Field::Processes(members) = field {
                for (p, said) in members.said() {
                    rules.processes[p.get()].push(Role::Named(list, said));
                }
            } else if let Field::Links(members) = field {
                rules.links.extend(members.said().into_iter().map(|(link, _)| link));
            }
            list += 1;
        });
        rules
    }
}

/// The capacities that count for anything.
fn firm(reserve: &Reserve) -> impl Iterator<Item = &(CapacityIx, ByYear)> {
    reserve.members.iter().filter(|(_, credit)| credit.iter().any(|share| *share > 0.0))
}

/// For each reserve the first that asks the same in another region of the same group: what they
/// need adds up. Where a peak is given, they count the same plants; where they follow the load, each
/// region has its own.
pub(super) fn twins(model: &Model, places: &Places) -> Vec<usize> {
    let form = |reserve: &Reserve| -> Option<(RegionIx, Form)> {
        let named = |k: CapacityIx| model.capacities[k].name.clone();
        let (home, asked) = match &reserve.requirement {
            ReserveRequirement::Firm { .. } => {
                let mut regions = firm(reserve).map(|(k, _)| model.capacities[*k].region);
                let home = regions.next()?;
                let plants = firm(reserve).map(|(k, credit)| (named(*k), credit.clone()));
                (
                    regions.all(|other| other == home).then_some(home)?,
                    Asked::Peak(plants.collect()),
                )
            }
            ReserveRequirement::Load { load, margin, counts_arriving, .. } => {
                let [home] = load.regions[..] else { return None };
                (home, Asked::Load(load.commodity, margin.clone(), *counts_arriving))
            }
            ReserveRequirement::Production { .. } => return None,
        };
        places.is_merged(home).then(|| (home, Form { place: places.of(home), asked }))
    };
    let mut seen: Vec<(usize, Form, Vec<RegionIx>)> = Vec::new();
    let mut first = Vec::new();
    for (at, reserve) in model.reserves.iter().enumerate() {
        let Some((home, form)) = form(reserve) else {
            first.push(at);
            continue;
        };
        let twin =
            seen.iter_mut().find(|(_, other, homes)| *other == form && !homes.contains(&home));
        match twin {
            Some((leader, _, homes)) => {
                homes.push(home);
                first.push(*leader);
            }
            None => {
                seen.push((at, form, vec![home]));
                first.push(at);
            }
        }
    }
    first
}

/// Where a reserve of one region will stand, and what it asks.
#[derive(PartialEq)]
struct Form {
    place: RegionIx,
    asked: Asked,
}

#[derive(PartialEq)]
enum Asked {
    /// Firm capacity for a peak, of plants of these names and credits.
    Peak(Vec<(String, ByYear)>),
    /// Firm capacity for the load of a commodity, with this margin.
    Load(CommodityIx, ByYear, bool),
}

/// The limits on activity, of the old processes, those of one process added up over all that become
/// one.
///
/// Where one of these has no limit, there is none on all: what another may not make, it may.
pub(super) fn activity_limits(
    model: &Model,
    to: impl Fn(ProcessIx) -> ProcessIx,
) -> Vec<ActivityLimit> {
    let mut members: BTreeMap<ProcessIx, usize> = BTreeMap::new();
    for p in model.processes.ixs() {
        *members.entry(to(p)).or_default() += 1;
    }
    // a kind of limit: on which process, in which mode, and whether over the whole horizon
    type Kind = (ProcessIx, Option<usize>, bool);
    // how many limits of the same kind a process has had, and where the sum of each is
    let mut count: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut sums: BTreeMap<(Kind, usize), (usize, usize)> = BTreeMap::new();
    let mut limits: Vec<ActivityLimit> = Vec::new();
    for limit in &model.activity_limits {
        if let [(p, mode)] = limit.processes.as_slice() {
            let over_all = matches!(limit.window, ActivityWindow::Horizon { .. });
            let which = count.entry((*p, *mode, over_all)).or_default();
            let (at, had) = sums
                .entry(((to(*p), *mode, over_all), *which))
                .or_insert_with(|| (limits.len(), 0));
            *which += 1;
            *had += 1;
            if *had > 1 {
                add_sizes(&mut limits[*at], limit);
                continue;
            }
        }
        limits.push(limit.clone());
    }
    for (((p, ..), _), (at, had)) in sums {
        if had < members[&p] {
            unlimit(&mut limits[at].window);
        }
    }
    limits.retain(|limit| !says_nothing(&limit.window));
    limits
}

fn unlimit(window: &mut ActivityWindow) {
    match window {
        ActivityWindow::EachYear { upper, .. } => upper.fill(f64::INFINITY),
        ActivityWindow::Horizon { upper, .. } => *upper = f64::INFINITY,
    }
}

fn says_nothing(window: &ActivityWindow) -> bool {
    let nothing = |lower: f64, upper: f64| lower <= 0.0 && upper == f64::INFINITY;
    match window {
        ActivityWindow::EachYear { lower, upper } => {
            lower.iter().zip(upper).all(|(lower, upper)| nothing(*lower, *upper))
        }
        ActivityWindow::Horizon { lower, upper } => nothing(*lower, *upper),
    }
}
