//! What lies in a model folder and is not read, though it looks like data.

use std::fs;
use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics};

use crate::folder::SCENARIOS;

/// Endings of files that hold data in a form that is not read.
const DATA: [&str; 9] = ["xlsx", "xlsm", "xls", "ods", "tsv", "json", "yaml", "yml", "parquet"];

/// Endings of files that are read at the top of a model folder.
const READ: [&str; 2] = ["toml", "csv"];

/// Warns of files and folders that are not read; what begins with `.` or `_` is left out on
/// purpose.
pub(crate) fn check(folder: &Path, diags: &mut Diagnostics) {
    for (name, is_folder) in entries(folder) {
        let unread = if is_folder {
            name != SCENARIOS && holds_data(&folder.join(&name))
        } else {
            ends_with(&name, &DATA)
        };
        if !unread {
            continue;
        }
        let hint = if !is_folder {
            format!(
                "save each table as comma-separated UTF-8 (`CSV UTF-8`) under the name and with \
                 the header of a table of the model format, or name the file `_{name}` to keep it \
                 unread"
            )
        } else if name.eq_ignore_ascii_case(SCENARIOS) {
            format!("scenarios are in `{SCENARIOS}`, in small letters")
        } else {
            format!(
                "only files beside model.toml and those in `{SCENARIOS}` are: move what belongs \
                 to the model, or name the folder `_{name}` to keep it unread"
            )
        };
        warn(&name, is_folder, hint, diags);
    }
    scenarios(&folder.join(SCENARIOS), diags);
}

/// Of the folder of scenarios only `NAME.toml` is read.
fn scenarios(folder: &Path, diags: &mut Diagnostics) {
    for (name, is_folder) in entries(folder) {
        let data = if is_folder {
            holds_data(&folder.join(&name))
        } else {
            !name.ends_with(".toml") && (ends_with(&name, &DATA) || ends_with(&name, &READ))
        };
        if data {
            let hint = format!(
                "each scenario is a file `{SCENARIOS}/NAME.toml`; tables are beside model.toml"
            );
            warn(&format!("{SCENARIOS}/{name}"), is_folder, hint, diags);
        }
    }
}

/// Names in a folder, with whether they are folders, in order.
fn entries(folder: &Path) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_folder = entry.file_type().ok()?.is_dir();
            Some((name, is_folder)).filter(|(name, _)| !name.starts_with(['.', '_']))
        })
        .collect();
    found.sort();
    found
}

fn warn(name: &str, is_folder: bool, hint: String, diags: &mut Diagnostics) {
    let what = if is_folder { "folder" } else { "file" };
    let message = format!("the {what} `{name}` is not read");
    diags.push(Diagnostic::warning_overall("unread", message).hint(hint));
}

/// Whether a folder holds files that look like data.
fn holds_data(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.into_iter().any(|name| ends_with(&name, &DATA) || ends_with(&name, &READ))
}

fn ends_with(name: &str, endings: &[&str]) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
