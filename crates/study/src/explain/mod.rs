//! Why no plan respects all constraints together, and what would mend it.
//!
//! The numbers that a modeller states (demands, caps, limits, shares, margins, obligations) may
//! give way at a price relative to their size, while physics (capacity, conversion, storage,
//! losses) stays. The cheapest way is the smallest repair. The numbers with a part in its price
//! prove that there is no plan (Farkas' lemma on the program without costs); those that can be left
//! out of the proof are left out (`filter.rs`).
//!
//! Duals know nothing of whole numbers. Where only they stand in the way, the rules that cannot
//! hold together are found by trying, and repairs are those of the program in whole numbers. Where
//! physics alone has no plan, the rows of the program that conflict are named, and nothing would
//! mend it.

mod elastic;
pub(crate) mod factors;
mod filter;
pub(crate) mod places;
mod plain;
mod repair;
mod rules;
mod sizes;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

pub use kzleap_formulation::RuleKind;
use kzleap_formulation::{Formulation, formulate};
use kzleap_model::Model;
use kzleap_solver::{Control, Options, SolveError};

use crate::solve_one_way;

use self::elastic::{Elastic, Scope};
pub use self::plain::plain_conflicts;
pub use self::repair::{Repair, Rule};

/// How long rules are left out of a conflict and further repairs are looked for, unless the first
/// repair took longer: then as long as that.
const PATIENCE: Duration = Duration::from_secs(10);
/// Dual values of rows up to this are rounding.
const LEAST_PART: f64 = 1e-9;
/// Repairs that are given.
const REPAIRS: usize = 3;

/// What prevents a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Rules that cannot hold together, most telling first.
    pub conflict: Vec<Rule>,
    /// What cannot hold together with them but has no number: whole units, or fuel that cannot be
    /// delivered to what is on standby. Or what is said where nothing conflicts but for rounding.
    pub besides: Vec<String>,
    /// Whether none of these can be left out; else there was no time to find out.
    pub minimal: bool,
    /// Whether there are other conflicts too: the smallest repair mends all.
    pub one_of_several: bool,
    /// The cheapest repair first, then others that leave the rules of those before alone; empty
    /// if no repair is known.
    pub repairs: Vec<Vec<Repair>>,
}

/// Explains an infeasible model.
///
/// # Errors
/// [`SolveError`] if the elastic program cannot be solved either.
pub fn explain(model: &Model, control: Control<'_>) -> Result<Explanation, SolveError> {
    let started = Instant::now();
    let mut formulation = formulate(model);
    if formulation.may_burn() {
        // the choices of direction that leave no plan, if it is they
        match solve_one_way(&mut formulation, &Options::default(), control) {
            Ok(_) | Err(SolveError::Infeasible) => {}
            Err(other) => return Err(other),
        }
    }
    let mut program = Elastic::new(&formulation, Scope::Rules);
    let mut relaxed = program.relaxed();
    let mut found = match relaxed.solve(None, control) {
        Err(SolveError::Infeasible) => return physics(&formulation, control),
        other => other?,
    };
    let support = relaxed.support(&found.row_duals);
    let sizes = sizes::sizes(&formulation, &relaxed, &support, &found.columns, control)?;
    if !sizes.is_empty() {
        program.set_sizes(&sizes);
        relaxed.set_sizes(&sizes);
        found = relaxed.solve(None, control)?; // other prices lead far away: afresh is quicker
    }
    let said = said_of_rows(&formulation, &found.row_duals);
    let until = Instant::now() + PATIENCE.max(started.elapsed());
    let (conflict, mut besides, minimal) = if relaxed.broken(&found.columns).is_empty() {
        let (rules, whole) = filter::whole_conflict(&formulation, &program, control)?;
        (rules, whole, true)
    } else {
        let (rules, minimal) = filter::conflict(&relaxed, &found, until, control)?;
        (rules, Vec::new(), minimal)
    };
    besides.extend(said);
    let mut explanation = Explanation {
        conflict: conflict.iter().map(|at| rule(&formulation, &program, *at)).collect(),
        besides,
        minimal,
        one_of_several: false,
        repairs: Vec::new(),
    };
    let whole = !formulation.lp.integers.is_empty();
    let mut basis = found.basis.clone();
    let mut columns = if whole { program.solve(None, control)?.columns } else { found.columns };
    while explanation.repairs.len() < REPAIRS {
        let broken = program.broken(&columns);
        if broken.is_empty() {
            break;
        }
        if explanation.repairs.is_empty() {
            explanation.one_of_several = broken.iter().any(|at| !conflict.contains(at));
        }
        let repair = broken.iter().map(|at| {
            let rule = rule(&formulation, &program, *at);
            let needed = program.needed(&formulation.lp, &program.slacks[*at], &columns);
            let needed = needed / rule.worth;
            Repair::new(rule, needed)
        });
        explanation.repairs.push(repair.collect());
        if Instant::now() > until {
            break;
        }
        // an alternative leaves the rules of those before alone
        broken.into_iter().for_each(|at| program.hold(at, 0.0));
        match program.solve(basis.as_ref().filter(|_| !whole), control) {
            Ok(other) => (columns, basis) = (other.columns, other.basis.or(basis)),
            Err(SolveError::Infeasible) => break,
            Err(error) => return Err(error),
        }
    }
    if explanation.conflict.is_empty() && explanation.besides.is_empty() {
        explanation.besides.push(range_of_numbers(&formulation));
    }
    Ok(explanation)
}

