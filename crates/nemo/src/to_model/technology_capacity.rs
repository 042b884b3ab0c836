//! The capacity of each technology.

use kzleap_model::finance::nemo::Terms;
use kzleap_model::policy::{CapacityKind, CapacityLimit};
use kzleap_model::{Capacity, CapacityIx, CapacityUnit, Convention, Investment, YearIx};

use super::map::TechnologyMap;
use super::{Making, region};
use crate::carried::Carried;
use crate::parameters::{Dimension, P};

/// Adds a capacity for each technology of a region about which anything is said.
pub(super) fn add(making: &mut Making<'_>) {
    for (r, t) in making.in_regions(Dimension::Technology) {
        let capacity = matters(making, r, t).then(|| technology(making, r, t));
        let sliced = is_sliced(making, r, t);
        making.map.technologies.push(TechnologyMap { capacity, processes: Vec::new(), sliced });
    }
}

/// Whether any cost, limit, margin or process depends on the capacity.
fn matters(making: &Making<'_>, r: usize, t: usize) -> bool {
    let data = making.data;
    let ratios = [P::InputActivityRatio, P::OutputActivityRatio];
    let runs = ratios.iter().any(|p| {
        let table = data.table(*p);
        table.default.is_some() || table.rows_under(&[r, t]).any(|(_, value)| value != 0.0)
    });
    let limited =
        [P::ResidualCapacity, P::TotalAnnualMinCapacity, P::TotalAnnualMinCapacityInvestment];
    let stands =
        |p: &P| making.period.years.iter().any(|y| data.or_zero(*p, &[r, t, *y]) != 0.0);
    let counts =
        || data.table(P::ReserveMarginTagTechnology).rows_under(&[r, t]).next().is_some();
    // what stood at first is paid for on the way to the first calculated year
    let stood = || data.or_zero(P::ResidualCapacity, &[r, t, 0]) != 0.0;
    runs || limited.iter().any(stands)
        || stood()
        || counts()
        || making.carried.new_capacity.contains_key(&(r, t))
}

/// Whether it makes or uses anything that is balanced in every slice.
fn is_sliced(making: &Making<'_>, r: usize, t: usize) -> bool {
    let data = making.data;
    [P::InputActivityRatio, P::OutputActivityRatio].iter().any(|p| {
        let table = data.table(*p);
        let by_default = table.default.is_some() && data.timesliced.contains(&true);
        by_default
            || table
                .rows_under(&[r, t])
                .any(|(key, value)| value != 0.0 && data.timesliced[key[2]])
    })
}

fn technology(making: &mut Making<'_>, r: usize, t: usize) -> CapacityIx {
    let data = making.data;
    let life = life(making, P::OperationalLife, r, t);
    let key = |y: usize| [r, t, y];
    let cost = making.by_year(|y| data.or_zero(P::CapitalCost, &key(y)));
    let residual = making.by_year(|y| {
        data.or_zero(P::ResidualCapacity, &key(y))
            + Carried::standing(
                &making.carried.new_capacity,
                &(r, t),
                life.unwrap_or(1),
                making.calendar(y),
            )
    });
    let building = Building {
        name: making.name(Dimension::Technology, t).to_owned(),
        r,
        life,
        cost,
        residual,
        fixed_cost: making.by_year(|y| data.or_zero(P::FixedCost, &key(y))),
        least: making.by_year(|y| data.or_zero(P::TotalAnnualMinCapacity, &key(y))),
        most: making.by_year(|y| data.or(P::TotalAnnualMaxCapacity, &key(y), f64::INFINITY)),
        least_new: making
            .by_year(|y| data.or_zero(P::TotalAnnualMinCapacityInvestment, &key(y))),
        most_new: making
            .by_year(|y| data.or(P::TotalAnnualMaxCapacityInvestment, &key(y), f64::INFINITY)),
        unit: unit_size(making, r, t),
        interest: making.by_year(|y| data.or_zero(P::InterestRateTechnology, &key(y))),
    };
    building.add(making)
}

