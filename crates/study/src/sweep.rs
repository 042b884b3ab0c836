//! The same model with a number, or several, moved from point to point.
//!
//! The point in the middle is solved afresh; every other one starts from the basis of a neighbour,
//! which for a cap or a price is a fraction of the work.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_input::Change;
use kzleap_model::Model;
use kzleap_solver::{Control, Options, SolveError};
use serde::{Deserialize, Serialize};

use crate::{Events, Given, Plan, RunSpec, away_from_middle, optimise, settle};

/// What is swept: a run, and the numbers that are moved in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The run, without the changes of a point.
    pub run: RunSpec,
    /// The numbers that are moved; their values are crossed.
    pub parameters: Vec<Parameter>,
    /// Unit of the values; that of what is at the path if left out.
    pub unit: Option<String>,
}

/// A number of the model and the values it takes, or all numbers below a path and factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where it is in the model.
    pub path: String,
    /// Its values, or factors.
    pub values: Vec<f64>,
    /// The values multiply what is there.
    pub multiplies: bool,
}

/// How a point of a sweep ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is a least-cost plan.
    Optimal,
    /// No plan respects all constraints.
    Infeasible,
    /// Cost can fall without limit.
    Unbounded,
    /// The solver gave up, or its time was over.
    Stopped,
    /// The model has errors with these values.
    Refused,
    /// It was not solved yet.
    Open,
}

/// What came of a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointResult {
    /// How it ended.
    pub status: Status,
    /// Why there is no plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The plan in figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
}

/// Values by name, then by milestone year.
pub type ByNameAndYear = BTreeMap<String, BTreeMap<i32, f64>>;

/// A plan in a few figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Whether the plan is an optimum whose costs add up.
    pub certified: bool,
    /// What is minimised, MUSD of the base year.
    pub objective: f64,
    /// Total discounted system cost, without transfers, MUSD of the base year.
    pub system_cost: f64,
    /// Taxes less subsidies, MUSD of the base year.
    pub transfers: f64,
    /// Worth of demand that answers to prices and is not served, MUSD of the base year.
    #[serde(default)]
    pub worth_forgone: f64,
    /// Emissions of all domestic regions, in the unit of the emission (Mt) a year.
    pub emissions: ByNameAndYear,
    /// Shadow price of each cap, MUSD per unit of the cap, in money of the year.
    pub emission_prices: ByNameAndYear,
    /// Seconds spent in the solver.
    pub solve_seconds: f64,
}

/// A point that was solved.
#[derive(Clone, Copy, Debug)]
pub struct SolvedPoint<'s> {
    /// Its position among the points that were to be solved.
    pub at: usize,
    /// What came of it.
    pub result: &'s PointResult,
    /// Its model.
    pub model: &'s Model,
    /// Its plan, if it has one.
    pub plan: Option<&'s Plan>,
}

impl Parameter {
    /// The change that one value makes.
    pub fn change(&self, value: f64, unit: Option<&String>) -> Change {
        if self.multiplies {
            Change::multiply(&self.path, value)
        } else {
            Change::set_in(&self.path, value, unit.cloned())
        }
    }
}

impl PointResult {
    /// A point without a plan.
    pub const fn without_plan(status: Status) -> Self {
        Self { status, why: None, figures: None }
    }

    /// Whether the point has been answered: one that a time limit stopped has not.
    pub const fn is_answer(&self) -> bool {
        matches!(self.status, Status::Optimal | Status::Infeasible | Status::Unbounded)
    }

    fn of(model: &Model, outcome: &Result<Plan, SolveError>) -> Self {
        let status = match outcome {
            Ok(_) => Status::Optimal,
            Err(SolveError::Infeasible) => Status::Infeasible,
            Err(SolveError::Unbounded) => Status::Unbounded,
            Err(_) => Status::Stopped,
        };
        Self {
            status,
            why: outcome.as_ref().err().map(ToString::to_string),
            figures: outcome.as_ref().ok().map(|plan| Figures::of(model, plan)),
        }
    }
}

