//! OSeMOSYS models in and out.

mod builder;
mod checks;
mod data;
mod files;
pub mod mathprog;
pub mod otoole;
pub mod parameters;
pub mod results;

pub use data::{Data, Dialect, Members, Table};
