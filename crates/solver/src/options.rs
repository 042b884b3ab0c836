//! How to solve.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use kzleap_lp::TOLERANCE;

use crate::Basis;

/// Below so many nonzeros the simplex method is chosen.
///
/// Measured on generated models and `models/kazakhstan` (docs/src/performance.md): simplex takes half
/// the time of interior point at 40 thousand nonzeros, more from 240 thousand on.
pub const SIMPLEX_BELOW_NONZEROS: usize = 100_000;

/// The same for what presolve leaves of a larger program: of published OSeMOSYS models with 700
/// thousand nonzeros it leaves 40 to 60 thousand (docs/src/performance.md).
pub const SIMPLEX_BELOW_PRESOLVED: usize = 90_000;

/// Which algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Simplex from a given basis, unless it is far off; below [`SIMPLEX_BELOW_NONZEROS`], and where presolve leaves
    /// less than [`SIMPLEX_BELOW_PRESOLVED`]; else simplex if it takes no more steps than the
    /// rows that presolve leaves allow, and IPX if it takes more. The two run side by side, or
    /// one after the other on one thread.
    #[default]
    Auto,
    /// Dual simplex.
    Simplex,
    /// Interior point with a basis as preconditioner (IPX), then crossover to a vertex.
    Ipx,
    /// Interior point with a sparse factorisation (HiPO), then crossover to a vertex; IPX where
    /// HiGHS was built without it ([`has_hipo`](crate::has_hipo)).
    Hipo,
    /// The two methods likeliest to be fast side by side, a core each: the first to end stops the
    /// other. Simplex and IPX below [`SIMPLEX_BELOW_NONZEROS`], from there on IPX and HiPO.
    Race,
}

/// How to solve.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which algorithm.
    pub method: Method,
    /// How many threads; `None` leaves it to HiGHS.
    pub threads: Option<u32>,
    /// When to give up.
    pub time_limit: Option<Duration>,
    /// A basis to start from, such as that of a similar program.
    pub start: Option<Basis>,
    /// How far a plan in whole numbers may be from the best bound, relative; `None` is 1e-9.
    pub integer_gap: Option<f64>,
    /// Whether to find out what may differ in another optimum.
    pub alternatives: bool,
}

impl Options {
    /// How far a plan in whole numbers may be from the best bound to be certified, relative: as
    /// asked, and no less than the tolerance of every certificate.
    pub fn certified_gap(&self) -> f64 {
        self.integer_gap.map_or(TOLERANCE, |asked| asked.max(TOLERANCE))
    }
}

/// A hand on a running solve.
#[derive(Clone, Copy, Default)]
pub struct Control<'a> {
    /// Set to true by another thread (a signal handler) to stop the solve.
    pub stop: Option<&'a AtomicBool>,
    /// Called with each line of HiGHS's log.
    pub log: Option<&'a (dyn Fn(&str) + Sync)>,
}
