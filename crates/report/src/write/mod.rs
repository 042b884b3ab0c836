//! Writing a run folder.

mod error;
mod file;
mod folder;
mod lock;
mod manifest;
mod run;
mod swap;

pub use error::WriteError;
pub use file::write_text_file;
pub use folder::{RunFolder, recover};
pub use run::{IAMC, PAGE, SUMMARY, write_run, write_run_into};
