//! A second opinion: what an independent solver says of a plan, or of results written earlier.
//!
//! Clarabel knows no whole numbers: units are held where HiGHS put them.

use kzleap_formulation::{ColumnKey, Formulation, formulate};
use kzleap_lp::{Bounds, Lp, Scaling};
use kzleap_model::Model;
use kzleap_solver::{Control, SolveError, second_opinion};

use crate::{Event, Events, RunSpec, solve_one_way};

/// Largest difference of two costs, relative, that counts as agreement.
const TOLERANCE: f64 = 1e-6;

/// What a plan was held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// What the plan costs, in the unit of the objective (MUSD of the base year).
    pub cost: f64,
    /// Whether the plan that HiGHS found is certified. True of results written earlier, which
    /// carry a mark of their own.
    pub certified: bool,
    /// How far the cost may be from that of the best whole units, relative to the costs; `None`
    /// without whole units, and for results written earlier.
    pub integer_gap: Option<f64>,
    /// One cost after another that should be the same.
    pub comparisons: Vec<Comparison>,
}

/// A cost that should be that of the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Which cost.
    pub of: Against,
    /// The cost, in the unit of the objective; infinite where it was proved that there is no plan.
    pub cost: f64,
    /// How far the plan's cost is from it, relative to the costs and revenues of the plan.
    pub difference: f64,
    /// The smallest such difference that a solver can tell in a program of this size: far above
    /// the tolerance where what a plan costs is next to nothing beside what the program is about.
    pub finest: f64,
}

/// What a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The costs are the same.
    Agreed,
    /// They differ by less than a solver can tell here.
    NotJudged,
    /// They differ.
    Different,
}

/// What a plan is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The least cost, as Clarabel finds it.
    LeastCost,
    /// The same with the capacities that were written.
    WithCapacities,
    /// The sum of the costs that were written.
    SumOfCosts,
}

/// What a run has written of its plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What is minimised, MUSD of the base year.
    pub objective: f64,
    /// The sum of all costs, MUSD of the base year.
    pub sum_of_costs: f64,
    /// Capacity in service, in its own unit, by capacity and then by milestone year.
    pub capacity: Vec<Vec<f64>>,
}

/// Why there is nothing to compare.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotVerified {
    /// HiGHS has no plan.
    #[error(transparent)]
    NoPlan(SolveError),
    /// Clarabel has no optimum, which says nothing for or against the plan.
    #[error("no second opinion: {0}")]
    NoOpinion(SolveError),
}

impl Comparison {
    /// Whether the two costs are the same, as far as can be known.
    pub fn judgement(&self) -> Judgement {
        if self.difference <= TOLERANCE {
            Judgement::Agreed
        } else if self.difference <= self.finest {
            Judgement::NotJudged
        } else {
            Judgement::Different
        }
    }
}

impl Verified {
    /// What all comparisons say together: the worst of them.
    pub fn judgement(&self) -> Judgement {
        let all = || self.comparisons.iter().map(Comparison::judgement);
        [Judgement::Different, Judgement::NotJudged]
            .into_iter()
            .find(|worst| all().any(|one| one == *worst))
            .unwrap_or(Judgement::Agreed)
    }

    /// Whether all costs are the same.
    pub fn agrees(&self) -> bool {
        self.judgement() == Judgement::Agreed
    }

    /// Holds the plan's cost against another; `turnover` is what the plan pays and earns.
    fn compare(&mut self, of: Against, cost: f64, lp: &Lp, turnover: f64) {
        let program = Scaling::of(lp).money();
        // a plan that pays and earns nothing at all has no size of its own
        let size = if self.cost == 0.0 { program } else { turnover.max(self.cost.abs()) };
        self.comparisons.push(Comparison {
            of,
            cost,
            difference: (self.cost - cost).abs() / size,
            finest: TOLERANCE * program / size,
        });
    }
}

