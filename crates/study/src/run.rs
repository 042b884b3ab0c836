//! One description, one function: [`run`].

use kzleap_model::Model;
use kzleap_nemo::{Course, Data, Outcome as Groups};
use kzleap_solver::{Control, SolveError};

use crate::settle::settled;
use crate::{
    Event, Events, Explanation, Given, GroupError, Plan, Read, RunSpec, explain,
    explain_unbounded, optimise_groups, optimise_with,
};

/// What came of a run.
#[derive(Debug)]
pub struct RunResult {
    /// The model that was solved, and what was found in reading it.
    pub read: Read,
    /// Its plan, or why there is none.
    pub outcome: Outcome,
}

/// A plan, or why there is none.
#[derive(Debug)]
pub enum Outcome {
    /// The model has errors: the findings of its reading say which.
    Refused,
    /// The least-cost plan.
    Plan(Box<Plan>),
    /// The plans of the groups of years of a NEMO database, and what they mean there.
    Groups(Vec<Plan>, Box<Groups>),
    /// No plan.
    NoPlan(Box<NoPlan>),
}

/// Why there is no plan.
#[derive(Debug)]
pub struct NoPlan {
    /// What the solver said.
    pub error: SolveError,
    /// The reason, as far as it was looked for and found.
    pub reason: Reason,
    /// The model of the group of years that has none, where years are planned in groups.
    pub model: Option<Box<Model>>,
}

/// What prevents a plan.
#[derive(Debug)]
pub enum Reason {
    /// It was not looked for, or the error says it all.
    None,
    /// What conflicts, and what would mend it.
    Conflict(Explanation),
    /// What can grow without limit.
    Unlimited(Vec<String>),
    /// The search for the reason was stopped.
    NotFound(SolveError),
}

/// Runs what a description says: reads the model, solves it, and finds out why where there is no
/// plan.
pub fn run(spec: &RunSpec, events: &Events<'_>) -> RunResult {
    events.happens(Event::Reading);
    let given = Given::open(spec);
    let (read, spec) = settled(&given, given.read(spec), spec, events);
    RunResult { outcome: solve(&read, &spec, events), read }
}

/// Solves a model that was read for a run.
pub fn solve(read: &Read, spec: &RunSpec, events: &Events<'_>) -> Outcome {
    let Some(model) = &read.model else { return Outcome::Refused };
    events.happens(Event::Solving);
    let log = |line: &str| events.happens(Event::Log(line));
    let control = Control { stop: events.stop, log: events.watch.is_some().then_some(&log) };
    match &read.nemo {
        Some(data) => solve_groups(data, spec, events, control),
        None => match optimise_with(model, &spec.options(), control, spec.ties) {
            Ok(plan) => Outcome::Plan(Box::new(plan)),
            Err(error) => {
                let reason = reason(model, &error, spec, events, control);
                Outcome::NoPlan(Box::new(NoPlan { error, reason, model: None }))
            }
        },
    }
}

fn solve_groups(
    data: &Data,
    spec: &RunSpec,
    events: &Events<'_>,
    control: Control<'_>,
) -> Outcome {
    // years that make no sense were refused when the model was read
    let Ok(mut course) = Course::new(data, &spec.nemo) else { return Outcome::Refused };
    match optimise_groups(&mut course, &spec.options(), control, spec.ties) {
        Ok(plans) => Outcome::Groups(plans, Box::new(course.outcome())),
        Err(GroupError { error, model }) => {
            let reason = reason(&model, &error, spec, events, control);
            Outcome::NoPlan(Box::new(NoPlan { error, reason, model: Some(model) }))
        }
    }
}

fn reason(
    model: &Model,
    error: &SolveError,
    spec: &RunSpec,
    events: &Events<'_>,
    control: Control<'_>,
) -> Reason {
    if !spec.explain {
        return Reason::None;
    }
    let found = match error {
        SolveError::Infeasible => {
            events.happens(Event::Explaining);
            explain(model, control).map(Reason::Conflict)
        }
        SolveError::Unbounded => {
            events.happens(Event::Explaining);
            explain_unbounded(model, control).map(Reason::Unlimited)
        }
        _ => Ok(Reason::None),
    };
    found.unwrap_or_else(Reason::NotFound)
}
