//! `kzleap study robust`: plans held against every run of a study as a future.

use std::collections::BTreeMap;

use kzleap_model::Model;
use kzleap_report::sheet::{Cell, Column, Sheet, text};
use kzleap_solver::{Control, Options, SolveError};
use kzleap_study::{
    Criterion, EnsembleRun, FirstDecisions, Future, FuturesPlan, NoFuturesPlan, Risk,
    carried_out, first_decisions, mean, plan_futures, regrets, risk,
};

use super::open::Opened;
use crate::args::StudyRobust;
use crate::exit::{Code, WrongArguments};
use crate::output::{print, tell};
use crate::progress::{Progress, stop_flag};

use super::super::say::cost;

/// The table of costs and regrets.
pub(super) const COSTS: &str = "robust.csv";
/// The table of what is decided before the future is known.
pub(super) const STEPS: &str = "steps.csv";
/// More futures than one program is made of.
const MOST_FUTURES: usize = 100;
/// After every year.
const NEVER: i32 = i32::MAX;

const OF_COSTS: &[Column] = &[
    Column {
        key: "plan",
        meaning: "`expected`, `least_regret`, `mean`, or the run it is best in",
    },
    Column {
        key: "future",
        meaning: "a run, `expected`, `largest`, or `tail` for the mean of the worst",
    },
    Column {
        key: "cost",
        meaning: "what is minimised, millions of the base year; empty where the plan fails",
    },
    Column {
        key: "regret",
        meaning: "the same beyond the least of that future; empty where the plan fails",
    },
];

const OF_STEPS: &[Column] = &[
    Column {
        key: "decision",
        meaning: "what is built, converted or retired, where and in which year",
    },
    Column {
        key: "expected",
        meaning: "in the plan of least expected cost, in the unit of the capacity",
    },
    Column { key: "least_regret", meaning: "in the plan of least largest regret" },
    Column {
        key: "least",
        meaning: "the least of the plans of all futures: what each of them takes",
    },
    Column { key: "most", meaning: "the most of them" },
];

/// Reads a level of risk.
///
/// # Errors
/// In words, if it is none.
pub(crate) fn level(typed: &str) -> Result<f64, String> {
    match typed.trim().parse::<f64>() {
        Ok(level) if (0.0..1.0).contains(&level) => Ok(level),
        _ => Err("a level of 0 or more and below 1 is needed, such as 0.9".to_owned()),
    }
}

/// A plan with its name and what it costs in each future.
struct Named {
    name: String,
    first: FirstDecisions,
    costs: Vec<Option<f64>>,
}

/// Finds the plans, prints what they cost, and writes both tables.
pub(super) fn robust(opened: &Opened, args: &StudyRobust) -> anyhow::Result<Code> {
    let runs = &opened.ensemble.runs;
    if runs.len() > MOST_FUTURES {
        let why = format!(
            "{} futures are too many for one program: at most {MOST_FUTURES}",
            runs.len()
        );
        return Err(WrongArguments(why).into());
    }
    let folder = opened.folder()?;
    let progress = Progress::new(opened.quiet, args.of.solving.log);
    let found = Robust::of(opened, args).map(|robust| robust.find(&progress));
    progress.done();
    let Some(found) = found else { return Ok(Code::BadInput) };
    let found = match found {
        Ok(found) => found,
        Err(error) => return Ok(without(&error, runs)),
    };
    folder.write(COSTS, &found.costs(runs, args.risk).to_csv())?;
    folder.write(STEPS, &found.steps().to_csv())?;
    if !opened.quiet {
        print(&found.said())?;
        let [costs, steps] = [COSTS, STEPS].map(|name| opened.out.join(name));
        print(&format!("results in {} and {}\n", costs.display(), steps.display()))?;
    }
    Ok(if found.certified { Code::Done } else { Code::NotCertified })
}

