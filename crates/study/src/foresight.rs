//! Limited foresight: groups of years solved one after the other, each knowing only what came
//! before.

use kzleap_model::{Model, Solution};
use kzleap_nemo::to_model::Imported;
use kzleap_solver::{Control, Options, SolveError};

use crate::{Plan, Ties, optimise_with};

/// A model whose years are planned in groups, and what one group leaves to the next.
pub trait LimitedForesight {
    /// The model of one group, with what is needed to hand its plan on.
    type Group;

    /// The next group, with what those before it left; `None` after the last.
    fn next_group(&mut self) -> Option<Self::Group>;

    /// Its model.
    fn model(group: &Self::Group) -> &Model;

    /// How far its plan may be from the best bound where whole numbers are chosen, relative; `None`
    /// for the usual.
    fn integer_gap(group: &Self::Group) -> Option<f64>;

    /// Takes the plan of a group, for those that follow.
    fn take(&mut self, group: Self::Group, solution: &Solution);
}

/// A group of years without a plan.
#[derive(Debug)]
pub struct GroupError {
    /// What the solver said.
    pub error: SolveError,
    /// The model of the group, in which to look for the reason.
    pub model: Box<Model>,
}

/// Solves every group, and hands the plan of each on to the next.
///
/// # Errors
/// The first group that is infeasible, unbounded or stopped.
pub fn optimise_groups<F: LimitedForesight>(
    course: &mut F,
    options: &Options,
    control: Control<'_>,
    ties: Ties,
) -> Result<Vec<Plan>, GroupError> {
    let mut plans = Vec::new();
    while let Some(group) = course.next_group() {
        let integer_gap = options.integer_gap.or_else(|| F::integer_gap(&group));
        let options = Options { integer_gap, ..options.clone() };
        let model = F::model(&group);
        let plan = optimise_with(model, &options, control, ties)
            .map_err(|error| GroupError { error, model: Box::new(model.clone()) })?;
        course.take(group, &plan.solution);
        plans.push(plan);
    }
    Ok(plans)
}

impl LimitedForesight for kzleap_nemo::Course<'_> {
    type Group = Imported;

    fn next_group(&mut self) -> Option<Imported> {
        self.next_model()
    }

    fn model(group: &Imported) -> &Model {
        &group.model
    }

    fn integer_gap(group: &Imported) -> Option<f64> {
        kzleap_nemo::gap(&group.model)
    }

    fn take(&mut self, group: Imported, solution: &Solution) {
        Self::take(self, group, solution.clone());
    }
}
