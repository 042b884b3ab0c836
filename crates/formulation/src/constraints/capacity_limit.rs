#![doc = include_str!("capacity_limit.md")]

use kzleap_model::policy::CapacityKind;
use kzleap_model::units::Power;

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows. Limits of one capacity alone are bounds of its column.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, limit) in model.capacity_limits.iter().enumerate() {
        for y in model.time.years.ixs() {
            let (lower, upper) = (limit.lower[y.get()], limit.upper[y.get()]);
            if lower <= 0.0 && upper == f64::INFINITY {
                continue;
            }
            let mut row = rows.begin::<Power>(RowKey::CapacityLimit(at, y));
            for k in &limit.capacities {
                let var = match limit.of {
                    CapacityKind::InService => vars.capacity(*k, y),
                    CapacityKind::New => vars.new_capacity(*k, y),
                };
                if let Some(var) = var {
                    row += 1.0 * var;
                }
            }

            // lower ≤ Σ_k capacity[k,y] ≤ upper
            row.between(if lower > 0.0 { lower } else { f64::NEG_INFINITY }, upper);
        }
    }
}
