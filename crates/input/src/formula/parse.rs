//! The text of a formula to its parts.

use winnow::ascii::{digit1, multispace0};
use winnow::combinator::{
    Infix, Prefix, alt, cut_err, delimited, dispatch, expression, fail, opt, preceded,
    separated, terminated,
};
use winnow::error::{ContextError, ErrMode};
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, one_of, take, take_while};

use super::{Operator, Problem, Term, What};
use crate::units::{Currency, parse as parse_unit};

/// The functions there are, with how many values each takes.
pub(crate) const FUNCTIONS: &[(&str, std::ops::RangeInclusive<usize>)] = &[
    ("index", 1..=1),
    ("base", 1..=1),
    ("growth", 1..=1),
    ("step", 3..=3),
    ("sum", 1..=1),
    ("min", 2..=9),
    ("max", 2..=9),
    ("exp", 1..=1),
    ("ln", 1..=1),
];

/// Bytes a formula may have, and brackets within brackets: more than anyone can read.
const LONGEST: usize = 1000;
const DEEPEST: usize = 40;

type Input<'t> = LocatingSlice<&'t str>;
type Parsed<T> = Result<T, ErrMode<ContextError>>;

/// Parses a formula.
pub(crate) fn parse(text: &str, currency: &Currency) -> Result<Term, Problem> {
    let all = |code, message: String| Problem {
        code,
        message,
        hint: None,
        start: 0,
        end: text.len(),
    };
    let mut depth: usize = 0;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if text.len() > LONGEST || deepest > DEEPEST {
        let message = "this formula is too long or has too many brackets to be read".to_owned();
        return Err(all("bad-formula", message).hint("name its parts as drivers"));
    }
    let mut whole = |input: &mut Input<'_>| {
        delimited(multispace0, |input: &mut Input<'_>| sum(input, currency), multispace0)
            .parse_next(input)
    };
    whole.parse(LocatingSlice::new(text)).map_err(|error| {
        let mut start = error.offset().min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let rest = text[start..].trim_start();
        let start = text.len() - rest.len();
        let shown: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
        let message = if rest.is_empty() {
            "the formula ends where a number, a name or a bracket is expected".to_owned()
        } else {
            format!("`{shown}` is not expected here")
        };
        Problem { code: "bad-formula", message, hint: None, start, end: start + shown.len() }
            .hint("a formula is made of numbers with units, names, + - * / ^, brackets and functions")
    })
}

