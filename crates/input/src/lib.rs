//! A model folder read whole: text in, a checked [`Model`] or everything that is wrong out.
//!
//! All files form one tree of values, each with its place; a scenario changes single values of
//! it; the registry says what may stand where; `build` turns the tree into a model, and `check`
//! holds the model against rules across tables.

mod build;
mod check;
mod classify;
pub mod csv_file;
mod damage;
mod fields;
mod folder;
mod formula;
mod inputs;
mod maps;
mod measure;
mod mend;
mod names;
mod numbers;
mod provenance;
mod reader;
mod registry;
mod scenario;
mod slices;
mod structure;
mod tables;
mod toml_file;
mod trace;
mod tree;
mod units;
mod unread;
mod values;
mod waivers;
mod worth;
mod written;

use std::collections::BTreeMap;
use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources, Span};
use kzleap_model::Model;

pub use folder::{FileRead, Files};
pub use names::nearest;
pub use numbers::shown;
pub use reader::DefaultUsed;
pub use registry::{fields_page, schemas};
pub use scenario::{Change, Given, Scenario, scenarios};
pub use tables::{CSV_TABLES, Column, CsvTable};
pub use trace::{Evaluated, Trace, Traced};
pub use worth::{petajoules, worth};

use crate::damage::Damage;
use crate::reader::{FileUnits, Reader};
use crate::tree::{Table, Value};

/// What reading a model folder came to.
#[derive(Debug)]
pub struct Input {
    /// Every file that was read, as text.
    pub sources: Sources,
    /// Everything found, errors and warnings, in the order of files and lines.
    pub diagnostics: Diagnostics,
    /// The model; `None` if there is any error.
    pub model: Option<Model>,
    /// Values that the files do not give, taken by rule.
    pub defaults: Vec<DefaultUsed>,
    /// What the scenario, and those it builds on, changed.
    pub changes: Vec<Change>,
    /// Every file that was read, as bytes, for a manifest.
    pub files: Vec<FileRead>,
}

/// Reads a model folder with a scenario applied; `None` or `base` for the model as it is.
///
/// Everything found in one run is in [`Input::diagnostics`]: one mistake, one message.
pub fn read(folder: &Path, scenario: Option<&str>) -> Input {
    read_changed(folder, scenario, &[])
}

/// The tree of a model with a scenario applied, and what it was read from.
struct Assembled {
    root: Table,
    start: Option<Span>,
    files: Files,
    units: FileUnits,
    scenario_label: String,
    changes: Vec<Change>,
    diags: Diagnostics,
    damage: Damage,
}

fn assemble(folder: &Path, scenario: &str, changes: &[Given]) -> Assembled {
    let mut files = Files::default();
    let (mut diags, mut damage) = (Diagnostics::default(), Damage::default());
    let mut units = FileUnits::new();
    let (toml, csv) = folder::list(folder, &mut diags);
    unread::check(folder, &mut diags);
    let mut root = Table::default();
    let mut start = None;
    for path in &toml {
        let Some(id) = files.add_or_lose(folder, path, &mut diags, &mut damage) else {
            continue;
        };
        start = start.or(Some(Span { file: id, start: 0, end: 0 }));
        let mut table = toml_file::parse(files.sources.file(id), &mut diags, &mut damage);
        if let Some(own) = take_units(&mut table, &mut diags) {
            units.insert(id, own);
        }
        root.merge(table, "", &mut diags);
    }
    for path in &csv {
        let found = folder::table_of(path, &csv, &root, &mut diags);
        let found = found.map(|(table, level)| (table, level.to_owned()));
        let Some(id) = files.add_or_lose(folder, path, &mut diags, &mut damage) else {
            continue;
        };
        let file = files.sources.file(id);
        match found {
            Some((table, level)) => {
                tables::add(table, &level, file, &mut root, &mut diags, &mut damage);
            }
            None => damage.text(&file.text),
        }
    }
    let (scenario_label, mut steps) =
        scenario::chain(folder, scenario, &mut files, &mut units, &mut diags, &mut damage);
    steps.extend(scenario::given(changes, &mut files.sources, &mut diags, &mut damage));
    scenario::refuse_reserved_name(folder, &mut diags);
    let changes = scenario::apply(steps, &mut root, &mut diags, &mut damage);
    Assembled { root, start, files, units, scenario_label, changes, diags, damage }
}

