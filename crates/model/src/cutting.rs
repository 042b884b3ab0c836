//! How the hours of a year are cut into slices.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::{SliceIx, Time};

/// How a model of hours is cut into slices, as far as it says so.
#[derive(Clone, Debug, Default)]
pub struct Cutting {
    /// How many slices it is planned with.
    pub slices: Option<usize>,
    /// The very slices it is planned with.
    pub periods: Option<Periods>,
    /// Days of the calendar, ascending, that are kept whole: each is a kind of day of its own,
    /// however few slices the year is planned with.
    pub kept: Vec<usize>,
    /// What makes hours alike: values by slice, each series as long as it weighs; none for all that
    /// differs from slice to slice.
    pub alike: Vec<Vec<f64>>,
    /// How far below their limits caps on emissions are planned, for what slices hide: by name of the
    /// cap and by milestone year, in the unit of the cap; nothing where that is not said.
    pub below_caps: BTreeMap<String, Vec<Option<f64>>>,
}

/// The periods of a year in order, each of a kind, and how a period of each kind is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// The kind of each period of the year, in order.
    pub calendar: Vec<usize>,
    /// The hours of a period of each kind at which its slices begin, and the hour it ends.
    pub kinds: Vec<Vec<usize>>,
}

/// A number that stands for two slices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The number.
    pub number: usize,
    /// Hours of the year, from 0, at which a slice of that number begins: two that are not the same
    /// part of the same kind of period.
    pub hours: [usize; 2],
}

/// What makes a period: its season, and the numbers of its hours.
type Pattern<'n> = (usize, &'n [usize]);

