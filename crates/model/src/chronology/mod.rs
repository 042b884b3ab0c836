//! The native chronology of a storage: the year as a row of days, some of which repeat.
//!
//! **Days one after the other** (no calendar: slices say only how often each kind of day comes).
//! The days of a kind follow each other. Within a kind of day the content moves from block to
//! block. The first day is followed block by block, then the days between are passed over in one
//! step, then the last day is followed block by block. Between the first and the last day the
//! content at a given hour moves one way only, so bounds on these two days bound every day. With
//! `d` the share left after one day and `g` the content gained in a day, `n` days later the
//! content is `d^n · level + g · (1 - d^n) / (1 - d)`.
//!
//! **Days of a calendar** ([`linked`]): typical days come back in any order.

mod groups;
mod linked;

use self::groups::{Run, groups};
use crate::storage::{Chronology, LevelStep, LevelTerm};
use crate::{Series, SliceIx, Time, words};

words! {
    /// After which time a storage comes back to where it was.
    Cycle {
        /// Every day ends as it began.
        Day = "day",
        /// Every week ends as it began.
        Week = "week",
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
    // days of a kind do the same: where they come back, weeks with other numbers of them could not
    // all end as they began
    let of_their_own = cycle == Cycle::Day || (cycle == Cycle::Week && time.days_come_back());
    if time.calendar.is_empty() || of_their_own {
        for group in groups(time, cycle) {
            builder.ring(&group);
        }
    } else {
        linked::add(&mut builder, cycle);
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

    /// The days of a group in their order; the last ends as the first began.
    fn ring(&mut self, group: &[Run]) {
        let Some(first) = group.first() else { return };
        let start = self.point(format!("{}.start", self.day_name(first.day_type)));
        let mut at = start;
        for &Run { day_type: d, days } in group {
            at = if days > 1.0 {
                let first_end = self.follow_day(d, at, "first", 1.0);
                let last_start = self.jump(d, days - 1.0, at, first_end);
                self.follow_day(d, last_start, "last", 1.0)
            } else {
                self.follow_day(d, at, "day", days)
            };
        }
        self.join(start, at);
    }

    fn point(&mut self, name: String) -> usize {
        self.chronology.points.push(name);
        self.chronology.points.len() - 1
    }

    /// Adds the points after each block of one day, or of a part of it; returns the last.
    fn follow_day(&mut self, day_type: usize, start: usize, which: &str, part: f64) -> usize {
        let day = &self.time.day_types[day_type];
        let mut at = start;
        for s in day.slices.clone().map(SliceIx::new) {
            let slice = &self.time.slices[s];
            let to = self.point(format!("{}.{which}", slice.name));
            let kept = libm::pow(self.kept_per_hour, slice.hours_per_pass);
            self.chronology.steps.push(LevelStep {
                to,
                from: vec![term(at, kept)],
                net_charge: vec![(s, Series::Constant(part.min(1.0) / day.passes))],
                initial: None,
            });
            at = to;
        }
        at
    }

    /// Passes over `days` days from the start of the first to that of the last, which is returned.
    fn jump(
        &mut self,
        day_type: usize,
        days: f64,
        first_start: usize,
        first_end: usize,
    ) -> usize {
        let passing = self.passing(day_type, days);
        let to = self.point(format!("{}.last_start", self.day_name(day_type)));
        self.chronology.steps.push(LevelStep {
            to,
            // the gain of a day is level[first_end] - d · level[first_start]
            from: vec![
                term(first_start, passing.kept - passing.kept_a_day * passing.gains),
                term(first_end, passing.gains),
            ],
            net_charge: Vec::new(),
            initial: None,
        });
        to
    }

    /// What is left of content after `days` days of a kind, and of what each of them gains.
    fn passing(&self, day_type: usize, days: f64) -> Passing {
        let kept_a_day = libm::pow(self.kept_per_hour, self.time.hours_of_day(day_type));
        let kept = libm::pow(kept_a_day, days);
        // (1 - d^n) / (1 - d), which is n where nothing is lost
        let gains = if kept_a_day < 1.0 { (1.0 - kept) / (1.0 - kept_a_day) } else { days };
        Passing { kept_a_day, kept, gains }
    }

    /// The group ends as it began.
    fn join(&mut self, start: usize, end: usize) {
        self.chronology.steps.push(LevelStep {
            to: start,
            from: vec![term(end, 1.0)],
            net_charge: Vec::new(),
            initial: None,
        });
    }
}

/// What becomes of content while days pass.
struct Passing {
    /// Share left after one day.
    kept_a_day: f64,
    /// Share left after all of them.
    kept: f64,
    /// What is there at the end for each unit that a day gains.
    gains: f64,
}

/// A point of the same year in a sum.
const fn term(point: usize, factor: f64) -> LevelTerm {
    LevelTerm { point, factor, year_before: false }
}
