//! The native chronology of a storage: exact for days that repeat.
//!
//! Within a day type the content moves from block to block. The first day of that type is
//! followed block by block, then the days between are passed over in one step, then the last
//! day is followed block by block. Between the first and the last day the content at a given
//! hour moves one way only, so bounds on these two days bound every day. With `d` the share
//! left after one day and `g` the content gained in a day, `n` days later the content is
//! `d^n · level + g · (1 - d^n) / (1 - d)`.

use crate::storage::{Chronology, LevelStep, LevelTerm};
use crate::{Series, SliceIx, Time, words};

words! {
    /// After which time a storage comes back to where it was.
    Cycle {
        /// Every day ends as it began.
        Day = "day",
        /// Every season ends as it began.
        Season = "season",
        /// Every year ends as it began.
        Year = "year",
    }
}

/// What a native chronology is made from, besides the slices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeating {
    /// After which time the storage comes back to where it was.
    pub cycle: Cycle,
    /// Share of its content lost each hour.
    pub self_discharge_per_hour: f64,
}

/// The chronology of a storage that loses `self_discharge_per_hour` of its content each hour.
pub fn repeating(time: &Time, cycle: Cycle, self_discharge_per_hour: f64) -> Chronology {
    let mut builder = Builder {
        time,
        kept_per_hour: 1.0 - self_discharge_per_hour,
        chronology: Chronology {
            repeating: Some(Repeating { cycle, self_discharge_per_hour }),
            ..Chronology::default()
        },
    };
    let mut group_start: Option<usize> = None; // first point of the group that repeats
    let mut at: Option<usize> = None; // the point reached so far
    for (d, day_type) in time.day_types.iter().enumerate() {
        let new_group = match cycle {
            Cycle::Day => true,
            Cycle::Season => d == 0 || time.day_types[d - 1].season != day_type.season,
            Cycle::Year => d == 0,
        };
        if new_group {
            if let (Some(start), Some(end)) = (group_start, at) {
                builder.join(start, end);
            }
            at = None;
        }
        let start =
            at.unwrap_or_else(|| builder.point(format!("{}.start", builder.day_name(d))));
        if new_group {
            group_start = Some(start);
        }
        let jump = cycle != Cycle::Day && day_type.passes > 1.0;
        let first_end = builder.follow_day(d, start, if jump { "first" } else { "day" });
        at = Some(if jump {
            let last_start = builder.jump(d, start, first_end);
            builder.follow_day(d, last_start, "last")
        } else {
            first_end
        });
    }
    if let (Some(start), Some(end)) = (group_start, at) {
        builder.join(start, end);
    }
    builder.chronology
}

struct Builder<'a> {
    time: &'a Time,
    kept_per_hour: f64,
    chronology: Chronology,
}

impl Builder<'_> {
    fn day_name(&self, day_type: usize) -> String {
        let day = &self.time.day_types[day_type];
        format!("{}.{}", self.time.seasons[day.season].name, day.name)
    }

    fn point(&mut self, name: String) -> usize {
        self.chronology.points.push(name);
        self.chronology.points.len() - 1
    }

    /// Adds the points after each block of one day; returns the last.
    fn follow_day(&mut self, day_type: usize, start: usize, which: &str) -> usize {
        let day = &self.time.day_types[day_type];
        let mut at = start;
        for s in day.slices.clone().map(SliceIx::new) {
            let slice = &self.time.slices[s];
            let to = self.point(format!("{}.{which}", slice.name));
            let kept = libm::pow(self.kept_per_hour, slice.hours_per_pass);
            self.chronology.steps.push(LevelStep {
                to,
                from: vec![LevelTerm { point: at, factor: kept, year_before: false }],
                net_charge: vec![(s, Series::Constant(1.0 / day.passes))],
                initial: None,
            });
            at = to;
        }
        at
    }

    /// Passes over the days between the first and the last; returns the start of the last day.
    fn jump(&mut self, day_type: usize, first_start: usize, first_end: usize) -> usize {
        let day = &self.time.day_types[day_type];
        let days = day.passes - 1.0;
        let hours: f64 = self
            .time
            .slices
            .iter()
            .map(|slice| slice.hours_per_pass)
            .skip(day.slices.start)
            .take(day.slices.len())
            .sum();
        let kept_a_day = libm::pow(self.kept_per_hour, hours);
        let kept = libm::pow(kept_a_day, days);
        // (1 - d^n) / (1 - d), which is n where nothing is lost
        let gains = if kept_a_day < 1.0 { (1.0 - kept) / (1.0 - kept_a_day) } else { days };
        let to = self.point(format!("{}.last_start", self.day_name(day_type)));
        self.chronology.steps.push(LevelStep {
            to,
            // the gain of a day is level[first_end] - d · level[first_start]
            from: vec![
                LevelTerm {
                    point: first_start,
                    factor: kept - kept_a_day * gains,
                    year_before: false,
                },
                LevelTerm { point: first_end, factor: gains, year_before: false },
            ],
            net_charge: Vec::new(),
            initial: None,
        });
        to
    }

    /// The group ends as it began.
    fn join(&mut self, start: usize, end: usize) {
        self.chronology.steps.push(LevelStep {
            to: start,
            from: vec![LevelTerm { point: end, factor: 1.0, year_before: false }],
            net_charge: Vec::new(),
            initial: None,
        });
    }
}
