#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Energy, HOURS_PER_YEAR, Per, PerHour, Power};
use kzleap_model::{Model, ProcessIx, SliceIx, Solution, Tier, YearIx, stated};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::{InService, Users, capacity_used_times};
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides, owned_paths, process_text};

/// Output of a process into a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which process.
    pub process: ProcessIx,
    /// Of which of its parts, where it has any.
    pub part: Option<usize>,
    /// Into which slice.
    pub slice: SliceIx,
    /// In which milestone year.
    pub year: YearIx,
    /// Whether it rises; else it falls.
    pub up: bool,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { process, part, slice, year, up } = *self;
        format!(
            "ramp_{}[{},{},{}]",
            if up { "up" } else { "down" },
            names.process_part((process, part)),
            names.slice(slice),
            names.year(year)
        )
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        Some((RuleKind::Ramp(self.process), Enters::Factor))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

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
            for rated in process.rated() {
                if let Some(capacity) = InService::new(model, vars, k, rated.of, y) {
                    add_year(rows, (p, rated.part), ramp, &capacity, y);
                }
            }
        }
    }
}

/// Adds the rows of a process, or of one of its parts, in a year.
fn add_year(
    rows: &mut Rows<'_, '_>,
    (p, part): Users,
    ramp: f64,
    capacity: &InService,
    y: YearIx,
) {
    let (model, vars) = (rows.model, rows.vars);
    let (process, time) = (&model.processes[p], &model.time);
    for day in time.day_types.iter().filter(|day| day.slices.len() > 1) {
        for s in day.slices.clone() {
            // a day follows a day of its own kind, so the first block follows the last
            let before = if s == day.slices.start { day.slices.end - 1 } else { s - 1 };
            let (s, before) = (SliceIx::new(s), SliceIx::new(before));
            let hours = |slice| time.slices[slice].hours_per_pass;
            let between_centres = f64::midpoint(hours(s), hours(before));
            let change = Per::<PerHour<Energy>, Power>::new(process.capacity_to_activity)
                * (ramp * between_centres / HOURS_PER_YEAR);
            for (up, sign) in [(true, 1.0), (false, -1.0)] {
                let key = Key { process: p, part, slice: s, year: y, up };
                let mut row = rows.begin::<PerHour<Energy>>(RowKey::Ramp(key));
                for (slice, sign) in [(s, sign), (before, -sign)] {
                    let per_hour =
                        Per::<PerHour<Energy>, Energy>::new(sign / time.hours(slice, y));
                    let at = ((p, part), slice.get(), y);
                    capacity_used_times(per_hour, model, vars, at, &mut row);
                }

                // ±(activity[s] / hours[s] - activity[before] / hours[before])
                //     ≤ ramp · hours between · capacity's energy per hour
                capacity.subtract(change, &mut row);
                row.at_most(capacity.given(change));
            }
        }
    }
}

/// Most change of output in an hour, a share of capacity.
pub(crate) fn facts(model: &Model, p: ProcessIx) -> Facts {
    let process = &model.processes[p];
    Facts {
        word: "ramp",
        name: format!("ramp of {}", process_text(model, p)),
        value: Sides::both(process.ramp_per_hour.unwrap_or(0.0)),
        range: (0.0, f64::INFINITY),
        ratio: true,
        two_sides: false,
        building: false,
        unit: String::new(),
        region: Some(process.region),
        year: None,
        paths: Sides::both(owned_paths(&process.name, stated::RAMP)),
        parameter: Sides::both(None),
    }
}
