//! The most capacity that can be in service, and which limits hold it there.

use kzleap_diagnostics::Span;
use kzleap_model::policy::CapacityKind;
use kzleap_model::{CapacityIx, YearIx};

use super::Check;
use crate::registry::{capacity_limit, root};

/// What bounds a capacity in a year, in the unit of the capacity.
struct Bounds {
    exists: f64,
    can_be_built: f64,
    own: f64,
    /// Limits of groups it is in, each with its name.
    groups: Vec<(String, f64)>,
}

impl Bounds {
    fn most(&self) -> f64 {
        let limits = self.groups.iter().map(|(_, most)| *most).chain([self.own]);
        limits.fold(self.exists + self.can_be_built, f64::min)
    }
}

impl Check<'_, '_> {
    /// Most capacity that can be in service in a year: limits of its own and of groups, what
    /// exists, what can be built.
    pub(super) fn most_capacity(&self, ix: CapacityIx, year: usize) -> f64 {
        if self.failed(&self.build.capacity_paths[ix.get()].0) {
            return f64::INFINITY;
        }
        self.bounds_on(ix, year).most()
    }

    fn bounds_on(&self, ix: CapacityIx, year: usize) -> Bounds {
        let years = &self.model().time.years;
        let capacity = &self.model().capacities[ix];
        let can_be_built = match &capacity.investment {
            _ if capacity.by_conversion => f64::INFINITY,
            None => 0.0,
            Some(investment) => years
                .ixs()
                .take(year + 1)
                .map(|built| {
                    let alive = capacity.share_alive(years, built, YearIx::new(year));
                    let of_groups = self.of_groups(ix, CapacityKind::New, built.get());
                    let most = of_groups
                        .fold(investment.upper[built.get()], |most, (_, of)| most.min(of));
                    if alive > 0.0 { most * alive } else { 0.0 }
                })
                .sum(),
        };
        let groups = self.of_groups(ix, CapacityKind::InService, year);
        Bounds {
            exists: capacity.residual[year],
            can_be_built,
            own: capacity.upper[year],
            groups: groups.map(|(name, most)| (name.to_owned(), most)).collect(),
        }
    }

    /// Limits of groups that a capacity is in.
    fn of_groups(
        &self,
        ix: CapacityIx,
        of: CapacityKind,
        year: usize,
    ) -> impl Iterator<Item = (&str, f64)> {
        self.groups[ix.get()]
            .iter()
            .filter(move |limit| limit.of == of)
            .map(move |limit| (limit.name.as_str(), limit.upper[year]))
    }

    /// The limits that would have to be raised for more capacity in a year: where each is written,
    /// and what it allows, in the unit it is written in.
    pub(super) fn held_down_by(&self, ix: CapacityIx, year: usize) -> Vec<(Span, String)> {
        let bounds = self.bounds_on(ix, year);
        let most = bounds.most();
        let capacity = &self.model().capacities[ix];
        let (path, fields) = self.capacity_path(ix);
        let in_year = self.year(year);
        if bounds.own <= most {
            let allows = self.capacity_unit(ix, fields.max).text(most);
            let place = self.value_place(&path, fields.max, capacity.region);
            return vec![(place, format!("`{}` allows {allows} in {in_year}", fields.max))];
        }
        if let Some((name, _)) = bounds.groups.iter().find(|(_, of)| *of <= most) {
            let path = root::CAPACITY_LIMITS.key().path(name);
            let unit = self.unit_at(&path, capacity_limit::MAX, capacity.unit.text());
            let place = self.place(&path, capacity_limit::MAX);
            return vec![(place, format!("allows {} in {in_year}", unit.text(most)))];
        }
        let mut held = Vec::new();
        if self.has(&path, fields.residual) {
            let place = self.value_place(&path, fields.residual, capacity.region);
            let exists = self.capacity_unit(ix, fields.residual).text(bounds.exists);
            held.push((place, format!("{exists} exist in {in_year}")));
        }
        if capacity.investment.is_none() {
            let place = self.item_place(&path);
            held.push((place, format!("nothing new is built: no `{}`", fields.capital_cost)));
            return held;
        }
        let too_early = capacity.investment.as_ref().is_some_and(|new| new.upper[year] <= 0.0);
        if too_early && self.has(&path, fields.lead_time) {
            let place = self.place(&path, fields.lead_time);
            held.push((place, format!("nothing new is ready by {in_year}")));
            return held;
        }
        let by_then = |unit: super::stated::Stated| {
            format!("{} can be built by {in_year}", unit.a_year(bounds.can_be_built))
        };
        if self.has(&path, fields.max_new) {
            let place = self.value_place(&path, fields.max_new, capacity.region);
            held.push((place, by_then(self.capacity_unit(ix, fields.max_new))));
        }
        let groups = self.of_groups(ix, CapacityKind::New, year);
        for (name, _) in groups.filter(|(_, most)| most.is_finite()) {
            let path = root::CAPACITY_LIMITS.key().path(name);
            let unit = self.unit_at(&path, capacity_limit::MAX_NEW, capacity.unit.text());
            held.push((self.place(&path, capacity_limit::MAX_NEW), by_then(unit)));
        }
        held
    }
}
