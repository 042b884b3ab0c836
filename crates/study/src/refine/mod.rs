//! Periods chosen again by what every hour made of a plan, until the plan holds.
//!
//! A plan of typical periods is operated over all hours. Hours are then alike where the plan sees
//! them alike: by load, wind and sun beside its capacities, by what is left of the load, and by the
//! price. The days that were worst are kept whole. Caps are planned lower by what the hours were
//! above them. These periods make the next plan. What
//! a plan costs once it is operated is no less than what the best plan costs, so the best of them is
//! given.

mod alike;

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostKind;
use kzleap_accounts::operation::TOLERANCE;
use kzleap_model::{Model, Standing};
use kzleap_resolution::{Resolution, choose_periods};

use crate::settle::settled;
use crate::{
    BelowCaps, Dispatched, Events, Given, NotOperated, Outcome, Plan, Read, RunSpec,
    dispatch_years, solve,
};

/// Most plans after the first.
const ROUNDS: usize = 5;
/// Up to this share, a plan may cost more than it says once it is operated.
const DIFFERENCE: f64 = 0.01;
/// One more day is kept in each round for as many slices.
const SLICES_A_DAY: usize = 24 * 12;

/// A plan on the way, and what the hours made of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// Time slices it was planned with.
    pub slices: usize,
    /// What it costs by itself, millions of the base year.
    pub planned: f64,
    /// What it costs with the years that were looked at operated hour by hour, unserved demand and
    /// emissions above caps at their prices; millions of the base year.
    pub operated: f64,
    /// Whether it holds in all of these years.
    pub holds: bool,
}

impl Round {
    /// Whether the plan holds and costs about what it says.
    fn is_good(&self) -> bool {
        self.holds && self.operated - self.planned <= DIFFERENCE * self.operated.abs()
    }
}

/// A run with what every hour makes of its plan.
#[derive(Debug)]
pub struct Held {
    /// What gives the plan again without choosing.
    pub spec: RunSpec,
    /// The model whose plan is given.
    pub read: Read,
    /// The plan, or why there is none.
    pub outcome: Outcome,
    /// The hours of the years that were looked at; none if that was not asked for.
    pub hours: Vec<Dispatched>,
    /// The plans that were made, the one that is given last; empty unless periods were to be chosen
    /// again.
    pub rounds: Vec<Round>,
}

/// A plan with the hours of its years.
struct Tried {
    spec: RunSpec,
    read: Read,
    plan: Box<Plan>,
    hours: Vec<Dispatched>,
    round: Round,
}

/// Solves a model that was read for a run, holds the plan against the hours as the run says, and
/// chooses periods and plans again if it says so.
///
/// # Errors
/// If a year cannot be operated hour by hour.
pub fn solve_and_hold(
    given: &Given,
    read: Read,
    spec: &RunSpec,
    events: &Events<'_>,
) -> Result<Held, NotOperated> {
    let (read, spec) = settled(given, read, spec, events);
    let spec = &spec;
    let plan = match (solve(&read, spec, events), &spec.check_hours) {
        (Outcome::Plan(plan), Some(_)) => plan,
        (outcome, _) => return Ok(Held::alone(spec, read, outcome)),
    };
    let Some(hours) = given.read(&spec.on_all_hours()).model else {
        // what cannot be read on all hours cannot be read on fewer
        return Ok(Held::alone(spec, read, Outcome::Refused));
    };
    let mut tried = vec![operate(read, plan, &hours, spec, events)?];
    let mut kept = Vec::new();
    while spec.refine
        && tried.len() <= ROUNDS
        && !tried.last().is_some_and(|one| one.round.is_good())
    {
        match again(given, &hours, spec, &tried, &mut kept, events)? {
            Some(next) => tried.push(next),
            None => break,
        }
        if events.stopped() {
            break;
        }
    }
    Ok(best(tried, spec))
}

impl Held {
    /// A run whose hours were not looked at.
    fn alone(spec: &RunSpec, read: Read, outcome: Outcome) -> Self {
        let spec = spec.with_periods(&read);
        Self { spec, read, outcome, hours: Vec::new(), rounds: Vec::new() }
    }
}