/// Says what has no plan.
fn without(error: &NoFuturesPlan, runs: &[EnsembleRun]) -> Code {
    match error {
        NoFuturesPlan::Solve(error) => {
            tell(&format!(
                "no plan serves all futures before it is known which one it is: {error}; look for what \
                 one of them asks and another forbids, or give an earlier `--known`"
            ));
            Code::of_solve(error)
        }
        NoFuturesPlan::InFuture(at, error) => {
            tell(&format!("run {at} (scenario {}) has no plan: {error}", runs[*at].scenario));
            Code::of_solve(error)
        }
    }
}

/// The futures, and how they are solved.
struct Robust {
    models: Vec<Model>,
    /// All inputs at their means, where there is one scenario.
    mean: Option<Model>,
    names: Vec<String>,
    known: i32,
    options: Options,
}

/// What was found.
struct Found {
    expected: FuturesPlan,
    least_regret: FuturesPlan,
    /// All plans, those of each future last.
    plans: Vec<Named>,
    /// The least cost of each future.
    best: Vec<f64>,
    probability: Vec<f64>,
    certified: bool,
}

impl Robust {
    /// The models of all runs; `None` if one has errors.
    fn of(opened: &Opened, args: &StudyRobust) -> Option<Self> {
        let ensemble = &opened.ensemble;
        let read = |run: &EnsembleRun| opened.given.read(&ensemble.spec(run)).model;
        let models: Option<Vec<Model>> = ensemble.runs.iter().map(read).collect();
        let first = ensemble.runs.first()?;
        let one = ensemble.runs.iter().all(|run| run.scenario == first.scenario);
        let values = ensemble.inputs.iter().map(|input| Some(mean(&input.distribution)));
        let of_mean = EnsembleRun { values: values.collect(), ..first.clone() };
        Some(Self {
            models: models?,
            mean: if one { read(&of_mean) } else { None },
            names: (0..ensemble.runs.len()).map(|at| at.to_string()).collect(),
            known: args.known.unwrap_or(NEVER),
            options: ensemble.run.options(),
        })
    }

    fn find(&self, progress: &Progress) -> Result<Found, NoFuturesPlan> {
        let control = Control { stop: Some(stop_flag()), log: None };
        let n = self.models.len();
        let probability = vec![1.0 / n as f64; n];
        let futures: Vec<Future<'_>> = self
            .models
            .iter()
            .map(|model| Future { model, probability: 1.0 / n as f64 })
            .collect();
        let (mut alone, mut best) = (Vec::new(), Vec::new());
        for (at, model) in self.models.iter().enumerate() {
            progress.say(format!("future {} of {n}", at + 1));
            let (first, cost) = first_decisions(model, self.known, &self.options, control)
                .map_err(|error| NoFuturesPlan::InFuture(at, error))?;
            alone.push((self.names[at].clone(), first));
            best.push(cost);
        }
        progress.say("all futures in one program");
        let of = |criterion: &Criterion| {
            plan_futures(&futures, self.known, criterion, &self.options, control)
        };
        let expected = of(&Criterion::Expected)?;
        let least_regret = of(&Criterion::LargestRegret { best: best.clone() })?;
        let named = |name: &str, plan: &FuturesPlan| Named {
            name: name.to_owned(),
            first: plan.first.clone(),
            costs: plan.costs.iter().copied().map(Some).collect(),
        };
        let mut plans =
            vec![named("expected", &expected), named("least_regret", &least_regret)];
        if let Some(model) = &self.mean {
            let (first, _) = first_decisions(model, self.known, &self.options, control)
                .map_err(NoFuturesPlan::Solve)?;
            alone.insert(0, ("mean".to_owned(), first));
        }
        for (name, first) in alone {
            progress.say(format!("the plan of {name} in every future"));
            let costs = self.carried_out(&first, control)?;
            plans.push(Named { name, first, costs });
        }
        let certified = expected.certified && least_regret.certified;
        Ok(Found { expected, least_regret, plans, best, probability, certified })
    }

    /// What first decisions cost in each future; `None` where they cannot be carried out.
    fn carried_out(
        &self,
        first: &FirstDecisions,
        control: Control<'_>,
    ) -> Result<Vec<Option<f64>>, NoFuturesPlan> {
        let cost = |(at, model)| match carried_out(model, first, &self.options, control) {
            Ok(cost) => Ok(Some(cost)),
            Err(SolveError::Infeasible) => Ok(None),
            Err(error) => Err(NoFuturesPlan::InFuture(at, error)),
        };
        self.models.iter().enumerate().map(cost).collect()
    }
}

