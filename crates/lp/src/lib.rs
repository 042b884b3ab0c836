//! A linear program as plain numbers: minimise c·x with l ≤ A·x ≤ u and bounds on x.
//!
//! Knows nothing about energy and nothing about any solver.

mod bounds;
mod certificate;
mod fit;
pub mod mps;
mod problem;

pub use bounds::Bounds;
pub use certificate::{Certificate, TOLERANCE, certify};
pub use fit::{Misfit, RowFactors};
pub use problem::{Col, Lp, Row};
