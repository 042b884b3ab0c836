//! An earlier run: what its manifest says it was made by, and from which files.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use kzleap_input::Input;
use kzleap_output::{Holds, MANIFEST, Manifest};
use kzleap_study::{Given, Read, RunSpec};

use super::info::input_files;
use super::read::{Printed, tell_all};

/// A run folder with the description of the run that made it.
pub(crate) struct Earlier {
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
    pub(crate) spec: RunSpec,
}

impl Earlier {
    /// The run whose folder or manifest is at `path`; `None` if there is none.
    ///
    /// # Errors
    /// If there are other results of kzleap.
    pub(crate) fn find(path: &Path) -> anyhow::Result<Option<Self>> {
        let folder = match path.file_name() {
            Some(name) if name == MANIFEST => path.parent().unwrap_or(Path::new("")),
            _ => path,
        };
        let Some(manifest) = Manifest::read(folder) else { return Ok(None) };
        if manifest.holds == Holds::Model {
            return Ok(None);
        }
        if manifest.holds != Holds::Run {
            bail!(
                "`{}` holds {}; name the folder of one run",
                folder.display(),
                manifest.holds
            );
        }
        match serde_json::from_value(manifest.spec.clone()) {
            Ok(spec) => Ok(Some(Self { folder: folder.to_owned(), manifest, spec })),
            Err(_) => bail!("the manifest in `{}` does not say what made it", folder.display()),
        }
    }

    /// Reads the model of the run; `None` if it has errors.
    ///
    /// # Errors
    /// If it is not there, or its files are no longer those of the run.
    pub(crate) fn read(&self) -> anyhow::Result<Option<Read>> {
        let spec = &self.spec;
        if !spec.model.exists() {
            bail!(
                "the run was made from `{}`, which is not there; start in the folder it was \
                 started in",
                spec.model.display()
            );
        }
        let read = Given::open(spec).read(spec);
        let changed = self.changed(&read.input);
        if !changed.is_empty() {
            bail!(
                "the model is no longer that of the run:\n    {}\nrun it again, or bring the \
                 files back",
                changed.join("\n    ")
            );
        }
        tell_all(&read, true, &mut Printed::default());
        Ok(read.model.is_some().then_some(read))
    }

    /// What is different in the files of the model.
    fn changed(&self, input: &Input) -> Vec<String> {
        let (then, now) = (&self.manifest.inputs, input_files(input));
        let mut changed = Vec::new();
        for file in then {
            match now.iter().find(|other| other.path == file.path) {
                None => changed.push(format!("{} is gone", file.path)),
                Some(other) if other.sha256 != file.sha256 => {
                    changed.push(format!("{} has changed", file.path));
                }
                Some(_) => {}
            }
        }
        let new = now.iter().filter(|file| then.iter().all(|other| other.path != file.path));
        changed.extend(new.map(|file| format!("{} is new", file.path)));
        changed
    }

    /// The text of one of its files.
    pub(crate) fn text(&self, file: &str) -> anyhow::Result<String> {
        let path = self.folder.join(file);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    }
}
