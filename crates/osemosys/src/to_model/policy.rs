//! Limits on activity and emissions, renewable targets and reserve margins.

use kzleap_model::policy::{
    ActivityLimit, ActivityWindow, CapWindow, Counted, EmissionCap, EmissionTerm, Reserve,
    ReserveRequirement, Sense, Share,
};
use kzleap_model::{CommodityIx, EmissionIx, ProcessIx};

use super::series::{unlimited, upper_limit};
use super::{Making, commodity, region};
use crate::parameters::{P, SetId};

/// Adds everything.
pub(super) fn add(making: &mut Making<'_>) {
    for r in 0..making.data.count(SetId::Region) {
        for t in 0..making.data.count(SetId::Technology) {
            activity_limits(making, r, t);
        }
        renewable_target(making, r);
        reserve_margin(making, r);
        for e in 0..making.data.count(SetId::Emission) {
            emission_caps(making, r, e);
        }
    }
}

fn activity_limits(making: &mut Making<'_>, r: usize, t: usize) {
    let data = making.data;
    let Some(process) = making.technology(r, t).process else { return };
    let name =
        format!("{}.{}", making.name(SetId::Region, r), making.name(SetId::Technology, t));
    let lower = data.along(P::TotalTechnologyAnnualActivityLowerLimit, &[r, t]);
    let upper = upper_limit(data.along(P::TotalTechnologyAnnualActivityUpperLimit, &[r, t]));
    if lower.iter().any(|least| *least > 0.0) || upper.iter().any(|most| most.is_finite()) {
        making.model.activity_limits.push(ActivityLimit {
            name: format!("{name}.annual"),
            processes: vec![(process, None)],
            window: ActivityWindow::EachYear { lower, upper },
        });
    }
    let lower = data.get(P::TotalTechnologyModelPeriodActivityLowerLimit, &[r, t]);
    let upper = unlimited(data.get(P::TotalTechnologyModelPeriodActivityUpperLimit, &[r, t]));
    if lower > 0.0 || upper.is_finite() {
        making.model.activity_limits.push(ActivityLimit {
            name: format!("{name}.period"),
            processes: vec![(process, None)],
            window: ActivityWindow::Horizon { lower, upper },
        });
    }
}

/// Every output of every process of a region.
fn outputs(making: &Making<'_>, r: usize) -> Vec<(usize, ProcessIx, CommodityIx)> {
    let mut found = Vec::new();
    for t in 0..making.data.count(SetId::Technology) {
        let Some(process) = making.technology(r, t).process else { continue };
        let mut made: Vec<CommodityIx> = making.model.processes[process]
            .modes
            .iter()
            .flat_map(|mode| mode.outputs.iter().map(|(commodity, _)| *commodity))
            .collect();
        made.sort_unstable();
        made.dedup();
        found.extend(made.into_iter().map(|commodity| (t, process, commodity)));
    }
    found
}

/// The fuels with a tag in each year; years with the same fuels stand together.
fn tagged_fuels(making: &Making<'_>, tag: P, r: usize) -> Vec<(Vec<CommodityIx>, Vec<usize>)> {
    let data = making.data;
    let tags: Vec<Vec<f64>> =
        (0..data.count(SetId::Fuel)).map(|f| data.along(tag, &[r, f])).collect();
    let mut groups: Vec<(Vec<CommodityIx>, Vec<usize>)> = Vec::new();
    for y in 0..data.count(SetId::Year) {
        let fuels: Vec<CommodityIx> =
            (0..tags.len()).filter(|f| tags[*f][y] > 0.5).map(commodity).collect();
        if fuels.is_empty() {
            continue;
        }
        match groups.iter_mut().find(|(others, _)| *others == fuels) {
            Some((_, years)) => years.push(y),
            None => groups.push((fuels, vec![y])),
        }
    }
    groups
}

