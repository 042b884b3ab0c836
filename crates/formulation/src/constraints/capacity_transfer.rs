#![doc = include_str!("capacity_transfer.md")]

use kzleap_model::units::Power;

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let years = &model.time.years;
    for (k, capacity) in model.capacities.iter_ix() {
        for y in years.ixs() {
            let Some(in_service) = vars.capacity(k, y) else { continue };
            let residual = capacity.residual[y.get()];
            let mut row = rows.begin::<Power>(RowKey::CapacityTransfer(k, y));
            row += 1.0 * in_service;
            for v in years.ixs().take_while(|v| *v <= y) {
                let alive = capacity.share_alive(years, v, y);
                if let (true, Some(new)) = (alive > 0.0, vars.new_capacity(k, v)) {
                    row -= alive * new;
                }
            }
            for (v, at, retired) in vars.retirements(k).filter(|(_, at, _)| *at <= y) {
                // what was retired would have aged like the rest of its vintage
                let still = match v {
                    Some(v) => capacity.share_alive(years, v, y),
                    None => residual / capacity.residual[at.get()],
                };
                if still > 0.0 {
                    row += still * retired;
                }
            }

            // capacity - Σ_v alive[v,y] · new[v] + Σ retired still missing = residual
            row.equals(residual);
        }
    }
}
