//! Which files a model folder has, and their bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kzleap_diagnostics::{Diagnostic, Diagnostics, FileId, Sources};
use unicode_normalization::UnicodeNormalization;

use crate::damage::Damage;
use crate::names::nearest;
use crate::registry::{region_level, root};
use crate::tables::{CSV_TABLES, CsvTable, PARTS};
use crate::tree::{Node, Table};

/// What to do about a file in another encoding.
const SAVE_AS: &str = "save the file as UTF-8 (in a spreadsheet: `CSV UTF-8`)";

/// What the files of spreadsheets begin with, of today and of old.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// The folder below the model's that holds its scenarios.
pub(crate) const SCENARIOS: &str = "scenarios";

/// The names of the model in other languages; pages read it, models are made without it.
pub const WORDS: &str = "words.csv";

/// One file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Path relative to the model folder, with `/` between its parts.
    pub path: String,
    /// What it held.
    pub bytes: Arc<[u8]>,
}

/// The bytes of a file, or why it cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct Loaded(Result<Arc<[u8]>, String>);

impl Loaded {
    /// Reads a file of a folder.
    pub(crate) fn of(folder: &Path, path: &str) -> Self {
        Self(match fs::read(folder.join(path)) {
            Ok(bytes) => Ok(bytes.into()),
            Err(error) => Err(error.to_string()),
        })
    }
}

/// The files of the scenarios of a model, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScenarioFiles(Arc<BTreeMap<String, Loaded>>);

impl ScenarioFiles {
    /// Reads them; says which files that should hold a scenario cannot.
    pub(crate) fn read(folder: &Path, diags: &mut Diagnostics) -> Self {
        let Names { files, odd } = names_in(&folder.join(SCENARIOS)).unwrap_or_default();
        report_odd(&format!("{SCENARIOS}/"), &odd, diags);
        let names = files.iter().filter_map(|name| name.strip_suffix(".toml"));
        let read = |name: &str| (composed(name), Loaded::of(folder, &scenario_path(name)));
        Self(Arc::new(names.map(read).collect()))
    }

    /// Their names, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The file of a scenario.
    pub(crate) fn get(&self, name: &str) -> Option<&Loaded> {
        self.0.get(name)
    }
}

/// A name with each letter written as one sign: file systems and keyboards may write it as several.
pub(crate) fn composed(name: &str) -> String {
    name.nfc().collect()
}

/// The path of the file of a scenario within the model folder.
pub(crate) fn scenario_path(name: &str) -> String {
    format!("{SCENARIOS}/{name}.toml")
}

/// The files that were read, as text and as bytes.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// As text, with their places.
    pub sources: Sources,
    /// As bytes, for a manifest.
    pub read: Vec<FileRead>,
}

impl Files {
    /// Reads a file of a folder; `None` if that cannot be done, which is then said.
    pub fn add(
        &mut self,
        folder: &Path,
        path: &str,
        diags: &mut Diagnostics,
    ) -> Option<FileId> {
        self.take(path, &Loaded::of(folder, path), diags)
    }

    /// The same for a file whose bytes are there.
    pub(crate) fn take(
        &mut self,
        path: &str,
        loaded: &Loaded,
        diags: &mut Diagnostics,
    ) -> Option<FileId> {
        let bytes = match &loaded.0 {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("{path} cannot be read: {error}");
                diags.push(Diagnostic::error_overall("unreadable", message));
                return None;
            }
        };
        if WORKBOOKS.iter().any(|mark| bytes.starts_with(mark)) {
            let message = format!("{path} is a workbook, not a text");
            let hint = "save the sheet that is meant as CSV (in a spreadsheet: `CSV UTF-8`)";
            diags.push(Diagnostic::error_overall("not-utf8", message).hint(hint));
            return None;
        }
        if is_utf16(bytes) {
            let message = format!("{path} is UTF-16, not UTF-8");
            diags.push(Diagnostic::error_overall("not-utf8", message).hint(SAVE_AS));
            return None;
        }
        let text: String = match std::str::from_utf8(bytes) {
            // the same letters may be written as one sign or as several
            Ok(text) => composed(text),
            Err(error) => {
                let line =
                    1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
                let message = format!("{path} is not UTF-8: line {line} holds other bytes");
                diags.push(Diagnostic::error_overall("not-utf8", message).hint(SAVE_AS));
                return None;
            }
        };
        self.read.push(FileRead { path: path.to_owned(), bytes: Arc::clone(bytes) });
        Some(self.sources.add(path, text))
    }

    /// The same, with a note of what is lost if it cannot be read.
    pub(crate) fn add_or_lose(
        &mut self,
        path: &str,
        loaded: &Loaded,
        diags: &mut Diagnostics,
        damage: &mut Damage,
    ) -> Option<FileId> {
        let id = self.take(path, loaded, diags);
        if id.is_none() {
            match &loaded.0 {
                Ok(bytes) => damage.text(&String::from_utf8_lossy(bytes)),
                Err(_) => damage.unknown(),
            }
        }
        id
    }
}

/// Whether a file has two bytes for each letter, with a mark at its beginning or without.
///
/// UTF-16 of ASCII letters is UTF-8 too, with a zero in every other place; a text has none.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || bytes.contains(&0)
}

