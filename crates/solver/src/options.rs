//! How to solve.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use kzleap_lp::TOLERANCE;

use crate::Basis;

/// Below so many nonzeros the simplex method is chosen, from there on the interior point method.
///
/// Measured on generated pathway models (docs/src/performance.md): at 62 thousand nonzeros
/// interior point with crossover already takes less time than dual simplex.
pub const SIMPLEX_BELOW_NONZEROS: usize = 50_000;

/// Which algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Simplex below [`SIMPLEX_BELOW_NONZEROS`] or from a given basis, else interior point.
    #[default]
    Auto,
    /// Dual simplex.
    Simplex,
    /// Interior point with a basis as preconditioner (IPX), then crossover to a vertex.
    Ipx,
    /// Interior point with a sparse factorisation (HiPO), then crossover to a vertex; IPX where
    /// HiGHS was built without it ([`has_hipo`](crate::has_hipo)).
    Hipo,
    /// Simplex and interior point side by side, each on its own core: the first to end stops the
    /// other.
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
