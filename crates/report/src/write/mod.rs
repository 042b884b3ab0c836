//! Writing folders and files that are whole or not there.

mod error;
mod file;
mod folder;
mod guard;
mod lock;
mod manifest;
mod open;
mod outdated;
mod run;
mod swap;

pub use error::WriteError;
pub use file::write_file;
pub use folder::{OutputFolder, recover};
pub use manifest::{Holds, MANIFEST, Manifest};
pub use open::{OpenFolder, forget_comparison};
pub use outdated::{earlier_run, remark_on};
pub use run::{IAMC, PAGE, SUMMARY, write_run, write_run_into};
