//! The size of rules that their own number does not tell.
//!
//! A rule that says zero has no size of its own, and a cap on emissions none but by what would be
//! emitted: both count as what the cheapest plan without them has. What a factor multiplies is
//! taken from the same plan.

use std::collections::BTreeMap;

use kzleap_formulation::{Formulation, RuleKind};
use kzleap_lp::{Bounds, Col};
use kzleap_solver::{Control, SolveError};

use super::elastic::{Elastic, Slack, Target};

/// How much more than it must a number may give way in that plan, relative and in shares.
const ROOM: (f64, f64) = (1e-6, 1e-9);

/// Sizes of those of some numbers that need one, in steps of their columns; `found` is an optimum of
/// the program.
pub(super) fn sizes(
    formulation: &Formulation<'_>,
    program: &Elastic,
    of: &[usize],
    found: &[f64],
    control: Control<'_>,
) -> Result<BTreeMap<usize, f64>, SolveError> {
    let free = |slack: &Slack| slack.number == 0.0 || slack.kind.is_of_emissions();
    let asked: Vec<usize> = (of.iter().copied())
        .filter(|at| {
            let slack = &program.slacks[*at];
            free(slack) || !slack.slopes.is_empty()
        })
        .collect();
    if asked.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut plan = program.clone();
    let may = |at: &usize| asked.contains(at) && free(&program.slacks[*at]);
    // no more gives way than must: nothing, where the numbers without a size are all that does
    let least = if program.broken(found).iter().all(may) {
        vec![0.0; program.lp.num_cols()]
    } else {
        for at in asked.iter().filter(|at| may(at)) {
            plan.lp.cost[program.slacks[*at].col.get()] = 0.0;
        }
        plan.solve(None, control)?.columns
    };
    for (at, slack) in program.slacks.iter().enumerate() {
        let col = slack.col.get();
        let most = if may(&at) { f64::INFINITY } else { least[col] * (1.0 + ROOM.0) + ROOM.1 };
        plan.hold(at, most);
        plan.lp.cost[col] = 0.0;
    }
    plan.lp.cost[..formulation.lp.num_cols()].copy_from_slice(&formulation.lp.cost);
    let columns = match plan.solve(None, control) {
        Ok(optimum) => optimum.columns,
        Err(SolveError::Interrupted) => return Err(SolveError::Interrupted),
        Err(_) => return Ok(BTreeMap::new()), // what earns without limit has no size
    };
    let value = |terms: &mut dyn Iterator<Item = (Col, f64)>| -> f64 {
        terms.map(|(col, value)| value * columns[col.get()] * program.unit).sum()
    };
    let mut sizes = BTreeMap::new();
    for at in asked {
        let slack = &program.slacks[at];
        let size = if slack.slopes.is_empty() {
            let amounts = slack.bounds.iter().map(|(target, per)| match target {
                Target::Row(row) => value(&mut formulation.lp.row(*row)).abs() / per,
                Target::Column(col) => columns[col.get()] * program.unit / per,
            });
            amounts.fold(slack.number.abs(), f64::max)
        } else {
            let (mut slope, mut all, mut number) = (0.0, 0.0, slack.number.abs());
            let is_margin = matches!(slack.kind, RuleKind::ReserveMargin(..));
            if is_margin {
                number = slack.step; // the firm capacity it asks for
            }
            for (row, of_row) in &slack.slopes {
                let own = value(&mut of_row.terms.iter().copied()) - of_row.bound;
                slope += own.abs();
                all += of_row.amount();
                let Bounds { lower, upper } = formulation.lp.row_bounds[row.get()];
                let side = if slack.least { lower } else { upper };
                if slack.number == 0.0 && !is_margin && own != 0.0 {
                    let had = (side - value(&mut formulation.lp.row(*row))) / own;
                    number = number.max(had);
                }
            }
            if all > 0.0 { number * slope / all } else { 0.0 }
        };
        if size > 0.0 && size.is_finite() {
            sizes.insert(at, size / slack.step);
        }
    }
    Ok(sizes)
}
