//! A run folder that appears whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::lock::Lock;
use super::manifest::{self, MANIFEST, Manifest};
use super::swap::{self, Names};

/// A folder of results in the making.
///
/// Files are written into a hidden folder beside the one that was asked for, and take its place
/// together in [`RunFolder::commit`]. Until then, and if it never comes to that, the previous
/// results stay as they are.
#[derive(Debug)]
pub struct RunFolder {
    names: Names,
    files: Vec<PathBuf>,
    done: bool,
    _lock: Lock,
}

impl RunFolder {
    /// Begins to write results for `folder`; parents are created.
    ///
    /// # Errors
    /// If another run writes there, the folder holds anything but the results of a run, or it
    /// cannot be written.
    pub fn begin(folder: impl AsRef<Path>) -> Result<Self, WriteError> {
        let (names, lock) = prepare(folder.as_ref())?;
        swap::recover(&names)?;
        may_be_replaced(&names.folder)?;
        fs::create_dir(&names.new).map_err(WriteError::io("create", &names.new))?;
        Ok(Self { names, files: Vec::new(), done: false, _lock: lock })
    }

    /// Adds a file, named from within the folder (`tables/capacity.csv`), written by `write`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(
        &mut self,
        name: impl AsRef<Path>,
        write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
    ) -> Result<(), WriteError> {
        let name = name.as_ref();
        let path = self.names.new.join(name);
        let shown = self.names.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WriteError::io("create", parent))?;
        }
        let fail = || WriteError::io("write", &shown);
        let mut out = BufWriter::new(File::create(&path).map_err(fail())?);
        write(&mut out).and_then(|()| out.flush()).map_err(fail())?;
        self.files.push(name.to_owned());
        Ok(())
    }

    /// Adds a file with this text.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add_text(&mut self, name: impl AsRef<Path>, text: &str) -> Result<(), WriteError> {
        self.add(name, |out| out.write_all(text.as_bytes()))
    }

    /// Puts the new results in place of the old ones; returns their files.
    ///
    /// Everything is on the disk before the names change, so that a crash of the machine leaves
    /// whole results too.
    ///
    /// # Errors
    /// If the disk or the swap fails; the old results are then still in place.
    pub fn commit(mut self, version: &str) -> Result<Vec<PathBuf>, WriteError> {
        let manifest = Manifest::new(version, &self.files);
        self.add(MANIFEST, |out| manifest.write(out))?;
        self.sync_files()?;
        for folder in manifest::folders(&self.files) {
            swap::sync_folder(&self.names.new.join(folder))?;
        }
        swap::swap(&self.names)?;
        self.done = true;
        Ok(self.files.iter().map(|file| self.names.folder.join(file)).collect())
    }
}

impl RunFolder {
    /// Waits until every file is on the disk; several at a time, as they share the disk's waiting.
    fn sync_files(&self) -> Result<(), WriteError> {
        const AT_ONCE: usize = 8;
        let sync = |file: &PathBuf| {
            File::options()
                .write(true)
                .open(self.names.new.join(file))
                .and_then(|file| file.sync_all())
                .map_err(WriteError::io("write", &self.names.folder.join(file)))
        };
        let share = self.files.len().div_ceil(AT_ONCE).max(1);
        std::thread::scope(|scope| {
            let threads: Vec<_> = self
                .files
                .chunks(share)
                .map(|files| scope.spawn(move || files.iter().try_for_each(sync)))
                .collect();
            threads
                .into_iter()
                .try_for_each(|thread| thread.join().expect("syncing files does not panic"))
        })
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        if !self.done {
            // what cannot be removed now is removed by the next run
            let _ = swap::remove(&self.names.new);
        }
    }
}

/// Puts right what a killed run left beside a folder; does nothing while a run is writing.
///
/// Only needed to read results where names cannot be exchanged; every run does it by itself.
///
/// # Errors
/// If the folder cannot be written.
pub fn recover(folder: impl AsRef<Path>) -> Result<(), WriteError> {
    let (names, _lock) = prepare(folder.as_ref())?;
    swap::recover(&names)
}

/// The names beside a folder, with its lock taken.
fn prepare(folder: &Path) -> Result<(Names, Lock), WriteError> {
    // a link to a folder stays a link; the folder behind it is replaced
    let folder = match fs::canonicalize(folder) {
        Ok(real) => real,
        Err(_) => std::path::absolute(folder).map_err(WriteError::io("find", folder))?,
    };
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Err(WriteError::NoName(folder));
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
fn may_be_replaced(folder: &Path) -> Result<(), WriteError> {
    let Ok(metadata) = fs::metadata(folder) else { return Ok(()) };
    if !metadata.is_dir() {
        return Err(WriteError::NotAFolder(folder.to_owned()));
    }
    let found = manifest::files_in(folder).map_err(WriteError::io("read", folder))?;
    if found.is_empty() {
        return Ok(());
    }
    let Some(manifest) = Manifest::read(folder) else {
        return Err(WriteError::NotARun(folder.to_owned()));
    };
    match found.into_iter().find(|file| !manifest.has(file)) {
        Some(file) => Err(WriteError::StrangeFile { folder: folder.to_owned(), file }),
        None => Ok(()),
    }
}
