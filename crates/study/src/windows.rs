//! Limited foresight of a model folder: years are planned in windows, each knowing only its own.
//!
//! A window is planned with what was decided before it fixed. What is built in it is paid by
//! annuities, and those due within the window count: capacity that outlives it never looks cheaper
//! than its service there, nor more expensive. Of its plan the first milestone years are kept. The
//! last window reaches the end of the model, so its cost is that of the whole path.

use std::collections::BTreeMap;

use kzleap_formulation::{ColumnKey, Formulation, formulate};
use kzleap_lp::Bounds;
use kzleap_model::{Model, Solution, YearIx};
use kzleap_resolution::first_years;
use kzleap_solver::{Control, Options, SolveError};

use crate::futures::is_decision;
use crate::one_way::solve_one_way;
use crate::plan::fits;

/// How far a plan looks ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// Milestone years that a window sees, one or more.
    pub length: usize,
    /// Milestone years that are kept of it, one or more and no more than it sees.
    pub kept: usize,
}

/// What a window saw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its first milestone year.
    pub first: i32,
    /// Its last milestone year.
    pub last: i32,
    /// What the years up to its end cost as it planned them, millions of the base year.
    pub cost: f64,
    /// Whether its plan is certified.
    pub certified: bool,
}

/// A path that was planned window by window.
#[derive(Debug)]
pub struct WindowedPlan {
    /// What the whole path costs, with all payments within the horizon; millions of the base year.
    pub cost: f64,
    /// The path.
    pub solution: Solution,
    /// What each window saw, in order.
    pub windows: Vec<Window>,
}

/// A window without a plan.
#[derive(Debug, PartialEq, thiserror::Error)]
#[error("the window from {first} to {last}: {error}")]
pub struct NoWindow {
    /// Its first milestone year.
    pub first: i32,
    /// Its last milestone year.
    pub last: i32,
    /// What the solver said.
    pub error: SolveError,
}

/// Plans a model window by window.
///
/// # Errors
/// [`NoWindow`]: the first window that is infeasible, unbounded or stopped.
pub fn optimise_windows(
    model: &Model,
    windows: Windows,
    options: &Options,
    control: Control<'_>,
) -> Result<WindowedPlan, NoWindow> {
    let years: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
    let (length, kept) = (windows.length.max(1), windows.kept.clamp(1, windows.length.max(1)));
    let mut decided: BTreeMap<String, f64> = BTreeMap::new();
    let mut seen = Vec::new();
    let mut from = 0;
    loop {
        let to = (from + length).min(years.len()) - 1;
        let failed = |error| NoWindow { first: years[from], last: years[to], error };
        let part = first_years(model, YearIx::new(to));
        let mut formulation = formulate(&part);
        fits(&formulation).map_err(failed)?;
        fix(&mut formulation, &decided, from);
        let optimum = solve_one_way(&mut formulation, options, control).map_err(failed)?;
        seen.push(Window {
            first: years[from],
            last: years[to],
            cost: optimum.objective,
            certified: optimum.certificate.certified,
        });
        if to + 1 == years.len() {
            let solution =
                formulation.read_back(optimum.objective, &optimum.columns, &optimum.row_duals);
            return Ok(WindowedPlan { cost: optimum.objective, solution, windows: seen });
        }
        from += kept;
        for (col, key) in formulation.columns() {
            if key.year().get() < from {
                decided.insert(key.name(&part), optimum.columns[col.get()]);
            }
        }
    }
}

/// Holds every column of the years before a window at what was planned; what could not be decided
/// then is not decided now.
fn fix(formulation: &mut Formulation<'_>, decided: &BTreeMap<String, f64>, from: usize) {
    let columns: Vec<(kzleap_lp::Col, ColumnKey)> = formulation.columns().collect();
    for (col, key) in columns.into_iter().filter(|(_, key)| key.year().get() < from) {
        let planned = decided.get(&key.name(formulation.model)).copied();
        if let Some(value) = planned.or_else(|| is_decision(&key).then_some(0.0)) {
            formulation.lp.col_bounds[col.get()] = Bounds::exactly(value);
        }
    }
}
