//! Why no plan respects all constraints together, and what would mend it.
//!
//! The rules that a modeller states (demands, caps, limits, shares, margins, obligations) are
//! made elastic: each may be broken at a price relative to its size, while physics (capacity,
//! storage, losses) stays. The cheapest break is the smallest repair. The rules whose dual value
//! is not zero in that program are those that conflict: together with physics they prove that
//! there is no plan (Farkas' lemma on the program without costs).
//!
//! Duals know nothing of whole numbers. Where only they stand in the way, the rules that cannot
//! hold together are found by trying (`whole.rs`), and repairs are those of the program in whole
//! numbers. Where physics alone has no plan, it is made elastic too, at a high price.

mod elastic;
mod rules;
mod whole;

use kzleap_formulation::{Formulation, formulate};
use kzleap_lp::{Col, Lp, Row};
use kzleap_model::Model;
use kzleap_solver::{Control, Options, SolveError};

use crate::solve_one_way;

use self::elastic::Elastic;
use self::rules::Scope;

/// What stands in the way of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Rules that cannot hold together, most telling first.
    pub conflict: Vec<String>,
    /// The cheapest repair first, then an alternative that leaves its rules alone; empty if no
    /// repair can be told.
    pub repairs: Vec<Vec<Repair>>,
}

/// One rule that would have to give way.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The rule, as in `emission_cap national 2060`.
    pub rule: String,
    /// Whether its number would have to rise (a limit) or fall (a demand, an obligation).
    pub raise: bool,
    /// By how much, in the unit of the rule.
    pub by: f64,
    /// The number as it stands, where the rule has one.
    pub from: Option<f64>,
    /// The unit of `by` and `from`.
    pub unit: String,
    /// What that means for the program: bounds of rows and columns that move, and by how much.
    pub moves: Vec<Move>,
}

/// A bound of the program that a [`Repair`] moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// The upper (if raised) or lower bound of a row.
    Row(Row, f64),
    /// The upper (if raised) or lower bound of a column.
    Column(Col, f64),
}

impl Repair {
    /// Moves the bounds of a program as the repair says.
    pub fn apply(&self, lp: &mut Lp) {
        for change in &self.moves {
            let (bounds, by) = match change {
                Move::Row(row, by) => (&mut lp.row_bounds[row.get()], by),
                Move::Column(col, by) => (&mut lp.col_bounds[col.get()], by),
            };
            let equal = bounds.lower == bounds.upper;
            if self.raise || equal {
                bounds.upper += by;
            }
            if !self.raise || equal {
                bounds.lower -= by;
            }
        }
    }

    /// The repair as a sentence.
    pub fn text(&self) -> String {
        let verb = if self.raise { "raise" } else { "lower" };
        let to = self.from.map_or_else(String::new, |from| {
            let to = if self.raise { from + self.by } else { from - self.by };
            format!(" from {} to {}", short(from), short(to))
        });
        format!("{verb} {} by {} {}{to}", self.rule, short(self.by), self.unit)
    }
}

fn short(value: f64) -> String {
    let digits = if value.abs() >= 100.0 {
        1
    } else if value.abs() >= 1.0 {
        3
    } else {
        6
    };
    let text = format!("{value:.digits$}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        short => short.to_owned(),
    }
}

/// Explains an infeasible model.
///
/// # Errors
/// [`SolveError`] if the elastic program cannot be solved either.
pub fn explain(model: &Model, control: Control<'_>) -> Result<Explanation, SolveError> {
    let mut formulation = formulate(model);
    if formulation.may_burn() {
        // the choices of direction that leave no plan, if it is they
        match solve_one_way(&mut formulation, &Options::default(), control) {
            Ok(_) | Err(SolveError::Infeasible) => {}
            Err(other) => return Err(other),
        }
    }
    let mut elastic = Elastic::new(&formulation, Scope::Rules);
    let found = match elastic.relaxed().solve(control) {
        Err(SolveError::Infeasible) => {
            elastic = Elastic::new(&formulation, Scope::Everything);
            elastic.relaxed().solve(control)?
        }
        other => other?,
    };
    let (mut conflict, mut first) = found;
    if !formulation.lp.integers.is_empty() {
        if first.is_empty() {
            conflict = whole::conflict(&formulation, &elastic, control)?;
        }
        (_, first) = elastic.solve(control)?;
    }
    if first.is_empty() {
        if conflict.is_empty() {
            conflict.push(sizes(&formulation));
        }
        return Ok(Explanation { conflict, repairs: Vec::new() });
    }
    // an alternative: leave the rules of the cheapest repair alone
    let used: Vec<String> = first.iter().map(|repair| repair.rule.clone()).collect();
    elastic.make_dear(&used);
    let (_, second) = elastic.solve(control)?;
    let other = second.iter().all(|repair| !used.contains(&repair.rule));
    let mut repairs = vec![first];
    if other && !second.is_empty() {
        repairs.push(second);
    }
    Ok(Explanation { conflict, repairs })
}

/// What is said where every rule can be kept but for rounding: the sizes that cause it.
fn sizes(formulation: &Formulation<'_>) -> String {
    let lp = &formulation.lp;
    let rows = formulation.rows().flat_map(|(row, _)| {
        let bounds = lp.row_bounds[row.get()];
        [bounds.lower, bounds.upper].map(|number| (number.abs(), row))
    });
    let mut sizes: Vec<_> = rows.filter(|(size, _)| *size > 0.0 && size.is_finite()).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(small), Some(large)) = (sizes.first(), sizes.last()) else {
        return "none that can be told from rounding".to_owned();
    };
    let name = |row| kzleap_lp::mps::Names::row(formulation, row);
    format!(
        "none that can be told from rounding: the numbers reach from {:e} (`{}`) to {:e} (`{}`); \
         check the units of both",
        small.0,
        name(small.1),
        large.0,
        name(large.1)
    )
}