/// The plan that holds, or else the one that costs least once it is operated.
fn best(mut tried: Vec<Tried>, spec: &RunSpec) -> Held {
    let rank = |one: &Tried| (!one.round.holds, one.round.operated);
    let mut best = 0;
    for at in 1..tried.len() {
        if rank(&tried[at]) < rank(&tried[best]) {
            best = at;
        }
    }
    let Tried { spec: with, read, plan, hours, round } = tried.remove(best);
    let mut rounds: Vec<Round> = tried.iter().map(|one| one.round).collect();
    rounds.push(round);
    if !spec.refine {
        rounds.clear();
    }
    let with = with.with_periods(&read);
    Held { spec: with, read, outcome: Outcome::Plan(plan), hours, rounds }
}

/// Operates a plan hour by hour.
fn operate(
    read: Read,
    plan: Box<Plan>,
    hours: &Model,
    spec: &RunSpec,
    events: &Events<'_>,
) -> Result<Tried, NotOperated> {
    let years = spec.check_hours.as_deref().unwrap_or_default();
    let planned_with = read.model.as_ref().unwrap_or(hours);
    let standing = Standing::new(planned_with, &plan.solution);
    let dispatched = dispatch_years(hours, &standing, years, spec, events)?;
    let planned = plan.solution.objective;
    let in_plan = read.model.as_ref().map_or(0.0, |model| {
        let looked_at = |year: usize| {
            let year = model.time.years.iter().nth(year).map(|year| year.milestone);
            dispatched.iter().any(|one| Some(one.year) == year)
        };
        let accounts = Accounts::new(model, &plan.solution);
        let operating = accounts.costs().iter().filter(|cost| {
            !matches!(
                cost.kind,
                CostKind::Investment
                    | CostKind::ConstructionInterest
                    | CostKind::Decommissioning
                    | CostKind::Subsidy
                    | CostKind::Forgone // hours do not decide it again
            ) && looked_at(cost.year)
        });
        operating.map(|cost| cost.present_value).sum()
    });
    let in_hours: f64 = dispatched.iter().map(|one| one.solution.objective).sum();
    let round = Round {
        slices: read.model.as_ref().map_or(0, |model| model.time.slices.len()),
        planned,
        operated: planned - in_plan + in_hours,
        holds: dispatched.iter().all(|one| one.holds(TOLERANCE)),
    };
    Ok(Tried { spec: spec.clone(), read, plan, hours: dispatched, round })
}

/// Chooses periods by what is known so far, and plans with them; `None` if that cannot be done.
fn again(
    given: &Given,
    hours: &Model,
    spec: &RunSpec,
    tried: &[Tried],
    kept: &mut Vec<usize>,
    events: &Events<'_>,
) -> Result<Option<Tried>, NotOperated> {
    let Some(slices) = tried[0].read.resolution.slices else { return Ok(None) };
    let known: Vec<_> = tried.iter().map(|one| (&one.plan.solution, &*one.hours)).collect();
    let more = (slices / SLICES_A_DAY).max(1);
    let worst = alike::worst_days(hours, &known);
    let new: Vec<usize> =
        worst.into_iter().filter(|day| !kept.contains(day)).take(more).collect();
    kept.extend(new);
    let series = alike::series(hours, &known);
    let periods = Some(choose_periods(hours, slices, &series, kept));
    let resolution = Resolution { periods, ..spec.resolution.clone() };
    let below_caps = tried.last().map_or_else(BelowCaps::new, below_caps);
    let spec = RunSpec { resolution, below_caps, ..spec.clone() };
    let (read, spec) = settled(given, given.read(&spec), &spec, events);
    match solve(&read, &spec, events) {
        Outcome::Plan(plan) => operate(read, plan, hours, &spec, events).map(Some),
        // the plans before it are as good as they are
        _ => Ok(None),
    }
}

/// How far below their limits caps are to be planned, so that the hours keep them: as before, and by
/// what the hours were above them; less, where they were below.
fn below_caps(last: &Tried) -> BelowCaps {
    let mut all = last.spec.below_caps.clone();
    for year in &last.hours {
        for cap in &year.caps {
            let below = all.entry(cap.name.clone()).or_default().entry(year.year).or_default();
            *below = (*below + cap.emitted - cap.limit).max(0.0);
        }
    }
    for by_year in all.values_mut() {
        by_year.retain(|_, below| *below > 0.0);
    }
    all.retain(|_, by_year| !by_year.is_empty());
    all
}
