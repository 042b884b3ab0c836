//! Vintages: what of a capacity was built when, and how it runs by that.
//!
//! A plant keeps what it had when it was built. Where that differs from vintage to vintage, the
//! capacity of a process has several [`Part`]s, each with modes of its own.

use std::collections::BTreeMap;

use crate::fields::{Field, Fields};
use crate::series::{ByYear, Series};
use crate::{Mode, Model, Process, ProcessIx, Set, Solution, Year, YearIx};

/// When a capacity was built: for a milestone year, or (`None`) before the first of them.
pub type Vintage = Option<YearIx>;

/// A part of the capacity of a process, which runs in its own way.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which part it is.
    pub of: PartOf,
    /// Share of it that can run, by slice and year, 0 to 1.
    pub availability: Series,
    /// Share of it that can run over the year, where it is below `availability`.
    pub annual_availability: Option<ByYear>,
    /// Share of it that must run, by slice and year.
    pub minimum_load: Option<Series>,
    /// Share of it that must run over the year.
    pub annual_minimum_load: Option<ByYear>,
}

/// Which part of a capacity.
#[derive(Clone, Debug, PartialEq)]
pub enum PartOf {
    /// What was built when: one vintage, or several that run alike.
    Built(Vec<Vintage>),
    /// So much of it by milestone year, in its unit: of a plan whose capacities are given.
    Given(ByYear),
}

impl Fields for Part {
    fn fields(&mut self, see: &mut dyn FnMut(Field<'_>)) {
        let Self { of, availability, annual_availability, minimum_load, annual_minimum_load } =
            self;
        match of {
            PartOf::Built(_) => {}
            PartOf::Given(size) => see(Field::Size(size)),
        }
        see(Field::Mean(availability));
        annual_availability.iter_mut().for_each(|share| see(Field::Rate(share)));
        minimum_load.iter_mut().for_each(|load| see(Field::Mean(load)));
        annual_minimum_load.iter_mut().for_each(|share| see(Field::Rate(share)));
    }
}

impl PartOf {
    /// Its name: the years it was built for, with `residual` for what exists already.
    pub fn name(&self, years: &Set<Year>) -> String {
        match self {
            Self::Built(vintages) => {
                let one = |vintage: &Vintage| vintage_name(years, *vintage);
                vintages.iter().map(one).collect::<Vec<_>>().join("+")
            }
            Self::Given(_) => "given".to_owned(),
        }
    }
}

/// The name of a vintage: the milestone year it was built for, or `residual`.
pub fn vintage_name(years: &Set<Year>, vintage: Vintage) -> String {
    vintage.map_or_else(|| "residual".to_owned(), |v| years[v].milestone.to_string())
}

/// What of the capacity of a process is rated together: all of it, or one of its parts.
#[derive(Clone, Copy, Debug)]
pub struct Rated<'p> {
    /// The position of the part; `None` for all of the capacity.
    pub part: Option<usize>,
    /// Which part it is; `None` for all of the capacity.
    pub of: Option<&'p PartOf>,
    /// Share that can run, by slice and year.
    pub availability: &'p Series,
    /// Share that can run over the year.
    pub annual_availability: Option<&'p ByYear>,
    /// Share that must run.
    pub minimum_load: Option<&'p Series>,
    /// Share that must run over the year.
    pub annual_minimum_load: Option<&'p ByYear>,
}

impl Process {
    /// What of its capacity is rated together: its parts, or all of it where it has none.
    pub fn rated(&self) -> Vec<Rated<'_>> {
        let parts = self.parts.iter().enumerate().map(|(at, part)| Rated {
            part: Some(at),
            of: Some(&part.of),
            availability: &part.availability,
            annual_availability: part.annual_availability.as_ref(),
            minimum_load: part.minimum_load.as_ref(),
            annual_minimum_load: part.annual_minimum_load.as_ref(),
        });
        let all = Rated {
            part: None,
            of: None,
            availability: &self.availability,
            annual_availability: self.annual_availability.as_ref(),
            minimum_load: self.minimum_load.as_ref(),
            annual_minimum_load: self.annual_minimum_load.as_ref(),
        };
        let all = self.parts.is_empty().then_some(all);
        parts.chain(all).collect()
    }

    /// Its modes, or those of one of its parts, with their positions.
    pub fn modes_of(&self, part: Option<usize>) -> impl Iterator<Item = (usize, &Mode)> {
        let modes = self.modes.iter().enumerate();
        modes.filter(move |(_, mode)| part.is_none_or(|part| mode.part == part))
    }

    /// Gives it parts, each with its modes; what is said of all of its capacity is then the most
    /// that holds of any of them.
    pub fn divide(&mut self, parts: Vec<(Part, Vec<Mode>)>) {
        let most = |one: &Series, other: &Series| one.with(other, f64::max);
        let mut all = parts.iter().map(|(part, _)| &part.availability);
        if let Some(first) = all.next() {
            self.availability = all.fold(first.clone(), |sum, next| most(&sum, next));
        }
        let larger = |one: ByYear, other: ByYear| -> ByYear {
            one.iter().zip(&other).map(|(a, b)| a.max(*b)).collect()
        };
        let annual: Option<Vec<ByYear>> =
            parts.iter().map(|(part, _)| part.annual_availability.clone()).collect();
        self.annual_availability = annual.and_then(|all| all.into_iter().reduce(larger));
        let least = parts.iter().filter_map(|(part, _)| part.annual_minimum_load.clone());
        self.annual_minimum_load = least.reduce(larger);
        let loads = parts.iter().filter_map(|(part, _)| part.minimum_load.clone());
        self.minimum_load = loads.reduce(|one, other| most(&one, &other));
        (self.parts, self.modes) = (Vec::new(), Vec::new());
        for (at, (part, modes)) in parts.into_iter().enumerate() {
            self.parts.push(part);
            self.modes.extend(modes.into_iter().map(|mode| Mode { part: at, ..mode }));
        }
    }
}

