//! Reads otoole's CSV folders: one file for each set and parameter, and a `config.yaml`.

mod config;
mod find;
mod table;

use std::collections::BTreeMap;
use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics, FileId, Sources, Span};

use crate::builder::Builder;
use crate::data::Data;
use crate::files::{file_name, read_text, stem};
use crate::mathprog::pass_over;
use crate::parameters::{P, REDUNDANT_SETS, SPENT_PARAMETERS, SetId, did_you_mean};
use crate::raw::{Extent, Raw};
use crate::read::Options;
use crate::results::RESULTS;
use crate::trace::Written;

use config::{Entry, Kind};
use find::{Found, find_config};

/// Reads an otoole folder; the configuration is looked for in it and beside it unless given.
///
/// # Errors
/// If the folder or a file in it cannot be read at all. What is wrong with their contents goes
/// to `diagnostics`.
pub fn read(
    folder: &Path,
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> std::io::Result<Option<Data>> {
    Ok(read_written(folder, options, sources, diagnostics)?.map(|(data, _)| data))
}

/// The same, with the places of its values.
pub(crate) fn read_written(
    folder: &Path,
    options: &Options,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> std::io::Result<Option<(Data, Written)>> {
    let before = diagnostics.len();
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
    let found = match &options.config {
        Some(path) => Found { config: Some(path.clone()), ..Found::default() },
        None => find_config(folder, diagnostics),
    };
    let config_file = match &found.config {
        Some(path) => Some(sources.add(file_name(path), read_text(path)?)),
        None => None,
    };
    let sources: &Sources = sources;
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
    let mut builder = Builder::new(sources, diagnostics, whole, options);
    builder.file = None;
    builder.notes = found.notes;
    let mut reader = Reader { builder, files, defaults: Vec::new() };
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
    Ok(reader.builder.finish(file_name(folder), options.dialect))
}

struct Reader<'b> {
    builder: Builder<'b>,
    files: BTreeMap<String, FileId>,
    /// Defaults of `default_values.csv`, with their places, where there is no configuration.
    defaults: Vec<(String, f64, Span)>,
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
        for (name, default, span) in std::mem::take(&mut self.defaults) {
            self.default_without_file(&name, default, span);
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
            None if self.builder.ignores(&entry.name) => {}
            None => {
                let hint = did_you_mean(&entry.name, SetId::ALL.iter().map(|set| set.name()));
                let hint = hint.unwrap_or_else(|| pass_over(&entry.name));
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
        self.builder.commodity |= name == "COMMODITY";
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
            self.unknown(&entry.name, entry.span);
        }
    }

    /// A parameter that nobody knows, which the user may have asked to pass over.
    fn unknown(&mut self, name: &str, span: Span) {
        if self.builder.ignores(name) {
            return;
        }
        let hint = did_you_mean(name, P::ALL.iter().map(|p| p.name()));
        let hint = hint.unwrap_or_else(|| pass_over(name));
        let message = format!("there is no parameter `{name}` in OSeMOSYS");
        self.builder.report(
            Diagnostic::error("unknown-parameter", message, span, "unknown parameter")
                .hint(hint),
        );
    }

    /// A default of `default_values.csv` whose parameter has no file: all its values.
    fn default_without_file(&mut self, name: &str, default: f64, span: Span) {
        if self.files.contains_key(name)
            || SPENT_PARAMETERS.contains(&name)
            || RESULTS.iter().any(|result| result.name == name)
        {
            return;
        }
        match P::named(name) {
            Some(p) => self.builder.add(Raw::new(p, span, Extent::Line, Some(default))),
            None => self.unknown(name, span),
        }
    }

    /// A file that the configuration does not name.
    fn stray(&mut self, name: &str) {
        let Some(file) = self.files.get(name).copied() else { return };
        let span = Span { file, start: 0, end: 0 };
        if let Some(parameter) = P::named(name) {
            let stated = self.defaults.iter().find(|(other, _, _)| other == name);
            let default = stated.map(|(_, default, _)| *default);
            let mut raw = Raw::new(parameter, span, Extent::Line, default);
            table::read_parameter(file, &mut raw, &mut self.builder);
            self.builder.add(raw);
        } else if SetId::named(name).is_some() {
            // read already, or the second name of the regions
        } else if name == "default_values" && !self.defaults.is_empty() {
            self.builder.notes.push(
                "there is no `config.yaml`; defaults are those of `default_values.csv`, and of \
                 current OSeMOSYS where it has none"
                    .to_owned(),
            );
        } else if RESULTS.iter().any(|result| result.name == name)
            || SPENT_PARAMETERS.contains(&name)
            || name == "default_values"
        {
            self.builder.notes.push(format!("`{name}.csv` is passed over"));
        } else {
            let known = P::ALL.iter().map(|p| p.name()).chain(SetId::ALL.map(SetId::name));
            if self.builder.ignores(name) {
                return;
            }
            let hint = did_you_mean(name, known).unwrap_or_else(|| pass_over(name));
            let message = format!("there is no set or parameter `{name}` in OSeMOSYS");
            self.builder.report(
                Diagnostic::error("unknown-parameter", message, span, "in this file")
                    .hint(hint),
            );
        }
    }
}
