#![doc = include_str!("whole_units.md")]

use kzleap_model::units::{Per, Power};

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (k, capacity) in model.capacities.iter_ix() {
        let size =
            capacity.investment.as_ref().and_then(|investment| investment.unit_size.as_ref());
        let Some(size) = size else { continue };
        for y in model.time.years.ixs() {
            if let (Some(new), Some(units)) = (vars.new_capacity(k, y), vars.new_units(k, y)) {
                let mut row = rows.begin::<Power>(RowKey::WholeUnits(k, y));

                // new = unit_size · units
                row += 1.0 * new;
                row -= Per::<Power, f64>::new(size[y.get()]) * units;
                row.equals(0.0);
            }
        }
    }
}
