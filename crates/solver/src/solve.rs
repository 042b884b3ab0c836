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
use crate::{Basis, Control, Method, Optimum, Options, SolveError};

/// `kSimplexEdgeWeightStrategyDevex` of HiGHS.
const DEVEX: i32 = 1;
/// `kSimplexStrategyChoose` of HiGHS.
const CHOOSE: i32 = 0;

/// Simplex steps that any basis is given.
const FEW_STEPS: i32 = 1_000;

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
        let simplex = !matches!(options.method, Method::Ipx | Method::Hipo);
        let started = match options.start.as_ref().filter(|_| simplex) {
            Some(basis) => from_basis(basis, &scaled, options, Hand::of(control))?,
            None => None,
        };
        match (started, chosen_method(&scaled, options)) {
            (Some(optimum), _) => optimum,
            (None, Method::Auto) => auto(&scaled, options, control)?,
            (None, Method::Race) => race(&scaled, options, control)?,
            (None, method) => solve_by(method, &scaled, options, Hand::of(control))?,
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
    let method = highs.run(chosen)?;
    read(&mut highs, method, lp, options)
}

/// Solves such a program from a basis; `None` where that takes so many steps that it is better to
/// begin afresh: from a basis that is far off, the simplex method may turn in circles.
fn from_basis(
    basis: &Basis,
    lp: &Lp,
    options: &Options,
    hand: Hand<'_>,
) -> Result<Option<Optimum>, SolveError> {
    let mut highs = Instance::new(options, hand)?;
    highs.pass(lp)?;
    highs.set_basis(lp, basis);
    // the weights of steepest edge would be calculated for every row first, which takes longer than
    // the few steps that are left
    highs.model().set_option("simplex_dual_edge_weight_strategy", DEVEX);
    // primal where the basis is of a plan, as after a change of costs; dual where it is not
    highs.model().set_option("simplex_strategy", CHOOSE);
    let most_steps = i32::try_from(lp.num_rows()).unwrap_or(i32::MAX).max(FEW_STEPS);
    match highs.attempt(Method::Simplex, most_steps)? {
        true => read(&mut highs, Method::Simplex, lp, options).map(Some),
        false => Ok(None),
    }
}

/// The optimum that was found, refined, with what may differ in another one if that is asked for.
fn read(
    highs: &mut Instance<'_>,
    method: Method,
    lp: &Lp,
    options: &Options,
) -> Result<Optimum, SolveError> {
    let optimum = highs.optimum(lp, method);
    let mut optimum = refine(highs, lp, optimum)?;
    if options.alternatives && highs.is_there() {
        optimum.alternatives = alternatives(highs, lp, &optimum);
    }
    Ok(optimum)
}