impl Periods {
    /// The periods that a time with a calendar is made of.
    pub fn of(time: &Time) -> Self {
        let edges = |slices: Range<usize>| {
            let mut edges = vec![0];
            let mut hours = 0.0;
            for slice in slices {
                hours += time.slices[SliceIx::new(slice)].hours_per_pass;
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "hours of a year"
                )]
                edges.push(hours as usize);
            }
            edges
        };
        Self {
            calendar: time.calendar.clone(),
            kinds: time.day_types.iter().map(|kind| edges(kind.slices.clone())).collect(),
        }
    }

    /// The number of the slice that each hour of the year is in, in order, counted from 1 through
    /// all kinds.
    pub fn numbers(&self) -> Vec<usize> {
        let mut first = 1;
        let mut of_kinds = Vec::with_capacity(self.kinds.len());
        for edges in &self.kinds {
            let slices = edges.windows(2).enumerate();
            let hours = slices.flat_map(|(at, edge)| (edge[0]..edge[1]).map(move |_| at));
            of_kinds.push(hours.map(|at| first + at).collect::<Vec<usize>>());
            first += edges.len() - 1;
        }
        self.calendar.iter().flat_map(|kind| of_kinds[*kind].clone()).collect()
    }

    /// The periods behind the numbers of slices, the opposite of [`Periods::numbers`]; `numbers` and
    /// `seasons` (which season each day is in) are those of the year in order.
    ///
    /// Hours in a row of one number are a slice, and days of the same numbers are of one kind. A
    /// slice that goes on over midnight, into a day of other numbers, joins the two days to a longer
    /// period. No period goes from one season into another.
    ///
    /// # Errors
    /// If a number stands for two slices.
    pub fn of_numbers(numbers: &[usize], seasons: &[usize]) -> Result<Self, Ambiguous> {
        let days: Vec<&[usize]> = numbers.chunks(24).collect();
        let joined = |day: usize| {
            days[day].last() == days[day + 1].first()
                && days[day] != days[day + 1]
                && seasons[day] == seasons[day + 1]
        };
        let mut known: BTreeMap<Pattern<'_>, usize> = BTreeMap::new();
        // where the slice of each number begins for the first time
        let mut slices: BTreeMap<usize, usize> = BTreeMap::new();
        let mut kinds: Vec<Vec<usize>> = Vec::new();
        let (mut calendar, mut start) = (Vec::new(), 0);
        for day in 0..days.len() {
            if day + 1 < days.len() && joined(day) {
                continue;
            }
            let begin = 24 * start;
            let pattern = (seasons[start], &numbers[begin..24 * (day + 1)]);
            start = day + 1;
            if let Some(kind) = known.get(&pattern) {
                calendar.push(*kind);
                continue;
            }
            let kind = kinds.len();
            let mut edges = vec![0];
            edges.extend((1..pattern.1.len()).filter(|at| pattern.1[*at] != pattern.1[at - 1]));
            for edge in &edges {
                let number = pattern.1[*edge];
                if let Some(hour) = slices.insert(number, begin + edge) {
                    return Err(Ambiguous { number, hours: [hour, begin + edge] });
                }
            }
            edges.push(pattern.1.len());
            kinds.push(edges);
            known.insert(pattern, kind);
            calendar.push(kind);
        }
        Ok(Self { calendar, kinds })
    }

    /// The same year with some of its days in all their hours; and which period the first of them
    /// then is.
    pub fn with_days(&self, days: &Range<usize>) -> (Self, usize) {
        let (begin, end) = (24 * days.start, 24 * days.end);
        // the slices of a kind between two of its hours, as a kind of its own
        let part = |kind: &[usize], from: usize, to: usize| -> Vec<usize> {
            let within = kind.iter().copied().filter(|edge| (from + 1..to).contains(edge));
            let edges = [from].into_iter().chain(within).chain([to]);
            edges.map(|edge| edge - from).collect()
        };
        let mut kinds: Vec<Vec<usize>> = Vec::new();
        let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut calendar, mut first, mut start) = (Vec::new(), 0, 0);
        let add = |calendar: &mut Vec<usize>, kinds: &mut Vec<Vec<usize>>, kind| {
            calendar.push(kinds.len());
            kinds.push(kind);
        };
        for of in &self.calendar {
            let kind = &self.kinds[*of];
            let length = kind.last().copied().unwrap_or_default();
            let stop = start + length;
            let (from, to) = (begin.max(start), end.min(stop));
            if from >= to {
                let place = *kept.entry(*of).or_insert_with(|| {
                    kinds.push(kind.clone());
                    kinds.len() - 1
                });
                calendar.push(place);
            } else {
                if from > start {
                    add(&mut calendar, &mut kinds, part(kind, 0, from - start));
                }
                if from == begin {
                    first = calendar.len();
                }
                for _ in 0..(to - from) / 24 {
                    add(&mut calendar, &mut kinds, (0..=24).collect());
                }
                if to < stop {
                    add(&mut calendar, &mut kinds, part(kind, to - start, length));
                }
            }
            start = stop;
        }
        (Self { calendar, kinds }, first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two kinds of day, and the second day in its hours: it is a kind of its own.
    #[test]
    fn a_day_in_its_hours() {
        let halves = vec![0, 12, 24];
        let whole = vec![0, 24];
        let periods =
            Periods { calendar: vec![0, 0, 1], kinds: vec![halves.clone(), whole.clone()] };
        let (zoomed, first) = periods.with_days(&(1..2));
        assert_eq!(first, 1);
        assert_eq!(zoomed.calendar, [0, 1, 2]);
        assert_eq!(zoomed.kinds, [halves, (0..=24).collect(), whole]);
    }

    /// A period of four days that is cut at hours 6 and 90 loses its second and third day.
    #[test]
    fn days_out_of_a_longer_period() {
        let periods = Periods { calendar: vec![0], kinds: vec![vec![0, 6, 90, 96]] };
        let (zoomed, first) = periods.with_days(&(1..3));
        assert_eq!(first, 1);
        assert_eq!(zoomed.calendar, [0, 1, 2, 3]);
        let hours: Vec<usize> = (0..=24).collect();
        assert_eq!(zoomed.kinds, [vec![0, 6, 24], hours.clone(), hours, vec![0, 18, 24]]);
    }

    /// Two days of one kind about a day of another; and numbers give the periods again.
    #[test]
    fn numbers_and_back() {
        let periods =
            Periods { calendar: vec![0, 1, 0], kinds: vec![vec![0, 12, 24], vec![0, 24]] };
        let numbers = periods.numbers();
        assert_eq!(numbers[..24].iter().sum::<usize>(), 12 + 2 * 12);
        assert_eq!(numbers[24..48], [3; 24]);
        assert_eq!(Periods::of_numbers(&numbers, &[0; 3]), Ok(periods));
    }

    /// A slice over midnight joins two days; where the season ends, it is two.
    #[test]
    fn slices_over_midnight() {
        let segments = Periods { calendar: vec![0], kinds: vec![vec![0, 18, 30, 48]] };
        let numbers = segments.numbers();
        assert_eq!(Periods::of_numbers(&numbers, &[0, 0]), Ok(segments));
        let twice = Periods::of_numbers(&numbers, &[0, 1]);
        assert_eq!(twice, Err(Ambiguous { number: 2, hours: [18, 24] }));
    }

    /// The same number for the evening of one kind of day and the morning of another.
    #[test]
    fn a_number_for_two_slices() {
        let mut numbers = [vec![1; 12], vec![2; 12], vec![2; 6], vec![3; 18]].concat();
        numbers.extend([1; 24]);
        let twice = Periods::of_numbers(&numbers, &[0; 3]);
        assert_eq!(twice, Err(Ambiguous { number: 1, hours: [0, 48] }));
    }
}
