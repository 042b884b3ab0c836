//! Capacity built for the period, in its own unit (GW).

use kzleap_lp::{Bounds, Col};
use kzleap_model::units::Power;
use kzleap_model::{CapacityIx, Model, Solution, YearIx, stated};

use super::capacity::cost_beyond;
use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::{
    Enters, Facts, Sides, building_unit, capacity_paths, capacity_text, technology,
    years_of_building,
};
use crate::row::Var;

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
        format!("new_capacity[{},{}]", names.capacity(self.capacity), names.year(self.year))
    }

    fn number(&self, model: &Model) -> Option<(RuleKind, Enters)> {
        let Self { capacity, year } = *self;
        let per = years_of_building(model, year);
        Some((RuleKind::NewCapacity(capacity, year), Enters::Bound(per)))
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        solution.new_capacity[(self.capacity.get(), self.year.get())] = value;
    }
}

/// Building one unit of capacity, MUSD per unit, and keeping it where that of its vintage
/// costs another sum than that of residual capacity. What
/// is built is taken down unless it is in service (see [`super::capacity`]).
pub fn cost(model: &Model, k: CapacityIx, y: YearIx) -> f64 {
    model.investment_present_value(k, y)
        + cost_beyond(model, k, Some(y), y)
        + model.decommissioning_present_value(k, y)
}

impl Variables {
    /// Capacity built for the period; `None` where none may be built.
    pub fn new_capacity(&self, capacity: CapacityIx, year: YearIx) -> Option<Var<Power>> {
        at(self.new_capacity[capacity.get()][year.get()], 0)
    }
}

/// Adds the column of a capacity and year, if it can be built.
pub(super) fn add(columns: &mut Columns<'_, '_>, k: CapacityIx, y: YearIx) -> Option<Col> {
    let capacity = &columns.model.capacities[k];
    let investment = capacity.investment.as_ref().filter(|_| capacity.can_build(y))?;
    let bounds = Bounds::between(investment.lower[y.get()], investment.upper[y.get()]);
    let key = ColumnKey::NewCapacity(Key { capacity: k, year: y });
    Some(columns.add(key, cost(columns.model, k, y), bounds))
}

/// Limits on building.
pub(crate) fn facts(model: &Model, k: CapacityIx, y: YearIx) -> Facts {
    let capacity = &model.capacities[k];
    let per = years_of_building(model, y);
    let value = capacity.investment.as_ref().map_or(Sides::both(0.0), |investment| Sides {
        least: investment.lower[y.get()] / per,
        most: investment.upper[y.get()] / per,
    });
    let path = |fields| capacity_paths(model, k, fields);
    let parameter = |side: &str| {
        Some((format!("TotalAnnual{side}CapacityInvestment"), technology(model, k)?))
    };
    Facts {
        word: "new_capacity",
        name: format!(
            "new capacity limit of {} {}",
            capacity_text(model, k),
            model.time.years[y].milestone
        ),
        value,
        range: (0.0, f64::INFINITY),
        ratio: false,
        two_sides: true,
        building: true,
        unit: building_unit(model, capacity.unit.text()),
        region: Some(capacity.region),
        year: Some(y),
        paths: Sides {
            least: path([
                stated::MIN_NEW_CAPACITY,
                stated::ENERGY_MIN_NEW_CAPACITY,
                stated::CHARGE_MIN_NEW_CAPACITY,
            ]),
            most: path([
                stated::MAX_NEW_CAPACITY,
                stated::ENERGY_MAX_NEW_CAPACITY,
                stated::CHARGE_MAX_NEW_CAPACITY,
            ]),
        },
        parameter: Sides { least: parameter("Min"), most: parameter("Max") },
    }
}
