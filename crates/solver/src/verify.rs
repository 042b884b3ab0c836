//! The second opinion: the same program solved by Clarabel, a solver that shares no code with
//! HiGHS, through `good_lp`.

use good_lp::{
    Expression, ProblemVariables, Solution as _, SolverModel as _, clarabel, constraint,
    variable,
};
use kzleap_lp::{Lp, Row};

use crate::SolveError;
use crate::solve::scaled;

/// The optimum that Clarabel finds: objective and column values.
///
/// Interior point without crossover: values agree with a vertex only where they are unique.
/// Whole-number columns must be fixed before ([`Lp::with_integers_fixed`]).
///
/// # Errors
/// [`SolveError`] as far as Clarabel tells.
pub fn second_opinion(lp: &Lp) -> Result<(f64, Vec<f64>), SolveError> {
    let (scaling, scaled) = scaled(lp)?;
    let mut values = clarabel_on(&scaled)?;
    scaling.undo_columns(&mut values);
    let objective = lp.cost_offset
        + lp.cost.iter().zip(&values).map(|(cost, value)| cost * value).sum::<f64>();
    Ok((objective, values))
}

fn clarabel_on(lp: &Lp) -> Result<Vec<f64>, SolveError> {
    let mut variables = ProblemVariables::new();
    let columns: Vec<_> = lp
        .col_bounds
        .iter()
        .map(|bounds| {
            let mut column = variable();
            if bounds.lower.is_finite() {
                column = column.min(bounds.lower);
            }
            if bounds.upper.is_finite() {
                column = column.max(bounds.upper);
            }
            variables.add(column)
        })
        .collect();
    let objective: Expression =
        lp.cost.iter().zip(&columns).map(|(cost, col)| *cost * *col).sum();
    let mut problem = variables.minimise(objective).using(clarabel);
    for (row, bounds) in lp.row_bounds.iter().enumerate() {
        let row = Row(u32::try_from(row).expect("rows fit in u32"));
        let sum = || -> Expression {
            lp.row(row).map(|(col, value)| value * columns[col.get()]).sum()
        };
        if bounds.lower.is_finite() && bounds.lower == bounds.upper {
            problem.add_constraint(constraint!(sum() == bounds.lower));
            continue;
        }
        if bounds.lower.is_finite() {
            problem.add_constraint(constraint!(sum() >= bounds.lower));
        }
        if bounds.upper.is_finite() {
            problem.add_constraint(constraint!(sum() <= bounds.upper));
        }
    }
    let solution = problem.solve().map_err(|error| match error {
        good_lp::ResolutionError::Infeasible => SolveError::Infeasible,
        good_lp::ResolutionError::Unbounded => SolveError::Unbounded,
        other => SolveError::Stopped(format!("Clarabel: {other}")),
    })?;
    Ok(columns.iter().map(|col| solution.value(*col)).collect())
}
