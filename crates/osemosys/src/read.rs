//! Reads an OSeMOSYS model, whichever form it is in.

use std::path::{Path, PathBuf};

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources};

use crate::data::{Data, Dialect};
use crate::files::{file_name, read_text, stem};
use crate::parameters::SetId;
use crate::trace::Written;
use crate::{mathprog, otoole};

/// How to read a model.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Options {
    /// Which variant the extensions are of; found out from the data if not given.
    pub dialect: Option<Dialect>,
    /// otoole's configuration; looked for in the folder and beside it if not given.
    pub config: Option<PathBuf>,
    /// Sets and parameters that are not known and to be passed over.
    pub ignore: Vec<String>,
}

/// How many files of sets make a folder one of otoole's; of one that lacks some, they are reported.
const SETS_OF_A_FOLDER: usize = 2;

/// Whether a path looks like an OSeMOSYS model: an otoole folder or a MathProg data file.
pub fn looks_like_osemosys(path: &Path) -> bool {
    if path.is_dir() {
        let sets = SetId::ALL.iter().filter(|set| set.required());
        let there = sets.filter(|set| path.join(format!("{set}.csv")).is_file()).count();
        return there >= SETS_OF_A_FOLDER && !path.join("model.toml").is_file();
    }
    let Ok(text) = read_text(path) else { return false };
    let statements = text.lines().map(str::trim_start).take(2000);
    let begins = |line: &str| line.starts_with("set ") || line.starts_with("param ");
    let tabbed = |line: &str| line.starts_with("set\t") || line.starts_with("param\t");
    statements.into_iter().any(|line| begins(line) || tabbed(line))
}

/// Reads a MathProg data file, or an otoole folder of CSV files.
///
/// Returns `None` if anything is wrong; `diagnostics` then says what and where.
///
/// # Errors
/// If a file cannot be read at all.
pub fn read(
    path: &Path,
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> std::io::Result<Option<Data>> {
    Ok(read_written(path, options, sources, diagnostics)?.map(|(data, _)| data))
}

/// Reads a model, and keeps the places of its values for [`crate::trace()`].
///
/// # Errors
/// If a file cannot be read at all.
pub fn read_written(
    path: &Path,
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> std::io::Result<Option<(Data, Written)>> {
    if path.is_dir() {
        return otoole::read_written(path, options, sources, diagnostics);
    }
    let text = read_text(path)?;
    if u32::try_from(text.len()).is_err() {
        diagnostics.push(Diagnostic::error_overall(
            "too-large",
            format!("`{}` is larger than 4 GB", path.display()),
        ));
        return Ok(None);
    }
    let file = sources.add(file_name(path), text);
    Ok(mathprog::read_written(file, &name_of(path), options, sources, diagnostics))
}

/// What a data file is called: its name, or that of its folder where the name says nothing.
fn name_of(path: &Path) -> String {
    let folder = path.parent().and_then(Path::file_name);
    match (stem(path), folder) {
        (name, Some(folder)) if name == "data" => folder.to_string_lossy().into_owned(),
        (name, _) => name,
    }
}
