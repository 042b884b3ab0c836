//! How OSeMOSYS follows the content of a storage through the year.
//!
//! Seasons follow one another, day types follow one another within a season, and brackets
//! within a day. From season to season and from year to year the content moves by the energy
//! of whole slices; within a season by that of one day times the number of days. Source:
//! equations S1-S15 and SC1-SC4 of `osemosys_fast.txt`.

use std::collections::BTreeMap;

use kzleap_model::storage::{LevelCheck, LevelStep, LevelTerm};
use kzleap_model::{Chronology, SliceIx};

use super::series::by_year;
use crate::data::{Data, Dialect};
use crate::parameters::{P, SetId};

/// The seasons, day types and brackets of the data, with the slices in each.
pub(crate) struct Calendar {
    pub(crate) seasons: usize,
    pub(crate) day_types: usize,
    brackets: usize,
    /// Slices of each bracket of each day type of each season.
    slices: Vec<Vec<usize>>,
    /// Share of the year of each bracket of one day, by year.
    day_split: Vec<Vec<f64>>,
    /// Days of each day type of each season, by year.
    days: Vec<Vec<f64>>,
    year_split: Vec<Vec<f64>>,
    clews: bool,
}

/// For slices, the share of their yearly net charge that arrives, by year.
type Weights = BTreeMap<usize, Vec<f64>>;

impl Calendar {
    /// The calendar of the data.
    pub(crate) fn new(data: &Data) -> Self {
        let seasons = data.count(SetId::Season);
        let day_types = data.count(SetId::DayType);
        let brackets = data.count(SetId::Bracket);
        let slices = data.count(SetId::Timeslice);
        let mut of = Vec::new();
        for ls in 0..seasons {
            for ld in 0..day_types {
                for lh in 0..brackets {
                    let belongs = |l: &usize| {
                        data.get(P::Conversionls, &[*l, ls]) > 0.5
                            && data.get(P::Conversionld, &[*l, ld]) > 0.5
                            && data.get(P::Conversionlh, &[*l, lh]) > 0.5
                    };
                    of.push((0..slices).filter(belongs).collect());
                }
            }
        }
        let pairs = (0..seasons).flat_map(|ls| (0..day_types).map(move |ld| (ls, ld)));
        Self {
            seasons,
            day_types,
            brackets,
            slices: of,
            day_split: (0..brackets).map(|lh| data.along(P::DaySplit, &[lh])).collect(),
            days: pairs.map(|(ls, ld)| data.along(P::DaysInDayType, &[ls, ld])).collect(),
            year_split: (0..slices).map(|l| data.along(P::YearSplit, &[l])).collect(),
            clews: data.storages == Dialect::Clews,
        }
    }

    /// The point where a day type of a season starts.
    pub(crate) const fn start(&self, ls: usize, ld: usize) -> usize {
        ls * self.day_types + ld
    }

    /// The point where a day type of a season ends.
    pub(crate) const fn finish(&self, ls: usize, ld: usize) -> usize {
        let starts = self.seasons * self.day_types;
        if self.clews {
            starts + ls * self.day_types + ld
        } else if ld + 1 < self.day_types {
            starts + ls * (self.day_types.saturating_sub(1)) + ld
        } else if ls + 1 < self.seasons {
            self.start(ls + 1, 0)
        } else {
            self.year_end()
        }
    }

    /// The point where the year ends.
    pub(crate) const fn year_end(&self) -> usize {
        self.seasons * self.day_types + self.seasons * (self.day_types.saturating_sub(1))
    }

    /// Whether the end of the year is a point of its own.
    pub(crate) const fn has_year_end(&self) -> bool {
        !self.clews
    }

    /// The slices of every bracket, each bracket once.
    pub(crate) fn brackets(&self) -> impl Iterator<Item = &Vec<usize>> {
        self.slices.iter().filter(|slices| !slices.is_empty())
    }

    fn slices(&self, ls: usize, ld: usize, lh: usize) -> &[usize] {
        &self.slices[(ls * self.day_types + ld) * self.brackets + lh]
    }

    /// Adds the energy of whole slices of a season.
    fn add_season(&self, weights: &mut Weights, ls: usize) {
        for ld in 0..self.day_types {
            for lh in 0..self.brackets {
                for l in self.slices(ls, ld, lh) {
                    add(weights, *l, self.year_split[*l].iter().map(|_| 1.0));
                }
            }
        }
    }

    /// Adds `factor` times the energy of one bracket of one day.
    fn add_bracket(&self, weights: &mut Weights, at: (usize, usize, usize), factor: f64) {
        let (ls, ld, lh) = at;
        for l in self.slices(ls, ld, lh) {
            let shares = self.day_split[lh].iter().zip(&self.year_split[*l]);
            add(
                weights,
                *l,
                shares.map(|(day, year)| if *year > 0.0 { factor * day / year } else { 0.0 }),
            );
        }
    }

    /// Adds `factor` times the energy of all days of a day type.
    fn add_days(&self, weights: &mut Weights, ls: usize, ld: usize, factor: f64) {
        let days = &self.days[ls * self.day_types + ld];
        for lh in 0..self.brackets {
            for l in self.slices(ls, ld, lh) {
                let shares = self.day_split[lh].iter().zip(&self.year_split[*l]).zip(days);
                add(
                    weights,
                    *l,
                    shares.map(
                        |((day, year), days)| {
                            if *year > 0.0 { factor * day / year * days } else { 0.0 }
                        },
                    ),
                );
            }
        }
    }

