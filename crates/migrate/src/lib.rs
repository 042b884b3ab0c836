//! Model folders of format version 1, rewritten as version 2 with their comments and order kept.
//!
//! Version 1 derived from English names what a thing is: `electricity` was electricity. Version 2
//! says it in the file. Those rules of version 1 live on in `names` alone, to give each thing the
//! kind that its name meant.

mod collect;
mod names;
mod rewrite;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item};

pub use write::{write_in_place, write_to};

/// The file that says which version of the format a model is in.
const MODEL: &str = "model.toml";
/// The folder of scenarios within a model.
const SCENARIOS: &str = "scenarios";

/// Why a folder cannot be migrated.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A file or folder cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        error: std::io::Error,
    },
    /// A file is no TOML.
    #[error("{path}: {error}")]
    NotToml {
        /// Which.
        path: PathBuf,
        /// Where, and what is wrong.
        error: toml_edit::TomlError,
    },
    /// It is no model folder.
    #[error("{0} is no model folder: it has no model.toml")]
    NoModel(PathBuf),
    /// Its format is not known.
    #[error("{path}: `format` is {format}; version 1 can be migrated to version 2")]
    UnknownFormat {
        /// The file that says so.
        path: PathBuf,
        /// What it says.
        format: String,
    },
    /// The folder to write to is there already.
    #[error("{0} is there already: name a folder that is not")]
    Exists(PathBuf),
}

/// A file of a model whose text changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Where it is, seen from the folder of the model.
    pub path: PathBuf,
    /// Its new text.
    pub text: String,
}

/// A TOML file of a model, being edited.
struct File {
    path: PathBuf,
    document: DocumentMut,
}

/// The files of a version 1 model that change in version 2, `model.toml` last; none if the model
/// is of version 2 already.
///
/// # Errors
/// If the folder is no model, a file cannot be read, or its format is not known.
pub fn migrate(folder: &Path) -> Result<Vec<Rewritten>, Problem> {
    let mut files = read(folder)?;
    let model = files.last().ok_or_else(|| Problem::NoModel(folder.to_owned()))?;
    match model.document.get("format").map(Item::as_integer) {
        None | Some(Some(1)) => {}
        Some(Some(2)) => return Ok(Vec::new()),
        _ => {
            let format = model.document["format"].to_string().trim().to_owned();
            let path = folder.join(MODEL);
            return Err(Problem::UnknownFormat { path, format });
        }
    }
    let found = collect::collect(&files);
    let before: Vec<String> = files.iter().map(|file| file.document.to_string()).collect();
    rewrite::things(&mut files, &found);
    let mut after: Vec<Rewritten> = files
        .into_iter()
        .map(|File { path, document }| Rewritten { path, text: document.to_string() })
        .collect();
    if let Some(model) = after.last_mut() {
        model.text.push_str(&rewrite::listed(&found));
    }
    let changed = after.into_iter().zip(before).filter(|(after, before)| after.text != *before);
    Ok(changed.map(|(after, _)| after).collect())
}

/// The TOML files of a model: scenarios first, `model.toml` last.
fn read(folder: &Path) -> Result<Vec<File>, Problem> {
    let mut paths = toml_in(folder, Path::new(SCENARIOS))?;
    let (model, others): (Vec<_>, Vec<_>) =
        toml_in(folder, Path::new(""))?.into_iter().partition(|path| path == Path::new(MODEL));
    if model.is_empty() {
        return Err(Problem::NoModel(folder.to_owned()));
    }
    paths.extend(others.into_iter().chain(model));
    paths.into_iter().map(|path| file(folder, path)).collect()
}

fn file(folder: &Path, path: PathBuf) -> Result<File, Problem> {
    let whole = folder.join(&path);
    let text = match fs::read_to_string(&whole) {
        Ok(text) => text,
        Err(error) => return Err(Problem::File { path: whole, error }),
    };
    match text.trim_start_matches('\u{feff}').parse() {
        Ok(document) => Ok(File { path, document }),
        Err(error) => Err(Problem::NotToml { path: whole, error }),
    }
}

/// Names of the TOML files right in a folder, in order; none if there is no such folder.
fn toml_in(folder: &Path, below: &Path) -> Result<Vec<PathBuf>, Problem> {
    let whole = folder.join(below);
    if !whole.is_dir() {
        return Ok(Vec::new());
    }
    let problem = |error| Problem::File { path: whole.clone(), error };
    let mut found = Vec::new();
    for entry in fs::read_dir(&whole).map_err(problem)? {
        let name = PathBuf::from(entry.map_err(problem)?.file_name());
        let is_toml = name.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
        let is_hidden = name.to_string_lossy().starts_with('.');
        if is_toml && !is_hidden && whole.join(&name).is_file() {
            found.push(below.join(name));
        }
    }
    found.sort();
    Ok(found)
}
