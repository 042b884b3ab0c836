//! The best use of one unit of new capacity at the prices of a plan: the pricing problem of Dantzig and Wolfe
//! (1960, Operations Research 8, 101) for the columns of one technology.

use std::collections::BTreeMap;

use kzleap_formulation::{ColumnKey, Formulation};
use kzleap_lp::{Bounds, Col, Lp};
use kzleap_model::YearIx;
use kzleap_solver::{Control, Options, SolveError, solve};

use super::prices::{Priced, Terms};
use super::technology::{Technology, runs_in};

/// How much worse, as a share of what it pays, use as in the plan may be and still be taken.
const AS_GOOD: f64 = 1e-7;
/// A share of what a column earns and pays below which their difference is rounding.
const ROUNDING: f64 = 1e-10;

/// How one unit built for a year is best used: each own column with its value.
///
/// Of several ways that earn the same, that of the plan is taken where it is one of them.
pub(super) fn best_use(
    formulation: &Formulation<'_>,
    technology: &Technology,
    priced: &Priced,
    (columns, year): (&[f64], YearIx),
    control: Control<'_>,
) -> Result<Vec<f64>, SolveError> {
    let at: BTreeMap<Col, Col> =
        priced.columns.iter().zip(0..).map(|((col, _), own)| (*col, Col(own))).collect();
    let mut lp = Lp::default();
    for (col, terms) in &priced.columns {
        let key = formulation.column_key(*col);
        let bounds = bounds(formulation, technology, key, *col, year);
        lp.add_col(cost(terms), bounds);
    }
    for row in &priced.rows {
        for (col, factor) in formulation.lp.row(*row) {
            // what is converted stays out of it
            if let Some(own) = at.get(&col) {
                lp.push_term(*own, factor);
            }
        }
        let Bounds { lower, upper } = formulation.lp.row_bounds[row.get()];
        let nothing = |side: f64| if side.is_finite() { 0.0 } else { side };
        lp.finish_row(Bounds::between(nothing(lower), nothing(upper)));
    }
    let best = solve(&lp, &Options::default(), control)?;
    let mut like = lp;
    as_in_the_plan(formulation, technology, &at, columns, &mut like);
    match solve(&like, &Options::default(), control) {
        Ok(same) if same.objective - best.objective <= AS_GOOD * size(&like, &same.columns) => {
            Ok(same.columns)
        }
        Err(SolveError::Interrupted) => Err(SolveError::Interrupted),
        _ => Ok(best.columns),
    }
}

/// What one unit of a column costs beyond what it earns; nothing where that is rounding.
fn cost(terms: &Terms) -> f64 {
    let sum: f64 = terms.values().sum();
    let size: f64 = terms.values().map(|term| term.abs()).sum();
    if sum.abs() <= ROUNDING * size { 0.0 } else { -sum }
}

fn size(lp: &Lp, columns: &[f64]) -> f64 {
    lp.cost.iter().zip(columns).map(|(cost, value)| (cost * value).abs()).sum()
}

/// One unit of the technology built for a year, nothing of any other year, and no numbers of rules: those
/// are in the prices.
fn bounds(
    formulation: &Formulation<'_>,
    technology: &Technology,
    key: ColumnKey,
    col: Col,
    year: YearIx,
) -> Bounds {
    match key {
        ColumnKey::NewCapacity(new) if new.year != year => Bounds::exactly(0.0),
        ColumnKey::NewCapacity(new) if new.capacity == technology.main => Bounds::exactly(1.0),
        ColumnKey::Retirement(retired) if retired.vintage != Some(year) => Bounds::exactly(0.0),
        _ if formulation.lp.col_bounds[col.get()].lower < 0.0 => Bounds::FREE,
        _ => Bounds::NON_NEGATIVE,
    }
}

/// Each unit of capacity runs as those of the plan do in the same year.
fn as_in_the_plan(
    formulation: &Formulation<'_>,
    technology: &Technology,
    at: &BTreeMap<Col, Col>,
    columns: &[f64],
    lp: &mut Lp,
) {
    for (col, own) in at {
        let key = formulation.column_key(*col);
        let Some(y) = runs_in(key) else { continue };
        if !matches!(key, ColumnKey::Activity(_) | ColumnKey::Flow(_) | ColumnKey::Standby(_)) {
            continue;
        }
        let Some(capacity) = formulation.vars.capacity(technology.main, y) else { continue };
        let in_service = columns[capacity.col.get()];
        if let (Some(unit), true) = (at.get(&capacity.col), in_service > 0.0) {
            lp.push_term(*own, 1.0);
            lp.push_term(*unit, -columns[col.get()] / in_service);
            lp.finish_row(Bounds::exactly(0.0));
        }
    }
}
