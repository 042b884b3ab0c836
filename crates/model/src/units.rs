//! Dimensions of the quantities in the LP, so that a forgotten factor does not compile.
//!
//! Native models keep energy in PJ (other commodities in [`crate::Commodity::unit`]), capacity in
//! GW, money in millions of the model's currency, emissions in Mt, time in hours. An imported
//! model keeps the units of its own files; the dimensions are the same. A rate is [`Per`]; a plain ratio is an `f64` whose name says which.

use std::marker::PhantomData;
use std::ops::Mul;

/// Energy (or another amount of a commodity): PJ.
#[derive(Clone, Copy, Debug)]
pub struct Energy;
/// Capacity of a process, a link or a storage: GW, PJ a year, or GWh, as its owner says.
#[derive(Clone, Copy, Debug)]
pub struct Power;
/// Emissions: Mt, or the unit of the emission.
#[derive(Clone, Copy, Debug)]
pub struct Emissions;
/// Money: millions of the model's currency, as present value in the objective.
#[derive(Clone, Copy, Debug)]
pub struct Money;

/// So much of it in each hour.
#[derive(Clone, Copy, Debug)]
pub struct PerHour<N>(PhantomData<fn() -> N>);
/// So much of it in each calendar year, where the plan decides it for a period.
#[derive(Clone, Copy, Debug)]
pub struct PerYear<N>(PhantomData<fn() -> N>);

/// A dimension in which rows are written.
pub trait Unit {
    /// The unit that native models keep it in, as the pages of the book begin it.
    const NAME: &'static str;
}
impl Unit for Energy {
    const NAME: &'static str = "PJ";
}
impl Unit for Power {
    const NAME: &'static str = "GW";
}
impl Unit for Emissions {
    const NAME: &'static str = "Mt";
}
impl Unit for Money {
    const NAME: &'static str = "MUSD";
}
impl Unit for PerHour<Energy> {
    const NAME: &'static str = "PJ per hour";
}
impl Unit for PerYear<Power> {
    const NAME: &'static str = "GW a year";
}
/// A plain number: a share, or what a modeller makes of it.
impl Unit for f64 {
    const NAME: &'static str = "";
}

/// So much `N` for each unit of `D`.
#[derive(Debug)]
pub struct Per<N, D> {
    value: f64,
    unit: PhantomData<fn() -> (N, D)>,
}

impl<N, D> Clone for Per<N, D> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<N, D> Copy for Per<N, D> {}

impl<N, D> Per<N, D> {
    /// `value` units of `N` for one unit of `D`.
    pub const fn new(value: f64) -> Self {
        Self { value, unit: PhantomData }
    }

    /// The bare number.
    pub const fn get(self) -> f64 {
        self.value
    }
}

impl<N, D> Mul<f64> for Per<N, D> {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.value * factor)
    }
}

/// PJ in one GW running for one hour: 3.6e-3.
pub const PJ_PER_GWH: f64 = 3.6e-3;
/// Hours in the year the slices describe.
pub const HOURS_PER_YEAR: f64 = 8760.0;
