//! A folder that appears whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::WriteError;
use crate::guard::{may_be_swapped, may_be_written, prepare};
use crate::lock::Lock;
use crate::manifest::{self, Holds, InputFile, MANIFEST, Manifest};
use crate::swap::{self, Names};

/// A folder in the making.
///
/// Files are written into a hidden folder beside the one that was asked for, and take its place
/// together in [`OutputFolder::commit`]. Until then, and if it never comes to that, the previous
/// results stay as they are.
#[derive(Debug)]
pub struct OutputFolder {
    names: Names,
    manifest: Manifest,
    files: Vec<PathBuf>,
    done: bool,
    _lock: Lock,
}

impl OutputFolder {
    /// Begins to write into `folder`; parents are created.
    ///
    /// # Errors
    /// If another program writes there, the folder holds anything but what kzleap wrote for the
    /// same purpose, it cannot be written, or no other can take its place.
    pub fn begin(folder: impl AsRef<Path>, holds: Holds) -> Result<Self, WriteError> {
        let (names, lock) = prepare(folder.as_ref())?;
        swap::recover(&names)?;
        may_be_written(&names.folder, holds)?;
        may_be_swapped(&names.folder)?;
        fs::create_dir(&names.new).map_err(WriteError::io("write", &names.folder))?;
        let manifest = Manifest { holds, ..Manifest::default() };
        Ok(Self { names, manifest, files: Vec::new(), done: false, _lock: lock })
    }

    /// The folder that is written.
    pub fn path(&self) -> &Path {
        &self.names.folder
    }

    /// Says in the manifest what makes the folder again, and from which files.
    pub fn made_by(&mut self, spec: &Value, inputs: &[InputFile]) {
        spec.clone_into(&mut self.manifest.spec);
        inputs.clone_into(&mut self.manifest.inputs);
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

    /// Adds the files that `write` puts into the folder it is given.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn fill(
        &mut self,
        write: impl FnOnce(&Path) -> std::io::Result<()>,
    ) -> Result<(), WriteError> {
        let found = write(&self.names.new).and_then(|()| manifest::files_in(&self.names.new));
        self.files = found.map_err(WriteError::io("write", &self.names.folder))?;
        Ok(())
    }

    /// Puts the new files in place of the old ones; returns them.
    ///
    /// Everything is on the disk before the names change, so that a crash of the machine leaves
    /// whole results too.
    ///
    /// # Errors
    /// If the disk or the swap fails; the old files are then still in place.
    pub fn commit(mut self, version: &str) -> Result<Vec<PathBuf>, WriteError> {
        version.clone_into(&mut self.manifest.kzleap);
        self.manifest.files = self.files.iter().map(|file| manifest::slashes(file)).collect();
        let manifest = self.manifest.to_json();
        self.add_text(MANIFEST, &manifest)?;
        self.sync_files()?;
        for folder in manifest::folders(&self.files) {
            swap::sync_folder(&self.names.new.join(folder))?;
        }
        swap::swap(&self.names)?;
        self.done = true;
        Ok(self.files.iter().map(|file| self.names.folder.join(file)).collect())
    }
}

impl OutputFolder {
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

impl Drop for OutputFolder {
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
