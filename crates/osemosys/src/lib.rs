//! OSeMOSYS models in and out.

mod builder;
mod checks;
mod data;
mod files;
pub mod mathprog;
pub mod otoole;
pub mod parameters;
pub mod results;
mod read;
mod to_model;

pub use data::{Data, Dialect, Members, Table};
pub use read::{Options, looks_like_osemosys, read};
pub use to_model::{Imported, Map, Technology, to_model};