fn sum(input: &mut Input<'_>, currency: &Currency) -> Parsed<Term> {
    let mut sum = expression(|input: &mut Input<'_>| operand(input, currency))
        .prefix(dispatch! {terminated(any, multispace0);
            '-' => Prefix(8, |_: &mut _, term: Term| Ok(Term {
                start: term.start.saturating_sub(1),
                end: term.end,
                what: What::Negative(Box::new(term)),
            })),
            _ => fail,
        })
        .infix(dispatch! {delimited(multispace0, any, multispace0);
            '+' => Infix::Left(5, |_: &mut _, a, b| Ok(joined(Operator::Plus, a, b))),
            '-' => Infix::Left(5, |_: &mut _, a, b| Ok(joined(Operator::Minus, a, b))),
            '*' => Infix::Left(7, |_: &mut _, a, b| Ok(joined(Operator::Times, a, b))),
            '/' => Infix::Left(7, |_: &mut _, a, b| Ok(joined(Operator::Over, a, b))),
            '^' => Infix::Right(9, |_: &mut _, a, b| Ok(joined(Operator::ToThe, a, b))),
            _ => fail,
        });
    sum.parse_next(input)
}

fn joined(operator: Operator, left: Term, right: Term) -> Term {
    let (start, end) = (left.start, right.end);
    Term { what: What::Pair(operator, Box::new(left), Box::new(right)), start, end }
}

fn operand(input: &mut Input<'_>, currency: &Currency) -> Parsed<Term> {
    alt((
        |input: &mut Input<'_>| bracket(input, currency),
        |input: &mut Input<'_>| number(input, currency),
        |input: &mut Input<'_>| name_or_call(input, currency),
    ))
    .parse_next(input)
}

fn bracket(input: &mut Input<'_>, currency: &Currency) -> Parsed<Term> {
    let start = input.current_token_start();
    let inner = |input: &mut Input<'_>| sum(input, currency);
    let mut term = delimited(('(', multispace0), cut_err(inner), cut_err((multispace0, ')')))
        .parse_next(input)?;
    (term.start, term.end) = (start, input.current_token_start());
    Ok(term)
}

fn number(input: &mut Input<'_>, currency: &Currency) -> Parsed<Term> {
    let start = input.current_token_start();
    let exponent = (one_of(['e', 'E']), opt(one_of(['+', '-'])), digit1);
    let value: f64 = (digit1, opt(('.', digit1)), opt(exponent))
        .take()
        .try_map(str::parse::<f64>)
        .parse_next(input)?;
    let rest: &str = input.as_ref();
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let (length, unit) = match unit_length(&rest[spaces..], currency) {
        0 => (0, None),
        length => {
            let text = &rest[spaces..spaces + length];
            (spaces + length, parse_unit(text, currency).ok())
        }
    };
    if length > 0 {
        take(length).void().parse_next(input)?;
    }
    let end = input.current_token_start();
    Ok(Term { what: What::Number(value, unit), start, end })
}

/// How much of a text is a unit: `PJ/million` of `PJ/million * people`.
fn unit_length(text: &str, currency: &Currency) -> usize {
    let atom = |text: &str| -> usize {
        if text.starts_with('%') {
            return 1;
        }
        let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
        // a name that goes on, or is called, is no unit
        let goes_on = text[end..].starts_with(['_', '(']);
        if starts && !goes_on && parse_unit(&text[..end], currency).is_ok() { end } else { 0 }
    };
    let mut length = atom(text);
    if length == 0 {
        return 0;
    }
    loop {
        let rest = &text[length..];
        let tight = rest.trim_start_matches(' ');
        let spaces = rest.len() - tight.len();
        if !tight.starts_with(['/', '*']) {
            return length;
        }
        let next = &tight[1..];
        let gap = next.len() - next.trim_start_matches(' ').len();
        let next = &next[gap..];
        let more = match (atom(next), next.find(')')) {
            (0, Some(close)) if next.starts_with('(') => {
                let inside = &next[..=close];
                let letters = inside[1..].starts_with(|c: char| c.is_ascii_alphabetic());
                if letters && parse_unit(inside, currency).is_ok() { close + 1 } else { 0 }
            }
            (more, _) => more,
        };
        if more == 0 {
            return length;
        }
        length += spaces + 1 + gap + more;
    }
}

fn name_or_call(input: &mut Input<'_>, currency: &Currency) -> Parsed<Term> {
    let start = input.current_token_start();
    let name: &str = (
        take_while(1.., |c: char| c.is_alphabetic() || c == '_'),
        take_while(0.., |c: char| c.is_alphanumeric() || c == '_'),
    )
        .take()
        .parse_next(input)?;
    let end = input.current_token_start();
    let what = What::Name(name.to_owned());
    let name_alone = Term { what, start, end };
    if opt(preceded(multispace0, '(')).parse_next(input)?.is_none() {
        return Ok(name_alone);
    }
    let inner = |input: &mut Input<'_>| {
        delimited(multispace0, |input: &mut Input<'_>| sum(input, currency), multispace0)
            .parse_next(input)
    };
    let terms: Vec<Term> =
        cut_err(terminated(separated(1.., inner, ','), ')')).parse_next(input)?;
    let end = input.current_token_start();
    Ok(Term { what: What::Call(name.to_owned(), terms), start, end })
}
