//! The second opinion: the same program solved by Clarabel, a solver that shares no code with
//! HiGHS, through `good_lp`.

use clarabel::solver::{IPSolver as _, SolverStatus};
use good_lp::{
    Expression, ProblemVariables, SolverModel as _, Variable, clarabel, constraint, variable,
};
use kzleap_lp::{Lp, Row, Scaling};

use crate::SolveError;
use crate::solve::scaled;

/// How far bounds may be missed, in parts of the size of the program.
const MISSED: f64 = 1e-6;

/// How far Clarabel may miss rows, relative.
const FEASIBILITY: f64 = 1e-9;

/// How exactly a direction must prove that there is no optimum. Clarabel's own 1e-8 is met by
/// chance after a step or two where costs are large.
const PROOF: f64 = 1e-12;

/// What the largest cost is divided to where the costs' own size has not served.
const LARGEST_COST: f64 = 1000.0;

/// The optimum that Clarabel finds: objective and column values.
///
/// Interior point without crossover: values agree with a vertex only where they are unique.
/// Whole-number columns must be fixed before ([`Lp::with_integers_fixed`]). A bound so far off
/// that it means "no limit" is left out at first; where the solution does not keep it, or there is
/// none without it, the program is solved again with all of them.
///
/// # Errors
/// [`SolveError::Infeasible`] where Clarabel proves it. [`SolveError::Stopped`] where it has no
/// opinion: it came to no end, or only to one of reduced accuracy.
pub fn second_opinion(lp: &Lp) -> Result<(f64, Vec<f64>), SolveError> {
    let (scaling, whole) = scaled(lp)?;
    let open =
        without_far_bounds(lp, &scaling).map(|open| scaling.apply(&open).unwrap_or(open));
    let largest = largest_cost(&whole);
    let programs = open.iter().chain([&*whole]);
    let attempts = programs.flat_map(|lp| [1.0, LARGEST_COST / largest].map(|unit| (lp, unit)));
    let mut why = SolveError::Stopped("Clarabel: its solution misses bounds".to_owned());
    for (program, unit) in attempts {
        match clarabel_on(program, unit) {
            Ok(mut values) => {
                scaling.undo_columns(&mut values);
                if keeps_bounds(lp, &scaling, &values) {
                    let costs = lp.cost.iter().zip(&values).map(|(cost, value)| cost * value);
                    return Ok((lp.cost_offset + costs.sum::<f64>(), values));
                }
            }
            Err(error) => why = error,
        }
    }
    Err(why)
}

fn largest_cost(lp: &Lp) -> f64 {
    let largest = lp.cost.iter().fold(0.0_f64, |most, cost| most.max(cost.abs()));
    if largest > 0.0 { largest } else { LARGEST_COST }
}

/// The program without the bounds that are far beyond its size and that nothing at all keeps:
/// an interior point method that starts between such walls loses what lies in between to rounding.
/// `None` if it has none.
fn without_far_bounds(lp: &Lp, scaling: &Scaling) -> Option<Lp> {
    let mut open = lp.clone();
    for (col, bounds) in open.col_bounds.iter_mut().enumerate() {
        *bounds = bounds.near(0.0, scaling.size_of_column(col));
    }
    for (row, bounds) in open.row_bounds.iter_mut().enumerate() {
        *bounds = bounds.near(0.0, scaling.size_of_row(row));
    }
    let same = open.col_bounds == lp.col_bounds && open.row_bounds == lp.row_bounds;
    (!same).then_some(open)
}

/// Whether a solution keeps all bounds of columns and rows, to a part of the program's size.
fn keeps_bounds(lp: &Lp, scaling: &Scaling, values: &[f64]) -> bool {
    let columns = lp.col_bounds.iter().zip(values).enumerate();
    let mut columns = columns.map(|(col, (bounds, value))| {
        bounds.violation(*value) <= MISSED * scaling.size_of_column(col).max(value.abs())
    });
    let mut rows = (0..lp.num_rows()).map(|at| {
        let (mut sum, mut size) = (0.0, scaling.size_of_row(at));
        for (col, value) in lp.row(row(at)) {
            let term = value * values[col.get()];
            sum += term;
            size = size.max(term.abs());
        }
        lp.row_bounds[at].violation(sum) <= MISSED * size
    });
    columns.all(|kept| kept) && rows.all(|kept| kept)
}

/// Solves a program with its costs times a factor.
///
/// `good_lp` writes it in Clarabel's form; what Clarabel says at the end is asked of itself, since
/// `good_lp` also hands over as a solution what Clarabel takes for unbounded.
fn clarabel_on(lp: &Lp, unit: f64) -> Result<Vec<f64>, SolveError> {
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = lp
        .col_bounds
        .iter()
        .map(|bounds| variables.add(variable().min(bounds.lower).max(bounds.upper)))
        .collect();
    let costs: Expression =
        lp.cost.iter().zip(&columns).map(|(cost, col)| cost * unit * *col).sum();
    let mut problem = variables.minimise(costs).using(clarabel);
    for (at, bounds) in lp.row_bounds.iter().enumerate() {
        let sum = || -> Expression {
            lp.row(row(at)).map(|(col, value)| value * columns[col.get()]).sum()
        };
        if bounds.lower == bounds.upper {
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
    problem.settings().tol_feas(FEASIBILITY).tol_infeas_abs(PROOF).tol_infeas_rel(PROOF);
    let stopped = |why: String| SolveError::Stopped(format!("Clarabel: {why}"));
    let mut solver = problem.try_into_solver().map_err(|error| stopped(error.to_string()))?;
    solver.solve();
    let why = match solver.solution.status {
        SolverStatus::Solved => return Ok(solver.solution.x),
        SolverStatus::PrimalInfeasible => return Err(SolveError::Infeasible),
        SolverStatus::AlmostSolved => "solved to reduced accuracy only",
        SolverStatus::AlmostPrimalInfeasible => "nearly proved infeasible",
        SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => {
            "taken for unbounded"
        }
        SolverStatus::MaxIterations => "most iterations reached",
        SolverStatus::InsufficientProgress => "no progress",
        SolverStatus::NumericalError => "rounding errors grew too large",
        SolverStatus::Unsolved | SolverStatus::MaxTime | SolverStatus::CallbackTerminated => {
            "stopped early"
        }
    };
    Err(stopped(why.to_owned()))
}

fn row(at: usize) -> Row {
    Row(u32::try_from(at).expect("rows fit in u32"))
}
