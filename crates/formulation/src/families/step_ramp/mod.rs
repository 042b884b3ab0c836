#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{SliceIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A mode of a process into a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Position of the limit in the model.
    pub at: usize,
    /// Which mode.
    pub mode: usize,
    /// Into which slice.
    pub slice: SliceIx,
    /// In which milestone year.
    pub year: YearIx,
    /// Whether it rises; else it falls.
    pub up: bool,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { at, mode, slice, year, up } = *self;
        let process = names.0.step_ramps[at].process;
        format!(
            "step_ramp_{}[{},{},{},{}]",
            if up { "up" } else { "down" },
            names.process(process),
            names.0.processes[process].modes[mode].name,
            names.slice(slice),
            names.year(year)
        )
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what a plant can do
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

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
                    let activity = |s: SliceIx| vars.activity(ramp.process, mode, s.get(), y);
                    let (Some(now), Some(then)) = (activity(*s), activity(*before)) else {
                        continue;
                    };
                    // the same rate in both slices makes energy as they are long
                    let as_long = length / split.at(*before, y);
                    for (up, sign) in [(true, 1.0), (false, -1.0)] {
                        let key = Key { at, mode, slice: *s, year: y, up };
                        let mut row = rows.begin::<Energy>(RowKey::StepRamp(key));

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
