//! How much the least cost moves with each number a model was given.
//!
//! By the envelope theorem, the optimum moves with a number as its Lagrangian does with plan and
//! duals held: `c·x + Σ y·(b − A·x) + Σ d·(l − x)`. So no program is solved again: for each number the
//! model is read with it moved, its program is built, and the plan and duals of the optimum are put
//! into it (Milgrom and Segal 2002, Econometrica 70, 583).

use kzleap_formulation::{Formulation, formulate};
use kzleap_input::Change;
use kzleap_lp::{Bounds, Col, Lp, Row};
use kzleap_solver::{Control, SolveError, solve};

use crate::on_all_cores::on_all_cores;
use crate::plan::fits;
use crate::{Event, Events, Given, Read, RunSpec};

/// By how much a number is moved: small beside what would change the plan, large beside rounding.
const STEP: f64 = 1e-4;

/// What a number does to the cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sensitivity {
    /// Its position among the inputs of the model ([`kzleap_model::Model::inputs`]).
    pub input: usize,
    /// What minimises rises by if it were 1% larger, all its years, regions and slices together;
    /// millions of the base year, to first order. `None` where it cannot be moved alone.
    pub change: Option<f64>,
}

/// What every number of a model does to the least cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivities {
    /// Whether the plan is certified to be of least cost.
    pub certified: bool,
    /// Of each input, in the order of the model.
    pub inputs: Vec<Sensitivity>,
}

/// The sensitivity of the least cost to every input of a model that was read for a run; none if it
/// has errors. Whole units are held at what the plan has. Uses all cores.
///
/// # Errors
/// [`SolveError`] of the least-cost plan; [`SolveError::Interrupted`] if it is stopped.
pub fn sensitivities(
    given: &Given,
    read: &Read,
    spec: &RunSpec,
    events: &Events<'_>,
) -> Result<Sensitivities, SolveError> {
    let Some(model) = &read.model else {
        return Ok(Sensitivities { certified: false, inputs: Vec::new() });
    };
    events.happens(Event::Solving);
    let log = |line: &str| events.happens(Event::Log(line));
    let control = Control { stop: events.stop, log: events.watch.is_some().then_some(&log) };
    let formulation = formulate(model);
    fits(&formulation)?;
    let optimum = solve(&formulation.lp, &spec.solving.options(), control)?;
    let around = Around::new(&formulation, &optimum.columns, &optimum.row_duals);
    let tasks: Vec<(usize, &str)> =
        model.inputs.iter().map(|input| input.path.as_str()).enumerate().collect();
    let inputs = on_all_cores(
        &tasks,
        None,
        || (),
        |(), (input, path)| {
            if events.stopped() {
                return Err(SolveError::Interrupted);
            }
            let mut moved = spec.clone();
            moved.changes.push(Change::multiply(*path, 1.0 + STEP));
            let other = given.read(&moved).model;
            let change = other.and_then(|other| around.change(&formulate(&other)));
            let change = change.map(|change| change * 0.01 / STEP);
            Ok(Sensitivity { input: *input, change })
        },
        |done| events.happens(Event::Log(&format!("{done} of {} inputs", tasks.len()))),
    )?;
    Ok(Sensitivities { certified: optimum.certificate.certified, inputs })
}

/// An optimum with its duals.
struct Around<'o> {
    names: Names,
    columns: &'o [f64],
    row_duals: &'o [f64],
    /// What one more of each column would cost, beyond what its rows pay.
    reduced_costs: Vec<f64>,
    lagrangian: f64,
}

/// What columns and rows stand for, in their order.
#[derive(PartialEq)]
struct Names(Vec<kzleap_formulation::ColumnKey>, Vec<kzleap_formulation::RowKey>);

impl Names {
    fn of(formulation: &Formulation<'_>) -> Self {
        let columns = formulation.columns().map(|(_, key)| key);
        Self(columns.collect(), formulation.rows().map(|(_, key)| key).collect())
    }
}

impl<'o> Around<'o> {
    fn new(formulation: &Formulation<'_>, columns: &'o [f64], row_duals: &'o [f64]) -> Self {
        let lp = &formulation.lp;
        let mut reduced_costs = lp.cost.clone();
        for (row, dual) in (0..).map(Row).zip(row_duals) {
            for (col, factor) in lp.row(row) {
                reduced_costs[col.get()] -= factor * dual;
            }
        }
        let names = Names::of(formulation);
        let mut around = Self { names, columns, row_duals, reduced_costs, lagrangian: 0.0 };
        around.lagrangian = around.lagrangian(lp);
        around
    }

    /// By how much the cost moves if the program were another one of the same columns and rows;
    /// `None` if it has others.
    fn change(&self, other: &Formulation<'_>) -> Option<f64> {
        let change = self.lagrangian(&other.lp) - self.lagrangian;
        (Names::of(other) == self.names && change.is_finite()).then_some(change)
    }

    fn lagrangian(&self, lp: &Lp) -> f64 {
        if lp.num_cols() != self.columns.len() || lp.num_rows() != self.row_duals.len() {
            return f64::NAN;
        }
        let mut sum = lp.cost_offset;
        for (at, value) in self.columns.iter().enumerate() {
            sum +=
                lp.cost[at] * value + missed(lp.col_bounds[at], self.reduced_costs[at], *value);
        }
        for (row, dual) in (0..).map(Row).zip(self.row_duals).filter(|(_, dual)| **dual != 0.0)
        {
            let activity: f64 =
                lp.row(row).map(|(Col(at), factor)| factor * self.columns[at as usize]).sum();
            sum += missed(lp.row_bounds[row.get()], *dual, activity);
        }
        sum
    }
}

/// What a dual makes of how far a value is from the bound that it belongs to.
fn missed(bounds: Bounds, dual: f64, value: f64) -> f64 {
    let bound = if dual > 0.0 { bounds.lower } else { bounds.upper };
    // a dual at no bound is rounding
    if bound.is_finite() && dual != 0.0 { dual * (bound - value) } else { 0.0 }
}
