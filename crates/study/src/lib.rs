//! Least-cost capacity expansion of national energy systems: the engine.
//!
//! The road is one way: [`input`] reads a model folder into a [`model::Model`], [`resolution`]
//! merges regions and slices where that is asked for, and [`optimise`] writes it as a linear
//! program, solves it and reads the optimum back as a [`model::Solution`]. Knows no command line and
//! prints nothing; tables, files and pages are made of model and solution by `kzleap-report`.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let read = kzleap_study::input::read(std::path::Path::new("models/two-plants"), None);
//! let model = read.model.ok_or("the model has errors")?;
//! let plan = kzleap_study::optimise(&model, &Default::default(), Default::default())?;
//! println!("{:.1} million {}", plan.solution.objective, model.currency);
//! # Ok(())
//! # }
//! ```

pub use kzleap_accounts as accounts;
pub use kzleap_diagnostics as diagnostics;
pub use kzleap_formulation as formulation;
pub use kzleap_input as input;
pub use kzleap_lp as lp;
pub use kzleap_model as model;
pub use kzleap_nemo as nemo;
pub use kzleap_osemosys as osemosys;
pub use kzleap_resolution as resolution;
pub use kzleap_solver as solver;

mod binding;
mod combinations;
mod cost_curve;
mod dispatch;
mod ensemble;
mod events;
mod explain;
mod foreign;
mod foresight;
mod futures;
mod given;
mod indices;
mod instruments;
mod kind;
mod look_up;
mod near_optimal;
mod on_all_cores;
mod one_way;
mod plan;
mod refine;
mod regret;
mod reproduce;
mod risk;
mod run;
mod sampling;
mod sensitivity;
mod settle;
mod spec;
mod spread;
mod unbounded;
mod verify;
mod why;
mod windows;

pub use cost_curve::{
    Breakpoint, CostCurve, Measure, MeasureKind, MovedLimit, NoCurve, cost_curve, measures,
};
pub use dispatch::{Dispatched, NotOperated, dispatch, dispatch_years};
pub use ensemble::{
    Answer, ByNameAndYear, Ensemble, EnsembleRun, Figures, Parameter, Solved, Status,
};
pub use events::{Event, Events};
pub use explain::{Explanation, Repair, Rule, RuleKind, explain, plain_conflicts};
pub use foreign::{not_read, what_it_is};
pub use foresight::{GroupError, LimitedForesight, optimise_groups};
pub use futures::{
    Criterion, FirstDecisions, Future, FuturesPlan, NoFuturesPlan, carried_out,
    first_decisions, plan_futures,
};
pub use given::{Given, GivenNemo, GivenOsemosys, Read, Resolved};
pub use indices::{Effects, Shares, elementary_effects, shares_of_grid, shares_of_variance};
pub use instruments::{
    Compared, Comparison as InstrumentComparison, Instrument, InstrumentKind, Instruments,
    NotCompared, TARGET_CAP, Target, for_people,
};
pub use kind::Kind;
pub use look_up::{LookedUp, look_up};
pub use near_optimal::{End, NearOptimal, Range, near_optimal};
pub use one_way::solve_one_way;
pub use plan::{Plan, Ties, optimise, optimise_with};
pub use refine::{Held, Round, solve_and_hold};
pub use regret::{Regrets, regrets};
pub use reproduce::{Reproduced, Unreadable, compare_tables};
pub use risk::{Risk, risk};
pub use run::{NoPlan, Outcome, Reason, RunResult, run, solve};
pub use sampling::{
    Sample, between, correlated, eigenvalues, mean, morris_step, normal_of_rank, quantile,
    samples, spearman,
};
pub use sensitivity::{Sensitivities, Sensitivity, sensitivities};
pub use settle::{Settled, settle, settled};
pub use spec::{BelowCaps, RunSpec, Solving};
pub use spread::{PROBABILITIES, Spread};
pub use unbounded::explain_unbounded;
pub use verify::{
    Against, Comparison, Judgement, NotVerified, Verified, Written, verify, verify_written,
};
pub use why::{Earnings, FleetEarnings, Term, UnitEarnings, Word, earnings};
pub use windows::{NoWindow, Window, WindowedPlan, Windows, optimise_windows};
