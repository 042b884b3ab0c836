//! A run of a study as its file has it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kzleap_study::{Answer, EnsembleRun, Sample};
use serde::{Deserialize, Serialize};

/// What a run was, and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RunFile {
    /// Its name.
    pub(super) id: String,
    /// Its scenario.
    pub(super) scenario: String,
    /// The value of each input; `None` where it stayed as it is.
    pub(super) values: Sample,
    /// What came of it.
    pub(super) answer: Answer,
    /// The tables of results that are kept, as CSV by name.
    pub(super) tables: BTreeMap<String, String>,
}

impl RunFile {
    /// Where the file of a run is, from within the folder.
    pub(super) fn path(run: &EnsembleRun) -> String {
        format!("runs/{}.json", run.id)
    }

    /// The file of a run; `None` if there is none that can be read.
    pub(super) fn read(folder: &Path, run: &EnsembleRun) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(Self::path(run))).ok()?).ok()
    }
}
