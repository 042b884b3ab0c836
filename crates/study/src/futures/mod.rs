//! A plan for several futures: what is decided before the future is known is one decision, what
//! comes after may differ.
//!
//! The program of all futures has the columns and rows of each, with one column for what is decided
//! here and now (Birge and Louveaux 2011, Introduction to Stochastic Programming, ch. 2). What it
//! minimises is a [`Criterion`] of the costs of the futures. Where a criterion leaves later decisions
//! of a future free, as the largest regret does, they are found by solving it once more with the
//! first decisions fixed.

mod program;

use kzleap_formulation::{ColumnKey, Formulation, formulate};
use kzleap_lp::Bounds;
use kzleap_model::Model;
use kzleap_solver::{Control, Options, SolveError};
use std::collections::BTreeMap;

use crate::one_way::solve_one_way;
use crate::plan::fits;

/// One of the futures.
#[derive(Clone, Copy, Debug)]
pub struct Future<'m> {
    /// Its model.
    pub model: &'m Model,
    /// How likely it is; those of all futures add up to one.
    pub probability: f64,
}

/// What a plan for several futures makes least.
#[derive(Clone, Debug, PartialEq)]
pub enum Criterion {
    /// The expected cost.
    Expected,
    /// The expected cost with a weight of 1 − `weight`, and the conditional value at risk at a level
    /// with `weight` (Rockafellar and Uryasev 2000, Journal of Risk 2, 21).
    Risk {
        /// The level, 0 or more and below 1.
        level: f64,
        /// The weight, 0 to 1.
        weight: f64,
    },
    /// The expected cost, where the conditional value at risk is at most so much.
    RiskLimit {
        /// The level, 0 or more and below 1.
        level: f64,
        /// The limit, millions of the base year.
        most: f64,
    },
    /// The largest regret: cost beyond the least of each future.
    LargestRegret {
        /// The least cost of each future, millions of the base year.
        best: Vec<f64>,
    },
    /// The largest cost.
    LargestCost,
}

/// What is decided here and now: amounts by the name of their column, in the unit of the column.
pub type FirstDecisions = BTreeMap<String, f64>;

/// A plan for several futures.
#[derive(Clone, Debug, PartialEq)]
pub struct FuturesPlan {
    /// What is minimised, millions of the base year.
    pub objective: f64,
    /// What is decided here and now.
    pub first: FirstDecisions,
    /// What it costs in each future, with the best that can follow; millions of the base year.
    pub costs: Vec<f64>,
    /// How much each future counts at the optimum: under these weights the plan is also of least
    /// expected cost. For [`Criterion::Expected`] its probability.
    pub weights: Vec<f64>,
    /// What one more million of the limit on risk saves of the expected cost; 0 without a limit.
    pub risk_price: f64,
    /// Whether it is certified that no other plan has less.
    pub certified: bool,
}

/// Why there is no plan for several futures.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum NoFuturesPlan {
    /// The program of all has none.
    #[error("the plan for all futures: {0}")]
    Solve(SolveError),
    /// A future has none after the first decisions, by its position.
    #[error("future {}: {}", .0 + 1, .1)]
    InFuture(usize, SolveError),
}

/// Finds the plan for several futures whose first decisions, all investments, conversions and
/// retirements of milestone years before `known`, are the same in all of them.
///
/// # Errors
/// [`NoFuturesPlan`]: infeasible, unbounded, stopped.
pub fn plan_futures(
    futures: &[Future<'_>],
    known: i32,
    criterion: &Criterion,
    options: &Options,
    control: Control<'_>,
) -> Result<FuturesPlan, NoFuturesPlan> {
    let formulations: Vec<Formulation<'_>> =
        futures.iter().map(|future| formulate(future.model)).collect();
    for (at, formulation) in formulations.iter().enumerate() {
        fits(formulation).map_err(|error| NoFuturesPlan::InFuture(at, error))?;
    }
    let probability: Vec<f64> = futures.iter().map(|future| future.probability).collect();
    let program = program::Program::new(&formulations, &probability, known, criterion);
    let options = Options { alternatives: false, start: None, ..options.clone() };
    let optimum =
        kzleap_solver::solve(&program.lp, &options, control).map_err(NoFuturesPlan::Solve)?;
    let first = program.first(&optimum.columns);
    let mut costs = Vec::new();
    for (at, future) in futures.iter().enumerate() {
        let cost = carried_out(future.model, &first, &options, control);
        costs.push(cost.map_err(|error| NoFuturesPlan::InFuture(at, error))?);
    }
    let (weights, risk_price) = program.weights(&optimum.row_duals, &probability);
    Ok(FuturesPlan {
        objective: optimum.objective,
        first,
        costs,
        weights,
        risk_price,
        certified: optimum.certificate.certified,
    })
}

/// The first decisions of the least-cost plan of one model, and what it costs.
///
/// # Errors
/// [`SolveError`]: infeasible, unbounded, stopped.
pub fn first_decisions(
    model: &Model,
    known: i32,
    options: &Options,
    control: Control<'_>,
) -> Result<(FirstDecisions, f64), SolveError> {
    let mut formulation = formulate(model);
    fits(&formulation)?;
    let optimum = solve_one_way(&mut formulation, options, control)?;
    let amount = |(col, key): (kzleap_lp::Col, ColumnKey)| {
        decided_before(model, &key, known)
            .then(|| (key.name(model), optimum.columns[col.get()]))
    };
    let first = formulation.columns().filter_map(amount).collect();
    Ok((first, optimum.objective))
}

/// What a model costs where the first decisions are made: the least, millions of the base year.
///
/// # Errors
/// [`SolveError`]: infeasible where they cannot be carried out.
pub fn carried_out(
    model: &Model,
    first: &FirstDecisions,
    options: &Options,
    control: Control<'_>,
) -> Result<f64, SolveError> {
    let mut formulation = formulate(model);
    fits(&formulation)?;
    let columns: Vec<_> = formulation.columns().collect();
    for (col, key) in columns {
        if !is_decision(&key) {
            continue;
        }
        if let Some(amount) = first.get(&key.name(model)) {
            // a bound that the amount is beyond by rounding holds
            let bounds = formulation.lp.col_bounds[col.get()];
            let amount = amount.clamp(bounds.lower, bounds.upper);
            formulation.lp.col_bounds[col.get()] = Bounds::exactly(amount);
        }
    }
    Ok(solve_one_way(&mut formulation, options, control)?.objective)
}

/// Whether a column is a decision to build, convert or retire.
pub(crate) const fn is_decision(key: &ColumnKey) -> bool {
    match key {
        ColumnKey::NewCapacity(_)
        | ColumnKey::NewUnits(_)
        | ColumnKey::Retirement(_)
        | ColumnKey::Conversion(_) => true,
        ColumnKey::Capacity(_)
        | ColumnKey::Activity(_)
        | ColumnKey::Level(_)
        | ColumnKey::Flow(_)
        | ColumnKey::Emissions(_)
        | ColumnKey::Unserved(_)
        | ColumnKey::Forgone(_)
        | ColumnKey::Surplus(_)
        | ColumnKey::Wasted(_)
        | ColumnKey::Subsidy(_)
        | ColumnKey::Allowances(_)
        | ColumnKey::Angle(_)
        | ColumnKey::Direction(_)
        | ColumnKey::Standby(_)
        | ColumnKey::StandbyFlow(_) => false,
    }
}

/// Whether a column is a decision of a milestone year before `known`.
fn decided_before(model: &Model, key: &ColumnKey, known: i32) -> bool {
    is_decision(key) && model.time.years[key.year()].milestone < known
}
