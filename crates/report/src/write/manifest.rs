//! `manifest.json`: marks a folder as the results of a run, and names its files.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The name of the file.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What a run wrote into its folder.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Version of the program that wrote it.
    kzleap: String,
    /// Its files, from within the folder, with `/`.
    files: Vec<String>,
}

impl Manifest {
    pub(crate) fn new(version: &str, files: &[PathBuf]) -> Self {
        let files = files.iter().map(|file| slashes(file)).collect();
        Self { kzleap: version.to_owned(), files }
    }

    /// The manifest of a folder; `None` if it has none that can be read.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(MANIFEST)).ok()?).ok()
    }

    pub(crate) fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Whether the run wrote this file.
    pub(crate) fn has(&self, file: &Path) -> bool {
        let name = slashes(file);
        name == MANIFEST || self.files.contains(&name)
    }
}

fn slashes(file: &Path) -> String {
    let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The folders of these files, innermost first, with the one they all stand in (``).
pub(crate) fn folders(files: &[PathBuf]) -> Vec<PathBuf> {
    let all: BTreeSet<PathBuf> = files
        .iter()
        .flat_map(|file| file.ancestors().skip(1).map(Path::to_owned).collect::<Vec<_>>())
        .collect();
    all.into_iter().rev().collect()
}

/// Every file in a folder and below, from within it, sorted.
pub(crate) fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(within) = open.pop() {
        for entry in fs::read_dir(folder.join(&within))? {
            let entry = entry?;
            let name = within.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(name);
            } else {
                files.push(name);
            }
        }
    }
    files.sort();
    Ok(files)
}