/// The values at and under a path of the tree, with a scenario applied: where each is written,
/// where it comes from, and which scenario put it there. What formulas come to, and the value of
/// a milestone year between given ones, are those of the model.
pub fn trace(folder: &Path, scenario: Option<&str>, path: &str) -> Trace {
    let scenario = scenario.unwrap_or(scenario::BASE);
    let Assembled { mut root, start, files, units, changes, mut damage, mut diags, .. } =
        assemble(folder, scenario, &[]);
    let (mut values, mut known) = trace::collect(&root, path, &units, &changes);
    let may_follow = !values.is_empty() || trace::may_follow(&root, path);
    if let Some(start) = start.filter(|_| may_follow && !diags.has_errors()) {
        // what is wrong with the rest of the model is for `read` to say
        structure::check(&mut root, &mut Diagnostics::default(), &mut damage);
        let mut rd = Reader::new(&root, units, Diagnostics::default(), damage);
        build::build(&mut rd, start, scenario);
        let following = trace::Following { rd: &rd, changes: &changes };
        following.complete(path, &mut values, &mut known);
    }
    diags.sort(&files.sources);
    Trace { values, sources: files.sources, diagnostics: diags, known }
}

/// The same with further changes on top of the scenario, for sweeps and for trying out.
pub fn read_changed(folder: &Path, scenario: Option<&str>, changes: &[Given]) -> Input {
    let scenario = scenario.unwrap_or(scenario::BASE);
    let Assembled {
        mut root,
        start,
        files,
        units,
        scenario_label,
        changes,
        mut diags,
        mut damage,
    } = assemble(folder, scenario, changes);
    structure::check(&mut root, &mut diags, &mut damage);
    provenance::check(&root, &mut diags);
    let mut input = Input {
        sources: Sources::default(),
        diagnostics: Diagnostics::default(),
        model: None,
        defaults: Vec::new(),
        changes,
        files: files.read,
    };
    if let Some(start) = start {
        let mut rd = Reader::new(&root, units, diags, damage);
        for change in input.changes.iter().filter(|change| change.removed) {
            if let Some((_, name)) = change.path.split_once('.') {
                rd.removed.insert(name.to_owned(), change.place);
            }
        }
        let built = build::build(&mut rd, start, scenario);
        check::check(&mut rd, &built, start, folder);
        // what a scenario changes may be what the model's reason is for
        if input.changes.is_empty() && !rd.diags.has_errors() {
            rd.report_waivers_without_need();
        }
        diags = rd.diags;
        input.defaults = rd.defaults;
        if !diags.has_errors() {
            let inputs = inputs::inputs(&root, &rd.file_units, &input.changes, &files.sources);
            let model = Model { scenario_label, inputs, ..built.model };
            // until here emissions are in Mt, as other masses are
            input.model = Some(model.with_emissions_in_their_units());
        }
    }
    diags.sort(&files.sources);
    input.diagnostics = diags;
    input.sources = files.sources;
    input
}

/// Stands for a unit that could not be read.
const UNREADABLE: &str = "";

/// Takes `[units]` out of a file's tree, since it holds for that file alone.
fn take_units(
    table: &mut Table,
    diags: &mut Diagnostics,
) -> Option<BTreeMap<String, (String, Span)>> {
    let entry = table.remove("units")?;
    let Value::Table(units) = entry.node.value else {
        let message = format!("`units` is {}, not a table", entry.node.value.kind());
        let hint = "it is written as `[units]`, with lines such as `capital_cost = \"USD/kW\"`";
        diags.push(Diagnostic::error("wrong-type", message, entry.node.span, "").hint(hint));
        return None;
    };
    let mut known = BTreeMap::new();
    for unit in units.iter() {
        match unit.node.text() {
            Some(text) => {
                known.insert(unit.key.clone(), (text.to_owned(), unit.node.span));
            }
            None => {
                let kind = unit.node.value.kind();
                let message = format!("a unit is a text, not {kind}");
                let diagnostic = Diagnostic::error("wrong-type", message, unit.node.span, "");
                diags.push(diagnostic);
                known.insert(unit.key.clone(), (UNREADABLE.to_owned(), unit.node.span));
            }
        }
    }
    Some(known)
}
