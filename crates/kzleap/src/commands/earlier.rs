//! An earlier run: what its manifest says it was made by, and from which files.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Parser;
use kzleap_input::Input;
use kzleap_output::{Holds, MANIFEST, Manifest};

use crate::args::{Args, Command, Run};

use super::info::input_files;
use super::kind::Kind;
use super::read::{Read, Told, read_quietly, tell_all};

/// A run folder with the command that made it.
pub(crate) struct Earlier {
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
    pub(crate) run: Run,
}

impl Earlier {
    /// The run whose folder or manifest stands at `path`; `None` if there is none.
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
        let words =
            std::iter::once("kzleap").chain(manifest.command.iter().map(String::as_str));
        match Args::try_parse_from(words).map(|args| args.command) {
            Ok(Command::Run(run)) => {
                Ok(Some(Self { folder: folder.to_owned(), manifest, run }))
            }
            _ => bail!("the manifest in `{}` does not say what made it", folder.display()),
        }
    }

    /// Reads the model of the run; `None` if it has errors.
    ///
    /// # Errors
    /// If it is not there, or its files are no longer those of the run.
    pub(crate) fn read(&self) -> anyhow::Result<Option<Read>> {
        let run = &self.run;
        if !run.model.exists() {
            bail!(
                "the run was made from `{}`, which is not there; start in the folder it was \
                 started in",
                run.model.display()
            );
        }
        let scenario = run.scenarios.first().map(String::as_str);
        let read = read_quietly(
            &run.model,
            Kind::of(&run.model),
            scenario,
            &run.osemosys,
            &run.resolution,
        );
        let changed = self.changed(&read.input);
        if !changed.is_empty() {
            bail!(
                "the model is no longer that of the run:\n    {}\nrun it again, or bring the \
                 files back",
                changed.join("\n    ")
            );
        }
        tell_all(&read, true, &mut Told::default());
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
