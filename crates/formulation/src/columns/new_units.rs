//! Whole units built for the period, a number.

use kzleap_lp::{Bounds, Col};
use kzleap_model::{CapacityIx, Model, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
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
        format!("new_units[{},{}]", names.capacity(self.capacity), names.year(self.year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

impl Variables {
    /// Whole units built for the period; `None` where capacity is not lumpy.
    pub fn new_units(&self, capacity: CapacityIx, year: YearIx) -> Option<Var<f64>> {
        at(self.new_units[capacity.get()][year.get()], 0)
    }
}

/// Adds the column of a capacity and year, if it is built in whole units.
pub(super) fn add(columns: &mut Columns<'_, '_>, k: CapacityIx, y: YearIx) -> Option<Col> {
    let capacity = &columns.model.capacities[k];
    let investment = capacity.investment.as_ref().filter(|_| capacity.can_build(y))?;
    investment.unit_size.as_ref().filter(|sizes| sizes[y.get()] > 0.0)?;
    let key = ColumnKey::NewUnits(Key { capacity: k, year: y });
    Some(columns.add_whole(key, Bounds::NON_NEGATIVE))
}
