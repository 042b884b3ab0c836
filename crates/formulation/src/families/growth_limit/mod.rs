#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Per, PerYear, Power};
use kzleap_model::{CapacityIx, Model, Solution, YearIx, stated};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides, capacity_text, owned_paths};

/// A capacity built for a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which capacity.
    pub capacity: CapacityIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let (capacity, year) = (names.capacity(self.capacity), names.year(self.year));
        format!("growth_limit[{capacity},{year}]")
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        Some((RuleKind::GrowthSeed(self.capacity), Enters::Bound(1.0)))
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Limit, names.0.capacities[self.capacity].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let years = &model.time.years;
    let per_year = Per::<PerYear<Power>, Power>::new;
    for (k, capacity) in model.capacities.iter_ix() {
        let growth = capacity.investment.as_ref().and_then(|investment| investment.growth);
        let Some(growth) = growth else { continue };
        for y in years.ixs() {
            let Some(new) = vars.new_capacity(k, y) else { continue };
            let key = RowKey::GrowthLimit(Key { capacity: k, year: y });
            let mut row = rows.begin::<PerYear<Power>>(key);
            row += per_year(1.0 / years[y].length()) * new;
            if let Some(before) = y.get().checked_sub(1).map(YearIx::new)
                && let Some(new_before) = vars.new_capacity(k, before)
            {
                let gap = f64::from(years[y].first - years[before].first);
                let factor = libm::pow(1.0 + growth.rate, gap);
                row -= per_year(factor / years[before].length()) * new_before;
            }

            // new[y] / years[y] ≤ (1 + rate)^gap · new[y-1] / years[y-1] + seed
            row.at_most(growth.seed);
        }
    }
}

/// Building a year that is always allowed, whatever was built before.
pub(crate) fn facts(model: &Model, k: CapacityIx) -> Facts {
    let capacity = &model.capacities[k];
    let growth = capacity.investment.as_ref().and_then(|investment| investment.growth);
    Facts {
        word: "growth",
        name: format!("growth seed of {}", capacity_text(model, k)),
        value: Sides::both(growth.map_or(0.0, |growth| growth.seed)),
        range: (0.0, f64::INFINITY),
        ratio: false,
        two_sides: false,
        building: true,
        unit: format!("{}/a", capacity.unit.text()),
        region: Some(capacity.region),
        year: None,
        paths: Sides::both(owned_paths(
            &capacity.name,
            &format!("{}.{}", stated::GROWTH, stated::SEED),
        )),
        parameter: Sides::both(None),
    }
}
