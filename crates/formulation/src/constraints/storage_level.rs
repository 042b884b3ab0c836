#![doc = include_str!("storage_level.md")]

use kzleap_model::YearIx;
use kzleap_model::units::{Energy, Per, Power};

use crate::build::Rows;
use crate::expressions::{add_levels, net_charge};
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (z, storage) in model.storages.iter_ix() {
        for y in model.time.years.ixs() {
            for (at, step) in storage.chronology.steps.iter().enumerate() {
                let Some(to) = vars.level(z, step.to, y) else { continue };
                let first = y == YearIx::new(0);
                let mut row = rows.begin::<Energy>(RowKey::StorageLevel(z, at, y));
                row += 1.0 * to;
                let carried = !storage.chronology.breaks.contains(&y);
                let from: Vec<_> = step
                    .from
                    .iter()
                    .filter(|term| carried || !term.year_before)
                    .copied()
                    .collect();
                add_levels(vars, z, &from, y, -1.0, &mut row);
                net_charge(model, vars, z, &step.net_charge, y, -1.0, &mut row);
                let mut initial = step.initial.filter(|_| first).unwrap_or(0.0);
                let arrivals = storage.chronology.arrivals.iter();
                for arrival in
                    arrivals.filter(|arrival| (arrival.step, arrival.year) == (at, y))
                {
                    initial += arrival.content;
                    if let Some(new) = vars.new_capacity(storage.capacity, y) {
                        row -= Per::<Energy, Power>::new(arrival.per_new_capacity) * new;
                    }
                }

                // level[to] - Σ factor · level[from] - Σ_s weight · net charge[s]
                //     - arriving with new capacity = initial
                row.equals(initial);
            }
        }
    }
}
