//! The engine on a scenario of a database.

use kzleap_nemo::{Course, Data, NemoOptions, Outcome};
use kzleap_solver::{Control, Options};
use kzleap_study::{GroupError, Plan, Ties, optimise_groups};

/// Solves every group of years.
pub(crate) fn solve_with(
    data: &Data,
    options: &NemoOptions,
    solver: &Options,
    control: Control<'_>,
) -> Result<(Outcome, Vec<Plan>), GroupError> {
    let mut course = Course::new(data, options).unwrap();
    let plans = optimise_groups(&mut course, solver, control, Ties::AsFound)?;
    Ok((course.outcome(), plans))
}

/// The same as usual.
pub(crate) fn solve(data: &Data, options: &NemoOptions) -> Result<Outcome, GroupError> {
    let solved = solve_with(data, options, &Default::default(), Default::default());
    solved.map(|(outcome, _)| outcome)
}
