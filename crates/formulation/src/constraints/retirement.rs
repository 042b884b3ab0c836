#![doc = include_str!("retirement.md")]

use kzleap_model::units::Power;

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (k, capacity) in model.capacities.iter_ix() {
        let vintages = std::iter::once(None).chain(model.time.years.ixs().map(Some));
        for v in vintages {
            if !vars.retirements(k).any(|(of, _, _)| of == v) {
                continue;
            }
            let mut row = rows.begin::<Power>(RowKey::Retirement(k, v));
            for (_, at, retired) in vars.retirements(k).filter(|(of, _, _)| *of == v) {
                // residual capacity thins out by itself: count shares of what was left
                let share = if v.is_none() { 1.0 / capacity.residual[at.get()] } else { 1.0 };
                row += share * retired;
            }
            match v.and_then(|v| vars.new_capacity(k, v)) {
                // Σ_y retired[v,y] ≤ new[v]
                Some(new) => {
                    row -= 1.0 * new;
                    row.at_most(0.0);
                }
                // Σ_y retired[y] / residual[y] ≤ 1
                None => row.at_most(1.0),
            }
        }
    }
}