/// Paths of the TOML and CSV files of a model, `model.toml` first, then by name.
pub(crate) fn list(folder: &Path, diags: &mut Diagnostics) -> (Vec<String>, Vec<String>) {
    let names = match names_in(folder) {
        Ok(Names { files, odd }) => {
            report_odd("", &odd, diags);
            files
        }
        Err(error) => {
            let message = format!("{} is not a folder to read: {error}", folder.display());
            diags.push(Diagnostic::error_overall("no-model", message));
            return (Vec::new(), Vec::new());
        }
    };
    let of = |extension: &str| -> Vec<String> {
        let is = |name: &&String| {
            Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
        };
        names.iter().filter(is).cloned().collect()
    };
    let mut toml = of("toml");
    if let Some(at) = toml.iter().position(|name| name == "model.toml") {
        let first = toml.remove(at);
        toml.insert(0, first);
    } else {
        let message = format!("{} has no model.toml", folder.display());
        diags.push(
            Diagnostic::error_overall("no-model", message)
                .hint("a model is a folder with a file `model.toml` that says what it is"),
        );
        return (Vec::new(), Vec::new());
    }
    let mut csv = of("csv");
    csv.retain(|name| name != WORDS);
    (toml, csv)
}

/// Whether a file has the name of a table of the format.
pub(crate) fn is_table(name: &str) -> bool {
    CSV_TABLES.iter().any(|table| table.file == name)
}

/// Whether a CSV file is no table of the format or of a level of regions, and may be meant by one of
/// these names.
pub(crate) fn may_be_meant<'n>(
    name: &str,
    tree: &Table,
    missing: impl IntoIterator<Item = &'n str>,
) -> bool {
    let table = is_table(name) || part_tables(tree).any(|(file, _)| file == name);
    !table && missing.into_iter().any(|missing| nearest(missing, [name]).is_some())
}

/// The table a CSV file holds, by its name, and the level of regions whose parts it holds, if it
/// does; says so if there is none.
pub(crate) fn table_of<'t>(
    name: &str,
    others: &[String],
    tree: &'t Table,
    diags: &mut Diagnostics,
) -> Option<(&'static CsvTable, &'t str)> {
    let name = &composed(name);
    let fixed = || CSV_TABLES.iter().filter(|table| table.file != PARTS);
    let found =
        fixed().find(|table| table.file == *name).map(|table| (table, "")).or_else(|| {
            let (_, level) = part_tables(tree).find(|(file, _)| file == name)?;
            Some((CSV_TABLES.iter().find(|table| table.file == PARTS)?, level))
        });
    if let Some(found) = found {
        return Some(found);
    }
    let known: Vec<&str> = fixed()
        .map(|table| table.file)
        .chain(part_tables(tree).map(|(file, _)| file))
        .collect();
    let meant = nearest(name, known.iter().copied());
    let hint = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "the tables are {}; one of hours is named in the model, `[hourly.NAME]` with \
             `file = \"{name}\"`; keep other data elsewhere",
            known.join(", ")
        ),
    };
    let message = format!("{name} is not a table of the model format");
    diags.push(Diagnostic::error_overall("unknown-table", message).hint(hint));
    // a misspelt table is read on as the one it is taken for
    let meant = meant.filter(|meant| !others.iter().any(|other| other == meant))?;
    fixed().find(|table| table.file == meant).map(|table| (table, ""))
}

/// The tables of parts that levels of regions name, each with its level.
fn part_tables(tree: &Table) -> impl Iterator<Item = (&str, &str)> {
    let levels = tree.get(&root::REGION_LEVELS.key()).and_then(Node::table);
    levels.into_iter().flat_map(Table::iter).filter_map(|level| {
        let file = level.node.table()?.get(&region_level::SPLIT.key())?.text()?;
        Some((file, level.key.as_str()))
    })
}

/// What a folder holds, by name.
#[derive(Default)]
struct Names {
    files: Vec<String>,
    /// What is named like a table or scenario and is no file, with what it is.
    odd: Vec<(String, &'static str)>,
}

fn names_in(folder: &Path) -> std::io::Result<Names> {
    let mut names = Names::default();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path: PathBuf = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let is_table = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("toml") || e.eq_ignore_ascii_case("csv"));
        // a pipe or socket is never opened: nothing may ever come out of it
        if entry.file_type()?.is_file() && entry.file_name().to_str().is_some() {
            names.files.push(name);
            continue;
        }
        let problem = match fs::metadata(&path) {
            Ok(about) if about.is_file() && entry.file_name().to_str().is_some() => {
                names.files.push(name);
                continue;
            }
            Ok(about) if about.is_file() => "has a name that is not UTF-8",
            Ok(about) if about.is_dir() => "is a folder",
            Ok(_) => "is no file that can be read",
            Err(_) if path.is_symlink() => "is a link that leads nowhere",
            Err(_) => "cannot be looked at",
        };
        if is_table {
            names.odd.push((name, problem));
        }
    }
    names.files.sort();
    names.odd.sort();
    Ok(names)
}

fn report_odd(below: &str, odd: &[(String, &'static str)], diags: &mut Diagnostics) {
    for (name, problem) in odd {
        diags.push(
            Diagnostic::error_overall("unreadable", format!("{below}{name} {problem}"))
                .hint("take it out of the model folder, or put the file there"),
        );
    }
}