/// Solves a model with HiGHS and with Clarabel.
///
/// # Errors
/// [`NotVerified`], if one of them finds no optimum.
pub fn verify(
    model: &Model,
    spec: &RunSpec,
    events: &Events<'_>,
) -> Result<Verified, NotVerified> {
    let mut formulation = formulate(model);
    events.happens(Event::Solving);
    let log = |line: &str| events.happens(Event::Log(line));
    let control = Control { stop: events.stop, log: events.watch.is_some().then_some(&log) };
    let optimum = solve_one_way(&mut formulation, &spec.options(), control);
    let optimum = optimum.map_err(NotVerified::NoPlan)?;
    events.happens(Event::SecondOpinion);
    let (other, _) = least(&formulation.lp.with_integers_fixed(&optimum.columns))?;
    let turnover = turnover(&formulation.lp, &optimum.columns);
    let mut verified = Verified {
        cost: optimum.certificate.objective,
        certified: optimum.certificate.certified,
        integer_gap: optimum.integer_gap,
        comparisons: Vec::new(),
    };
    verified.compare(Against::LeastCost, other, &formulation.lp, turnover);
    Ok(verified)
}

/// Holds what a run of a model has written against Clarabel: its cost is the least cost of the
/// model, is reached with the capacities of its table, and is the sum of its table of costs.
///
/// # Errors
/// [`NotVerified`], if there is no optimum.
pub fn verify_written(
    model: &Model,
    spec: &RunSpec,
    written: &Written,
    events: &Events<'_>,
) -> Result<Verified, NotVerified> {
    let mut formulation = formulate(model);
    let free = continuous(&mut formulation, spec, events)?;
    events.happens(Event::SecondOpinion);
    let (least_of_all, turnover) = least(&free)?;
    let (reached, _) = least(&with_capacities(&formulation, free, &written.capacity))?;
    let mut verified = Verified {
        cost: written.objective,
        certified: true,
        integer_gap: None,
        comparisons: Vec::new(),
    };
    for (of, cost) in [
        (Against::LeastCost, least_of_all),
        (Against::WithCapacities, reached),
        (Against::SumOfCosts, written.sum_of_costs),
    ] {
        verified.compare(of, cost, &formulation.lp, turnover);
    }
    Ok(verified)
}

/// What a plan pays and what it earns, added up, in the unit of the objective.
fn turnover(lp: &Lp, columns: &[f64]) -> f64 {
    let paid = lp.cost.iter().zip(columns).map(|(cost, value)| (cost * value).abs());
    lp.cost_offset.abs() + paid.sum::<f64>()
}

/// The least cost that Clarabel finds, with what its plan pays and earns; infinite where it proves
/// that there is no plan.
fn least(lp: &Lp) -> Result<(f64, f64), NotVerified> {
    match second_opinion(lp) {
        Ok((least, columns)) => Ok((least, turnover(lp, &columns))),
        Err(SolveError::Infeasible) => Ok((f64::INFINITY, 0.0)),
        Err(error) => Err(NotVerified::NoOpinion(error)),
    }
}

/// The program with whole numbers as HiGHS chooses them, since Clarabel knows none.
fn continuous(
    formulation: &mut Formulation<'_>,
    spec: &RunSpec,
    events: &Events<'_>,
) -> Result<Lp, NotVerified> {
    if formulation.lp.integers.is_empty() && !formulation.may_burn() {
        return Ok(formulation.lp.clone());
    }
    events.happens(Event::Solving);
    let control = Control { stop: events.stop, log: None };
    let optimum = solve_one_way(formulation, &spec.solving.options(), control);
    let columns = optimum.map_err(NotVerified::NoPlan)?.columns;
    Ok(formulation.lp.with_integers_fixed(&columns))
}

fn with_capacities(formulation: &Formulation<'_>, mut lp: Lp, capacity: &[Vec<f64>]) -> Lp {
    for (col, key) in formulation.columns() {
        if let ColumnKey::Capacity(key) = key {
            lp.col_bounds[col.get()] =
                Bounds::exactly(capacity[key.capacity.get()][key.year.get()]);
        }
    }
    lp
}