/// The life of something; if it is not said, with a warning, `None`, or with `correct` the years
/// of the scenario.
pub(super) fn life(making: &mut Making<'_>, p: P, r: usize, of: usize) -> Option<i32> {
    let life = making.data.get(p, &[r, of]);
    if life.is_none() {
        let dimension = p.columns()[1].1;
        let (name, region) = (making.name(dimension, of), making.name(Dimension::Region, r));
        let what = format!("`{name}` in region `{region}` has no `{}`", p.name());
        if making.options.correct {
            let message = format!("{what}: it lasts as long as the scenario");
            making.warn("no-life", message, "add a row or a default");
            return Some(making.data.last_year() - making.data.first_year() + 1);
        }
        making.warn(
            "no-life",
            format!("{what}: its capacity is free"),
            "NEMO gives it any capacity at no cost too; add a row or a default, or use `--correct`",
        );
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a whole number of years"
    )]
    life.map(|life| life as i32)
}

/// The size of one unit in each year; `None` where capacity is built in any amount.
fn unit_size(making: &Making<'_>, r: usize, t: usize) -> Option<Vec<f64>> {
    let data = making.data;
    let sizes = making.by_year(|y| data.or_zero(P::CapacityOfOneTechnologyUnit, &[r, t, y]));
    sizes.iter().any(|size| *size != 0.0).then_some(sizes)
}

/// Something that can be built.
pub(super) struct Building {
    pub(super) name: String,
    pub(super) r: usize,
    /// `None` if its capacity is free.
    pub(super) life: Option<i32>,
    pub(super) cost: Vec<f64>,
    pub(super) residual: Vec<f64>,
    pub(super) fixed_cost: Vec<f64>,
    pub(super) least: Vec<f64>,
    pub(super) most: Vec<f64>,
    /// For each calendar year.
    pub(super) least_new: Vec<f64>,
    /// For each calendar year.
    pub(super) most_new: Vec<f64>,
    pub(super) unit: Option<Vec<f64>>,
    pub(super) interest: Vec<f64>,
}

impl Building {
    /// Adds the capacity with its terms.
    pub(super) fn add(mut self, making: &mut Making<'_>) -> CapacityIx {
        let years = self.cost.len();
        let scale: Vec<f64> = (0..years).map(|at| making.scale(YearIx::new(at))).collect();
        let times = |values: &[f64]| values.iter().zip(&scale).map(|(v, n)| v * n).collect();
        let (mut lower, mut upper): (Vec<f64>, Vec<f64>) =
            (times(&self.least_new), times(&self.most_new));
        for (most, cost) in upper.iter_mut().zip(&self.cost) {
            // NEMO's investments are not below zero, so what would cost less is not built
            *most = if *cost < 0.0 { 0.0 } else { most.max(0.0) };
        }
        if self.life.is_none() {
            self.cost = vec![0.0; years];
            (lower, upper) = (vec![0.0; years], vec![f64::INFINITY; years]);
        }
        // a limit below existing capacity is a contradiction that a bound could not show
        let tight: Vec<bool> = self
            .most
            .iter()
            .zip(&self.residual)
            .map(|(most, residual)| residual > most)
            .collect();
        let life = self.life.unwrap_or(1);
        let k = making.model.capacities.push(Capacity {
            name: self.name.clone(),
            region: region(self.r),
            unit: CapacityUnit::Unknown,
            residual: self.residual,
            investment: Some(Investment {
                overnight_cost: self.cost,
                technical_life: f64::from(life),
                survival: None,
                interest: 0.0,
                economic_life: f64::from(life),
                cost_of_capital: 0.0,
                lower,
                upper,
                growth: None,
                unit_size: self.unit,
            }),
            fixed_cost: self.fixed_cost,
            fixed_cost_of_new: Vec::new(),
            lower: self.least,
            upper: self
                .most
                .iter()
                .zip(&tight)
                .map(|(most, tight)| if *tight { f64::INFINITY } else { *most })
                .collect(),
            early_retirement: false,
            decommissioning_cost: None,
            early_retirement_cost: None,
            by_conversion: false,
        });
        if tight.contains(&true) {
            making.model.capacity_limits.push(CapacityLimit {
                name: format!("most.{}", self.name),
                capacities: vec![k],
                of: CapacityKind::InService,
                lower: vec![0.0; years],
                upper: self
                    .most
                    .iter()
                    .zip(&tight)
                    .map(|(most, tight)| if *tight { *most } else { f64::INFINITY })
                    .collect(),
            });
        }
        push_terms(making, Terms { interest: self.interest, at_once: false });
        k
    }
}

/// Adds the terms of the capacity that was pushed last.
pub(super) fn push_terms(making: &mut Making<'_>, terms: Terms) {
    if let Convention::Nemo(nemo) = &mut making.model.finance.convention {
        nemo.terms.push(terms);
    }
}
