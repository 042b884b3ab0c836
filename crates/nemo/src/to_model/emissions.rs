//! Emissions, their prices and their limits.

use kzleap_model::EmissionIx;
use kzleap_model::policy::{CapWindow, EmissionCap, EmissionTerm, Sense};
use kzleap_model::user_rows::{Quantity, UserTerm};

use super::{Making, region};
use crate::parameters::{Dimension, P};

/// Adds exogenous emissions, penalties and limits.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    for e in 0..data.count(Dimension::Emission) {
        let accounted: Vec<Vec<bool>> = (0..data.count(Dimension::Region))
            .map(|r| making.years().map(|(_, y)| is_accounted(making, r, e, y)).collect())
            .collect();
        making.map.accounted.push(accounted);
        for r in 0..data.count(Dimension::Region) {
            add_of_region(making, r, e);
        }
    }
}

/// NEMO adds emissions up only where the scenario has a ratio for them.
fn is_accounted(making: &Making<'_>, r: usize, e: usize, y: usize) -> bool {
    let table = making.data.table(P::EmissionActivityRatio);
    making.options.correct
        || table.default.is_some()
        || table.rows_under(&[r]).any(|(key, _)| (key[2], key[4]) == (e, y))
}

fn add_of_region(making: &mut Making<'_>, r: usize, e: usize) {
    let data = making.data;
    let emission = EmissionIx::new(e);
    let accounted = making.map.accounted[e][r].clone();
    let price = making.by_year(|y| data.or_zero(P::EmissionsPenalty, &[r, e, y]));
    if price.iter().any(|price| *price != 0.0) {
        making.model.emissions[emission].price.push((region(r), price));
    }
    let exogenous: Vec<f64> = making
        .years()
        .map(|(at, y)| {
            let outside = data.or_zero(P::AnnualExogenousEmission, &[r, e, y]);
            if accounted[at.get()] { outside } else { 0.0 }
        })
        .collect();
    if exogenous.iter().any(|value| *value != 0.0) {
        making.model.emissions[emission].exogenous.push((region(r), exogenous));
    }
    let (name, place) =
        (making.name(Dimension::Emission, e), making.name(Dimension::Region, r));
    let mut ignored = false;
    let limits: Vec<Option<f64>> = making
        .years()
        .map(|(at, y)| {
            let limit = data.get(P::AnnualEmissionLimit, &[r, e, y]);
            ignored |= limit.is_some() && !accounted[at.get()];
            limit.filter(|_| accounted[at.get()])
        })
        .collect();
    if ignored {
        making.warn(
            "vacuous-cap",
            format!("`AnnualEmissionLimit` on `{name}` in region `{place}` limits nothing: no technology has an `EmissionActivityRatio` for it"),
            "NEMO leaves exogenous emissions out of such a limit too; `--correct` counts them",
        );
    }
    if limits.iter().any(Option::is_some) {
        making.model.emission_caps.push(EmissionCap {
            name: format!("{name}.{place}"),
            terms: vec![EmissionTerm { emission, regions: vec![region(r)], weight: 1.0 }],
            window: CapWindow::EachYear(limits),
        });
    }
    add_horizon(making, r, e);
}

/// A limit over all years of the scenario together.
fn add_horizon(making: &mut Making<'_>, r: usize, e: usize) {
    let data = making.data;
    let Some(limit) = data.get(P::ModelPeriodEmissionLimit, &[r, e]) else { return };
    let (weights, before) = making.period.horizon_weights(data);
    let quantity = Quantity::Emissions(EmissionIx::new(e), region(r));
    let terms: Vec<UserTerm> = making
        .years()
        .filter(|(at, _)| making.map.accounted[e][r][at.get()])
        .map(|(year, _)| UserTerm::new(quantity, year, weights[year.get()]))
        .collect();
    let earlier = making.carried.emissions.get(&(r, e)).copied().unwrap_or(0.0) * before;
    let outside = data.or_zero(P::ModelPeriodExogenousEmission, &[r, e]);
    let (name, place) =
        (making.name(Dimension::Emission, e), making.name(Dimension::Region, r));
    let name = format!("emission_budget.{name}.{place}");
    making.rule(name, terms, Sense::AtMost, limit - outside - earlier);
}