impl Found {
    fn costs(&self, runs: &[EnsembleRun], level: f64) -> Sheet<'static> {
        let mut sheet = Sheet::new("robust", "Plans in every future", OF_COSTS);
        let costs: Vec<Vec<Option<f64>>> =
            self.plans.iter().map(|plan| plan.costs.clone()).collect();
        let table = regrets(&costs, Some(&self.best), &self.probability);
        for (at, plan) in self.plans.iter().enumerate() {
            let mut row = |future: String, cost: Option<f64>, regret: Option<f64>| {
                let number = |value: Option<f64>| Cell::Number(value.unwrap_or(f64::NAN));
                sheet.row([
                    text(plan.name.clone()),
                    text(future),
                    number(cost),
                    number(regret),
                ]);
            };
            for future in 0..runs.len() {
                row(future.to_string(), plan.costs[future], table.regret[at][future]);
            }
            let all: Option<Vec<f64>> = plan.costs.iter().copied().collect();
            let worst = all.as_ref().map(|all| all.iter().copied().fold(f64::MIN, f64::max));
            row("expected".to_owned(), self.expected_cost(plan), table.expected[at]);
            row("largest".to_owned(), worst, table.largest[at]);
            let tail = all.and_then(|all| risk(&all, &self.probability, level));
            row("tail".to_owned(), tail.map(|Risk { conditional, .. }| conditional), None);
        }
        sheet
    }

    fn steps(&self) -> Sheet<'static> {
        let mut sheet = Sheet::new("steps", "What is decided before it is known", OF_STEPS);
        let of_futures = &self.plans[self.plans.len() - self.best.len()..];
        let mut ends: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for (name, amount) in of_futures.iter().flat_map(|plan| &plan.first) {
            let end = ends.entry(name).or_insert((f64::INFINITY, f64::NEG_INFINITY));
            *end = (end.0.min(*amount), end.1.max(*amount));
        }
        for (name, (least, most)) in ends {
            let of =
                |plan: &FuturesPlan| Cell::Number(plan.first.get(name).copied().unwrap_or(0.0));
            let (expected, regret) = (of(&self.expected), of(&self.least_regret));
            let is_decided = |cell: &Cell<'_>| matches!(cell, Cell::Number(n) if n.abs() > 0.0);
            if most > 0.0 || is_decided(&expected) || is_decided(&regret) {
                let name = text(name.to_owned());
                sheet.row([name, expected, regret, Cell::Number(least), Cell::Number(most)]);
            }
        }
        sheet
    }

    fn expected_cost(&self, plan: &Named) -> Option<f64> {
        let of = plan.costs.iter().zip(&self.probability);
        of.map(|(cost, p)| cost.map(|cost| cost * p)).sum()
    }

    /// What people read.
    fn said(&self) -> String {
        let wait: f64 = self.best.iter().zip(&self.probability).map(|(best, p)| best * p).sum();
        let expected = self.expected.objective;
        let mut out = format!(
            "{} futures, each as likely as another; million of the base year\n  \
             least expected cost         {}\n  knowing the future would save {}\n",
            self.best.len(),
            cost(expected),
            cost(expected - wait)
        );
        if let Some(mean) = self.plans.iter().find(|plan| plan.name == "mean") {
            out += &match self.expected_cost(mean) {
                Some(of_mean) => format!(
                    "  the plan for mean values costs {} more\n",
                    cost((of_mean - expected).max(0.0))
                ),
                None => "  the plan for mean values cannot be carried out in every future\n"
                    .to_owned(),
            };
        }
        let binding = self.least_regret.weights.iter().enumerate().filter(|(_, w)| **w > 1e-9);
        let binding: Vec<String> = binding.map(|(at, _)| at.to_string()).collect();
        out + &format!(
            "  least largest regret        {} (it binds in the futures {})\n",
            cost(self.least_regret.objective),
            binding.join(", ")
        )
    }
}
