//! Writing folders and files that are whole or not there.
//!
//! [`OutputFolder`] appears in one step; [`OpenFolder`] is written file by file, each of them whole; into a [`WorkFolder`] several programs write at the same time.
//! Every folder has a manifest that says what it holds, and is written again only by what wrote it
//! before. Knows nothing of models.

mod error;
mod file;
mod folder;
mod guard;
mod lock;
mod manifest;
mod open;
mod swap;
mod work;

pub use error::WriteError;
pub use file::write_file;
pub use folder::{OutputFolder, recover};
pub use manifest::{Holds, InputFile, MANIFEST, Manifest};
pub use open::{OpenFolder, earlier_run, forget_comparison, rewrite};
pub use work::WorkFolder;
