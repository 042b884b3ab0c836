#![doc = include_str!("reserve_margin.md")]

use kzleap_model::policy::{Reserve, ReserveRequirement};
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{SliceIx, Tier, YearIx};

use crate::build::Rows;
use crate::keys::RowKey;
use crate::row::LpRow;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (at, reserve) in model.reserves.iter_ix() {
        for y in model.time.years.ixs() {
            match &reserve.requirement {
                ReserveRequirement::Firm { peak, margin }
                    if (1.0 + margin[y.get()]) * peak[y.get()] > 0.0 =>
                {
                    let need = (1.0 + margin[y.get()]) * peak[y.get()];
                    let mut row = rows.begin::<Power>(RowKey::ReserveMargin(at, None, y));
                    add_firm(vars, reserve, y, &mut row);

                    // Σ_k credit · capacity[k,y] ≥ (1 + margin) · peak
                    row.at_least(need);
                }
                ReserveRequirement::Production { outputs, factor } if factor[y.get()] > 0.0 => {
                    for s in model.time.slices.ixs() {
                        let mut row =
                            rows.begin::<Power>(RowKey::ReserveMargin(at, Some(s), y));
                        add_firm(vars, reserve, y, &mut row);
                        for (p, commodity) in outputs {
                            add_rate(
                                model,
                                vars,
                                (*p, *commodity, s, y),
                                factor[y.get()],
                                &mut row,
                            );
                        }

                        // Σ_k credit · capacity[k,y] - factor · rate of output[s,y] ≥ 0
                        row.at_least(0.0);
                    }
                }
                _ => {}
            }
        }
    }
}

fn add_firm(
    vars: &crate::Variables,
    reserve: &Reserve,
    year: YearIx,
    row: &mut LpRow<'_, Power>,
) {
    for (k, credit) in &reserve.members {
        if let Some(capacity) = vars.capacity(*k, year) {
            *row += credit[year.get()] * capacity;
        }
    }
}

/// Subtracts `factor` times the rate of output; credits are per unit of that rate.
fn add_rate(
    model: &kzleap_model::Model,
    vars: &crate::Variables,
    (p, commodity, s, y): (kzleap_model::ProcessIx, kzleap_model::CommodityIx, SliceIx, YearIx),
    factor: f64,
    row: &mut LpRow<'_, Power>,
) {
    let process = &model.processes[p];
    if process.tier != Tier::Slice {
        return;
    }
    let share = model.time.year_split.at(s, y);
    for (m, mode) in process.modes.iter().enumerate() {
        for (_, ratio) in mode.outputs.iter().filter(|(of, _)| *of == commodity) {
            if let (true, Some(activity)) = (share > 0.0, vars.activity(p, m, s.get(), y)) {
                let rate = Per::<Power, Energy>::new(ratio.at(s, y) / share);
                *row -= rate * factor * activity;
            }
        }
    }
}
