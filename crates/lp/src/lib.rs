//! A linear program as plain numbers: minimise c·x with l ≤ A·x ≤ u and bounds on x.
//!
//! Knows nothing about energy and nothing about any solver.

mod bounds;
mod certificate;
pub mod mps;
mod problem;
mod scaling;
mod sum;

pub use bounds::Bounds;
pub use certificate::{Certificate, TOLERANCE, certify};
pub use problem::{Col, Lp, Row};
pub use scaling::{Misfit, Scaling};
pub use sum::Sum;
