//! One writer for a folder at a time.
//!
//! The lock is the operating system's, on a hidden file beside the folder. It ends with the
//! program, however that ends, so that a killed run never leaves a folder locked.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::WriteError;

/// Held while a folder is written.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of `folder`, which is at `path`, or fails at once if another has it.
    pub(crate) fn take(path: &Path, folder: &Path) -> Result<Self, WriteError> {
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)
                .map_err(WriteError::io("write", folder))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteError::Locked(folder.to_owned()));
                }
                Err(TryLockError::Error(error)) => {
                    return Err(WriteError::io("lock", folder)(error));
                }
            }
            // the one before may have removed the file between our opening and locking it
            if same_file(&file, path) {
                return Ok(Self { path: path.to_owned(), _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // while it is still locked, so that nobody else's lock is removed; a file that stays
        // behind does no harm
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if identity(&a) == identity(&b))
}

#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    // an open file cannot be removed there
    path.exists()
}
