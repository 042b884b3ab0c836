//! A folder that several programs write into at the same time, each file whole.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::WriteError;
use crate::file::{write_alone, write_file};
use crate::guard::{may_be_written, prepare};
use crate::manifest::{MANIFEST, Manifest};

/// How often, and after how long, a folder is looked at again that another program begins.
const PATIENCE: (u32, Duration) = (200, Duration::from_millis(50));

/// A folder whose files come from many programs, in any order, on any machine that sees it.
#[derive(Debug)]
pub struct WorkFolder {
    folder: PathBuf,
}

impl WorkFolder {
    /// Begins to write into `folder`, or joins others at it.
    ///
    /// # Errors
    /// If the folder holds anything but what kzleap wrote for the same purpose, or it cannot be
    /// written.
    pub fn begin(folder: impl AsRef<Path>, manifest: &Manifest) -> Result<Self, WriteError> {
        let folder = folder.as_ref().to_owned();
        let joined = || Manifest::read(&folder).is_some_and(|own| own.holds == manifest.holds);
        let mut left = PATIENCE.0;
        while !joined() {
            match prepare(&folder) {
                Ok((names, _lock)) if !joined() => {
                    may_be_written(&names.folder, manifest.holds)?;
                    std::fs::create_dir_all(&names.folder)
                        .map_err(WriteError::io("create", &names.folder))?;
                    let text = manifest.to_json();
                    write_alone(&names.folder.join(MANIFEST), |out| {
                        out.write_all(text.as_bytes())
                    })?;
                }
                Ok(_) => {}
                Err(WriteError::Locked(_)) if left > 0 => {
                    left -= 1;
                    std::thread::sleep(PATIENCE.1);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Self { folder })
    }

    /// Writes one of the files, named from within the folder; the earlier one is replaced whole.
    ///
    /// # Errors
    /// If another program writes the same file, or it cannot be written.
    pub fn write(&self, name: impl AsRef<Path>, text: &str) -> Result<(), WriteError> {
        write_file(self.folder.join(name), |out| out.write_all(text.as_bytes()))
    }
}
