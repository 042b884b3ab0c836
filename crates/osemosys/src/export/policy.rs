//! Limits, targets and margins, as far as OSeMOSYS has them.

use std::collections::BTreeSet;

use kzleap_model::policy::{
    ActivityWindow, CapWindow, Counted, EmissionCap, Reserve, ReserveRequirement, Sense, Share,
};
use kzleap_model::{CommodityIx, ProcessIx, RegionIx};

use super::from_model::Export;
use crate::parameters::{P, SetId};

/// Adds everything.
pub(super) fn add(export: &mut Export<'_>) {
    let model = export.model;
    activity_limits(export);
    let mut seen = BTreeSet::new();
    for cap in &model.emission_caps {
        match emission_cap(export, cap) {
            None => export.refuse(format!(
                "`{}`: a cap over regions, emissions or some of the years together",
                cap.name
            )),
            Some(at) if !seen.insert(at) => {
                export.refuse(format!("`{}`: a second cap on the same emissions", cap.name));
            }
            Some(_) => {}
        }
    }
    for share in &model.shares {
        if share.counts == Counted::Used {
            export.refuse(format!("`{}`: a share of what is used", share.name));
        } else if renewable_target(export, share).is_none() {
            export.refuse(format!("`{}`: a share that is no renewable target", share.name));
        }
    }
    for reserve in &model.reserves {
        if reserve_margin(export, reserve).is_none() {
            export.refuse(format!("`{}`: a reserve against a peak", reserve.name));
        }
    }
}

fn place(export: &Export<'_>, process: ProcessIx) -> [usize; 2] {
    let process = &export.model.processes[process];
    let technology = export.draft.position(SetId::Technology, &process.name);
    [process.region.get(), technology]
}

fn none(limit: f64) -> f64 {
    if limit.is_finite() { limit } else { -1.0 }
}

fn activity_limits(export: &mut Export<'_>) {
    let model = export.model;
    let mut seen = BTreeSet::new();
    for limit in &model.activity_limits {
        let horizon = matches!(limit.window, ActivityWindow::Horizon { .. });
        let [(process, mode)] = limit.processes[..] else {
            if horizon {
                export.refuse(format!(
                    "`{}`: a limit on processes together over the horizon",
                    limit.name
                ));
            }
            continue; // one of a year is a sum
        };
        if !seen.insert((process, mode, horizon)) {
            export.refuse(format!("`{}`: a second limit on the same process", limit.name));
            continue;
        }
        let [r, t] = place(export, process);
        match (&limit.window, mode) {
            (ActivityWindow::EachYear { lower, upper }, None) => {
                let upper: Vec<f64> = upper.iter().map(|most| none(*most)).collect();
                let draft = &mut export.draft;
                draft.put_row(P::TotalTechnologyAnnualActivityLowerLimit, &[r, t], lower);
                draft.put_row(P::TotalTechnologyAnnualActivityUpperLimit, &[r, t], &upper);
            }
            (ActivityWindow::Horizon { lower, upper }, None) => {
                let Some(years) = export.costs.years_of_a_period() else {
                    export.refuse(format!(
                        "`{}`: a sum over periods of different length",
                        limit.name
                    ));
                    continue;
                };
                let draft = &mut export.draft;
                let at = [r, t];
                let (lower, upper) = (lower / years, none(upper / years));
                draft.put(P::TotalTechnologyModelPeriodActivityLowerLimit, &at, lower);
                draft.put(P::TotalTechnologyModelPeriodActivityUpperLimit, &at, upper);
            }
            (_, Some(_)) => export.refuse(format!("`{}`: a limit on one mode", limit.name)),
        }
    }
}

