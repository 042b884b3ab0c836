//! The least-cost plan of a model.

use std::time::Instant;

use kzleap_accounts::Accounts;
use kzleap_formulation::columns::allowances::{self, Of};
use kzleap_formulation::{ColumnKey, Formulation, formulate};
use kzleap_lp::mps::Names as _;
use kzleap_lp::{Certificate, Scaling};
use kzleap_model::{Model, Solution};
use kzleap_solver::{Basis, Control, Method, Options, SolveError, break_ties};

use crate::binding::{binding, slopes};
use crate::solve_one_way;

/// The largest difference between the objective and the sum of the reported costs, relative.
const COMPONENTS_TOLERANCE: f64 = 1e-9;

/// A least-cost plan, and how it was found.
#[derive(Debug)]
pub struct Plan {
    /// The plan.
    pub solution: Solution,
    /// How far it is from an optimum, calculated from the program's own numbers.
    pub certificate: Certificate,
    /// Difference between the objective and the sum of the reported costs, relative to the
    /// costs: those are calculated from the model and the plan ([`Accounts::costs`]), not from the
    /// program.
    pub objective_components: f64,
    /// How far the cost may be from that of the best whole units, relative to the costs;
    /// `None` if nothing is built in whole units and no link is given a choice of direction.
    pub integer_gap: Option<f64>,
    /// The algorithm used.
    pub method: Method,
    /// Where the program of a similar model may start ([`Options::start`]).
    pub basis: Option<Basis>,
    /// Rows, columns and nonzeros of the program.
    pub size: (usize, usize, usize),
    /// Which program it was ([`kzleap_lp::Lp::digest`]).
    pub digest: String,
    /// Smallest and largest absolute value of the matrix.
    pub matrix_range: Option<(f64, f64)>,
    /// Seconds spent on building the program.
    pub build_seconds: f64,
    /// Seconds spent in the solver.
    pub solve_seconds: f64,
    /// Seconds spent on reading the optimum back.
    pub extract_seconds: f64,
}

impl Plan {
    /// Whether the plan is an optimum whose reported costs add up; with whole units, whether it
    /// is one with its units fixed and within the gap asked for.
    pub fn certified(&self) -> bool {
        self.certificate.certified && self.objective_components <= COMPONENTS_TOLERANCE
    }
}

/// Finds the least-cost plan of a model.
///
/// # Errors
/// [`SolveError`]: infeasible, unbounded, stopped.
pub fn optimise(
    model: &Model,
    options: &Options,
    control: Control<'_>,
) -> Result<Plan, SolveError> {
    optimise_with(model, options, control, Ties::AsFound)
}

/// Which of several plans that cost the same is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The one the solver comes upon.
    #[default]
    AsFound,
    /// The one with the least activity, flows and building, the same on every machine. Not for
    /// models with whole numbers, whose plan stays as found.
    LeastActivity,
}

/// The same, with ties broken as asked.
///
/// # Errors
/// [`SolveError`]: infeasible, unbounded, stopped.
pub fn optimise_with(
    model: &Model,
    options: &Options,
    control: Control<'_>,
    ties: Ties,
) -> Result<Plan, SolveError> {
    let start = Instant::now();
    let formulation = formulate(model);
    let build_seconds = start.elapsed().as_secs_f64();
    Ok(Plan { build_seconds, ..optimum_of(model, formulation, options, control, ties)? })
}

/// The optimum of the program of a model.
fn optimum_of(
    model: &Model,
    mut formulation: Formulation<'_>,
    options: &Options,
    control: Control<'_>,
    ties: Ties,
) -> Result<Plan, SolveError> {
    let built = Instant::now();
    fits(&formulation)?;
    let mut optimum = solve_one_way(&mut formulation, options, control)?;
    if ties == Ties::LeastActivity && formulation.lp.integers.is_empty() {
        optimum = break_ties(&formulation.lp, optimum, &weights(&formulation), control)?;
    }
    let solved = Instant::now();
    let slopes = slopes(&formulation, &optimum.row_duals);
    let read_back = |columns: &[f64], row_duals: &[f64]| Solution {
        binding: binding(&formulation, &slopes, columns, row_duals),
        ..formulation.read_back(optimum.objective, columns, row_duals)
    };
    let mut solution = read_back(&optimum.columns, &optimum.row_duals);
    solution.alternative = optimum.alternatives.as_ref().map(|change| {
        let columns = sums(&optimum.columns, &change.columns);
        let row_duals = sums(&optimum.row_duals, &change.row_duals);
        Box::new(read_back(&columns, &row_duals))
    });
    let reported = Accounts::new(model, &solution).total_cost();
    let objective = optimum.certificate.objective;
    Ok(Plan {
        certificate: optimum.certificate,
        objective_components: relative(reported - objective, optimum.certificate.costs),
        integer_gap: optimum.integer_gap,
        method: optimum.method,
        basis: optimum.basis,
        size: (
            formulation.lp.num_rows(),
            formulation.lp.num_cols(),
            formulation.lp.num_nonzeros(),
        ),
        digest: formulation.lp.digest(),
        matrix_range: formulation.lp.matrix_range(),
        build_seconds: 0.0,
        solve_seconds: (solved - built).as_secs_f64(),
        extract_seconds: solved.elapsed().as_secs_f64(),
        solution,
    })
}

/// A difference as a share of a size; none is none, whatever the size.
fn relative(difference: f64, size: f64) -> f64 {
    if difference == 0.0 { 0.0 } else { difference.abs() / size }
}

fn sums(numbers: &[f64], changes: &[f64]) -> Vec<f64> {
    numbers.iter().zip(changes).map(|(number, change)| number + change).collect()
}

/// Whether every number of the program can be passed to a solver as it is; names what cannot.
pub(crate) fn fits(formulation: &Formulation<'_>) -> Result<(), SolveError> {
    let named = |misfit: kzleap_lp::Misfit| {
        misfit.text(
            |row| format!("`{}`", formulation.row(row)),
            |col| format!("`{}`", formulation.column(col)),
        )
    };
    let scaling = Scaling::of(&formulation.lp);
    scaling.fits(&formulation.lp).map_err(|misfit| SolveError::OutOfRange(named(misfit)))
}

/// What counts in the choice among plans of the same cost: each column a little differently, so
/// that one point is least.
fn weights(formulation: &Formulation<'_>) -> Vec<f64> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9; // multiples of it spread evenly over 0..1
    formulation
        .columns()
        .map(|(col, key)| match key {
            // what goes to and fro between schemes has no least
            ColumnKey::Allowances(allowances::Key { of: Of::Moved(_), .. }) => 0.0,
            ColumnKey::Activity(_)
            | ColumnKey::Flow(_)
            | ColumnKey::Standby(_)
            | ColumnKey::StandbyFlow(_)
            | ColumnKey::NewCapacity(_)
            | ColumnKey::Conversion(_)
            | ColumnKey::Allowances(_)
            | ColumnKey::Retirement(_) => 1.0 + 0.01 * (GOLDEN * f64::from(col.0 + 1)).fract(),
            // follow from these, or mean nothing by themselves
            ColumnKey::Capacity(_)
            | ColumnKey::NewUnits(_)
            | ColumnKey::Level(_)
            | ColumnKey::Emissions(_)
            | ColumnKey::Unserved(_)
            | ColumnKey::Forgone(_)
            | ColumnKey::Surplus(_)
            | ColumnKey::Wasted(_)
            | ColumnKey::Subsidy(_)
            | ColumnKey::Angle(_)
            | ColumnKey::Direction(_) => 0.0,
        })
        .collect()
}

#[cfg(test)]
mod tests;
