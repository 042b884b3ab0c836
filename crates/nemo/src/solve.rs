//! Solves a scenario group by group.

use std::time::Instant;

use kzleap_diagnostics::{Diagnostic, Diagnostics};
use kzleap_formulation::formulate;
use kzleap_lp::Certificate;
use kzleap_model::{Model, Solution};
use kzleap_solver::{Control, Options, SolveError};

use crate::accounts::Accounts;
use crate::carried::Carried;
use crate::data::Data;
use crate::hand_over::hand_over;
use crate::options::NemoOptions;
use crate::periods::{Period, periods};
use crate::to_model::{Imported, to_model};

/// How far from the best bound a plan with directions of lines may be: what NEMO's solvers take.
const GAP_OF_DIRECTIONS: f64 = 1e-4;

/// A solved scenario.
#[derive(Debug)]
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
    pub accounts: Accounts,
    /// How far the plan is from an optimum.
    pub certificate: Certificate,
    /// Rows, columns and nonzeros of the program.
    pub size: (usize, usize, usize),
    /// Seconds spent on making the model and the program.
    pub build_seconds: f64,
    /// Seconds spent in the solver.
    pub solve_seconds: f64,
    /// Seconds spent on reading the optimum back.
    pub extract_seconds: f64,
}

impl Outcome {
    /// Present value of all costs, in the unit of the scenario.
    pub fn total_discounted_cost(&self) -> f64 {
        self.groups.iter().map(|group| group.accounts.total()).sum()
    }
}

/// Why a scenario has no plan.
#[derive(Debug, thiserror::Error)]
pub enum NemoError {
    /// The years to calculate make no sense.
    #[error("{}", .0.message)]
    Years(Box<Diagnostic>),
    /// A group of years has no optimum.
    #[error("{}: {error}", years(.period_years))]
    Solve {
        /// What the solver said.
        #[source]
        error: SolveError,
        /// Calendar years of the group.
        period_years: Vec<i32>,
        /// Its model, in which to look for the reason.
        model: Box<Model>,
    },
}

fn years(list: &[i32]) -> String {
    match list {
        [] => "no years".to_owned(),
        [one] => one.to_string(),
        [first, .., last] => format!("{first} to {last}"),
    }
}

/// Solves a scenario, group by group.
///
/// # Errors
/// [`NemoError`]: years that make no sense; a group that is infeasible, unbounded or stopped.
pub fn solve(
    data: &Data,
    options: &NemoOptions,
    solver: &Options,
    control: Control<'_>,
) -> Result<Outcome, NemoError> {
    let mut diagnostics = Diagnostics::default();
    let periods =
        periods(data, &options.calcyears, &mut diagnostics).map_err(NemoError::Years)?;
    let mut carried = Carried::default();
    let mut groups = Vec::new();
    for period in periods {
        let start = Instant::now();
        let imported = to_model(data, &period, &carried, options, &mut diagnostics);
        let formulation = formulate(&imported.model);
        let built = Instant::now();
        let mut solver = solver.clone();
        if !imported.model.network.one_way.is_empty() && solver.integer_gap.is_none() {
            // a choice for each slice: the last of the gap would take hours and tell nothing
            solver.integer_gap = Some(GAP_OF_DIRECTIONS);
            diagnostics.push(Diagnostic::warning_overall(
                "directions",
                "least amounts between nodes need a choice of direction in each slice; the plan is within 0.01 % of the best",
            ));
        }
        let optimum = match kzleap_solver::solve(&formulation.lp, &solver, control) {
            Ok(optimum) => optimum,
            Err(error) => {
                let period_years = period.years.iter().map(|y| data.years[*y]).collect();
                let model = Box::new(imported.model);
                return Err(NemoError::Solve { error, period_years, model });
            }
        };
        let solved = Instant::now();
        let solution =
            formulation.read_back(optimum.objective, &optimum.columns, &optimum.row_duals);
        let lp = &formulation.lp;
        let size = (lp.num_rows(), lp.num_cols(), lp.num_nonzeros());
        let accounts = Accounts::new(data, &period, &imported, &solution, &carried);
        let mut group = Group {
            accounts,
            period,
            solution,
            carried: carried.clone(),
            certificate: optimum.certificate,
            size,
            build_seconds: (built - start).as_secs_f64(),
            solve_seconds: (solved - built).as_secs_f64(),
            extract_seconds: 0.0,
            imported,
        };
        hand_over(data, &group, &mut carried);
        group.extract_seconds = solved.elapsed().as_secs_f64();
        groups.push(group);
    }
    Ok(Outcome { groups, diagnostics })
}

/// The model of each group of years, as if nothing had been calculated before it; what is odd in
/// the scenario is added to `diagnostics`.
///
/// # Errors
/// A finding if the years to calculate make no sense.
pub fn models(
    data: &Data,
    options: &NemoOptions,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Model>, Box<Diagnostic>> {
    let carried = Carried::default();
    Ok(periods(data, &options.calcyears, diagnostics)?
        .iter()
        .map(|period| to_model(data, period, &carried, options, diagnostics).model)
        .collect())
}