/// Tagged technologies make at least a share of the tagged fuels over the year (RE1-RE4).
fn renewable_target(making: &mut Making<'_>, r: usize) {
    let data = making.data;
    let targets = data.along(P::REMinProductionTarget, &[r]);
    if targets.iter().all(|target| *target <= 0.0) {
        return;
    }
    let outputs = outputs(making, r);
    let part: Vec<_> = outputs
        .iter()
        .map(|(t, process, commodity)| {
            (*process, *commodity, data.along(P::RETagTechnology, &[r, *t]))
        })
        .filter(|(_, _, weight)| weight.iter().any(|weight| *weight > 0.0))
        .collect();
    for (at, (fuels, years)) in tagged_fuels(making, P::RETagFuel, r).into_iter().enumerate() {
        let mut share = vec![None; targets.len()];
        for y in years.into_iter().filter(|y| targets[*y] > 0.0) {
            share[y] = Some(targets[y]);
        }
        if share.iter().all(Option::is_none) {
            continue;
        }
        let whole: Vec<_> = outputs
            .iter()
            .filter(|(_, _, commodity)| fuels.contains(commodity))
            .map(|(_, process, commodity)| (*process, *commodity))
            .collect();
        let name = format!("{}.renewables.{}", making.name(SetId::Region, r), at + 1);
        making.model.shares.push(Share {
            name,
            part: part.clone(),
            whole,
            sense: Sense::AtLeast,
            share,
            counts: Counted::Made,
        });
    }
}

/// Tagged capacity is on standby for the production of tagged fuels in every slice (RM1-RM3).
fn reserve_margin(making: &mut Making<'_>, r: usize) {
    let data = making.data;
    let margin = data.along(P::ReserveMargin, &[r]);
    let groups = tagged_fuels(making, P::ReserveMarginTagFuel, r);
    if groups.is_empty() || margin.iter().all(|margin| *margin <= 0.0) {
        return;
    }
    let members: Vec<_> = (0..data.count(SetId::Technology))
        .filter_map(|t| {
            let capacity = making.technology(r, t).capacity?;
            let to_activity = data.get(P::CapacityToActivityUnit, &[r, t]);
            let credit: Vec<f64> = data
                .along(P::ReserveMarginTagTechnology, &[r, t])
                .into_iter()
                .map(|tag| tag * to_activity)
                .collect();
            credit.iter().any(|credit| *credit > 0.0).then_some((capacity, credit))
        })
        .collect();
    let outputs = outputs(making, r);
    for (at, (fuels, years)) in groups.into_iter().enumerate() {
        let mut factor = vec![0.0; margin.len()];
        years.into_iter().for_each(|y| factor[y] = margin[y]);
        let outputs = outputs
            .iter()
            .filter(|(_, _, commodity)| fuels.contains(commodity))
            .map(|(_, process, commodity)| (*process, *commodity))
            .collect();
        let name = format!("{}.reserve.{}", making.name(SetId::Region, r), at + 1);
        making.model.reserves.push(Reserve {
            name,
            members: members.clone(),
            requirement: ReserveRequirement::Production { outputs, factor },
        });
    }
}

/// Limits for each year and for the whole period; the latter knows its own exogenous emissions.
fn emission_caps(making: &mut Making<'_>, r: usize, e: usize) {
    let data = making.data;
    if data.table(P::EmissionToActivityChangeRatio).given()
        && super::extensions::changes_emission(data, r, e)
    {
        return; // written as rows of their own
    }
    let name = format!("{}.{}", making.name(SetId::Region, r), making.name(SetId::Emission, e));
    let terms = vec![EmissionTerm {
        emission: EmissionIx::new(e),
        regions: vec![region(r)],
        weight: 1.0,
    }];
    let limits: Vec<Option<f64>> =
        data.along(P::AnnualEmissionLimit, &[r, e]).into_iter().map(limit).collect();
    if limits.iter().any(Option::is_some) {
        making.model.emission_caps.push(EmissionCap {
            name: format!("{name}.annual"),
            terms: terms.clone(),
            window: CapWindow::EachYear(limits),
        });
    }
    let years = data.years();
    if let (Some(limit), Some(first), Some(last)) =
        (limit(data.get(P::ModelPeriodEmissionLimit, &[r, e])), years.first(), years.last())
    {
        making.model.emission_caps.push(EmissionCap {
            name: format!("{name}.period"),
            terms,
            window: CapWindow::Budget {
                first: *first,
                last: *last,
                limit: limit - data.get(P::ModelPeriodExogenousEmission, &[r, e]),
                exogenous: false,
            },
        });
    }
}

/// A limit on emissions, which may be below zero; only -1 itself is none.
pub(super) fn limit(value: f64) -> Option<f64> {
    ((value + 1.0).abs() > 1e-9 && value < 1e20).then_some(value)
}
