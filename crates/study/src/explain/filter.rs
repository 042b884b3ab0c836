//! Rules of which none can be left out of a conflict.
//!
//! Rules are left out as long as there is no plan without them (a deletion filter; Chinneck 2008).
//! Those that a check does not need for its proof are left out with it.

use std::collections::BTreeSet;
use std::time::Instant;

use kzleap_formulation::Formulation;
use kzleap_lp::Col;
use kzleap_solver::{Control, Optimum, SolveError};

use super::elastic::{Elastic, ROUNDING};
use super::rules::of_whole;

/// Rules that cannot hold together, most telling first, with whether none of them can be left out:
/// there may be no time to find out. `optimum` is that of the program, which has no whole numbers.
///
/// The rows without a dual value have no part in the proof, and are left out first; what remains of
/// a large program is small. That fewer rules conflict with all rows is then seen to.
pub(super) fn conflict(
    program: &Elastic,
    optimum: &Optimum,
    until: Instant,
    control: Control<'_>,
) -> Result<(Vec<usize>, bool), SolveError> {
    let mut left = program.support(&optimum.row_duals);
    let mut small = program.with_rows(|row| optimum.row_duals[row.get()] != 0.0);
    (left, _) = irreducible(&mut small, left, until, control)?;
    let minimal;
    (left, minimal) = irreducible(&mut program.clone(), left, until, control)?;
    left.reverse();
    Ok((left, minimal))
}

/// Half of what may be left out is tried together, then half of that, down to single rules: a
/// conflict of few rules among many is found in few checks.
fn irreducible(
    program: &mut Elastic,
    mut left: Vec<usize>,
    until: Instant,
    control: Control<'_>,
) -> Result<(Vec<usize>, bool), SolveError> {
    let mut needed = BTreeSet::new();
    let mut most = left.len();
    loop {
        let open: Vec<usize> = left.iter().copied().filter(|at| !needed.contains(at)).collect();
        let late = Instant::now() > until;
        if open.is_empty() || late {
            return Ok((left, open.is_empty()));
        }
        let batch = &open[..most.min(open.len().div_ceil(2))];
        let others: Vec<usize> =
            left.iter().copied().filter(|at| !batch.contains(at)).collect();
        keep_only(program, &others);
        let without = program.solve(None, control)?;
        let support = program.support(&without.row_duals);
        if without.objective > ROUNDING && !support.is_empty() {
            left = support;
        } else if let [single] = batch {
            needed.insert(*single);
            most = left.len();
        } else {
            most = batch.len() / 2;
        }
    }
}

/// Lets all other numbers give way for nothing.
fn keep_only(program: &mut Elastic, kept: &[usize]) {
    let kept: BTreeSet<usize> = kept.iter().copied().collect();
    for (at, slack) in program.slacks.iter().enumerate() {
        let is_kept = kept.contains(&at);
        let col = slack.col.get();
        program.lp.cost[col] = if is_kept { slack.weight } else { 0.0 };
        if !is_kept {
            program.lp.col_bounds[col].upper = f64::INFINITY;
        }
    }
}

/// The same where whole numbers stand in the way, of which duals know nothing: rules, and what must
/// be whole; both empty if the program has a plan.
///
/// Rules that the cheapest repair breaks are made firm, again and again, until no repair is left:
/// those made firm cannot hold together (an elastic filter). Each is then left out in turn.
pub(super) fn whole_conflict(
    formulation: &Formulation<'_>,
    elastic: &Elastic,
    control: Control<'_>,
) -> Result<(Vec<usize>, Vec<String>), SolveError> {
    let mut program = elastic.clone();
    let mut firm: Vec<usize> = Vec::new();
    loop {
        match program.solve(None, control) {
            Err(SolveError::Infeasible) => break,
            Err(other) => return Err(other),
            Ok(optimum) => {
                let broken = program.broken(&optimum.columns);
                if broken.is_empty() {
                    return Ok((Vec::new(), Vec::new()));
                }
                for at in broken {
                    program.hold(at, 0.0);
                    firm.push(at);
                }
            }
        }
    }
    program.lp.cost.fill(0.0); // only whether there is a plan
    let mut needed = Vec::new();
    for at in firm {
        program.hold(at, f64::INFINITY);
        if has_plan(&program, control)? {
            program.hold(at, 0.0);
            needed.push(at);
        }
    }
    let mut wholes: Vec<(String, Vec<Col>)> = Vec::new();
    for col in &formulation.lp.integers {
        let name = of_whole(formulation, *col);
        match wholes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, cols)) => cols.push(*col),
            None => wholes.push((name, vec![*col])),
        }
    }
    let mut needed_whole = Vec::new();
    for (name, cols) in wholes {
        let before = program.lp.integers.clone();
        program.lp.integers.retain(|col| !cols.contains(col));
        if has_plan(&program, control)? {
            program.lp.integers = before;
            needed_whole.push(name);
        }
    }
    Ok((needed, needed_whole))
}

fn has_plan(program: &Elastic, control: Control<'_>) -> Result<bool, SolveError> {
    match program.solve(None, control) {
        Ok(_) => Ok(true),
        Err(SolveError::Infeasible) => Ok(false),
        Err(other) => Err(other),
    }
}