/// What conflicts where no rule need hold for there to be no plan.
fn physics(
    formulation: &Formulation<'_>,
    control: Control<'_>,
) -> Result<Explanation, SolveError> {
    let program = Elastic::new(formulation, Scope::Everything).relaxed();
    let found = program.solve(None, control)?;
    let until = Instant::now() + PATIENCE;
    let (conflict, minimal) = filter::conflict(&program, &found, until, control)?;
    Ok(Explanation {
        conflict: conflict.iter().map(|at| rule(formulation, &program, *at)).collect(),
        besides: Vec::new(),
        minimal,
        one_of_several: false,
        repairs: Vec::new(),
    })
}

/// The rule of a number, as it is written.
fn rule(formulation: &Formulation<'_>, program: &Elastic, at: usize) -> Rule {
    let (kind, least) = (program.slacks[at].kind, program.slacks[at].least);
    let place = places::place(formulation.model, kind, least);
    let name = match (&place.path, &place.line) {
        (Some(parameter), None) => parameter.clone(),
        _ => rules::name(formulation, kind),
    };
    let facts = kind.facts(formulation.model);
    Rule {
        kind,
        word: facts.as_ref().map_or("physics", |facts| facts.word),
        ratio: facts.as_ref().is_some_and(|facts| facts.ratio),
        two_sides: facts.is_some_and(|facts| facts.two_sides),
        least,
        name,
        value: program.slacks[at].number / place.worth,
        unit: place.unit,
        worth: place.worth,
        path: place.path,
        line: place.line,
    }
}

/// What is said of rows without a number that have a part in the conflict.
fn said_of_rows(formulation: &Formulation<'_>, row_duals: &[f64]) -> BTreeSet<String> {
    let parts = formulation.rows().filter(|(row, _)| row_duals[row.get()].abs() > LEAST_PART);
    parts.filter_map(|(_, key)| key.conflict(formulation.model)).collect()
}

/// What is said where every rule can be kept but for rounding: the sizes that cause it.
fn range_of_numbers(formulation: &Formulation<'_>) -> String {
    let lp = &formulation.lp;
    let rows = formulation.rows().flat_map(|(row, _)| {
        let bounds = lp.row_bounds[row.get()];
        [bounds.lower, bounds.upper].map(|number| (number.abs(), row))
    });
    let mut sizes: Vec<_> = rows.filter(|(size, _)| *size > 0.0 && size.is_finite()).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(small), Some(large)) = (sizes.first(), sizes.last()) else {
        return "none that differs from rounding".to_owned();
    };
    let name = |row| kzleap_lp::mps::Names::row(formulation, row);
    format!(
        "none that differs from rounding: the numbers reach from {:e} (`{}`) to {:e} (`{}`); \
         check the units of both",
        small.0,
        name(small.1),
        large.0,
        name(large.1)
    )
}
