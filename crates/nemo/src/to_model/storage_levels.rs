//! NEMO's chronology of a storage: slices of a day, days of a group, groups of the year.
//!
//! Each slice stands for one hour of a day. A group of days ends where its first day, repeated
//! as often as the group's multiplier says, would end; so do groups of groups. The end of the
//! year is calculated apart, from the energy of all slices.
//!
//! With `correct`, a slice moves what it moves in a year divided by how often its day comes, so
//! that the groups add up to the year, and the content is bound on the last day too: from the
//! first day to the last it moves one way only, and so it does from week to week.

use kzleap_model::storage::{Arrival, Chronology, LevelCheck, LevelStep, LevelTerm};
use kzleap_model::{Series, SliceIx};

use super::storage::follows;
use super::{Making, slices};
use crate::parameters::P;

/// Points of the chronology by what they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Points {
    /// Start of the year.
    pub(crate) start: usize,
    /// End of the year.
    pub(crate) end: usize,
    /// End of the first hour of each slice of the model that has a place.
    pub(crate) slices: Vec<Option<usize>>,
    /// Groups of the second kind, in order: group 1, group 2, start, end.
    pub(crate) groups2: Vec<(usize, usize, usize, usize)>,
    /// Groups of the first kind, in order: group, start, end.
    pub(crate) groups1: Vec<(usize, usize, usize)>,
}

/// Where the points of every storage of a scenario stand.
pub(crate) fn points(data: &crate::data::Data, order: &[usize]) -> Points {
    // start and end come first, then slices, then groups
    let mut next = 2;
    let mut point = || {
        next += 1;
        next - 1
    };
    let mut points = Points { start: 0, end: 1, ..Points::default() };
    for l in order {
        points.slices.push(data.places[*l].map(|_| point()));
    }
    let (mut start1, mut start2) = (points.start, points.start);
    for (at, l) in order.iter().enumerate() {
        let Some(place) = data.places[*l] else { continue };
        let next_place = order.get(at + 1).and_then(|l| data.places[*l]);
        let same1 = next_place.is_some_and(|next| next.group1 == place.group1);
        if !same1 || next_place.is_some_and(|next| next.group2 != place.group2) {
            let end = point();
            points.groups2.push((place.group1, place.group2, start2, end));
            start2 = end;
            if !same1 {
                let end = point();
                points.groups1.push((place.group1, start1, end));
                (start1, start2) = (end, end);
            }
        }
    }
    points
}

/// The chronology of a storage at a place with a share of its size.
pub(super) fn chronology(
    making: &Making<'_>,
    (r, s): (usize, usize),
    node: Option<usize>,
    share: &[f64],
) -> Chronology {
    let data = making.data;
    let points = points(data, &making.map.slices);
    let mut builder = Builder { making, chronology: Chronology::default() };
    builder.name_points(&points);
    builder.add_steps(&points, s);
    if making.options.correct {
        builder.add_checks(&points);
    }
    let mut chronology = builder.chronology;
    chronology.free_points = vec![points.start, points.end];
    if share.iter().any(|share| *share != 1.0) {
        chronology.size_shares = share.to_vec();
    }
    for (at, y) in making.years() {
        let part = share[at.get()];
        let least = data.or_zero(P::MinStorageCharge, &[r, s, y]);
        let opens = making.period.opening && at.get() == 0;
        let mut content = 0.0;
        if opens {
            content += data.or_zero(P::StorageLevelStart, &[r, s])
                * data.or_zero(P::ResidualStorageCapacity, &[r, s, y])
                * part;
        } else {
            let hands_on =
                making.options.correct || making.carried.year == Some(making.calendar(y) - 1);
            if at.get() == 0 && hands_on {
                let carried = match node {
                    None => making.carried.content.get(&(r, s)),
                    Some(n) => making.carried.content_at_node.get(&(n, s)),
                };
                content += carried.copied().unwrap_or(0.0);
            }
            let residual = |y: usize| data.get(P::ResidualStorageCapacity, &[r, s, y]);
            let before = y.checked_sub(1).and_then(residual);
            if let (Some(now), Some(before)) = (residual(y), before) {
                content += least * (now - before).max(0.0) * part;
            }
            if !follows(making, at) && !making.options.correct {
                chronology.breaks.push(at);
            }
        }
        if content != 0.0 || least != 0.0 {
            let arrival =
                Arrival { step: 0, year: at, content, per_new_capacity: least * part };
            chronology.arrivals.push(arrival);
        }
    }
    chronology
}

struct Builder<'a, 'd> {
    making: &'a Making<'d>,
    chronology: Chronology,
}

impl Builder<'_, '_> {
    fn name_points(&mut self, points: &Points) {
        let data = self.making.data;
        let names = &mut self.chronology.points;
        names.extend(["start".to_owned(), "end".to_owned()]);
        for (at, point) in points.slices.iter().enumerate() {
            if point.is_some() {
                names.push(self.making.model.time.slices[SliceIx::new(at)].name.clone());
            }
        }
        for (group1, group2, _, _) in &points.groups2 {
            let group1 = &data.groups1[*group1].name;
            names.push(format!("{group1}.{}.end", data.groups2[*group2].name));
        }
        for (group, _, _) in &points.groups1 {
            names.push(format!("{}.end", data.groups1[*group].name));
        }
    }

