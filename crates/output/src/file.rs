//! A single file that appears whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::WriteError;
use crate::lock::Lock;
use crate::swap::sync_folder;

/// Writes a file: into a hidden one beside it, which then takes its name.
///
/// # Errors
/// If it cannot be written; a file that was there is then still as it was.
pub fn write_file(
    path: impl AsRef<Path>,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), WriteError> {
    let path =
        std::path::absolute(path.as_ref()).map_err(WriteError::io("find", path.as_ref()))?;
    let (Some(parent), Some(_)) = (path.parent(), path.file_name()) else {
        return Err(WriteError::CannotBeReplaced(path));
    };
    fs::create_dir_all(parent).map_err(WriteError::io("create", parent))?;
    let _lock = Lock::take(&beside(&path, ".lock"), &path)?;
    write_alone(&path, write)
}

/// The same for a path in a folder whose lock is held.
pub(crate) fn write_alone(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), WriteError> {
    let new = beside(path, ".new");
    let written = || {
        let mut out = BufWriter::new(File::create(&new)?);
        write(&mut out)?;
        out.into_inner()?.sync_all()?;
        fs::rename(&new, path)
    };
    written().map_err(|error| {
        let _ = fs::remove_file(&new);
        WriteError::io("write", path)(error)
    })?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// `.NAME.new` for `NAME`, in the same folder.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut hidden = OsString::from(".");
    hidden.push(path.file_name().unwrap_or_default());
    hidden.push(ending);
    path.with_file_name(hidden)
}

/// The file that `.NAME.new` was to become; `None` for other names.
pub(crate) fn unfinished(file: &Path) -> Option<PathBuf> {
    let name = file.file_name()?.to_str()?;
    let whole = name.strip_prefix('.')?.strip_suffix(".new")?;
    Some(file.with_file_name(whole))
}
