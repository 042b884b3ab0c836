//! otoole's result tables.

mod names;

pub use names::{RESULTS, ResultName};
