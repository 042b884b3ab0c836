//! Rules that follow the plan they are rules of, settled in rounds.
//!
//! A credit at the price of the plan itself, and a reserve that follows what is held, are no rows: they
//! multiply a dual value, or are conditions on the plan. Each round solves with what the round before
//! gave. What they settle at is fixed then, so that the plan is the optimum of its program.

use std::collections::BTreeMap;
use std::fmt;

use kzleap_input::DefaultUsed;
use kzleap_model::trading::{Claim, Scheme};
use kzleap_model::{EmissionIx, Model, SchemeIx, Solution};
use kzleap_solver::{Control, Options, SolveError};
use serde::{Deserialize, Serialize};

use crate::{Event, Events, Given, Read, RunSpec, optimise};

/// Most rounds.
const ROUNDS: usize = 100;
/// What still moves by no more than this, relative to the largest or to one, has settled.
const TOLERANCE: f64 = 1e-10;

/// What rules that follow the plan settled at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// Credits, and what reserves take in a year, by their place in the model and milestone year: in the
    /// units the model keeps.
    pub values: BTreeMap<String, BTreeMap<i32, f64>>,
    /// How often the model was solved for it.
    pub rounds: usize,
    /// By how much another round would still move them, relative to the largest or to one.
    pub residual: f64,
}

/// A rule of a model that follows the plan.
enum Rule {
    /// A credit, the price of the emission that counts what is given.
    Credit(SchemeIx, EmissionIx),
    /// A stability reserve.
    Reserve(SchemeIx),
}

/// Every rule that follows the plan, with its place in the model.
fn rules(model: &Model) -> Vec<(String, Rule)> {
    let mut rules = Vec::new();
    for (s, scheme) in model.trading.iter_ix() {
        let path = format!("{}.{}", Scheme::COLLECTION, scheme.name);
        for allocation in &scheme.allocations {
            if let Claim::ForOutput { emission, at_own_price: true } = allocation.claim {
                let path = format!("{path}.allocation.{}.credit", allocation.name);
                rules.push((path, Rule::Credit(s, emission)));
            }
        }
        if scheme.stability.is_some() {
            rules.push((format!("{path}.stability"), Rule::Reserve(s)));
        }
    }
    rules
}

/// What a rule gives for a plan, by milestone year.
fn given_by(rule: &Rule, model: &Model, solution: &Solution) -> Vec<f64> {
    match rule {
        Rule::Credit(s, _) => solution.trading[s.get()].price.clone(),
        Rule::Reserve(s) => {
            let (scheme, bank) = (&model.trading[*s], &solution.trading[s.get()].bank);
            let reserve = scheme.stability.as_ref();
            reserve.map_or_else(Vec::new, |reserve| reserve.moves(scheme, model, bank))
        }
    }
}

/// Fixes what a rule gives.
fn fix(rule: &Rule, model: &mut Model, by_year: Vec<f64>) {
    match rule {
        Rule::Credit(_, emission) => {
            let prices = &mut model.emissions[*emission].price;
            prices.iter_mut().for_each(|(_, price)| price.clone_from(&by_year));
        }
        Rule::Reserve(s) => {
            if let Some(reserve) = &mut model.trading[*s].stability {
                reserve.moved = by_year;
            }
        }
    }
}

/// Settles the rules of a model that follow its plan; `None` if it has none. What they settle at is
/// fixed in the model.
///
/// # Errors
/// [`SolveError`] of a round.
pub fn settle(
    model: &mut Model,
    options: &Options,
    control: Control<'_>,
) -> Result<Option<Settled>, SolveError> {
    let rules = rules(model);
    if rules.is_empty() {
        return Ok(None);
    }
    let years: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
    let mut fixed = vec![vec![0.0; years.len()]; rules.len()];
    let mut options = Options { alternatives: false, ..options.clone() };
    let (mut rounds, mut residual) = (0, f64::INFINITY);
    while rounds < ROUNDS && residual > TOLERANCE {
        let plan = optimise(model, &options, control)?;
        rounds += 1;
        let given: Vec<Vec<f64>> =
            rules.iter().map(|(_, rule)| given_by(rule, model, &plan.solution)).collect();
        residual = difference(&fixed, &given);
        if residual > TOLERANCE && rounds < ROUNDS {
            for ((_, rule), by_year) in rules.iter().zip(&given) {
                fix(rule, model, by_year.clone());
            }
            fixed = given;
        }
        options.start = plan.basis;
    }
    let by_year =
        |values: &Vec<f64>| years.iter().copied().zip(values.iter().copied()).collect();
    let paths = rules.iter().map(|(path, _)| path.clone());
    let values = paths.zip(fixed.iter().map(by_year)).collect();
    Ok(Some(Settled { values, rounds, residual }))
}

/// The largest difference, relative to the largest or to one.
fn difference(fixed: &[Vec<f64>], given: &[Vec<f64>]) -> f64 {
    let both = || fixed.iter().flatten().zip(given.iter().flatten());
    let size = both().fold(1.0_f64, |size, (one, other)| size.max(one.abs()).max(other.abs()));
    both().fold(0.0_f64, |most, (one, other)| most.max((one - other).abs())) / size
}

impl fmt::Display for Settled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settled = if self.residual > TOLERANCE { "did not settle" } else { "settled" };
        let (rounds, residual) = (self.rounds, self.residual);
        write!(out, "{settled} in {rounds} rounds, residual {residual:.0e}")
    }
}

impl Settled {
    /// Whether there was anything to settle.
    pub fn is_none(&self) -> bool {
        self.rounds == 0
    }

    /// Fixes in a model what was settled; says so among what was assumed.
    pub(crate) fn apply(&self, model: &mut Model, defaults: &mut Vec<DefaultUsed>) {
        let years: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
        for (path, rule) in rules(model) {
            let Some(values) = self.values.get(&path) else { continue };
            let of = |year: &i32| values.get(year).copied().unwrap_or_default();
            fix(&rule, model, years.iter().map(of).collect());
            let shown = years.iter().map(|year| format!("{year}: {:.6}", of(year)));
            defaults.push(DefaultUsed {
                path,
                value: format!("{} ({self})", shown.collect::<Vec<_>>().join("; ")),
                reason: "it follows the plan itself".to_owned(),
            });
        }
    }
}

/// The model of a run with what follows the plan settled, and the run that gives it again without
/// settling. Where a round has no plan, both are as they were: solving says why.
pub fn settled(
    given: &Given,
    read: Read,
    spec: &RunSpec,
    events: &Events<'_>,
) -> (Read, RunSpec) {
    let Some(model) = read.model.as_ref().filter(|model| !rules(model).is_empty()) else {
        return (read, spec.clone());
    };
    events.happens(Event::Solving);
    let control = Control { stop: events.stop, ..Control::default() };
    match settle(&mut model.clone(), &spec.options(), control) {
        Ok(Some(settled)) => {
            let spec = RunSpec { settled, ..spec.clone() };
            (given.read(&spec.with_periods(&read)), spec)
        }
        Ok(None) | Err(_) => (read, spec.clone()),
    }
}
