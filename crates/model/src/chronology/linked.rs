//! Content along a calendar in which typical days come back.
//!
//! A kind of day that comes once is followed block by block. The others share their inner
//! course, as in Kotzur et al. (2018), doi:10.1016/j.apenergy.2018.01.023. Content is `base`, which
//! lasts through the day, and what is *within* the day, never below zero:
//!
//! - at the start of a day the content is `base + offset`, where `offset` is within;
//! - after each block: within = (share kept) · within before + net charge;
//! - `highest` is at least all that is within; `base + highest` is at most the size;
//! - `base`, less what a day loses of it, is at least the minimum.
//!
//! Days of one kind in a row are passed over in one step; their first and their last day are
//! bounded. The two bounds are exact where nothing is lost over time, and on the safe side
//! elsewhere: what `base` loses within the day is not counted in `highest`.

use std::collections::BTreeMap;

use super::groups::{Run, of_calendar};
use super::{Builder, Cycle, term};
use crate::storage::{Envelope, LevelCheck, LevelStep, LevelTerm, Side};
use crate::{Series, SliceIx};

/// The course within a kind of day: positions of points.
#[derive(Clone, Copy)]
struct Within {
    /// At the start of the day.
    offset: usize,
    /// At its end.
    end: usize,
    /// The most.
    highest: usize,
}

/// Adds the points and steps of the whole year.
pub(super) fn add(builder: &mut Builder<'_>, cycle: Cycle) {
    let mut often = vec![0usize; builder.time.day_types.len()];
    for day_type in &builder.time.calendar {
        often[*day_type] += 1;
    }
    let mut within: BTreeMap<usize, Within> = BTreeMap::new();
    let mut day_of_year = 1.0;
    for group in of_calendar(builder.time, cycle) {
        let start = builder.point(format!("day {day_of_year}"));
        let mut at = start;
        for run in group {
            let day_type = run.day_type;
            if often[day_type] == 1 {
                at = builder.follow_day(day_type, at, &format!("day {day_of_year}"), 1.0);
            } else {
                let course = match within.get(&day_type) {
                    Some(course) => *course,
                    None => builder.within(day_type),
                };
                within.insert(day_type, course);
                at = builder.pass(run, course, at, day_of_year);
            }
            day_of_year += run.days;
        }
        builder.join(start, at);
    }
}

impl Builder<'_> {
    /// The course within a kind of day.
    fn within(&mut self, day_type: usize) -> Within {
        let name = self.day_name(day_type);
        let offset = self.relative(format!("{name}.offset"));
        let highest = self.relative(format!("{name}.highest"));
        let day = &self.time.day_types[day_type];
        let (slices, passes) = (day.slices.clone(), day.passes);
        let mut of = vec![offset];
        let mut end = offset;
        for s in slices.map(SliceIx::new) {
            let slice = &self.time.slices[s];
            let kept = libm::pow(self.kept_per_hour, slice.hours_per_pass);
            let to = self.relative(format!("{}.within", slice.name));
            self.chronology.steps.push(LevelStep {
                to,
                from: vec![term(end, kept)],
                net_charge: vec![(s, Series::Constant(1.0 / passes))],
                initial: None,
            });
            of.push(to);
            end = to;
        }
        self.chronology.envelopes.push(Envelope { highest, of });
        Within { offset, end, highest }
    }

    /// Passes over days of one kind from the start of the first, `at`; returns the end of the last.
    fn pass(&mut self, run: Run, course: Within, at: usize, day_of_year: f64) -> usize {
        let name = |day: f64| format!("day {day}");
        self.bound(run.day_type, course, at, &name(day_of_year));
        let last = if run.days > 1.0 {
            let last_day = day_of_year + run.days - 1.0;
            let last = self.point(name(last_day));
            self.step_over(run.day_type, run.days - 1.0, course, at, last);
            self.bound(run.day_type, course, last, &name(last_day));
            last
        } else {
            at
        };
        let end = self.point(name(day_of_year + run.days));
        self.step_over(run.day_type, 1.0, course, last, end);
        end
    }

    /// Bounds the content within a day that starts with the content of a point.
    fn bound(&mut self, day_type: usize, course: Within, at: usize, name: &str) {
        let kept_a_day = self.passing(day_type, 1.0).kept;
        let base = |share: f64| vec![term(at, share), term(course.offset, -share)];
        let highest = [base(1.0), vec![term(course.highest, 1.0)]].concat();
        let sides = [(Side::Size, highest), (Side::Minimum, base(kept_a_day))];
        for (side, from) in sides {
            let check = LevelCheck {
                name: name.to_owned(),
                from,
                net_charge: Vec::new(),
                side: Some(side),
            };
            self.chronology.checks.push(check);
        }
    }

    /// `days` days of a kind later. A day gains `end - d · offset`.
    fn step_over(
        &mut self,
        day_type: usize,
        days: f64,
        course: Within,
        from: usize,
        to: usize,
    ) {
        let passing = self.passing(day_type, days);
        let from: Vec<LevelTerm> = vec![
            term(from, passing.kept),
            term(course.end, passing.gains),
            term(course.offset, -passing.gains * passing.kept_a_day),
        ];
        self.chronology.steps.push(LevelStep {
            to,
            from,
            net_charge: Vec::new(),
            initial: None,
        });
    }

    /// A point whose content counts from the lowest of its day.
    fn relative(&mut self, name: String) -> usize {
        let point = self.point(name);
        self.chronology.relative_points.push(point);
        point
    }
}