    fn step(&mut self, to: usize, from: Vec<LevelTerm>, net_charge: Vec<(SliceIx, Series)>) {
        self.chronology.steps.push(LevelStep { to, from, net_charge, initial: None });
    }

    fn add_steps(&mut self, points: &Points, s: usize) {
        let data = self.making.data;
        let net_zero = data.net_zero[s];
        let count = self.making.map.slices.len();
        self.step(
            points.start,
            vec![LevelTerm { point: points.end, factor: 1.0, year_before: true }],
            Vec::new(),
        );
        // slices follow one another within a group, the first its start
        let mut last_of_group = Vec::new();
        let mut groups = points.groups2.iter();
        let mut group = groups.next();
        let mut at = group.map_or(points.start, |(_, _, start, _)| *start);
        for (slice, l) in self.making.map.slices.clone().into_iter().enumerate() {
            let (Some(to), Some(place)) = (points.slices[slice], data.places[l]) else {
                continue;
            };
            if group.is_some_and(|(g1, g2, _, _)| (*g1, *g2) != (place.group1, place.group2)) {
                last_of_group.push(at);
                group = groups.next();
                at = group.map_or(points.start, |(_, _, start, _)| *start);
            }
            let share = if self.making.options.correct {
                let times = data.groups1[place.group1].multiplier
                    * data.groups2[place.group2].multiplier;
                Series::Constant(if times > 0.0 { 1.0 / times } else { 0.0 })
            } else {
                // energy of the slice over the year, to energy of one hour
                self.making.series(|of, y| {
                    let split = data.or_zero(P::YearSplit, &[of, y]);
                    if of == l && split > 0.0 { 1.0 / (8760.0 * split) } else { 0.0 }
                })
            };
            self.step(to, vec![plain(at)], vec![(SliceIx::new(slice), share)]);
            at = to;
        }
        last_of_group.push(at);
        for ((_, group2, start, end), last) in points.groups2.iter().zip(&last_of_group) {
            self.repeat(data.groups2[*group2].multiplier, *start, *last, *end);
            if net_zero.group2 {
                self.step(*end, vec![plain(*start)], Vec::new());
            }
        }
        for (group, start, end) in &points.groups1 {
            let mut of_group = points.groups2.iter().filter(|(group1, ..)| group1 == group);
            let Some((.., last)) = of_group.next_back() else { continue };
            self.repeat(data.groups1[*group].multiplier, *start, *last, *end);
            if net_zero.group1 && !net_zero.group2 {
                self.step(*end, vec![plain(*start)], Vec::new());
            }
        }
        let all = slices(count).map(|slice| (slice, Series::Constant(1.0))).collect();
        self.step(points.end, vec![plain(points.start)], all);
        if net_zero.year && !net_zero.group1 && !net_zero.group2 {
            self.step(points.end, vec![plain(points.start)], Vec::new());
        }
    }

    /// Holds the content within bounds after each slice of the last day of a week, and of the
    /// first and the last day of the last week.
    fn add_checks(&mut self, points: &Points) {
        let data = self.making.data;
        for (slice, l) in self.making.map.slices.iter().enumerate() {
            let (Some(point), Some(place)) = (points.slices[slice], data.places[*l]) else {
                continue;
            };
            let mut same1 = points.groups2.iter().filter(|(g1, ..)| *g1 == place.group1);
            let group = same1.clone().find(|(_, g2, ..)| *g2 == place.group2);
            let (Some((_, _, day_start, day_end)), Some((_, _, _, week_end))) =
                (group, same1.next_back())
            else {
                continue;
            };
            let week = points.groups1.iter().find(|(g1, ..)| *g1 == place.group1);
            let Some((_, week_start, _)) = week else { continue };
            let days = data.groups2[place.group2].multiplier;
            let weeks = data.groups1[place.group1].multiplier;
            // what the days before the last, and the weeks before the last, add
            let of = |point, factor| LevelTerm { point, factor, year_before: false };
            let part = (days - 1.0) / days;
            let later_day = [of(*day_end, part), of(*day_start, -part)];
            let later_week = [of(*week_end, weeks - 1.0), of(*week_start, 1.0 - weeks)];
            let name = &self.making.model.time.slices[SliceIx::new(slice)].name;
            for (which, day, week) in
                [("last_day", true, false), ("last_week", false, true), ("last", true, true)]
            {
                if (day && days <= 1.0) || (week && weeks <= 1.0) {
                    continue;
                }
                let mut from = vec![of(point, 1.0)];
                from.extend(later_day.iter().filter(|_| day));
                from.extend(later_week.iter().filter(|_| week));
                let name = format!("{name}.{which}");
                self.chronology.checks.push(LevelCheck {
                    name,
                    from,
                    net_charge: Vec::new(),
                    side: None,
                });
            }
        }
    }

    /// `end = start + (last - start) · times`.
    fn repeat(&mut self, times: f64, start: usize, last: usize, end: usize) {
        let term = |point, factor| LevelTerm { point, factor, year_before: false };
        self.step(end, vec![term(start, 1.0 - times), term(last, times)], Vec::new());
    }
}

fn plain(point: usize) -> LevelTerm {
    LevelTerm { point, factor: 1.0, year_before: false }
}
