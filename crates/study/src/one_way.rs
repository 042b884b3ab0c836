//! Links that lose energy carry one way at a time.

use kzleap_formulation::Formulation;
use kzleap_solver::{Control, Optimum, Options, SolveError, solve};

/// Solves the program of a model.
///
/// Where its plan sends energy both ways over a link, only to lose what it would cost something to
/// have left over, the link is given a choice of direction there, and the program is solved again,
/// until there is no such link. No other link needs a choice, so the plan is the best of all that
/// carry one way at a time.
///
/// # Errors
/// [`SolveError`]: infeasible, unbounded, stopped.
pub fn solve_one_way(
    formulation: &mut Formulation<'_>,
    options: &Options,
    control: Control<'_>,
) -> Result<Optimum, SolveError> {
    let mut optimum = solve(&formulation.lp, options, control)?;
    while formulation.hold_one_way(&optimum.columns) > 0 {
        let options = Options { start: None, ..options.clone() };
        optimum = solve(&formulation.lp, &options, control)?;
    }
    Ok(optimum)
}
