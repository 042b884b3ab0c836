//! What can go wrong with a run folder, in words for the user.

use std::io;
use std::path::{Path, PathBuf};

/// Why results were not written. Unless said otherwise the previous results are whole.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another run writes into the same folder.
    #[error("another run is writing into `{0}`; wait for it, or choose another folder")]
    Locked(PathBuf),
    /// The folder holds something, but not the results of a run.
    #[error(
        "`{0}` is not empty and holds no results of kzleap (no `manifest.json`); \
         choose another folder, or empty this one"
    )]
    NotARun(PathBuf),
    /// A file was put among the results of the previous run.
    #[error(
        "`{folder}` holds `{file}`, which kzleap did not write and would have to delete; \
         move it, or choose another folder"
    )]
    StrangeFile {
        /// The run folder.
        folder: PathBuf,
        /// The file, seen from the folder.
        file: PathBuf,
    },
    /// There is a file of that name.
    #[error("`{0}` is a file; results need a folder")]
    NotAFolder(PathBuf),
    /// The path has no last part that could be the name of a folder.
    #[error("`{0}` cannot be replaced as a whole; name a folder within it")]
    NoName(PathBuf),
    /// The user may not write there.
    #[error("`{0}` cannot be written: the folder is read-only for this user")]
    ReadOnly(PathBuf),
    /// The disk, or the user's share of it, is full.
    #[error("the disk is full: `{0}` could not be written; the previous results are kept")]
    DiskFull(PathBuf),
    /// Anything else the operating system refuses.
    #[error("could not {action} `{path}`: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The page or a table could not be made; a bug of the program.
    #[error("could not make `{file}`: {reason}")]
    Render {
        /// Which file.
        file: String,
        /// Why.
        reason: String,
    },
}

impl WriteError {
    /// Says in the user's terms what the system refused to do with a path.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(path)
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            _ => Self::Io { action, path, source },
        }
    }
}
