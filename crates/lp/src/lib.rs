//! A linear program as plain numbers: minimise c·x with l ≤ A·x ≤ u and bounds on x.
//!
//! Knows nothing about energy and nothing about any solver.

mod bounds;
mod certificate;
mod digest;
mod misfit;
pub mod mps;
mod problem;
mod scaling;
mod size;
mod sum;

pub use bounds::Bounds;
pub use certificate::{Certificate, TOLERANCE, certify};
pub use misfit::Misfit;
pub use problem::{Col, Lp, Row};
pub use scaling::Scaling;
pub use sum::Sum;