impl Figures {
    fn of(model: &Model, plan: &Plan) -> Self {
        let accounts = Accounts::new(model, &plan.solution);
        let years = || model.time.years.iter().map(|year| year.milestone);
        let emissions = model.emissions.iter_ix().map(|(e, emission)| {
            let by_year = years().zip(accounts.domestic_emissions(e)).collect();
            (emission.name.clone(), by_year)
        });
        let prices = model.emission_caps.iter().zip(&plan.solution.emission_price);
        let prices = prices.map(|(cap, prices)| (&cap.name, prices));
        let schemes = model.trading.iter().zip(&plan.solution.trading);
        let prices = prices.chain(schemes.map(|(scheme, of)| (&scheme.name, &of.price)));
        let prices = prices.map(|(name, prices)| {
            (name.clone(), years().zip(prices.iter().copied()).collect())
        });
        Self {
            certified: plan.certified(),
            objective: plan.solution.objective,
            system_cost: accounts.system_cost(),
            transfers: accounts.transfers().iter().map(|(_, value)| value).sum(),
            worth_forgone: accounts.answer().map_or(0.0, |answer| answer.forgone),
            emissions: emissions.collect(),
            emission_prices: prices.collect(),
            solve_seconds: plan.solve_seconds,
        }
    }
}

impl Sweep {
    /// Every combination of the values, the last parameter moving fastest.
    pub fn points(&self) -> Vec<Vec<f64>> {
        self.parameters.iter().fold(vec![Vec::new()], |points, parameter| {
            let next = |point: &Vec<f64>| {
                let with = |value: &f64| [point.as_slice(), &[*value]].concat();
                parameter.values.iter().map(with).collect::<Vec<_>>()
            };
            points.iter().flat_map(next).collect()
        })
    }

    /// The run with the values of a point.
    pub fn spec(&self, values: &[f64]) -> RunSpec {
        let moved = self.parameters.iter().zip(values);
        RunSpec {
            changes: moved
                .map(|(parameter, value)| parameter.change(*value, self.unit.as_ref()))
                .collect(),
            ..self.run.clone()
        }
    }

    /// Solves some of the points, `workers` at the same time (as many as there are cores if left
    /// out), and gives each to `take` as soon as it is solved. A point whose model has errors is
    /// passed over.
    ///
    /// # Errors
    /// The first error of `take`; [`SolveError::Interrupted`] if the sweep is stopped.
    pub fn solve<E: From<SolveError> + Send>(
        &self,
        given: &Given,
        points: &[&[f64]],
        workers: Option<usize>,
        events: &Events<'_>,
        take: impl Fn(SolvedPoint<'_>) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let positions: Vec<usize> = (0..points.len()).collect();
        away_from_middle(&positions, workers, |at, start| {
            if events.stopped() {
                return Err(SolveError::Interrupted.into());
            }
            let spec = self.spec(points[*at]);
            let Some(mut model) = given.read(&spec).model else { return Ok(None) };
            let control = Control { stop: events.stop, log: None };
            let options = Options { start, ..spec.options() };
            let settled = settle(&mut model, &options, control);
            let outcome = settled.and_then(|_| optimise(&model, &options, control));
            if let Err(error @ SolveError::Interrupted) = outcome {
                return Err(error.into());
            }
            let result = PointResult::of(&model, &outcome);
            let plan = outcome.ok();
            take(SolvedPoint { at: *at, result: &result, model: &model, plan: plan.as_ref() })?;
            Ok(plan.and_then(|plan| plan.basis))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Parameter, Sweep};
    use crate::RunSpec;

    #[test]
    fn the_last_parameter_moves_fastest() {
        let parameter = |path: &str, values: [f64; 2], multiplies| Parameter {
            path: path.to_owned(),
            values: values.to_vec(),
            multiplies,
        };
        let sweep = Sweep {
            run: RunSpec::default(),
            parameters: vec![
                parameter("a", [1.0, 2.0], false),
                parameter("b", [3.0, 4.0], true),
            ],
            unit: Some("PJ".to_owned()),
        };
        assert_eq!(sweep.points(), [[1.0, 3.0], [1.0, 4.0], [2.0, 3.0], [2.0, 4.0]]);
        let set = Change::set_in("a", 2.0, Some("PJ".to_owned()));
        assert_eq!(sweep.spec(&[2.0, 3.0]).changes, [set, Change::multiply("b", 3.0)]);
    }
}
