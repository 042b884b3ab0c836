#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Per, Power};
use kzleap_model::{CapacityIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

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
        format!("whole_units[{capacity},{year}]")
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // follows from other numbers
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (k, capacity) in model.capacities.iter_ix() {
        let size =
            capacity.investment.as_ref().and_then(|investment| investment.unit_size.as_ref());
        let Some(size) = size else { continue };
        for y in model.time.years.ixs() {
            if let (Some(new), Some(units)) = (vars.new_capacity(k, y), vars.new_units(k, y)) {
                let mut row =
                    rows.begin::<Power>(RowKey::WholeUnits(Key { capacity: k, year: y }));

                // new = unit_size · units
                row += 1.0 * new;
                row -= Per::<Power, f64>::new(size[y.get()]) * units;
                row.equals(0.0);
            }
        }
    }
}
