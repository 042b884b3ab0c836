#![doc = include_str!("activity_limit.md")]

use kzleap_model::YearIx;
use kzleap_model::policy::{ActivityLimit, ActivityWindow};
use kzleap_model::units::Energy;

use crate::build::Rows;
use crate::keys::RowKey;
use crate::row::LpRow;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let model = rows.model;
    let years = &model.time.years;
    for (at, limit) in model.activity_limits.iter().enumerate() {
        match &limit.window {
            ActivityWindow::EachYear { lower, upper } => {
                for y in years.ixs() {
                    let (lower, upper) = (lower[y.get()], upper[y.get()]);
                    if lower <= 0.0 && upper == f64::INFINITY {
                        continue;
                    }
                    let (model, vars) = (rows.model, rows.vars);
                    let mut row = rows.begin::<Energy>(RowKey::ActivityLimit(at, Some(y)));
                    add_year(model, vars, limit, y, 1.0, &mut row);

                    // lower ≤ Σ_p Σ_s activity[p,s,y] ≤ upper
                    row.between(if lower > 0.0 { lower } else { f64::NEG_INFINITY }, upper);
                }
            }
            ActivityWindow::Horizon { lower, upper } => {
                let (model, vars) = (rows.model, rows.vars);
                let mut row = rows.begin::<Energy>(RowKey::ActivityLimit(at, None));
                for y in years.ixs() {
                    add_year(model, vars, limit, y, years[y].length(), &mut row);
                }

                // lower ≤ Σ_y years[y] · Σ_p Σ_s activity[p,s,y] ≤ upper
                row.between(if *lower > 0.0 { *lower } else { f64::NEG_INFINITY }, *upper);
            }
        }
    }
}

fn add_year(
    model: &kzleap_model::Model,
    vars: &crate::Variables,
    limit: &ActivityLimit,
    year: YearIx,
    factor: f64,
    row: &mut LpRow<'_, Energy>,
) {
    for (p, only_mode) in &limit.processes {
        let process = &model.processes[*p];
        for mode in (0..process.modes.len()).filter(|m| only_mode.is_none_or(|only| only == *m))
        {
            for node in 0..model.time.node_count(process.tier) {
                if let Some(activity) = vars.activity(*p, mode, node, year) {
                    *row += factor * activity;
                }
            }
        }
    }
}
