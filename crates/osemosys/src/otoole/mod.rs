//! Reads otoole's CSV folders: one file for each set and parameter, and a `config.yaml`.

mod config;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kzleap_diagnostics::{Diagnostic, Diagnostics, FileId, Sources, Span};

use crate::builder::Builder;
use crate::data::{Data, Dialect};
use crate::files::{file_name, read_text, stem};
use crate::parameters::{P, REDUNDANT_SETS, SPENT_PARAMETERS, SetId, did_you_mean};
use crate::raw::{Extent, Raw};
use crate::results::RESULTS;

use config::{Entry, Kind};

/// Reads an otoole folder; the configuration is looked for in it and beside it unless given.
///
/// # Errors
/// If the folder or a file in it cannot be read at all. What is wrong with their contents goes
/// to `diagnostics`.
pub fn read(
    folder: &Path,
    config: Option<&Path>,
    dialect: Option<Dialect>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> std::io::Result<Option<Data>> {
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
            tables.insert(stem(&path), path);
        }
    }
    let mut files = BTreeMap::new();
    for (name, path) in &tables {
        files.insert(name.clone(), sources.add(file_name(path), read_text(path)?));
    }
    let config_path = config.map(Path::to_owned).or_else(|| find_config(folder));
    let config_file = match &config_path {
        Some(path) => Some(sources.add(file_name(path), read_text(path)?)),
        None => None,
    };
    let sources: &Sources = sources;
    let before = diagnostics.len();
    let entries =
        config_file.map_or(Vec::new(), |file| config::read(file, sources, diagnostics));
    let Some(first) = config_file.or_else(|| files.values().next().copied()) else {
        diagnostics.push(Diagnostic::error_overall(
            "empty-folder",
            format!("`{}` has no CSV files", folder.display()),
        ));
        return Ok(None);
    };
    if diagnostics.len() > before {
        return Ok(None);
    }
    let whole = Span { file: first, start: 0, end: 0 };
    let builder = Builder::new(sources, diagnostics, whole);
    let mut reader = Reader { builder, files, defaults: BTreeMap::new() };
    if config_file.is_none() && !reader.files.contains_key("default_values") {
        reader.builder.notes.push(
            "there is no `config.yaml`; defaults are those of current OSeMOSYS".to_owned(),
        );
    }
    if config_file.is_none()
        && let Some(file) = reader.files.get("default_values")
    {
        reader.defaults = table::read_defaults(*file, &mut reader.builder);
    }
    reader.read(&entries);
    Ok(reader.builder.finish(file_name(folder), dialect))
}

/// `config.yaml` in the folder or beside it, or the only YAML file there.
fn find_config(folder: &Path) -> Option<PathBuf> {
    let parent = folder.canonicalize().ok()?.parent().map(Path::to_owned);
    for place in [Some(folder.to_owned()), parent].into_iter().flatten() {
        let mut found: Vec<PathBuf> = std::fs::read_dir(&place)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
                extension == "yaml" || extension == "yml"
            })
            .collect();
        found.sort();
        let named = found.iter().find(|path| {
            let name = stem(path);
            name == "config" || name == file_name(folder)
        });
        match (named, found.as_slice()) {
            (Some(named), _) => return Some(named.clone()),
            (None, [only]) => return Some(only.clone()),
            _ => {}
        }
    }
    None
}

struct Reader<'b> {
    builder: Builder<'b>,
    files: BTreeMap<String, FileId>,
    /// Defaults of `default_values.csv`, where there is no configuration.
    defaults: BTreeMap<String, f64>,
}

