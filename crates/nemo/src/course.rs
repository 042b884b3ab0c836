//! A scenario on its way through its groups of years: models out, plans in.

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_model::{Model, Solution};

use crate::carried::Carried;
use crate::costs::GroupCosts;
use crate::data::Data;
use crate::hand_over::hand_over;
use crate::options::NemoOptions;
use crate::periods::{Period, periods};
use crate::to_model::{Imported, to_model};

/// How far from the best bound a plan with directions of lines may be: what NEMO's solvers take.
const GAP_OF_DIRECTIONS: f64 = 1e-4;

/// A scenario whose groups of years are made into models one after the other, each with what the
/// plans of those before it left.
#[derive(Debug)]
pub struct Course<'d> {
    data: &'d Data,
    options: &'d NemoOptions,
    periods: Vec<Period>,
    carried: Carried,
    outcome: Outcome,
}

/// A solved scenario.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Groups of years in order.
    pub groups: Vec<Group>,
    /// Warnings from making the models.
    pub diagnostics: Diagnostics,
}

/// A solved group of years.
#[derive(Debug)]
pub struct Group {
    /// Its years.
    pub period: Period,
    /// Its model, and what stands for what.
    pub imported: Imported,
    /// Its plan.
    pub solution: Solution,
    /// What was known before it.
    pub carried: Carried,
    /// Costs as NEMO calculates them, by year.
    pub costs: GroupCosts,
}

impl Outcome {
    /// Present value of all costs, in the unit of the scenario.
    pub fn total_discounted_cost(&self) -> f64 {
        self.groups.iter().map(|group| group.costs.total()).sum()
    }
}

impl<'d> Course<'d> {
    /// The scenario before its first group.
    ///
    /// # Errors
    /// A finding if the years to calculate make no sense.
    pub fn new(data: &'d Data, options: &'d NemoOptions) -> Result<Self, Box<Diagnostic>> {
        let mut outcome = Outcome::default();
        let periods = periods(data, &options.calcyears, &mut outcome.diagnostics)?;
        Ok(Self { data, options, periods, carried: Carried::default(), outcome })
    }

    /// The model of the next group; `None` after the last.
    pub fn next_model(&mut self) -> Option<Imported> {
        let period = self.periods.get(self.outcome.groups.len())?;
        let found = &mut self.outcome.diagnostics;
        let imported = to_model(self.data, period, &self.carried, self.options, found);
        if gap(&imported.model).is_some() {
            found.push(Diagnostic::warning_overall(
                "directions",
                "least amounts between nodes need a choice of direction in each slice; the plan is within 0.01 % of the best",
            ));
        }
        Some(imported)
    }

    /// Takes the plan of that model; what it leaves is in the models that follow.
    pub fn take(&mut self, imported: Imported, solution: Solution) {
        let Some(period) = self.periods.get(self.outcome.groups.len()).cloned() else { return };
        let carried = self.carried.clone();
        let costs = GroupCosts::new(self.data, &period, &imported, &solution, &carried);
        let group = Group { period, imported, solution, carried, costs };
        hand_over(self.data, &group, &mut self.carried);
        self.outcome.groups.push(group);
    }

    /// What came of all groups.
    pub fn outcome(self) -> Outcome {
        self.outcome
    }
}

/// How far a plan of a model may be from the best bound, relative; `None` where it need not.
pub fn gap(model: &Model) -> Option<f64> {
    // a choice for each slice: the last of the gap would take hours and show nothing
    (!model.network.one_way.is_empty()).then_some(GAP_OF_DIRECTIONS)
}
