//! Formulas: values calculated from drivers and other branches of demand, with units.

mod evaluate;
mod parse;
mod reader;

use crate::units::Unit;

pub(crate) use evaluate::{Amounts, Names, evaluate};
pub(crate) use parse::{FUNCTIONS, parse};
pub(crate) use reader::Formulas;

/// A part of a formula and where it is in the text, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) what: What,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a part of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    Number(f64, Option<Unit>),
    Name(String),
    Call(String, Vec<Term>),
    Negative(Box<Term>),
    Pair(Operator, Box<Term>, Box<Term>),
}

/// What joins two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    ToThe,
}

/// What is wrong with a formula, and where in its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Term {
    /// Visits every name in it.
    pub(crate) fn names(&self, visit: &mut impl FnMut(&str)) {
        match &self.what {
            What::Number(..) => {}
            What::Name(name) => visit(name),
            // a sum over regions does not vary by region, whatever is in it
            What::Call(name, _) if name == "sum" => {}
            What::Call(_, terms) => terms.iter().for_each(|term| term.names(visit)),
            What::Negative(term) => term.names(visit),
            What::Pair(_, left, right) => {
                left.names(visit);
                right.names(visit);
            }
        }
    }

    fn problem(&self, code: &'static str, message: String) -> Problem {
        Problem { code, message, hint: None, start: self.start, end: self.end }
    }
}

impl Problem {
    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
