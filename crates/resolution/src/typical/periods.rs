//! How the hours of a year were cut into slices, written down.

use std::collections::BTreeMap;
use std::ops::Range;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::{SliceIx, Time};
use serde::{Deserialize, Serialize};

use super::{Hours, Kind};
use crate::only;

/// The periods of a year in order, each of a kind, and how a period of each kind is cut.
///
/// What a run has chosen, so that the same slices follow without choosing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Periods {
    /// The kind of each period of the year, in order.
    pub calendar: Vec<usize>,
    /// The hours of a period of each kind at which its slices begin, and the hour it ends.
    pub kinds: Vec<Vec<usize>>,
}

/// Numbers in a line each, as files have them.
#[derive(Serialize, Deserialize)]
struct Written {
    calendar: String,
    kinds: Vec<String>,
}

impl From<Periods> for Written {
    fn from(periods: Periods) -> Self {
        let line = |numbers: &[usize]| {
            numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
        };
        Self {
            calendar: line(&periods.calendar),
            kinds: periods.kinds.iter().map(|edges| line(edges)).collect(),
        }
    }
}

impl From<Written> for Periods {
    fn from(written: Written) -> Self {
        // what is no number fits no year, which is said where the periods are used
        let numbers = |line: &str| -> Vec<usize> {
            line.split(' ').map(|number| number.parse().unwrap_or(usize::MAX)).collect()
        };
        Self {
            calendar: numbers(&written.calendar),
            kinds: written.kinds.iter().map(|line| numbers(line)).collect(),
        }
    }
}

impl Periods {
    /// The periods that a time with a calendar is made of.
    pub fn of(time: &Time) -> Self {
        let edges = |slices: std::ops::Range<usize>| {
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

    /// The kinds of the hours of a model.
    ///
    /// # Errors
    /// If they are no periods of its year.
    pub(super) fn kinds(&self, hours: &Hours) -> Result<Vec<Kind>, Diagnostics> {
        self.fitted(hours).ok_or_else(|| {
            let message = "the periods that a run has written down are not those of this year";
            only(
                Diagnostic::error_overall("other-periods", message)
                    .hint("run the model again: they are then chosen anew"),
            )
        })
    }

    fn fitted(&self, hours: &Hours) -> Option<Vec<Kind>> {
        let mut kinds = Vec::new();
        for edges in &self.kinds {
            let rising = edges.first() == Some(&0) && edges.is_sorted_by(|a, b| a < b);
            let whole_days = edges.last()? % 24 == 0 && edges.len() > 1;
            if !rising || !whole_days {
                return None;
            }
            let segments = edges.windows(2).map(|pair| pair[0]..pair[1]).collect();
            kinds.push(Kind { periods: Vec::new(), segments });
        }
        let mut start = 0;
        for of in &self.calendar {
            let kind = kinds.get_mut(*of)?;
            let end = start + kind.length();
            let seasons = hours.seasons.get(start / 24..end / 24)?;
            let season =
                kind.periods.first().map_or(seasons[0], |hour| hours.seasons[hour / 24]);
            if seasons.iter().any(|other| *other != season) {
                return None;
            }
            kind.periods.push(start);
            start = end;
        }
        let all_come = kinds.iter().all(|kind| !kind.periods.is_empty());
        (start == hours.values.len() && all_come).then_some(kinds)
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
}