/// What of every capacity is in service, of a plan whose capacities are given, and what demand
/// forgoes for the year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// By capacity and milestone year, in its unit.
    pub capacity: Vec<ByYear>,
    /// The same of each part of a process that has parts.
    pub parts: BTreeMap<(ProcessIx, usize), ByYear>,
    /// What is not served of steps of demand that are decided by year, as [`Solution::forgone`].
    pub forgone: BTreeMap<(usize, usize), ByYear>,
    /// Emissions that each trading scheme allows, as [`Solution::allowed`], by milestone year.
    pub allowed: Vec<ByYear>,
}

impl Standing {
    /// What is in service in a plan.
    pub fn new(model: &Model, plan: &Solution) -> Self {
        let mut parts = BTreeMap::new();
        for (p, process) in model.processes.iter_ix() {
            for part in 0..process.parts.len() {
                let of_year = |y| plan.part_in_service(model, p, part, y).max(0.0);
                parts.insert((p, part), model.time.years.ixs().map(of_year).collect());
            }
        }
        let rows = plan.capacity.rows().into_iter();
        let capacity = rows.map(|row| row.to_vec()).collect();
        let of_scheme =
            |at| model.time.years.ixs().map(|y| plan.allowed(model, at, y)).collect();
        let allowed = model.trading.ixs().map(of_scheme).collect();
        Self { capacity, parts, forgone: plan.forgone.clone(), allowed }
    }
}

/// A curve over the age of a capacity, in years: straight lines between its points, flat beyond.
#[derive(Clone, Debug, PartialEq)]
pub struct ByAge(Vec<(f64, f64)>);

impl ByAge {
    /// A curve through points of age and value; `None` without any.
    pub fn new(mut points: Vec<(f64, f64)>) -> Option<Self> {
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        (!points.is_empty()).then_some(Self(points))
    }

    /// Its points, by age.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.0
    }

    /// The value at an age.
    pub fn at(&self, age: f64) -> f64 {
        let points = &self.0;
        let after = points.partition_point(|(given, _)| *given < age);
        match (after.checked_sub(1).map(|before| points[before]), points.get(after)) {
            (Some((a, before)), Some((b, next))) => {
                before + (next - before) * (age - a) / (b - a)
            }
            (Some((_, value)), None) => value,
            (None, Some((_, value))) => *value,
            (None, None) => 0.0,
        }
    }

    /// The mean between two ages.
    pub fn mean(&self, from: f64, to: f64) -> f64 {
        if to <= from {
            return self.at(from);
        }
        let within = self.0.iter().map(|(age, _)| *age).filter(|age| *age > from && *age < to);
        let ages: Vec<f64> =
            std::iter::once(from).chain(within).chain(std::iter::once(to)).collect();
        let piece = |ends: &[f64]| {
            f64::midpoint(self.at(ends[0]), self.at(ends[1])) * (ends[1] - ends[0])
        };
        ages.windows(2).map(piece).sum::<f64>() / (to - from)
    }
}

#[cfg(test)]
mod tests {
    use super::ByAge;

    /// From 1 down to 0.5 at 10 years, then flat: 0.75 over the first ten years, 0.5 after them, and
    /// (0.625 x 5 + 0.5 x 5) / 10 from 5 to 15.
    #[test]
    fn a_curve_is_straight_between_its_points_and_flat_beyond() {
        let curve = ByAge::new(vec![(10.0, 0.5), (0.0, 1.0)]).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(curve.at(4.0), 0.8);
        close(curve.at(30.0), 0.5);
        close(curve.mean(0.0, 10.0), 0.75);
        close(curve.mean(12.0, 20.0), 0.5);
        close(curve.mean(5.0, 15.0), (0.625 * 5.0 + 0.5 * 5.0) / 10.0);
    }
}
