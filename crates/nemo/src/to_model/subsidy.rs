//! Subsidies and their budgets.

use kzleap_model::support::{Budget, Subsidy};

use super::Making;
use crate::parameters::{Dimension, P};

/// Adds them.
pub(super) fn add(making: &mut Making<'_>) {
    let data = making.data;
    if data.table(P::TechnologySubsidy).says_nothing() {
        return;
    }
    for (r, t) in making.in_regions(Dimension::Technology) {
        let rate = making.by_year(|y| data.or_zero(P::TechnologySubsidy, &[r, t, y]).max(0.0));
        let Some(capacity) = making.map.technology(data, r, t).capacity else { continue };
        if rate.iter().any(|rate| *rate > 0.0) {
            making.model.support.subsidies.push(Subsidy { capacity, rate });
            making.map.subsidies.push((r, t));
        }
    }
    for r in 0..data.count(Dimension::Region) {
        let name = making.name(Dimension::Region, r).to_owned();
        add_budget(making, name, P::MaxSubsidyPerRegion, &[r], |of, _| of == r);
    }
    for (r, t) in making.in_regions(Dimension::Technology) {
        let name = format!(
            "{}.{}",
            making.name(Dimension::Region, r),
            making.name(Dimension::Technology, t)
        );
        let same = |of, technology| (of, technology) == (r, t);
        add_budget(making, name, P::MaxSubsidyPerTechnology, &[r, t], same);
    }
    for (r, group) in making.in_regions(Dimension::TechnologyGroup) {
        let name = format!(
            "{}.{}",
            making.name(Dimension::Region, r),
            making.name(Dimension::TechnologyGroup, group)
        );
        let member = |of, t| of == r && data.technology_groups.contains(&(group, t));
        add_budget(making, name, P::MaxSubsidyPerTechnologyGroup, &[r, group], member);
    }
}

fn add_budget(
    making: &mut Making<'_>,
    name: String,
    p: P,
    key: &[usize],
    member: impl Fn(usize, usize) -> bool,
) {
    let data = making.data;
    let limit: Vec<Option<f64>> = making
        .years()
        .map(|(_, y)| {
            let key: Vec<usize> = key.iter().copied().chain([y]).collect();
            data.get(p, &key)
        })
        .collect();
    let subsidies: Vec<usize> = (making.map.subsidies.iter().enumerate())
        .filter(|(_, (r, t))| member(*r, *t))
        .map(|(at, _)| at)
        .collect();
    if !subsidies.is_empty() && limit.iter().any(Option::is_some) {
        making.model.support.budgets.push(Budget { name, subsidies, limit });
    }
}
