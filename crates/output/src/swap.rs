//! Puts a new folder in the place of an old one.
//!
//! Linux exchanges two names in one step ([`exchange`]): at every moment the folder is either the
//! old one or the new one, whole. Elsewhere, and on file systems that cannot do it, the old folder
//! is first renamed aside. A program killed between the two renames leaves no folder of that name,
//! but both whole folders beside it, and [`recover`] (which every run begins with) puts the old
//! one back.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::error::WriteError;

/// The names beside the folder that a swap uses.
#[derive(Debug)]
pub(crate) struct Names {
    /// The folder that is replaced.
    pub(crate) folder: std::path::PathBuf,
    /// The new folder, until it takes the place.
    pub(crate) new: std::path::PathBuf,
    /// The old folder, where it has to be renamed aside.
    pub(crate) old: std::path::PathBuf,
}

/// Undoes what a killed run left: a half-made new folder, an old one left aside.
pub(crate) fn recover(names: &Names) -> Result<(), WriteError> {
    if names.old.exists() {
        if names.folder.exists() {
            remove(&names.old)?;
        } else {
            rename(&names.old, &names.folder)?;
        }
    }
    // before an exchange this is half-made, after it these are the old results
    if names.new.exists() { remove(&names.new) } else { Ok(()) }
}

/// Puts the new folder in place and removes the old one.
pub(crate) fn swap(names: &Names) -> Result<(), WriteError> {
    if !names.folder.exists() {
        rename(&names.new, &names.folder)?;
        return sync_parent(&names.folder);
    }
    match exchange(&names.new, &names.folder) {
        Ok(()) => {
            sync_parent(&names.folder)?;
            // the new results are in place; what is left of the old ones goes at the next run
            let _ = remove(&names.new);
            Ok(())
        }
        Err(_) => aside(names),
    }
}

/// The swap in two steps, for systems that cannot exchange two names.
pub(crate) fn aside(names: &Names) -> Result<(), WriteError> {
    rename(&names.folder, &names.old)?;
    if let Err(error) = rename(&names.new, &names.folder) {
        rename(&names.old, &names.folder)?;
        return Err(error);
    }
    sync_parent(&names.folder)?;
    let _ = remove(&names.old);
    Ok(())
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits until the names in a folder are on the disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), WriteError> {
    if cfg!(unix) {
        let sync = || File::open(folder)?.sync_all();
        match sync() {
            // some network file systems cannot; their renames are synchronous
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            other => other.map_err(WriteError::io("sync", folder)),
        }
    } else {
        Ok(())
    }
}

fn sync_parent(folder: &Path) -> Result<(), WriteError> {
    folder.parent().map_or(Ok(()), sync_folder)
}

fn rename(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::rename(from, to).map_err(WriteError::io("replace", to))
}

/// Removes a folder with everything in it.
pub(crate) fn remove(folder: &Path) -> Result<(), WriteError> {
    fs::remove_dir_all(folder).map_err(WriteError::io("remove", folder))
}
