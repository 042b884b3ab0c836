//! Days that follow each other until a storage is back where it was.

use super::Cycle;
use crate::{SliceIx, Time};

/// Days of one kind in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    /// Position of their kind in [`Time::day_types`].
    pub(super) day_type: usize,
    /// How many.
    pub(super) days: f64,
}

/// Days of a week.
const WEEK: f64 = 7.0;
/// Hours of a week.
const HOURS_OF_WEEK: f64 = 24.0 * WEEK;

/// The groups of days without regard to a calendar: kinds of day follow each other as they are
/// written, each with all its days of the group.
pub(super) fn groups(time: &Time, cycle: Cycle) -> Vec<Vec<Run>> {
    let in_season = |season: usize| -> f64 {
        let days = time.day_types.iter().filter(|day| day.season == season);
        days.map(|day| day.passes).sum()
    };
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for (day_type, day) in time.day_types.iter().enumerate() {
        let new_season = day_type == 0 || time.day_types[day_type - 1].season != day.season;
        let (new_group, days) = match cycle {
            Cycle::Day => (true, 1.0),
            Cycle::Week => (new_season, WEEK * day.passes / in_season(day.season)),
            Cycle::Season => (new_season, day.passes),
            Cycle::Year => (day_type == 0, day.passes),
        };
        if new_group {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.last_mut() {
            group.push(Run { day_type, days });
        }
    }
    groups
}

/// The groups of days of a model with a calendar, in the order of the year; days of one kind in a
/// row are one run. A week is seven days from the first of the year; the last has what is left.
pub(super) fn of_calendar(time: &Time, cycle: Cycle) -> Vec<Vec<Run>> {
    let days = &time.calendar;
    let season = |at: usize| time.day_types[days[at % days.len()]].season;
    // the year is a ring: seasons are followed from the start of one
    let first = match cycle {
        Cycle::Season => (0..days.len()).find(|at| season(*at) != season(at + days.len() - 1)),
        Cycle::Day | Cycle::Week | Cycle::Year => None,
    };
    let first = first.unwrap_or(0);
    let hours: Vec<f64> = days.iter().map(|day| time.hours_of_day(*day)).collect();
    let weeks = (hours.iter().sum::<f64>() / HOURS_OF_WEEK).floor();
    let week_of = |n: usize| {
        let before: f64 = hours[..n].iter().sum();
        (before / HOURS_OF_WEEK).floor().min(weeks - 1.0)
    };
    let group_of = |n: usize| match cycle {
        Cycle::Day => n as f64,
        Cycle::Week => week_of(n),
        Cycle::Season | Cycle::Year => 0.0,
    };
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for n in 0..days.len() {
        let at = first + n;
        let begins = n == 0
            || group_of(n) != group_of(n - 1)
            || (cycle == Cycle::Season && season(at) != season(at - 1));
        if begins {
            groups.push(Vec::new());
        }
        let day_type = days[at % days.len()];
        let Some(group) = groups.last_mut() else { continue };
        match group.last_mut() {
            Some(run) if run.day_type == day_type => run.days += 1.0,
            _ => group.push(Run { day_type, days: 1.0 }),
        }
    }
    groups
}

impl Time {
    /// Whether a kind of day comes more than once in the calendar.
    pub(super) fn days_come_back(&self) -> bool {
        self.calendar.len() > self.day_types.len()
    }

    /// Hours of one day of a kind.
    pub fn hours_of_day(&self, day_type: usize) -> f64 {
        let slices = self.day_types[day_type].slices.clone().map(SliceIx::new);
        slices.map(|s| self.slices[s].hours_per_pass).sum()
    }
}
