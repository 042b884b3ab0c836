//! What can go wrong with a run folder, in words for the user.

use std::io;
use std::path::{Path, PathBuf};

use crate::manifest::Holds;

/// Why results were not written. Unless said otherwise the previous results are whole.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another run writes into the same folder.
    #[error("another run is writing into `{0}`; wait for it, or choose another folder")]
    Locked(PathBuf),
    /// The folder holds something that kzleap did not write.
    #[error(
        "`{0}` is not empty and kzleap did not write it (it has no `manifest.json`); \
         choose another folder, or empty this one"
    )]
    NotOurs(PathBuf),
    /// The folder holds something else that kzleap wrote.
    #[error("`{folder}` holds {holds}, which would be lost; choose another folder")]
    HoldsOther {
        /// The folder.
        folder: PathBuf,
        /// What is in it.
        holds: Holds,
    },
    /// A file was put among those that kzleap wrote.
    #[error(
        "`{folder}` holds `{file}`, which kzleap did not write; move it, or choose another folder"
    )]
    StrangeFile {
        /// The folder.
        folder: PathBuf,
        /// The file, seen from the folder.
        file: PathBuf,
    },
    /// There is a file of that name.
    #[error("`{0}` is a file; results need a folder")]
    NotAFolder(PathBuf),
    /// The path has no last part that could be the name of a folder, or it is where a file system
    /// begins.
    #[error("`{0}` cannot be replaced as a whole; name a folder within it")]
    CannotBeReplaced(PathBuf),
    /// The program was started in the folder, or below it.
    #[error(
        "`{0}` is the folder you are in, or one around it: results take the place of a whole \
         folder, and your shell would be left in the old one; name a folder within it, such as \
         `results`"
    )]
    StartedWithin(PathBuf),
    /// The user may not write there.
    #[error("`{0}` cannot be written: the folder is read-only for this user")]
    ReadOnly(PathBuf),
    /// The disk, or the user's share of it, is full.
    #[error("the disk is full: `{0}` could not be written; what was there before is kept")]
    DiskFull(PathBuf),
    /// Anything else the operating system refuses.
    #[error("could not {action} `{path}`: {cause}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error, // not called `source`, as the message has it already
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
        move |cause| match cause.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(path)
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            _ => Self::Io { action, path, cause },
        }
    }
}
