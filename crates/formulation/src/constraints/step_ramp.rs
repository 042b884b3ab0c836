#![doc = include_str!("step_ramp.md")]

use kzleap_model::units::{Energy, Per, Power};

use crate::build::Rows;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let split = &model.time.year_split;
    for (at, ramp) in model.step_ramps.iter().enumerate() {
        let process = &model.processes[ramp.process];
        let Some(k) = process.capacity else { continue };
        for y in model.time.years.ixs() {
            let Some(capacity) = vars.capacity(k, y) else { continue };
            for (s, before) in &ramp.steps {
                let (share, length) = (ramp.share.at(*s, y), split.at(*s, y));
                let available = ramp.available.at(*s, y);
                if share >= 1.0 || !available.is_finite() || split.at(*before, y) <= 0.0 {
                    continue;
                }
                let most = Per::<Energy, Power>::new(
                    share * available * process.capacity_to_activity * length,
                );
                for mode in 0..process.modes.len() {
                    let activity = |s: kzleap_model::SliceIx| {
                        vars.activity(ramp.process, mode, s.get(), y)
                    };
                    let (Some(now), Some(then)) = (activity(*s), activity(*before)) else {
                        continue;
                    };
                    // the same rate in both slices makes energy as they are long
                    let as_long = length / split.at(*before, y);
                    for key in [
                        RowKey::StepRampUp(at, mode, *s, y),
                        RowKey::StepRampDown(at, mode, *s, y),
                    ] {
                        let sign =
                            if matches!(key, RowKey::StepRampUp(..)) { 1.0 } else { -1.0 };
                        let mut row = rows.begin::<Energy>(key);

                        // ±(activity[s] - share[s] / share[before] · activity[before])
                        //     ≤ ramp · availability · full load · capacity
                        row += sign * now;
                        row -= (sign * as_long) * then;
                        row -= most * capacity;
                        row.at_most(0.0);
                    }
                }
            }
        }
    }
}
