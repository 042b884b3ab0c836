//! Limits on activity and on capacities together, and reserve margins.

use kzleap_model::CapacityIx;
use kzleap_model::policy::{
    ActivityLimit, ActivityWindow, CapacityKind, CapacityLimit, Reserve, ReserveRequirement,
    Sense,
};

use super::{Making, commodity};
use crate::parameters::{Dimension, P};

/// Adds them.
pub(super) fn add(making: &mut Making<'_>) {
    for (r, t) in making.in_regions(Dimension::Technology) {
        add_annual_activity(making, r, t);
        add_horizon_activity(making, r, t);
    }
    add_region_groups(making);
    add_technology_groups(making);
    for (r, f) in making.in_regions(Dimension::Fuel) {
        add_reserve(making, r, f);
    }
}

fn add_annual_activity(making: &mut Making<'_>, r: usize, t: usize) {
    let data = making.data;
    let lower = making
        .by_year(|y| data.or_zero(P::TotalTechnologyAnnualActivityLowerLimit, &[r, t, y]));
    let upper = making.by_year(|y| {
        data.or(P::TotalTechnologyAnnualActivityUpperLimit, &[r, t, y], f64::INFINITY)
    });
    if lower.iter().all(|least| *least <= 0.0) && upper.iter().all(|most| most.is_infinite()) {
        return;
    }
    let processes = making.map.technology(data, r, t).processes.iter();
    making.model.activity_limits.push(ActivityLimit {
        name: name_of(making, r, t),
        processes: processes.map(|process| (process.process, None)).collect(),
        window: ActivityWindow::EachYear { lower, upper },
    });
}

fn name_of(making: &Making<'_>, r: usize, t: usize) -> String {
    format!("{}.{}", making.name(Dimension::Region, r), making.name(Dimension::Technology, t))
}

fn add_horizon_activity(making: &mut Making<'_>, r: usize, t: usize) {
    let data = making.data;
    let least = data
        .get(P::TotalTechnologyModelPeriodActivityLowerLimit, &[r, t])
        .filter(|least| *least > 0.0);
    let most = data.get(P::TotalTechnologyModelPeriodActivityUpperLimit, &[r, t]);
    if least.is_none() && most.is_none() {
        return;
    }
    let (weights, before) = making.period.horizon_weights(data);
    let terms: Vec<_> = making
        .years()
        .flat_map(|(at, _)| making.activity_terms((r, t), at, |_| weights[at.get()]))
        .collect();
    let modes = 0..data.count(Dimension::Mode);
    let earlier: f64 =
        modes.filter_map(|m| making.carried.activity.get(&(r, t, m))).sum::<f64>() * before;
    let name = name_of(making, r, t);
    if let Some(least) = least {
        let name = format!("horizon_least.{name}");
        making.rule(name, terms.clone(), Sense::AtLeast, least - earlier);
    }
    if let Some(most) = most {
        making.rule(format!("horizon_most.{name}"), terms, Sense::AtMost, most - earlier);
    }
}

/// The four limits on a group: parameter, on what, least or most.
type GroupLimits = [(P, CapacityKind, bool); 4];

/// A technology in all regions of a group.
fn add_region_groups(making: &mut Making<'_>) {
    const LIMITS: GroupLimits = [
        (P::TotalAnnualMinCapacityRG, CapacityKind::InService, false),
        (P::TotalAnnualMaxCapacityRG, CapacityKind::InService, true),
        (P::TotalAnnualMinCapacityInvestmentRG, CapacityKind::New, false),
        (P::TotalAnnualMaxCapacityInvestmentRG, CapacityKind::New, true),
    ];
    let data = making.data;
    for group in 0..data.count(Dimension::RegionGroup) {
        for t in 0..data.count(Dimension::Technology) {
            let of = data.region_groups.iter().filter(|(rg, _)| *rg == group);
            let members: Vec<CapacityIx> =
                of.filter_map(|(_, r)| making.map.technology(data, *r, t).capacity).collect();
            let (group_name, t_name) = (
                making.name(Dimension::RegionGroup, group),
                making.name(Dimension::Technology, t),
            );
            let name = format!("{group_name}.{t_name}");
            add_group(making, &LIMITS, &[group, t], &members, &name);
        }
    }
}

