//! Near-optimal plans: how far an indicator may be from what it is in the least-cost plan, where a
//! plan may cost a little more.
//!
//! The least and the most of a sum of what the plan decides are two more programs: with the rows of
//! the model, one row more for the cost, and the sum in place of the cost (Brill, Chang and Hopkins
//! 1982, Management Science 28, 221; DeCarolis 2011, Energy Economics 33, 145). The least-cost plan
//! keeps all rows of both, so its basis is where they start.

use kzleap_formulation::families::user_row::sum;
use kzleap_formulation::{Formulation, formulate};
use kzleap_lp::{Bounds, Col, Lp};
use kzleap_model::Model;
use kzleap_solver::{Basis, Control, Optimum, Options, SolveError, solve};

use crate::on_all_cores::on_all_cores;
use crate::plan::fits;
use crate::{Event, Events, solve_one_way};

/// How far an indicator may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Its value, in its unit; infinite where nothing limits it.
    pub value: f64,
    /// What the plan costs that has it, millions of the base year.
    pub cost: f64,
    /// Whether it is certified that no plan within the budget goes further.
    pub certified: bool,
}

/// The least and the most of an indicator in plans that cost at most so much more.
///
/// Each end is that of a plan of its own: two ends, of one indicator or of two, need not go
/// together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The position of the indicator among the rules of the model ([`Model::user_rows`]).
    pub indicator: usize,
    /// How much more the plans may cost than the least-cost plan, relative to what is minimised.
    pub within: f64,
    /// The least it may be.
    pub least: End,
    /// The most it may be.
    pub most: End,
}

/// The least-cost plan and what is near it.
#[derive(Clone, Debug, PartialEq)]
pub struct NearOptimal {
    /// What the least-cost plan costs, millions of the base year.
    pub cost: f64,
    /// Whether it is certified to be of least cost.
    pub certified: bool,
    /// Each indicator in the least-cost plan, in the order they were asked for.
    pub planned: Vec<f64>,
    /// By indicator, then by budget, in the order they were asked for.
    pub ranges: Vec<Range>,
}

/// The ranges of some indicators, each within some budgets: ratios that what is minimised may be
/// more than its least, of its size. Uses all cores.
///
/// # Errors
/// [`SolveError`] of the least-cost plan, or the first of a range; none is given where a sum has no
/// limit.
pub fn near_optimal(
    model: &Model,
    indicators: &[usize],
    within: &[f64],
    options: &Options,
    events: &Events<'_>,
) -> Result<NearOptimal, SolveError> {
    events.happens(Event::Solving);
    let log = |line: &str| events.happens(Event::Log(line));
    let control = Control { stop: events.stop, log: events.watch.is_some().then_some(&log) };
    let mut formulation = formulate(model);
    fits(&formulation)?;
    let optimum = solve_one_way(&mut formulation, options, control)?;
    let value = |at: &usize| {
        let sum = sum(&formulation, *at);
        sum.iter().map(|(col, weight)| weight * optimum.columns[col.get()]).sum()
    };
    let planned = indicators.iter().map(value).collect();
    let near = Near { model, optimum: &optimum, options, within };
    let ends = near.ends(indicators, events)?;
    let ranges = ends.chunks(2).zip(indicators).flat_map(|(ends, indicator)| {
        let both = |(at, within): (usize, &f64)| Range {
            indicator: *indicator,
            within: *within,
            least: ends[0][at],
            most: ends[1][at],
        };
        within.iter().enumerate().map(both).collect::<Vec<_>>()
    });
    Ok(NearOptimal {
        cost: optimum.objective,
        certified: optimum.certificate.certified,
        planned,
        ranges: ranges.collect(),
    })
}

/// What is looked for around an optimum.
struct Near<'n> {
    model: &'n Model,
    optimum: &'n Optimum,
    options: &'n Options,
    within: &'n [f64],
}

impl Near<'_> {
    /// The least and the most of each indicator, one after the other, each by budget.
    fn ends(
        &self,
        indicators: &[usize],
        events: &Events<'_>,
    ) -> Result<Vec<Vec<End>>, SolveError> {
        let tasks: Vec<(usize, f64)> =
            indicators.iter().flat_map(|at| [(*at, 1.0), (*at, -1.0)]).collect();
        on_all_cores(
            &tasks,
            None,
            // each thread has a program of its own, as links may be given a choice of direction
            || formulate(self.model),
            |formulation, (at, sign)| self.end(formulation, *at, *sign, events),
            |done| events.happens(Event::Log(&format!("{done} of {} ends", tasks.len()))),
        )
    }

    /// How far an indicator goes down (`sign` 1) or up (−1) within each budget. One budget starts
    /// from the basis of the one before.
    fn end(
        &self,
        formulation: &mut Formulation<'_>,
        at: usize,
        sign: f64,
        events: &Events<'_>,
    ) -> Result<Vec<End>, SolveError> {
        let sum = sum(formulation, at);
        let control = Control { stop: events.stop, log: None };
        let mut start = self.optimum.basis.as_ref().map(Basis::with_a_free_row);
        let mut ends = Vec::new();
        for within in self.within {
            let least = self.optimum.objective;
            let budget = least + within * least.abs();
            let optimum = loop {
                let lp = within_budget(&formulation.lp, budget, &sum, sign);
                let fitting = start.take().filter(|basis| basis.fits(&lp));
                let options = Options {
                    start: fitting,
                    threads: Some(1),
                    alternatives: false,
                    ..self.options.clone()
                };
                match solve(&lp, &options, control) {
                    Ok(optimum) if formulation.hold_one_way(&optimum.columns) > 0 => {}
                    other => break other,
                }
            };
            let end = match optimum {
                Ok(optimum) => {
                    let value: f64 =
                        sum.iter().map(|(col, each)| each * optimum.columns[col.get()]).sum();
                    let cost = self.cost(&formulation.lp, &optimum.columns);
                    start.clone_from(&optimum.basis);
                    End { value, cost, certified: optimum.certificate.certified }
                }
                Err(SolveError::Unbounded) => {
                    End { value: -sign * f64::INFINITY, cost: budget, certified: true }
                }
                Err(error) => return Err(error),
            };
            ends.push(end);
        }
        Ok(ends)
    }

    /// What a plan costs.
    fn cost(&self, lp: &Lp, columns: &[f64]) -> f64 {
        let costs = lp.cost.iter().zip(columns).map(|(cost, value)| cost * value);
        costs.sum::<f64>() + lp.cost_offset
    }
}

/// A program with its cost in a row, `cost ≤ budget`, and a sum in place of it.
fn within_budget(lp: &Lp, budget: f64, sum: &[(Col, f64)], sign: f64) -> Lp {
    let mut lp = lp.clone();
    let nothing = vec![0.0; lp.num_cols()];
    let costs = std::mem::replace(&mut lp.cost, nothing);
    for (col, cost) in (0..).map(Col).zip(costs).filter(|(_, cost)| *cost != 0.0) {
        lp.push_term(col, cost);
    }
    let offset = std::mem::take(&mut lp.cost_offset);
    lp.finish_row(Bounds::at_most(budget - offset));
    for (col, weight) in sum {
        lp.cost[col.get()] += sign * weight;
    }
    lp
}
