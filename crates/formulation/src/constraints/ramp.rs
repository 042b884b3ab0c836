#![doc = include_str!("ramp.md")]

use kzleap_model::units::{Energy, HOURS_PER_YEAR, Per, Power};
use kzleap_model::{SliceIx, Tier};

use crate::build::Rows;
use crate::expressions::capacity_used_times;
use crate::keys::RowKey;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    let time = &model.time;
    for (p, process) in model.processes.iter_ix() {
        let (Some(k), Some(ramp), Tier::Slice) =
            (process.capacity, process.ramp_per_hour, process.tier)
        else {
            continue;
        };
        for y in time.years.ixs() {
            let Some(capacity) = vars.capacity(k, y) else { continue };
            for day in time.day_types.iter().filter(|day| day.slices.len() > 1) {
                for s in day.slices.clone() {
                    // a day follows a day of its own kind, so the first block follows the last
                    let before = if s == day.slices.start { day.slices.end - 1 } else { s - 1 };
                    let (s, before) = (SliceIx::new(s), SliceIx::new(before));
                    let hours = |slice| time.slices[slice].hours_per_pass;
                    let between_centres = f64::midpoint(hours(s), hours(before));
                    let change = Per::<Energy, Power>::new(process.capacity_to_activity)
                        * (ramp * between_centres / HOURS_PER_YEAR);
                    for key in [RowKey::RampUp(p, s, y), RowKey::RampDown(p, s, y)] {
                        let sign = if matches!(key, RowKey::RampUp(..)) { 1.0 } else { -1.0 };
                        let mut row = rows.begin::<Energy>(key);
                        let per_hour = |slice| sign / time.hours(slice, y);
                        capacity_used_times(
                            per_hour(s),
                            model,
                            vars,
                            (p, s.get(), y),
                            &mut row,
                        );
                        capacity_used_times(
                            -per_hour(before),
                            model,
                            vars,
                            (p, before.get(), y),
                            &mut row,
                        );

                        // ±(activity[s] / hours[s] - activity[before] / hours[before])
                        //     ≤ ramp · hours between · capacity's energy per hour
                        row -= change * capacity;
                        row.at_most(0.0);
                    }
                }
            }
        }
    }
}
