//! Writing a migrated model whole or not at all.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{Problem, Rewritten};

fn problem(path: &Path) -> impl Fn(std::io::Error) -> Problem {
    let path = path.to_owned();
    move |error| Problem::File { path: path.clone(), error }
}

/// Puts the new texts in place of the old ones. All are written beside the old files before the
/// first takes its place; if one then cannot, those before it are put back.
///
/// `model.toml` comes last, so that a folder of which only some files were replaced, as when the
/// machine stops, is still of version 1 and can be migrated again.
///
/// # Errors
/// If a file cannot be written; the folder is then as it was.
pub fn write_in_place(folder: &Path, files: &[Rewritten]) -> Result<(), Problem> {
    let mut staged = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        let old = fs::read(&path).map_err(problem(&path))?;
        let rights = fs::metadata(&path).map_err(problem(&path))?.permissions();
        let mut new = NamedTempFile::new_in(parent).map_err(problem(parent))?;
        new.write_all(file.text.as_bytes()).map_err(problem(new.path()))?;
        fs::set_permissions(new.path(), rights).map_err(problem(new.path()))?;
        new.as_file().sync_all().map_err(problem(new.path()))?;
        staged.push((path, old, new));
    }
    let mut replaced: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (path, old, new) in staged {
        if let Err(error) = new.persist(&path) {
            for (path, old) in replaced {
                fs::write(&path, old).map_err(problem(&path))?;
            }
            return Err(Problem::File { path, error: error.error });
        }
        replaced.push((path, old));
    }
    Ok(())
}

/// Copies a model folder to `out` with the new texts in it.
///
/// # Errors
/// If `out` is there already, or a file cannot be written; there is then no `out`.
pub fn write_to(folder: &Path, files: &[Rewritten], out: &Path) -> Result<(), Problem> {
    if out.exists() {
        return Err(Problem::Exists(out.to_owned()));
    }
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(problem(parent))?;
    let making = tempfile::tempdir_in(parent).map_err(problem(parent))?;
    let copy = making.path().join("model");
    copy_folder(folder, &copy)?;
    for file in files {
        let path = copy.join(&file.path);
        fs::write(&path, &file.text).map_err(problem(&path))?;
    }
    fs::rename(&copy, out).map_err(problem(out))
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Problem> {
    fs::create_dir(to).map_err(problem(to))?;
    for entry in fs::read_dir(from).map_err(problem(from))? {
        let entry = entry.map_err(problem(from))?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy_folder(&from, &to)?;
        } else {
            fs::copy(&from, &to).map_err(problem(&from))?;
        }
    }
    Ok(())
}