/// Writes a cap; where, and whether it is for each year.
fn emission_cap(export: &mut Export<'_>, cap: &EmissionCap) -> Option<([usize; 2], bool)> {
    let [term] = &cap.terms[..] else { return None };
    let [region] = term.regions[..] else { return None };
    if (term.weight - 1.0).abs() > 0.0 {
        return None;
    }
    let at = [region.get(), term.emission.get()];
    let time = &export.model.time;
    match &cap.window {
        CapWindow::EachYear(limits) => {
            let limits: Vec<f64> = limits.iter().map(|limit| limit.unwrap_or(-1.0)).collect();
            export.draft.put_row(P::AnnualEmissionLimit, &at, &limits);
        }
        CapWindow::Budget { first, last, limit, exogenous } => {
            let covers = |year: &kzleap_model::Year| *first <= year.first && year.last <= *last;
            if !time.years.iter().all(covers) {
                return None;
            }
            let limit = limit / export.costs.years_of_a_period()?;
            // the limit there counts technologies alone
            let (model, e) = (export.model, term.emission);
            let counted = |y| {
                let outside =
                    if *exogenous { model.exogenous_emissions(e, region, y) } else { 0.0 };
                outside + model.emissions_of_demand(e, region, y)
            };
            let others: f64 = time.years.ixs().map(counted).sum();
            export.draft.put(P::ModelPeriodEmissionLimit, &at, limit - others);
        }
    }
    Some((at, matches!(cap.window, CapWindow::EachYear(_))))
}

/// The region all these outputs are of, and their commodities, if every output of these
/// commodities in the region is among them.
fn whole_production(
    export: &Export<'_>,
    outputs: &[(ProcessIx, CommodityIx)],
) -> Option<(RegionIx, BTreeSet<CommodityIx>)> {
    let model = export.model;
    let region = model.processes[outputs.first()?.0].region;
    let fuels: BTreeSet<CommodityIx> = outputs.iter().map(|(_, fuel)| *fuel).collect();
    let listed: BTreeSet<_> = outputs.iter().copied().collect();
    let complete = model.processes.iter_ix().all(|(p, process)| {
        let mut made = process.modes.iter().flat_map(|mode| &mode.outputs);
        made.all(|(fuel, _)| {
            let counts = process.region == region && fuels.contains(fuel);
            counts == listed.contains(&(p, *fuel))
        })
    });
    complete.then_some((region, fuels))
}

fn renewable_target(export: &mut Export<'_>, share: &Share) -> Option<()> {
    if share.sense != Sense::AtLeast {
        return None;
    }
    let (region, fuels) = whole_production(export, &share.whole)?;
    for (process, _, weight) in &share.part {
        let of = &export.model.processes[*process];
        let mut made = of.modes.iter().flat_map(|mode| &mode.outputs);
        let all = made.all(|(fuel, _)| {
            share.part.iter().any(|(p, f, w)| (p, f, w) == (process, fuel, weight))
        });
        if !all || of.region != region {
            return None;
        }
        let at = place(export, *process);
        export.draft.put_row(P::RETagTechnology, &at, weight);
    }
    for (y, target) in share.share.iter().enumerate() {
        let Some(target) = target else { continue };
        if export.draft.has(P::REMinProductionTarget, &[region.get(), y]) {
            return None; // OSeMOSYS has one target a region
        }
        export.draft.put(P::REMinProductionTarget, &[region.get(), y], *target);
        for fuel in &fuels {
            export.draft.put(P::RETagFuel, &[region.get(), fuel.get(), y], 1.0);
        }
    }
    Some(())
}

fn reserve_margin(export: &mut Export<'_>, reserve: &Reserve) -> Option<()> {
    let ReserveRequirement::Production { outputs, factor } = &reserve.requirement else {
        return None;
    };
    let (region, fuels) = whole_production(export, outputs)?;
    for (k, credit) in &reserve.members {
        let capacity = &export.model.capacities[*k];
        let process = export.model.processes.iter().find(|of| of.capacity == Some(*k));
        let to_activity = process.map_or(1.0, |process| process.capacity_to_activity);
        if capacity.region != region {
            return None;
        }
        let technology = export.draft.position(SetId::Technology, &capacity.name);
        let tags: Vec<f64> = credit.iter().map(|credit| credit / to_activity).collect();
        let at = [region.get(), technology];
        export.draft.put_row(P::ReserveMarginTagTechnology, &at, &tags);
    }
    for (y, factor) in factor.iter().enumerate().filter(|(_, factor)| **factor > 0.0) {
        if export.draft.has(P::ReserveMargin, &[region.get(), y]) {
            return None; // OSeMOSYS has one margin a region
        }
        export.draft.put(P::ReserveMargin, &[region.get(), y], *factor);
        for fuel in &fuels {
            export.draft.put(P::ReserveMarginTagFuel, &[region.get(), fuel.get(), y], 1.0);
        }
    }
    Some(())
}
