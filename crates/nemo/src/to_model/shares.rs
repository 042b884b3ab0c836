//! Renewable targets and shares of technologies in the making of a fuel.

use kzleap_model::YearIx;
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::UserTerm;

use super::Making;
use crate::parameters::{Dimension, P};

/// Adds them.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    for f in 0..data.count(Dimension::Fuel) {
        for r in 0..data.count(Dimension::Region) {
            let name = making.name(Dimension::Region, r);
            add_target(making, P::REMinProductionTarget, r, f, &[r], name);
            for t in 0..data.count(Dimension::Technology) {
                add_share(making, P::MinShareProduction, Sense::AtLeast, (r, t, f));
                add_share(making, P::MaxShareProduction, Sense::AtMost, (r, t, f));
            }
        }
        for group in 0..data.count(Dimension::RegionGroup) {
            let of = data.region_groups.iter().filter(|(rg, _)| *rg == group);
            let regions: Vec<usize> = of.map(|(_, r)| *r).collect();
            let name = making.name(Dimension::RegionGroup, group);
            add_target(making, P::REMinProductionTargetRG, group, f, &regions, name);
        }
    }
}

/// Whether a mode of a technology empties a storage: what it makes was made before.
fn empties(making: &Making<'_>, r: usize, t: usize, m: usize) -> bool {
    let data = making.data;
    (0..data.count(Dimension::Storage))
        .any(|s| data.get(P::TechnologyFromStorage, &[r, t, s, m]) == Some(1.0))
}

/// `Σ (tag - target) · generation ≥ 0`, without what comes out of storages.
fn add_target(
    making: &mut Making<'_>,
    p: P,
    of: usize,
    f: usize,
    regions: &[usize],
    name: &str,
) {
    let data = making.data;
    for (at, y) in making.years() {
        let Some(target) = data.get(p, &[of, f, y]).filter(|target| *target > 0.0) else {
            continue;
        };
        let terms: Vec<UserTerm> = regions
            .iter()
            .flat_map(|r| {
                generation(making, *r, f, (at, y), |t| {
                    data.or_zero(P::RETagTechnology, &[*r, t, y]) - target
                })
            })
            .collect();
        let fuel = making.name(Dimension::Fuel, f);
        let name = format!("renewable_target.{name}.{fuel}.{}", making.calendar(y));
        making.rule(name, terms, Sense::AtLeast, 0.0);
    }
}

/// `output of t - share · generation`, the output with what comes out of storages.
fn add_share(making: &mut Making<'_>, p: P, sense: Sense, (r, t, f): (usize, usize, usize)) {
    let data = making.data;
    if data.table(p).says_nothing() {
        return;
    }
    for (at, y) in making.years() {
        let Some(share) = data.get(p, &[r, t, f, y]) else { continue };
        let mut terms = generation(making, r, f, (at, y), |_| -share);
        terms.extend(making.activity_terms((r, t), at, |m| making.output(r, t, f, m, y)));
        let (technology, fuel) =
            (making.name(Dimension::Technology, t), making.name(Dimension::Fuel, f));
        let word = if sense == Sense::AtLeast { "least" } else { "most" };
        let name = format!("{word}_share.{technology}.{fuel}.{}", making.calendar(y));
        making.rule(name, terms, sense, 0.0);
    }
}

fn generation(
    making: &Making<'_>,
    r: usize,
    f: usize,
    (at, y): (YearIx, usize),
    weight: impl Fn(usize) -> f64,
) -> Vec<UserTerm> {
    (0..making.data.count(Dimension::Technology))
        .flat_map(|t| {
            let weight = weight(t);
            making.activity_terms((r, t), at, |m| {
                if empties(making, r, t, m) {
                    0.0
                } else {
                    weight * making.output(r, t, f, m, y)
                }
            })
        })
        .collect()
}