    /// The chronology of a storage that holds `initial` at the start.
    pub(crate) fn chronology(&self, initial: f64, every: Every) -> Chronology {
        let mut chronology = Chronology { points: self.points(), ..Chronology::default() };
        self.add_steps(&mut chronology.steps, initial);
        for ls in 0..self.seasons {
            for ld in 0..self.day_types {
                self.add_checks(&mut chronology.checks, ls, ld);
                if every.day {
                    let mut weights = Weights::new();
                    for lh in 0..self.brackets {
                        self.add_bracket(&mut weights, (ls, ld, lh), 1.0);
                    }
                    let start = self.start(ls, ld);
                    chronology.steps.push(step(start, vec![term(start)], weights));
                }
            }
        }
        if every.year {
            let mut weights = Weights::new();
            for ls in 0..self.seasons {
                self.add_season(&mut weights, ls);
            }
            chronology.steps.push(step(0, vec![term(0)], weights));
        }
        chronology
    }

    fn points(&self) -> Vec<String> {
        let mut points = Vec::new();
        for ls in 1..=self.seasons {
            points.extend((1..=self.day_types).map(|ld| format!("s{ls}d{ld}.start")));
        }
        let finishes =
            if self.clews { self.day_types } else { self.day_types.saturating_sub(1) };
        for ls in 1..=self.seasons {
            points.extend((1..=finishes).map(|ld| format!("s{ls}d{ld}.finish")));
        }
        if self.has_year_end() {
            points.push("year.finish".to_owned());
        }
        points
    }

    fn add_steps(&self, steps: &mut Vec<LevelStep>, initial: f64) {
        let mut first = step(0, Vec::new(), Weights::new());
        if !self.clews {
            first.from.push(LevelTerm { year_before: true, ..term(self.year_end()) });
            first.initial = Some(initial);
        }
        steps.push(first);
        for ls in 0..self.seasons {
            if ls > 0 {
                let mut weights = Weights::new();
                self.add_season(&mut weights, ls - 1);
                let from = vec![term(self.start(ls - 1, 0))];
                steps.push(step(self.start(ls, 0), from, weights));
            }
            for ld in 1..self.day_types {
                let mut weights = Weights::new();
                self.add_days(&mut weights, ls, ld - 1, 1.0);
                let from = vec![term(self.start(ls, ld - 1))];
                steps.push(step(self.start(ls, ld), from, weights));
            }
            if !self.clews {
                for ld in 0..self.day_types.saturating_sub(1) {
                    let mut weights = Weights::new();
                    self.add_days(&mut weights, ls, ld + 1, -1.0);
                    let from = vec![term(self.finish(ls, ld + 1))];
                    steps.push(step(self.finish(ls, ld), from, weights));
                }
            }
        }
        if self.has_year_end() {
            let last = self.seasons - 1;
            let mut weights = Weights::new();
            self.add_season(&mut weights, last);
            steps.push(step(self.year_end(), vec![term(self.start(last, 0))], weights));
        }
    }

    /// Content at the edges of every bracket of the first and the last day of a day type.
    fn add_checks(&self, checks: &mut Vec<LevelCheck>, ls: usize, ld: usize) {
        let mut push = |name: &str, lh: usize, point: usize, weights: Weights| {
            checks.push(LevelCheck {
                name: format!("s{}d{}b{}.{name}", ls + 1, ld + 1, lh + 1),
                from: vec![term(point)],
                net_charge: slice_weights(weights),
                side: None,
            });
        };
        for lh in 0..self.brackets {
            let before = |day_type: usize| {
                let mut weights = Weights::new();
                (0..lh).for_each(|b| self.add_bracket(&mut weights, (ls, day_type, b), 1.0));
                weights
            };
            let after = |day_type: usize| {
                let mut weights = Weights::new();
                let rest = lh + 1..self.brackets;
                rest.for_each(|b| self.add_bracket(&mut weights, (ls, day_type, b), -1.0));
                weights
            };
            let (first, last) = (lh == 0, lh + 1 == self.brackets);
            if !first {
                push("first_day", lh, self.start(ls, ld), before(ld));
            }
            if !last && ld > 0 {
                push("day_before", lh, self.start(ls, ld), after(ld - 1));
            }
            if !last {
                push("last_day", lh, self.finish(ls, ld), after(ld));
            }
            if !first && ld > 0 {
                push("last_first_day", lh, self.finish(ls, ld - 1), before(ld));
            }
        }
    }
}

/// After which time a storage must be where it was.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Every {
    pub(crate) day: bool,
    pub(crate) year: bool,
}

fn add(weights: &mut Weights, slice: usize, by_year: impl Iterator<Item = f64>) {
    let by_year: Vec<f64> = by_year.collect();
    let sum = weights.entry(slice).or_insert_with(|| vec![0.0; by_year.len()]);
    sum.iter_mut().zip(by_year).for_each(|(sum, more)| *sum += more);
}

const fn term(point: usize) -> LevelTerm {
    LevelTerm { point, factor: 1.0, year_before: false }
}

fn slice_weights(weights: Weights) -> Vec<(SliceIx, kzleap_model::Series)> {
    weights
        .into_iter()
        .filter(|(_, by_year)| by_year.iter().any(|weight| *weight != 0.0))
        .map(|(l, weights)| (SliceIx::new(l), by_year(weights)))
        .collect()
}

fn step(to: usize, from: Vec<LevelTerm>, weights: Weights) -> LevelStep {
    LevelStep { to, from, net_charge: slice_weights(weights), initial: None }
}
