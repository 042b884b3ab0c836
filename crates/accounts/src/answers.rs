//! How demand answers to prices: what of its steps is served, and what that is worth.

use kzleap_model::rounding::unless_rounding;
use kzleap_model::{ByYear, DecidedBy, YearIx};

use crate::Accounts;
use crate::costs::CostGroup;

/// A step of a demand.
#[derive(Clone, Debug, PartialEq)]
pub struct StepServed {
    /// Positions of the demand in the model, and of the step in the demand.
    pub of: (usize, usize),
    /// What is wanted, in the unit of the commodity a year, by milestone year.
    pub wanted: ByYear,
    /// What of that is served.
    pub served: ByYear,
}

/// What demand that is decided by year is worth, as present value: MUSD of the base year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    /// Of what is served of the steps; firm demand has no worth of its own.
    pub served: f64,
    /// Of what is not.
    pub forgone: f64,
}

impl Accounts<'_> {
    /// What is served of every step.
    pub fn steps_served(&self) -> Vec<StepServed> {
        let Self { model, solution, .. } = *self;
        let years = model.time.years.len();
        let mut steps = Vec::new();
        for (at, demand) in model.demands.iter().enumerate() {
            for (step, data) in demand.steps.iter().enumerate() {
                let wanted: ByYear =
                    (0..years).map(|y| data.share[y] * demand.annual[y]).collect();
                let missing = match data.by {
                    DecidedBy::Year => solution.forgone.get(&(at, step)).cloned(),
                    DecidedBy::Slice => self.unserved_of(at, step),
                };
                let missing = missing.unwrap_or_else(|| vec![0.0; years]);
                let served = wanted.iter().zip(missing);
                let served =
                    served.map(|(all, missing)| unless_rounding(all - missing, *all)).collect();
                steps.push(StepServed { of: (at, step), wanted, served });
            }
        }
        steps
    }

    /// What is unserved of a step that is decided by slice: its part of that of its lot.
    fn unserved_of(&self, at: usize, step: usize) -> Option<ByYear> {
        let Self { model, solution, .. } = *self;
        let demand = &model.demands[at];
        let step = &demand.steps[step];
        let place = (demand.region, demand.commodity);
        let result =
            solution.balances.iter().find(|one| (one.region, one.commodity) == place)?;
        let lots = model.lots(demand.region, demand.commodity);
        let lot = lots.iter().position(|lot| lot.cost == step.worth)?;
        let of_year = |y: YearIx| {
            let all = lots[lot].annual(model, y);
            let own = step.share[y.get()] * demand.annual[y.get()];
            let lacking: f64 = result.unserved_lots[lot].column(y.get()).sum();
            if all > 0.0 { lacking * own / all } else { 0.0 }
        };
        Some(model.time.years.ixs().map(of_year).collect())
    }

    /// What demand that is decided by year is worth; `None` where all demand is firm.
    pub fn answer(&self) -> Option<Answer> {
        let model = self.model;
        let mut answer: Option<Answer> = None;
        for one in self.steps_served() {
            let demand = &model.demands[one.of.0];
            let step = &demand.steps[one.of.1];
            if step.by == DecidedBy::Year {
                let answer = answer.get_or_insert_default();
                for y in model.time.years.ixs() {
                    let each = step.worth[y.get()] * model.flow_present_value(demand.region, y);
                    answer.served += each * one.served[y.get()];
                }
            }
        }
        let mut answer = answer?;
        let forgone =
            self.costs().iter().filter(|cost| cost.kind.group() == CostGroup::Forgone);
        answer.forgone = forgone.map(|cost| cost.present_value).sum();
        Some(answer)
    }
}
