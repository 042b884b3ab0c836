//! What moves the content of a storage.

use kzleap_model::storage::LevelTerm;
use kzleap_model::units::Energy;
use kzleap_model::{Model, Series, SliceIx, StorageIx, YearIx};

use crate::columns::{Run, Variables};
use crate::row::LpRow;

/// Adds `factor · Σ term.factor · level[term.point]`; terms of a year before the first are absent.
pub fn add_levels(
    vars: &Variables,
    (run, storage): (Run, StorageIx),
    terms: &[LevelTerm],
    year: YearIx,
    factor: f64,
    row: &mut LpRow<'_, Energy>,
) {
    for term in terms {
        let at = if term.year_before {
            let Some(before) = year.get().checked_sub(1) else { continue };
            YearIx::new(before)
        } else {
            year
        };
        if let Some(level) = vars.level(run, storage, term.point, at) {
            *row += (factor * term.factor) * level;
        }
    }
}

/// Adds `factor · Σ_s weight[s,y] · (charged[s,y] - discharged[s,y])`.
///
/// Terms that carry over from the year before (a chronology whose year begins where the last one
/// ended) are written by the steps of that year, so every weight here is of `year` itself.
pub fn net_charge(
    model: &Model,
    vars: &Variables,
    (run, storage): (Run, StorageIx),
    weights: &[(SliceIx, Series)],
    year: YearIx,
    factor: f64,
    row: &mut LpRow<'_, Energy>,
) {
    for (p, process) in model.processes.iter_ix().filter(|(_, p)| p.is_storage()) {
        for (m, mode) in process.modes.iter().enumerate() {
            let moved = |list: &[(StorageIx, f64)]| -> f64 {
                list.iter().filter(|(of, _)| *of == storage).map(|(_, content)| content).sum()
            };
            let content = moved(&mode.charges) - moved(&mode.discharges);
            if content == 0.0 {
                continue;
            }
            for (s, weight) in weights {
                if let Some(activity) = vars.run(run, p, m, *s, year) {
                    *row += (factor * content * weight.at(*s, year)) * activity;
                }
            }
        }
    }
}
