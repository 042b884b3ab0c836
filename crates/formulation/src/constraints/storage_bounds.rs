#![doc = include_str!("storage_bounds.md")]

use kzleap_model::units::{Energy, Per, Power};

use crate::build::Rows;
use crate::expressions::{add_levels, net_charge};
use crate::keys::RowKey;
use crate::row::{LpRow, Var};

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (z, storage) in model.storages.iter_ix() {
        let chronology = &storage.chronology;
        for y in model.time.years.ixs() {
            let part = chronology.size_shares.get(y.get()).copied().unwrap_or(1.0);
            let size = Per::<Energy, Power>::new(storage.content_per_capacity * part);
            let minimum = size * storage.minimum_level[y.get()];
            // a storage without capacity holds nothing
            let capacity = vars.capacity(storage.capacity, y);
            for point in 0..chronology.points.len() {
                let Some(level) = vars.level(z, point, y) else { continue };
                if chronology.free_points.contains(&point) {
                    continue;
                }
                // level ≤ size
                let mut row = rows.begin::<Energy>(RowKey::StorageSize(z, point, y));
                row += 1.0 * level;
                subtract(size, capacity, &mut row);
                row.at_most(0.0);
                if minimum.get() > 0.0 {
                    // level ≥ minimum_level · size
                    let mut row = rows.begin::<Energy>(RowKey::StorageMinimum(z, point, y));
                    row += 1.0 * level;
                    subtract(minimum, capacity, &mut row);
                    row.at_least(0.0);
                }
            }
            for (at, check) in chronology.checks.iter().enumerate() {
                // Σ factor · level + Σ_s weight · net charge[s] ≤ size
                let mut row = rows.begin::<Energy>(RowKey::StorageCheckSize(z, at, y));
                add_levels(vars, z, &check.from, y, 1.0, &mut row);
                net_charge(model, vars, z, &check.net_charge, y, 1.0, &mut row);
                subtract(size, capacity, &mut row);
                row.at_most(0.0);

                // … ≥ minimum_level · size
                let mut row = rows.begin::<Energy>(RowKey::StorageCheckMinimum(z, at, y));
                add_levels(vars, z, &check.from, y, 1.0, &mut row);
                net_charge(model, vars, z, &check.net_charge, y, 1.0, &mut row);
                subtract(minimum, capacity, &mut row);
                row.at_least(0.0);
            }
        }
    }
}

fn subtract(
    size: Per<Energy, Power>,
    capacity: Option<Var<Power>>,
    row: &mut LpRow<'_, Energy>,
) {
    if let Some(capacity) = capacity {
        *row -= size * capacity;
    }
}
