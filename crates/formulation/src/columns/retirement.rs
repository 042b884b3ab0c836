//! Capacity taken out of service early, in its own unit (GW).

use kzleap_lp::{Bounds, Col};
use kzleap_model::units::Power;
use kzleap_model::{CapacityIx, Model, Solution, YearIx};

use super::capacity::cost_beyond;
use super::{ColumnKey, Columns, Family, Variables};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A vintage of a capacity retired at a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which capacity.
    pub capacity: CapacityIx,
    /// For which milestone year it was built; `None` is residual capacity.
    pub vintage: Option<YearIx>,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { capacity, vintage, year } = *self;
        format!(
            "retirement[{},{},{}]",
            names.capacity(capacity),
            names.vintage(vintage),
            names.year(year)
        )
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let Self { capacity, vintage, year } = *self;
        let model = formulation.model;
        let in_service =
            model.capacities[capacity].share_left(&model.time.years, vintage, year, year);
        solution.early_retirement[(capacity.get(), year.get())] += in_service * value;
        if value != 0.0 {
            *solution.left.entry((capacity, vintage, year)).or_default() += value;
        }
    }
}

impl Variables {
    /// What leaves early, retired or converted: of which vintage (`None` is residual), at which year.
    pub fn retirements(
        &self,
        capacity: CapacityIx,
    ) -> impl Iterator<Item = (Option<YearIx>, YearIx, Var<Power>)> + '_ {
        self.retirement[capacity.get()].iter().map(|(v, y, col)| (*v, *y, Var::new(*col)))
    }
}

/// Adds the columns of all vintages of a capacity in a year in which there may be any of it.
pub(super) fn add(
    columns: &mut Columns<'_, '_>,
    k: CapacityIx,
    y: YearIx,
    possible: bool,
) -> Vec<(Option<YearIx>, YearIx, Col)> {
    let years = &columns.model.time.years;
    let capacity = &columns.model.capacities[k];
    let residual = (possible && capacity.residual[y.get()] > 0.0).then_some(None);
    let built = (years.ixs().take_while(|v| *v < y))
        .filter(|v| capacity.can_build(*v) && capacity.share_alive(years, *v, y) > 0.0);
    let vintages = residual.into_iter().chain(built.map(Some));
    let add = |vintage| {
        let key = ColumnKey::Retirement(Key { capacity: k, vintage, year: y });
        let saved = cost_beyond(columns.model, k, vintage, y);
        let closed = capacity.share_left(years, vintage, y, y)
            * columns.model.retirement_present_value(k, y);
        (vintage, y, columns.add(key, closed - saved, Bounds::NON_NEGATIVE))
    };
    vintages.map(add).collect()
}