impl Reader<'_> {
    fn read(&mut self, entries: &[Entry]) {
        let mut known = Vec::new();
        for entry in entries {
            known.push(entry.name.as_str());
            known.extend(entry.short_name.as_deref());
        }
        for entry in entries.iter().filter(|entry| entry.kind == Kind::Set) {
            self.set(entry);
        }
        let strays: Vec<String> =
            self.files.keys().filter(|name| !known.contains(&name.as_str())).cloned().collect();
        for name in &strays {
            if let Some(set) = SetId::named(name)
                && name != "_REGION"
            {
                self.read_set(set, name);
            }
        }
        for set in SetId::ALL {
            if set.numbered() {
                self.builder.sets[set as usize].sort_as_numbers();
            }
        }
        for entry in entries.iter().filter(|entry| entry.kind == Kind::Parameter) {
            self.parameter(entry);
        }
        for name in &strays {
            self.stray(name);
        }
    }

    fn file_of(&self, entry: &Entry) -> Option<FileId> {
        let short = entry.short_name.as_ref();
        self.files.get(&entry.name).or_else(|| self.files.get(short?)).copied()
    }

    fn set(&mut self, entry: &Entry) {
        if entry.name == "_REGION" {
            return;
        }
        match SetId::named(&entry.name) {
            Some(set) => self.read_set(set, &entry.name),
            None if REDUNDANT_SETS.contains(&entry.name.as_str()) => {}
            None => {
                let hint = did_you_mean(&entry.name, SetId::ALL.iter().map(|set| set.name()));
                let hint =
                    hint.unwrap_or_else(|| "remove it from the configuration".to_owned());
                let message = format!("there is no set `{}` in OSeMOSYS", entry.name);
                self.builder.report(
                    Diagnostic::error("unknown-set", message, entry.span, "unknown set")
                        .hint(hint),
                );
            }
        }
    }

    fn read_set(&mut self, set: SetId, name: &str) {
        let Some(file) = self.files.get(name).copied() else { return };
        self.builder.clews |=
            name == "COMMODITY" || matches!(set, SetId::IntraDay | SetId::IntraYear);
        table::read_set(file, set, &mut self.builder);
    }

    fn parameter(&mut self, entry: &Entry) {
        let file = self.file_of(entry);
        if let Some(parameter) = P::named(&entry.name) {
            let span = file.map_or(entry.span, |file| Span { file, start: 0, end: 0 });
            let mut raw = Raw::new(parameter, span, Extent::Line, entry.default);
            match file {
                Some(file) => table::read_parameter(file, &mut raw, &mut self.builder),
                None => self.builder.notes.push(format!(
                    "there is no file `{}.csv`; every value is the default{}",
                    entry.name,
                    entry.default.map_or(String::new(), |value| format!(" of {value}"))
                )),
            }
            self.builder.add(raw);
        } else if SPENT_PARAMETERS.contains(&entry.name.as_str()) {
            let note =
                format!("`{}` is passed over: it does not act in current OSeMOSYS", entry.name);
            self.builder.notes.push(note);
        } else {
            let hint = did_you_mean(&entry.name, P::ALL.iter().map(|p| p.name()));
            let hint = hint.unwrap_or_else(|| "remove it from the configuration".to_owned());
            let message = format!("there is no parameter `{}` in OSeMOSYS", entry.name);
            self.builder.report(
                Diagnostic::error(
                    "unknown-parameter",
                    message,
                    entry.span,
                    "unknown parameter",
                )
                .hint(hint),
            );
        }
    }

    /// A file that the configuration does not name.
    fn stray(&mut self, name: &str) {
        let Some(file) = self.files.get(name).copied() else { return };
        let span = Span { file, start: 0, end: 0 };
        if let Some(parameter) = P::named(name) {
            let default = self.defaults.get(name).copied();
            let mut raw = Raw::new(parameter, span, Extent::Line, default);
            table::read_parameter(file, &mut raw, &mut self.builder);
            self.builder.add(raw);
        } else if SetId::named(name).is_some() {
            // read already, or the second name of the regions
        } else if RESULTS.iter().any(|result| result.name == name)
            || SPENT_PARAMETERS.contains(&name)
            || name == "default_values"
        {
            self.builder.notes.push(format!("`{name}.csv` is passed over"));
        } else {
            let known = P::ALL.iter().map(|p| p.name()).chain(SetId::ALL.map(SetId::name));
            let hint = did_you_mean(name, known)
                .unwrap_or_else(|| "take the file out of the folder".to_owned());
            let message = format!("there is no set or parameter `{name}` in OSeMOSYS");
            self.builder.report(
                Diagnostic::error("unknown-parameter", message, span, "in this file")
                    .hint(hint),
            );
        }
    }
}
