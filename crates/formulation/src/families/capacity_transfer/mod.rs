#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::Power;
use kzleap_model::{CapacityIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

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
        let (capacity, year) = (names.capacity(self.capacity), names.year(self.year));
        format!("capacity_transfer[{capacity},{year}]")
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // follows from other numbers
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let years = &model.time.years;
    for (k, capacity) in model.capacities.iter_ix() {
        for y in years.ixs() {
            let Some(in_service) = vars.capacity(k, y) else { continue };
            let residual = capacity.residual[y.get()];
            let mut row =
                rows.begin::<Power>(RowKey::CapacityTransfer(Key { capacity: k, year: y }));
            row += 1.0 * in_service;
            for v in years.ixs().take_while(|v| *v <= y) {
                let alive = capacity.share_alive(years, v, y);
                if let (true, Some(new)) = (alive > 0.0, vars.new_capacity(k, v)) {
                    row -= alive * new;
                }
            }
            for (v, at, retired) in vars.retirements(k).filter(|(_, at, _)| *at <= y) {
                // what was retired would have aged like the rest of its vintage
                let still = capacity.share_left(years, v, at, y);
                if still > 0.0 {
                    row += still * retired;
                }
            }
            for (conversion, converted) in vars.conversions(k) {
                let arrived = model.arrived(conversion, y);
                if arrived > 0.0 {
                    row -= arrived * converted;
                }
            }

            // capacity - Σ_v alive[v,y] · new[v] + Σ retired or converted still missing
            //     - Σ arrived by conversion = residual
            row.equals(residual);
        }
    }
}
