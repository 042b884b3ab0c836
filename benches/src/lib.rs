//! Generated national models of chosen size: the same size and seed give the same model.
//!
//! The numbers are made up within the ranges of real ones; they are for timing, not for advice.

mod national;

pub use national::{Size, national};
