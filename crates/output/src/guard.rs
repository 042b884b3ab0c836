//! Which folders may be written: empty ones, and those that kzleap wrote for the same purpose.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::WriteError;
use crate::file::unfinished;
use crate::lock::Lock;
use crate::manifest::{self, Holds, MANIFEST, Manifest};
use crate::swap::Names;

/// The names beside a folder, with its lock taken.
pub(crate) fn prepare(folder: &Path) -> Result<(Names, Lock), WriteError> {
    // a link to a folder stays a link; the folder behind it is replaced
    let folder = match fs::canonicalize(folder) {
        Ok(real) => real,
        Err(_) => std::path::absolute(folder).map_err(WriteError::io("find", folder))?,
    };
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Err(WriteError::CannotBeReplaced(folder));
    };
    fs::create_dir_all(parent).map_err(WriteError::io("create", parent))?;
    let beside = |what: &str| {
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(what);
        parent.join(hidden)
    };
    let (new, old, lock) = (beside(".new"), beside(".old"), beside(".lock"));
    let lock = Lock::take(&lock, &folder)?;
    Ok((Names { folder, new, old }, lock))
}

/// Refuses a folder whose loss would hurt.
pub(crate) fn may_be_written(folder: &Path, holds: Holds) -> Result<(), WriteError> {
    let Ok(metadata) = fs::metadata(folder) else { return Ok(()) };
    if !metadata.is_dir() {
        return Err(WriteError::NotAFolder(folder.to_owned()));
    }
    let found = match holds {
        Holds::Scenarios => outside_of_runs(folder),
        _ => manifest::files_in(folder),
    };
    let mut found = found.map_err(WriteError::io("read", folder))?;
    // the first thing that is written may be all that a killed program left
    found.retain(|file| unfinished(file).is_none_or(|whole| whole != Path::new(MANIFEST)));
    if found.is_empty() {
        return Ok(());
    }
    let Some(manifest) = Manifest::read(folder) else {
        return Err(WriteError::NotOurs(folder.to_owned()));
    };
    if manifest.holds != holds {
        return Err(WriteError::HoldsOther {
            folder: folder.to_owned(),
            holds: manifest.holds,
        });
    }
    let strange = |file: &PathBuf| !manifest.has(file) && !is_unfinished(file, &manifest);
    match found.into_iter().find(strange) {
        Some(file) => Err(WriteError::StrangeFile { folder: folder.to_owned(), file }),
        None => Ok(()),
    }
}

/// Whether it is a file of the manifest that a killed program was writing.
pub(crate) fn is_unfinished(file: &Path, manifest: &Manifest) -> bool {
    unfinished(file).is_some_and(|whole| manifest.has(&whole))
}

/// What is in a folder besides folders that kzleap wrote and what it hides beside them.
fn outside_of_runs(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        let is_folder = entry.file_type()?.is_dir();
        let ours = hidden_beside(&name).is_some()
            || is_folder
                && (Manifest::read(entry.path()).is_some()
                    || manifest::files_in(&entry.path())?.is_empty());
        if !ours {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

/// The folder that `.NAME.new`, `.NAME.old` and `.NAME.lock` stand beside; `None` for other names.
pub(crate) fn hidden_beside(name: &Path) -> Option<&str> {
    let name = name.to_str()?.strip_prefix('.')?;
    let (whole, ending) = name.rsplit_once('.')?;
    ["new", "old", "lock"].contains(&ending).then_some(whole)
}

/// Refuses a folder that no other can take the place of: one that somebody works in, or the root
/// of a file system.
pub(crate) fn may_be_swapped(folder: &Path) -> Result<(), WriteError> {
    let here = std::env::current_dir().and_then(fs::canonicalize);
    if here.is_ok_and(|here| here.starts_with(folder)) {
        return Err(WriteError::StartedWithin(folder.to_owned()));
    }
    is_no_mount(folder)
}

#[cfg(target_os = "linux")]
fn is_no_mount(folder: &Path) -> Result<(), WriteError> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    match statx(CWD, folder, AtFlags::empty(), StatxFlags::BASIC_STATS) {
        Ok(found) if found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT) => {
            Err(WriteError::CannotBeReplaced(folder.to_owned()))
        }
        // an older system does not say; the swap then fails at the end, with both folders whole
        _ => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
fn is_no_mount(_: &Path) -> Result<(), WriteError> {
    Ok(())
}
