//! A single file that appears whole or not at all.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use super::error::WriteError;
use super::swap::sync_folder;

/// Writes a text file: into a hidden file beside it, which then takes its name.
///
/// # Errors
/// If it cannot be written; a file that was there is then still as it was.
pub fn write_text_file(path: impl AsRef<Path>, text: &str) -> Result<(), WriteError> {
    let path =
        std::path::absolute(path.as_ref()).map_err(WriteError::io("find", path.as_ref()))?;
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(WriteError::NoName(path));
    };
    fs::create_dir_all(parent).map_err(WriteError::io("create", parent))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}", std::process::id()));
    let new = parent.join(hidden);
    let write = || {
        let mut file = File::create(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&new);
        WriteError::io("write", &path)(error)
    })?;
    sync_folder(parent)
}
