//! From a program to its optimum: in units of its own size, by a method, refined where the
//! certificate asks for more than the solver's tolerance gives.

use kzleap_lp::{Lp, Scaling, certify};
use std::borrow::Cow;

use crate::alternatives::alternatives;
use crate::auto::auto;
use crate::highs::{Hand, Instance};
use crate::methods::{Chosen, chosen_method};
use crate::race::race;
use crate::refine::refine;
use crate::whole;
use crate::{Control, Method, Optimum, Options, SolveError};

/// `kSimplexEdgeWeightStrategyDevex` of HiGHS.
const DEVEX: i32 = 1;
/// `kSimplexStrategyChoose` of HiGHS.
const CHOOSE: i32 = 0;

/// Solves `lp` to optimality.
///
/// # Errors
/// [`SolveError`], with [`SolveError::Infeasible`] and [`SolveError::Unbounded`] only where that
/// is proved.
pub fn solve(lp: &Lp, options: &Options, control: Control<'_>) -> Result<Optimum, SolveError> {
    // HiGHS calls a program without columns empty, whatever its rows ask for
    if lp.num_cols() == 0 && lp.row_bounds.iter().any(|row| row.violation(0.0) > 0.0) {
        return Err(SolveError::Infeasible);
    }
    let (scaling, scaled) = scaled(lp)?;
    let mut optimum = if lp.integers.is_empty() {
        match chosen_method(&scaled, options) {
            Method::Auto => auto(&scaled, options, control)?,
            Method::Race => race(&scaled, options, control)?,
            method => solve_by(method, &scaled, options, Hand::of(control))?,
        }
    } else {
        whole::solve(&scaled, options, control)?
    };
    scaling.undo_columns(&mut optimum.columns);
    scaling.undo_duals(&mut optimum.row_duals);
    if let Some(change) = &mut optimum.alternatives {
        scaling.undo_columns(&mut change.columns);
        scaling.undo_duals(&mut change.row_duals);
    }
    let found = optimum.certificate.certified;
    let fixed = (!lp.integers.is_empty()).then(|| lp.with_integers_fixed(&optimum.columns));
    let program = fixed.as_ref().unwrap_or(lp);
    let (mut columns, mut row_duals) = (optimum.columns.clone(), optimum.row_duals.clone());
    scaling.clean(program, &mut columns, &mut row_duals);
    let certificate = certify(program, &columns, &row_duals);
    // what looked like rounding was not where the certificate is lost with it
    optimum.certificate = if certificate.certified || !found {
        (optimum.columns, optimum.row_duals) = (columns, row_duals);
        certificate
    } else {
        certify(program, &optimum.columns, &optimum.row_duals)
    };
    optimum.certificate.certified &= found;
    optimum.objective = optimum.certificate.objective;
    Ok(optimum)
}

/// A program in units of its own size.
pub(crate) fn scaled(lp: &Lp) -> Result<(Scaling, Cow<'_, Lp>), SolveError> {
    let scaling = Scaling::of(lp);
    scaling.fits(lp).map_err(|misfit| {
        SolveError::OutOfRange(
            misfit.text(|row| format!("row {}", row.0), |col| format!("column {}", col.0)),
        )
    })?;
    let scaled = scaling.apply(lp).map_or(Cow::Borrowed(lp), Cow::Owned);
    Ok((scaling, scaled))
}

/// Solves a program that has its own units and no whole numbers by one method.
pub(crate) fn solve_by(
    chosen: impl Into<Chosen>,
    lp: &Lp,
    options: &Options,
    hand: Hand<'_>,
) -> Result<Optimum, SolveError> {
    let mut highs = Instance::new(options, hand)?;
    highs.pass(lp)?;
    if let Some(basis) = &options.start {
        highs.set_basis(lp, basis);
        // the weights of steepest edge would be calculated for every row first, which takes
        // longer than the few steps that are left
        highs.model().set_option("simplex_dual_edge_weight_strategy", DEVEX);
        // primal where the basis is of a plan, as after a change of costs; dual where it is not
        highs.model().set_option("simplex_strategy", CHOOSE);
    }
    let method = highs.run(chosen)?;
    let optimum = highs.optimum(lp, method);
    let mut optimum = refine(&mut highs, lp, optimum)?;
    if options.alternatives && highs.is_there() {
        optimum.alternatives = alternatives(&mut highs, lp, &optimum);
    }
    Ok(optimum)
}