/// All technologies of a group in a region.
fn add_technology_groups(making: &mut Making<'_>) {
    const LIMITS: GroupLimits = [
        (P::TotalAnnualMinCapacityTG, CapacityKind::InService, false),
        (P::TotalAnnualMaxCapacityTG, CapacityKind::InService, true),
        (P::TotalAnnualMinCapacityInvestmentTG, CapacityKind::New, false),
        (P::TotalAnnualMaxCapacityInvestmentTG, CapacityKind::New, true),
    ];
    let data = making.data;
    for (r, group) in making.in_regions(Dimension::TechnologyGroup) {
        let of = data.technology_groups.iter().filter(|(tg, _)| *tg == group);
        let members: Vec<CapacityIx> =
            of.filter_map(|(_, t)| making.map.technology(data, r, *t).capacity).collect();
        let (r_name, group_name) =
            (making.name(Dimension::Region, r), making.name(Dimension::TechnologyGroup, group));
        let name = format!("{r_name}.{group_name}");
        add_group(making, &LIMITS, &[r, group], &members, &name);
    }
}

fn add_group(
    making: &mut Making<'_>,
    limits: &GroupLimits,
    key: &[usize; 2],
    members: &[CapacityIx],
    name: &str,
) {
    let data = making.data;
    let count = making.period.years.len();
    for (p, of, most) in limits {
        let mut values = vec![if *most { f64::INFINITY } else { 0.0 }; count];
        for (at, y) in making.years() {
            if let Some(limit) = data.get(*p, &[key[0], key[1], y]) {
                let scale = if *of == CapacityKind::New { making.scale(at) } else { 1.0 };
                values[at.get()] = limit * scale;
            }
        }
        let binds = |value: &f64| if *most { value.is_finite() } else { *value > 0.0 };
        if !values.iter().any(binds) {
            continue;
        }
        let (lower, upper) = if *most {
            (vec![0.0; count], values)
        } else {
            (values, vec![f64::INFINITY; count])
        };
        making.model.capacity_limits.push(CapacityLimit {
            name: name.to_owned(),
            capacities: members.to_vec(),
            of: *of,
            lower,
            upper,
        });
    }
}

/// Capacity that is on standby for a fuel: a factor on what is made of it in each slice.
fn add_reserve(making: &mut Making<'_>, r: usize, f: usize) {
    let data = making.data;
    // NEMO says nothing where the margin is 1 or less
    let least = if making.options.correct { 0.0 } else { 1.0 };
    let factor = making.by_year(|y| {
        data.get(P::ReserveMargin, &[r, f, y]).filter(|margin| *margin > least).unwrap_or(0.0)
    });
    if factor.iter().all(|factor| *factor == 0.0) {
        return;
    }
    let (mut members, mut outputs) = (Vec::new(), Vec::new());
    for t in 0..data.count(Dimension::Technology) {
        let technology = making.map.technology(data, r, t);
        let to_activity = data.or_zero(P::CapacityToActivityUnit, &[r, t]);
        let credit = making.by_year(|y| {
            data.or_zero(P::ReserveMarginTagTechnology, &[r, t, f, y]) * to_activity
        });
        if let Some(k) = technology.capacity
            && credit.iter().any(|credit| *credit != 0.0)
        {
            members.push((k, credit));
        }
        for process in &technology.processes {
            let modes = &making.model.processes[process.process].modes;
            if modes.iter().flat_map(|mode| &mode.outputs).any(|(of, _)| *of == commodity(f)) {
                outputs.push((process.process, commodity(f)));
            }
        }
    }
    let (region, fuel) = (making.name(Dimension::Region, r), making.name(Dimension::Fuel, f));
    making.model.reserves.push(Reserve {
        name: format!("{region}.{fuel}"),
        members,
        requirement: ReserveRequirement::Production { outputs, factor },
    });
}
