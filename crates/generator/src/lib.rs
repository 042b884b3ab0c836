//! Generated models of chosen size: the same size and seed give the same model.
//!
//! The numbers are made up within the ranges of real ones; they are for timing, not for advice.

mod national;
mod power;
mod size;

pub use national::national;
pub use power::power;
pub use size::Size;
