//! The rules that conflict only because something is built in whole units.
//!
//! Rules that the cheapest repair breaks are made firm, again and again, until no repair is left:
//! those made firm cannot hold together (an elastic filter; Chinneck 2008). Each of them is then
//! left out in turn, and so is each demand for whole numbers; what can be left out without a plan
//! coming about is no part of the conflict.

use kzleap_formulation::Formulation;
use kzleap_lp::{Bounds, Col};
use kzleap_solver::{Control, Options, SolveError, solve};

use super::elastic::Elastic;
use super::rules::of_whole;

/// Rules and whole units of which none can be left out; empty if the program has a plan.
pub(super) fn conflict(
    formulation: &Formulation<'_>,
    elastic: &Elastic,
    control: Control<'_>,
) -> Result<Vec<String>, SolveError> {
    let mut program = elastic.clone();
    let mut firm: Vec<String> = Vec::new();
    loop {
        match solve(&program.lp, &Options::default(), control) {
            Err(SolveError::Infeasible) => break,
            Err(other) => return Err(other),
            Ok(optimum) => {
                let broken = program.repair(&optimum.columns);
                if broken.is_empty() {
                    return Ok(Vec::new());
                }
                for repair in broken {
                    hold(&mut program, &repair.rule, Bounds::exactly(0.0));
                    if !firm.contains(&repair.rule) {
                        firm.push(repair.rule);
                    }
                }
            }
        }
    }
    program.lp.cost.fill(0.0); // only whether there is a plan
    let mut needed = Vec::new();
    for rule in firm {
        hold(&mut program, &rule, Bounds::NON_NEGATIVE);
        if has_plan(&program, control)? {
            hold(&mut program, &rule, Bounds::exactly(0.0));
            needed.push(rule);
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
    for (name, cols) in wholes {
        let before = program.lp.integers.clone();
        program.lp.integers.retain(|col| !cols.contains(col));
        if has_plan(&program, control)? {
            program.lp.integers = before;
            needed.push(name);
        }
    }
    Ok(needed)
}

/// Sets the range within which a rule may be broken.
fn hold(program: &mut Elastic, rule: &str, range: Bounds) {
    for slack in program.slacks.iter().filter(|slack| slack.rule.name == rule) {
        program.lp.col_bounds[slack.col.get()] = range;
    }
}

fn has_plan(program: &Elastic, control: Control<'_>) -> Result<bool, SolveError> {
    match solve(&program.lp, &Options::default(), control) {
        Ok(_) => Ok(true),
        Err(SolveError::Infeasible) => Ok(false),
        Err(other) => Err(other),
    }
}
