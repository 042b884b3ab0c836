//! Columns and rows that know their unit, so that a forgotten factor does not compile.

use std::marker::PhantomData;
use std::ops::{AddAssign, Mul, SubAssign};

use kzleap_lp::{Bounds, Col, Lp};
use kzleap_model::units::Per;

/// A column whose values are in unit `U`.
#[derive(Debug)]
pub struct Var<U> {
    /// The column.
    pub col: Col,
    unit: PhantomData<fn() -> U>,
}

impl<U> Clone for Var<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Var<U> {}

impl<U> Var<U> {
    pub(crate) const fn new(col: Col) -> Self {
        Self { col, unit: PhantomData }
    }
}

/// A number times a column, in unit `U`.
#[derive(Debug)]
pub struct Term<U> {
    col: Col,
    factor: f64,
    unit: PhantomData<fn() -> U>,
}

impl<U> Mul<Var<U>> for f64 {
    type Output = Term<U>;
    fn mul(self, var: Var<U>) -> Term<U> {
        Term { col: var.col, factor: self, unit: PhantomData }
    }
}

impl<N, D> Mul<Var<D>> for Per<N, D> {
    type Output = Term<N>;
    fn mul(self, var: Var<D>) -> Term<N> {
        Term { col: var.col, factor: self.get(), unit: PhantomData }
    }
}

/// A row being written, in unit `U`: only terms of that unit can be added.
///
/// ```compile_fail
/// # use kzleap_formulation::{LpRow, Var};
/// # use kzleap_model::units::{Energy, Power};
/// fn wrong(mut row: LpRow<'_, Energy>, capacity: Var<Power>) {
///     row += 1.0 * capacity; // forgot how much energy a unit of capacity makes
/// }
/// ```
#[must_use = "a row is part of the program only once a comparison ends it"]
pub struct LpRow<'a, U> {
    lp: &'a mut Lp,
    unit: PhantomData<fn() -> U>,
}

impl<'a, U> LpRow<'a, U> {
    /// Begins a row; it must be finished by one of the comparisons.
    pub(crate) const fn new(lp: &'a mut Lp) -> Self {
        Self { lp, unit: PhantomData }
    }

    /// `row ≥ value`.
    pub fn at_least(self, value: f64) {
        self.lp.finish_row(Bounds::at_least(plain(value)));
    }

    /// `row ≤ value`.
    pub fn at_most(self, value: f64) {
        self.lp.finish_row(Bounds::at_most(plain(value)));
    }

    /// `row = value`.
    pub fn equals(self, value: f64) {
        self.lp.finish_row(Bounds::exactly(plain(value)));
    }

    /// `lower ≤ row ≤ upper`.
    pub fn between(self, lower: f64, upper: f64) {
        self.lp.finish_row(Bounds::between(plain(lower), plain(upper)));
    }
}

/// The value; a negative zero becomes a plain one.
fn plain(value: f64) -> f64 {
    value + 0.0
}

impl<U> AddAssign<Term<U>> for LpRow<'_, U> {
    fn add_assign(&mut self, term: Term<U>) {
        self.lp.push_term(term.col, term.factor);
    }
}

impl<U> SubAssign<Term<U>> for LpRow<'_, U> {
    fn sub_assign(&mut self, term: Term<U>) {
        self.lp.push_term(term.col, -term.factor);
    }
}
