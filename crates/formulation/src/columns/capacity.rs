//! Capacity in service, in its own unit (GW).

use kzleap_lp::Bounds;
use kzleap_model::units::Power;
use kzleap_model::{CapacityIx, Model, Solution, Vintage, YearIx, stated};

use super::{ColumnKey, Columns, Family, Variables, at, new_capacity, new_units, retirement};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::{Enters, Facts, Sides, capacity_paths, capacity_text, technology};
use crate::row::Var;

/// A capacity in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which capacity.
    pub capacity: CapacityIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        format!("capacity[{},{}]", names.capacity(self.capacity), names.year(self.year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        Some((RuleKind::Capacity(self.capacity, self.year), Enters::Bound(1.0)))
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        solution.capacity[(self.capacity.get(), self.year.get())] = value;
    }
}

/// Keeping one unit of capacity through the period, MUSD per unit; of residual capacity where
/// vintages differ.
pub fn cost(model: &Model, k: CapacityIx, y: YearIx) -> f64 {
    model.keeping_cost_present_value(k, None, y)
}

/// What a unit of capacity in service adds to what is taken down: it is not taken down in this year,
/// but may be in the next; MUSD per unit.
fn taken_down(model: &Model, k: CapacityIx, y: YearIx) -> f64 {
    let next = model.time.years.ixs().find(|next| *next > y);
    let later = next.map_or(0.0, |next| model.decommissioning_present_value(k, next));
    later - model.decommissioning_present_value(k, y)
}

/// What is there without the plan goes out of service too, unless it is in service in a year.
fn given(model: &Model, k: CapacityIx) -> f64 {
    let residual = &model.capacities[k].residual;
    let added = |y: YearIx| match y.get().checked_sub(1) {
        None => residual[0],
        Some(before) => (residual[y.get()] - residual[before]).max(0.0),
    };
    let years = model.time.years.ixs();
    years.map(|y| added(y) * model.decommissioning_present_value(k, y)).sum()
}

/// What keeping a unit of a vintage from a year on costs beyond [`cost`], MUSD per unit.
pub fn cost_beyond(model: &Model, k: CapacityIx, vintage: Vintage, from: YearIx) -> f64 {
    let capacity = &model.capacities[k];
    let left = |y| capacity.share_left(&model.time.years, vintage, from, y);
    cost_of_another_vintage(model, k, vintage, from, left)
}

/// What keeping `kept` of a vintage in each year from one on costs beyond [`cost`], MUSD.
pub fn cost_of_another_vintage(
    model: &Model,
    k: CapacityIx,
    vintage: Vintage,
    from: YearIx,
    kept: impl Fn(YearIx) -> f64,
) -> f64 {
    if model.capacities[k].fixed_cost_of_new.is_empty() || vintage.is_none() {
        return 0.0;
    }
    let beyond = |y| model.keeping_cost_present_value(k, vintage, y) - cost(model, k, y);
    let years = model.time.years.ixs().filter(|y| *y >= from);
    years.map(|y| kept(y) * beyond(y)).sum()
}

impl Variables {
    /// Capacity in service; `None` where there can be none.
    pub fn capacity(&self, capacity: CapacityIx, year: YearIx) -> Option<Var<Power>> {
        at(self.capacity[capacity.get()][year.get()], 0)
    }
}

/// Adds the columns, and beside those of each capacity and year what is built and retired of it.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    let years = &model.time.years;
    for (k, capacity) in model.capacities.iter_ix() {
        let (mut in_service, mut new, mut units) = (Vec::new(), Vec::new(), Vec::new());
        let mut retired = Vec::new();
        columns.lp.cost_offset += given(model, k);
        for y in years.ixs() {
            let (lower, upper) = (capacity.lower[y.get()], capacity.upper[y.get()]);
            let possible = capacity.may_stand(years, y) || lower > 0.0;
            in_service.push(possible.then(|| {
                let key = ColumnKey::Capacity(Key { capacity: k, year: y });
                let cost = cost(model, k, y) + taken_down(model, k, y);
                columns.add(key, cost, Bounds::between(lower, upper))
            }));
            new.push(new_capacity::add(columns, k, y));
            units.push(new_units::add(columns, k, y));
            if capacity.early_retirement {
                retired.extend(retirement::add(columns, k, y, possible));
            }
        }
        columns.vars.capacity.push(in_service);
        columns.vars.new_capacity.push(new);
        columns.vars.new_units.push(units);
        columns.vars.retirement.push(retired);
    }
}

/// Limits on capacity in service.
pub(crate) fn facts(model: &Model, k: CapacityIx, y: YearIx) -> Facts {
    let capacity = &model.capacities[k];
    let path = |fields| capacity_paths(model, k, fields);
    let parameter =
        |side: &str| Some((format!("TotalAnnual{side}Capacity"), technology(model, k)?));
    Facts {
        word: "capacity",
        name: format!(
            "capacity limit of {} {}",
            capacity_text(model, k),
            model.time.years[y].milestone
        ),
        value: Sides { least: capacity.lower[y.get()], most: capacity.upper[y.get()] },
        range: (0.0, f64::INFINITY),
        ratio: false,
        two_sides: true,
        building: false,
        unit: capacity.unit.text().to_owned(),
        region: Some(capacity.region),
        year: Some(y),
        paths: Sides {
            least: path([
                stated::MIN_CAPACITY,
                stated::ENERGY_MIN_CAPACITY,
                stated::CHARGE_MIN_CAPACITY,
            ]),
            most: path([
                stated::MAX_CAPACITY,
                stated::ENERGY_MAX_CAPACITY,
                stated::CHARGE_MAX_CAPACITY,
            ]),
        },
        parameter: Sides { least: parameter("Min"), most: parameter("Max") },
    }
}
