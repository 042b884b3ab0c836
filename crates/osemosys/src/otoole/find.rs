//! Finds otoole's configuration beside or in a folder, by what is in the file.

use std::fs;
use std::path::{Path, PathBuf};

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use crate::files::{file_name, read_text, stem};
use crate::parameters::{P, SetId};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The configuration, if there is one.
    pub(super) config: Option<PathBuf>,
    /// Files that might have been one.
    pub(super) notes: Vec<String>,
}

/// The YAML file in the folder, or else beside it, that is a configuration of otoole: the only
/// one, or the one called `config` or as the folder.
pub(super) fn find_config(folder: &Path, diagnostics: &mut Diagnostics) -> Found {
    let mut found = Found::default();
    let parent = folder.canonicalize().ok().and_then(|path| path.parent().map(Path::to_owned));
    for place in [Some(folder.to_owned()), parent].into_iter().flatten() {
        let mut configs = Vec::new();
        for path in yaml_files(&place) {
            if is_configuration(&path) {
                configs.push(path);
            } else {
                let note = "is passed over: it is no configuration of otoole";
                found.notes.push(format!("`{}` {note}", file_name(&path)));
            }
        }
        let named = configs.iter().find(|path| {
            let name = stem(path);
            name == "config" || name == file_name(folder)
        });
        match (named, configs.as_slice()) {
            (Some(one), _) | (None, [one]) => {
                return Found { config: Some(one.clone()), notes: Vec::new() };
            }
            (None, []) => {}
            (None, several) => {
                let names: Vec<String> =
                    several.iter().map(|path| format!("`{}`", file_name(path))).collect();
                let names = names.join(", ");
                let message = format!("which of {names} is the configuration?");
                diagnostics.push(
                    Diagnostic::error_overall("several-configurations", message)
                        .hint("name one with `--config FILE`"),
                );
                return found;
            }
        }
    }
    found
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
            extension == "yaml" || extension == "yml"
        })
        .collect();
    files.sort();
    files
}

/// Whether some set or parameter of OSeMOSYS has a `type` in it, whatever else is wrong with it.
fn is_configuration(path: &Path) -> bool {
    let Ok(text) = read_text(path) else { return false };
    let mut known = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let (key, rest) = line.split_once(':').unwrap_or((line, ""));
        if line.starts_with(|c: char| {
            c.is_ascii_alphanumeric() || c == '_' || c == '"' || c == '\''
        }) {
            let name = key.trim().trim_matches(['"', '\'']);
            known = P::named(name).is_some() || SetId::named(name).is_some();
            if known && rest.contains("type") {
                return true;
            }
        } else if known && key.trim_matches([' ', '\t', '{', ',', '"', '\'']) == "type" {
            return true;
        }
    }
    false
}
