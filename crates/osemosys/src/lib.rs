//! OSeMOSYS models in and out.
//!
//! [`read`] takes a GNU MathProg data file or an otoole folder and gives [`Data`];
//! [`to_model`] makes a [`kzleap_model::Model`] of it that has OSeMOSYS's accounting, so that
//! its optimum is OSeMOSYS's; [`results::write`] writes the plan as otoole's result files;
//! [`export`] writes data, or a model that uses nothing OSeMOSYS lacks, as an otoole folder.

mod builder;
mod checks;
mod data;
pub mod export;
mod family;
mod files;
pub mod mathprog;
pub mod otoole;
pub mod parameters;
mod possible;
mod raw;
mod read;
pub mod results;
mod to_model;
mod trace;

pub use data::{Absent, Data, Dialect, Members, Table};
pub use read::{Options, looks_like_osemosys, read, read_written};
pub use to_model::{Imported, Map, Technology, to_model};
pub use trace::{Given, Traced, Written, trace};
