//! What demand is worth that answers to prices: beside the cost of a plan, which alone says little of
//! it.

use kzleap_accounts::Accounts;
use kzleap_accounts::costs::CostGroup;
use serde::{Deserialize, Serialize};

use crate::summary::ByYear;

/// What the steps of demand are worth that are decided by year; sums are over domestic regions where
/// they are by year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DemandAnswers {
    /// Worth of what is served of them, present value in millions of the currency of the base year.
    pub worth_served: f64,
    /// Worth of what is not served, in the same money: a part of the objective.
    pub worth_forgone: f64,
    /// Worth of what is not served in one year of each period, millions of the currency.
    pub annual_forgone: ByYear,
}

impl DemandAnswers {
    /// That of a plan; `None` where all demand is firm.
    pub(crate) fn of(accounts: &Accounts<'_>) -> Option<Self> {
        let model = accounts.model;
        let answer = accounts.answer()?;
        let mut annual_forgone: ByYear =
            model.time.years.iter().map(|year| (year.milestone, 0.0)).collect();
        for cost in accounts.annual_costs() {
            if cost.kind.group() == CostGroup::Forgone && model.regions[cost.region].domestic {
                let year = crate::tables::milestone(model, cost.year);
                *annual_forgone.entry(year).or_default() += cost.value;
            }
        }
        let (worth_served, worth_forgone) = (answer.served, answer.forgone);
        Some(Self { worth_served, worth_forgone, annual_forgone })
    }
}
