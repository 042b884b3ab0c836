//! The runs of a study: one model, solved for many samples and scenarios.
//!
//! Every run of a scenario starts from the same basis, that of the scenario with all inputs as they
//! are. So what comes of a run depends on nothing but the run: not on which runs were solved before
//! it, on which machine, or in how many pieces.

use std::collections::BTreeMap;

use kzleap_accounts::Accounts;
use kzleap_input::{Change, Does, Operation, StudyInput};
use kzleap_model::Model;
use kzleap_solver::{Basis, Control, Options, SolveError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::on_all_cores::on_all_cores;
use crate::sampling::Sample;
use crate::{Event, Events, Given, Plan, RunSpec, optimise, settle};

/// With fewer runs of a scenario its start would cost more than it saves.
const SHARING_A_START: usize = 3;

/// The runs of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Ensemble {
    /// What all runs have in common: a run without scenario and changes of its own.
    pub run: RunSpec,
    /// What is moved.
    pub inputs: Vec<StudyInput>,
    /// Every run, by scenario and then by sample.
    pub runs: Vec<EnsembleRun>,
    /// Scenarios of which enough runs share a start for it to pay, each with a name for it.
    pub starts: BTreeMap<String, String>,
}

/// One run of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct EnsembleRun {
    /// Names the run by all that decides its results.
    pub id: String,
    /// Its scenario.
    pub scenario: String,
    /// The value of each input; `None` where it stays as it is.
    pub values: Sample,
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

/// How a run of a study ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is a least-cost plan.
    Optimal,
    /// No plan respects all constraints.
    Infeasible,
    /// Cost can fall without limit.
    Unbounded,
    /// The solver gave up, or its time was over: the run may be tried again.
    Stopped,
    /// The model has errors with these values.
    Refused,
}

/// What came of a run of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
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

impl Answer {
    /// Whether the question has been answered: by a run that a time limit stopped it has not.
    pub fn is_final(&self) -> bool {
        self.status != Status::Stopped
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

impl Ensemble {
    /// The runs of some samples, crossed with scenarios. `kept` names what else is kept of each, so
    /// that a run of which more is wanted is another run.
    pub fn new(
        given: &Given,
        run: RunSpec,
        scenarios: &[String],
        inputs: Vec<StudyInput>,
        samples: &[Sample],
        kept: &[String],
    ) -> Self {
        let (mut runs, mut starts) = (Vec::new(), BTreeMap::new());
        for scenario in scenarios {
            let common = digest(given, &of_scenario(&run, scenario), &inputs, kept);
            runs.extend(samples.iter().map(|values| {
                let id = short(&Sha256::digest(format!("{common} {values:?}")));
                EnsembleRun { id, scenario: scenario.clone(), values: values.clone() }
            }));
            if samples.len() >= SHARING_A_START {
                starts.insert(scenario.clone(), common);
            }
        }
        Self { run, inputs, runs, starts }
    }

    /// What one of the runs is.
    pub fn spec(&self, run: &EnsembleRun) -> RunSpec {
        let moved = self.inputs.iter().zip(&run.values);
        let changes = moved.flat_map(|(input, value)| changes(input, *value)).collect();
        RunSpec { changes, ..of_scenario(&self.run, &run.scenario) }
    }

    /// Where the runs of a scenario start: the basis of the scenario as it is; `None` if it has no
    /// plan.
    pub fn start(&self, given: &Given, scenario: &str, events: &Events<'_>) -> Option<Basis> {
        let spec = of_scenario(&self.run, scenario);
        let control = Control { stop: events.stop, log: None };
        let mut model = given.read(&spec).model?;
        let options = spec.options();
        settle(&mut model, &options, control).ok()?;
        optimise(&model, &options, control).ok()?.basis
    }

    /// Solves some of the runs, `workers` at the same time (as many as there are cores if left
    /// out), and gives each to `take` as soon as it is solved. `starts` has the basis of each
    /// scenario that has one.
    ///
    /// # Errors
    /// The first error of `take`; [`SolveError::Interrupted`] if it is stopped.
    pub fn solve<E: From<SolveError> + Send>(
        &self,
        given: &Given,
        runs: &[&EnsembleRun],
        starts: &BTreeMap<String, Basis>,
        workers: Option<usize>,
        events: &Events<'_>,
        take: impl Fn(&EnsembleRun, Solved<'_>) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let alone = workers == Some(1) || runs.len() == 1;
        let solve = |(): &mut (), run: &&EnsembleRun| {
            if events.stopped() {
                return Err(SolveError::Interrupted.into());
            }
            let spec = self.spec(run);
            let control = Control { stop: events.stop, log: None };
            let read = given.read(&spec);
            let Some(mut model) = read.model else {
                let why = read.input.diagnostics.iter().next().map(|one| one.message.clone());
                let answer = Answer { status: Status::Refused, why, figures: None };
                return take(run, Solved { answer: &answer, planned: None });
            };
            let asked = spec.options();
            // as many runs as there are cores leave one to each
            let threads = asked.threads.or((!alone).then_some(1));
            let start = starts.get(&run.scenario).cloned();
            let options = Options { start, threads, ..asked };
            let settled = settle(&mut model, &options, control);
            let outcome = settled.and_then(|_| optimise(&model, &options, control));
            if let Err(error @ SolveError::Interrupted) = outcome {
                return Err(error.into());
            }
            let answer = Answer::of(&model, &outcome);
            let plan = outcome.ok();
            take(
                run,
                Solved { answer: &answer, planned: plan.as_ref().map(|plan| (&model, plan)) },
            )
        };
        let done = |done| events.happens(Event::Log(&format!("{done} of {} runs", runs.len())));
        on_all_cores(runs, workers, || (), solve, done).map(drop)
    }
}

/// A run that was solved.
#[derive(Clone, Copy, Debug)]
pub struct Solved<'s> {
    /// What came of it.
    pub answer: &'s Answer,
    /// Its model and its plan, if it has one.
    pub planned: Option<(&'s Model, &'s Plan)>,
}

fn of_scenario(run: &RunSpec, scenario: &str) -> RunSpec {
    let scenario = (scenario != "base").then(|| scenario.to_owned());
    RunSpec { scenario, ..run.clone() }
}

/// The changes that a value of an input makes.
fn changes(input: &StudyInput, value: Option<f64>) -> Vec<Change> {
    let Some(value) = value else { return Vec::new() };
    let operation = match input.does {
        Does::Set => Operation::Set { value: value.into(), unit: input.unit.clone() },
        Does::Multiply => Operation::Multiply(value),
        Does::Add => Operation::Add(value),
    };
    let change = |path: &String| Change { path: path.clone(), operation: operation.clone() };
    input.paths.iter().map(change).collect()
}

/// Says what all runs of a scenario are solved from: the program, every file, what is moved and
/// how it is solved.
fn digest(given: &Given, run: &RunSpec, inputs: &[StudyInput], kept: &[String]) -> String {
    let mut hash = Sha256::new();
    for file in &given.read(run).input.files {
        hash.update(file.path.as_bytes());
        hash.update(Sha256::digest(&file.bytes));
    }
    let moved: Vec<_> =
        inputs.iter().map(|input| (&input.paths, input.does, &input.unit)).collect();
    hash.update(format!(
        "{} {:?} {:?} {:?} {:?} {moved:?} {kept:?}",
        env!("CARGO_PKG_VERSION"),
        run.scenario,
        run.resolution,
        run.solving.method,
        run.solving.threads,
    ));
    short(&hash.finalize())
}

/// The beginning of a hash, enough to tell a million runs apart.
fn short(hash: &[u8]) -> String {
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
