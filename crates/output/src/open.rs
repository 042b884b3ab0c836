//! A folder whose files come one by one, each whole: what takes long is kept as soon as it is
//! there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::WriteError;
use crate::file::write_alone;
use crate::folder::recover;
use crate::guard::{hidden_beside, is_unfinished, may_be_written, prepare};
use crate::lock::Lock;
use crate::manifest::{self, Holds, MANIFEST, Manifest};
use crate::swap;

/// A folder that is written file by file, and locked meanwhile.
#[derive(Debug)]
pub struct OpenFolder {
    folder: PathBuf,
    manifest: Manifest,
    _lock: Lock,
}

impl OpenFolder {
    /// Begins to write the files named in `manifest` into `folder`.
    ///
    /// Files of an earlier time stay until they are written anew or, if they are not among these,
    /// until [`OpenFolder::finish`]. What a killed program left half-written is removed.
    ///
    /// # Errors
    /// If another program writes there, the folder holds anything but what kzleap wrote for the
    /// same purpose, or it cannot be written.
    pub fn begin(folder: impl AsRef<Path>, manifest: Manifest) -> Result<Self, WriteError> {
        let (names, lock) = prepare(folder.as_ref())?;
        swap::recover(&names)?;
        let folder = names.folder;
        may_be_written(&folder, manifest.holds)?;
        fs::create_dir_all(&folder).map_err(WriteError::io("create", &folder))?;
        let earlier = Manifest::read(&folder).unwrap_or_default();
        clear(&folder, &earlier, manifest.holds)?;
        let files: BTreeSet<String> =
            earlier.files.into_iter().chain(manifest.files.iter().cloned()).collect();
        let open = Self { folder, manifest, _lock: lock };
        let all = Manifest { files: files.into_iter().collect(), ..open.manifest.clone() };
        open.write(MANIFEST, &all.to_json())?;
        Ok(open)
    }

    /// Writes one of the files, named from within the folder; the earlier one is replaced whole.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, name: impl AsRef<Path>, text: &str) -> Result<(), WriteError> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WriteError::io("create", parent))?;
        }
        write_alone(&path, |out| out.write_all(text.as_bytes()))
    }

    /// Removes one of the files, if it is there.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn remove(&self, name: impl AsRef<Path>) -> Result<(), WriteError> {
        remove_file(&self.folder.join(name))
    }

    /// Removes what was there before and is not among the files.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn finish(self) -> Result<(), WriteError> {
        if let Some(all) = Manifest::read(&self.folder) {
            let old = |name: &&String| !self.manifest.files.contains(name);
            all.files.iter().filter(old).try_for_each(|name| self.remove(name))?;
        }
        self.write(MANIFEST, &self.manifest.to_json())
    }
}

/// Removes the page in `folder` that compares several runs, because one of them changes.
///
/// Does nothing where there is none.
///
/// # Errors
/// If it cannot be removed.
pub fn forget_comparison(folder: impl AsRef<Path>) -> Result<(), WriteError> {
    let folder = folder.as_ref();
    match Manifest::read(folder) {
        Some(manifest) if manifest.holds == Holds::Scenarios => {
            manifest.files.iter().try_for_each(|name| remove_file(&folder.join(name)))
        }
        _ => Ok(()),
    }
}

/// The earlier run whose results stand in a folder: its manifest, and when it was written; `None`
/// if there is none.
pub fn earlier_run(folder: impl AsRef<Path>) -> Option<(Manifest, SystemTime)> {
    let manifest = Manifest::read(&folder).filter(|manifest| manifest.holds == Holds::Run)?;
    let written = fs::metadata(folder.as_ref().join(MANIFEST)).and_then(|file| file.modified());
    Some((manifest, written.ok()?))
}

/// Changes the text of one file in a folder of results; all else stays as it is. `change` may leave
/// the file alone.
///
/// # Errors
/// If the file cannot be read or written; it is then as it was.
pub fn rewrite(
    folder: impl AsRef<Path>,
    name: &str,
    change: impl FnOnce(&str) -> Option<String>,
) -> Result<(), WriteError> {
    let (names, _lock) = prepare(folder.as_ref())?;
    let path = names.folder.join(name);
    let text = fs::read_to_string(&path).map_err(WriteError::io("read", &path))?;
    match change(&text) {
        Some(text) => write_alone(&path, |out| out.write_all(text.as_bytes())),
        None => Ok(()),
    }
}

fn remove_file(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(WriteError::io("remove", path)),
    }
}

/// Removes what a killed program left.
fn clear(folder: &Path, earlier: &Manifest, holds: Holds) -> Result<(), WriteError> {
    let read = || WriteError::io("read", folder);
    if holds != Holds::Scenarios {
        let found = manifest::files_in(folder).map_err(read())?;
        let unfinished = found.iter().filter(|file| is_unfinished(file, earlier));
        return unfinished
            .map(|file| folder.join(file))
            .try_for_each(|file| remove_file(&file));
    }
    for entry in fs::read_dir(folder).map_err(read())? {
        let name = PathBuf::from(entry.map_err(read())?.file_name());
        if is_unfinished(&name, earlier) {
            remove_file(&folder.join(&name))?;
        } else if let Some(run) = hidden_beside(&name) {
            match recover(folder.join(run)) {
                Err(WriteError::Locked(_)) => {} // somebody is at work there
                other => other?,
            }
        }
    }
    Ok(())
}
