#![doc = include_str!("annual_availability.md")]

use kzleap_model::units::{Energy, Per, Power};

use crate::build::Rows;
use crate::expressions::capacity_used;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (p, process) in model.processes.iter_ix() {
        let (Some(k), Some(available)) = (process.capacity, &process.annual_availability)
        else {
            continue;
        };
        for y in model.time.years.ixs() {
            let Some(capacity) = vars.capacity(k, y) else { continue };
            let most =
                Per::<Energy, Power>::new(process.capacity_to_activity) * available[y.get()];
            let mut row = rows.begin::<Energy>(RowKey::AnnualAvailability(p, y));
            for n in 0..model.time.node_count(process.tier) {
                capacity_used(model, vars, p, n, y, &mut row);
            }

            // Σ_m Σ_s capacity_use · activity ≤ annual_availability · full load · capacity
            row -= most * capacity;
            row.at_most(0.0);
        }
    }
}
