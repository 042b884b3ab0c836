//! `manifest.json`: marks a folder as one that kzleap wrote, and names its files.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The name of the file.
pub const MANIFEST: &str = "manifest.json";

/// What a folder holds. A folder is written again only by what wrote it before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// The results of one run.
    #[default]
    Run,
    /// A folder of results for each of several scenarios, and the page that compares them.
    Scenarios,
    /// The runs of a study, and their tables.
    Study,
    /// Ranges of indicators in near-optimal plans.
    Ranges,
    /// A path planned in windows.
    Foresight,
    /// How the cost moves with each input.
    Sensitivity,
    /// What a technology earns and pays.
    Why,
    /// The curve of the least cost by the limits of caps on emissions.
    Mac,
    /// Instruments of policy side by side.
    Instruments,
    /// A model in another tool's form.
    Model,
    /// Results in another tool's form.
    Tables,
    /// The analysis of an energy balance.
    Balance,
    /// A plan held against the hours of its years.
    Dispatch,
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Run => "the results of one run",
            Self::Scenarios => "the results of several scenarios",
            Self::Study => "the runs of a study",
            Self::Ranges => "ranges of indicators",
            Self::Foresight => "a path planned in windows",
            Self::Sensitivity => "sensitivity of the cost to inputs",
            Self::Why => "what a technology earns and pays",
            Self::Mac => "an abatement cost curve",
            Self::Instruments => "instruments side by side",
            Self::Model => "a model in another tool's form",
            Self::Tables => "results in another tool's form",
            Self::Balance => "the analytics of a balance",
            Self::Dispatch => "a plan dispatched over the hours of its years",
        })
    }
}

/// A file that results were made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Its path within the model folder.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What a folder of kzleap holds and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program that wrote it.
    pub kzleap: String,
    /// What is in it.
    #[serde(default)]
    pub holds: Holds,
    /// What it was asked for, in the words of what made it: of a run, all that makes it again.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub spec: Value,
    /// The files it was made from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<InputFile>,
    /// Its files, from within the folder, with `/`.
    pub files: Vec<String>,
}

impl Manifest {
    /// The manifest of a folder; `None` if it has none that can be read.
    pub fn read(folder: impl AsRef<Path>) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.as_ref().join(MANIFEST)).ok()?).ok()
    }

    pub(crate) fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("a manifest is plain data");
        json + "\n"
    }

    /// Whether the folder's file of this name is kzleap's.
    pub(crate) fn has(&self, file: &Path) -> bool {
        let name = slashes(file);
        name == MANIFEST || self.files.contains(&name)
    }
}

/// A path within the folder as the manifest writes it.
pub(crate) fn slashes(file: &Path) -> String {
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
