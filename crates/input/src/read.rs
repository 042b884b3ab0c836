//! A model folder read once; scenarios and changes applied to it, models made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources, Span};
use kzleap_model::{Model, ScenarioStep, StepDoes};

use crate::damage::Damage;
use crate::folder::{self, FileRead, Files, Loaded, ScenarioFiles, composed};
use crate::hourly::{self, HourlyFile, HourlyFiles};
use crate::named::Named;
use crate::reader::{DefaultUsed, FileUnits, Reader};
use crate::registry::{Field, Units, root};
use crate::scenario::{self, BASE, Change, Changed, Scenario};
use crate::trace::{self, Trace};
use crate::tree::{Table, Value};
use crate::{build, check, inputs, provenance, structure, tables, toml_file, unread};

/// What reading a model folder came to.
#[derive(Debug, Default)]
pub struct Input {
    /// Every file that was read, as text.
    pub sources: Sources,
    /// Everything found, errors and warnings, in the order of files and lines.
    pub diagnostics: Diagnostics,
    /// The model; `None` if there is any error.
    pub model: Option<Model>,
    /// Values that the files do not give, taken by rule.
    pub defaults: Vec<DefaultUsed>,
    /// What the scenario, those it builds on, and changes from outside changed, in their order.
    pub changes: Vec<ScenarioStep>,
    /// Every file that was read, as bytes, for a manifest.
    pub files: Vec<FileRead>,
}

/// Reads a model folder with a scenario applied; `None` or `base` for the model as it is.
///
/// Everything found in one run is in [`Input::diagnostics`]: one mistake, one message.
pub fn read(folder: &Path, scenario: Option<&str>) -> Input {
    Tree::read(folder).scenario(scenario).into_input()
}

/// A model folder that was read, with every value and its place; nothing is read a second time.
///
/// Scenarios and changes give further trees, and a tree gives a model, or everything that is wrong
/// with it.
#[derive(Clone, Debug)]
pub struct Tree {
    root: Table,
    start: Option<Span>,
    files: Files,
    units: FileUnits,
    scenarios: ScenarioFiles,
    hourly: Arc<HourlyFiles>,
    /// What the base and all scenarios name, found when the folder was read.
    named: Arc<Named>,
    scenario: String,
    scenario_label: String,
    changes: Vec<Changed>,
    diags: Diagnostics,
    damage: Damage,
}

impl Tree {
    /// Reads a folder: the model and all of its scenarios.
    pub fn read(folder: &Path) -> Self {
        let mut diags = Diagnostics::default();
        let (toml, csv) = folder::list(folder, &mut diags);
        unread::check(folder, &mut diags);
        let scenarios = ScenarioFiles::read(folder, &mut diags);
        scenario::refuse_reserved_names(&scenarios, &mut diags);
        let mut tree = Self {
            root: Table::default(),
            start: None,
            files: Files::default(),
            units: FileUnits::new(),
            scenarios,
            hourly: Arc::default(),
            named: Arc::default(),
            scenario: BASE.to_owned(),
            scenario_label: String::new(),
            changes: Vec::new(),
            diags,
            damage: Damage::default(),
        };
        toml.iter().for_each(|path| tree.add_toml(folder, path));
        let named = Named::of(&tree.scenarios);
        let hourly: BTreeSet<String> = hourly::named(&tree.root).map(composed).collect();
        let there: BTreeSet<String> = csv.iter().map(|path| composed(path)).collect();
        let missing: Vec<&str> = hourly.difference(&there).map(String::as_str).collect();
        let mut hours = HourlyFiles::new();
        for path in &csv {
            let name = composed(path);
            if hourly.contains(&name)
                || (!folder::is_table(&name) && named.in_scenario(&name))
                || folder::may_be_meant(&name, &tree.root, missing.iter().copied())
            {
                let file = tree.hourly(folder, path);
                hours.insert(name, file);
            } else {
                tree.add_table(folder, path, &csv);
            }
        }
        tree.hourly = Arc::new(hours);
        tree.named = Arc::new(named.with_base(&tree.root));
        tree
    }

    fn add_toml(&mut self, folder: &Path, path: &str) {
        let Self { diags, damage, .. } = self;
        let loaded = Loaded::of(folder, path);
        let Some(id) = self.files.add_or_lose(path, &loaded, diags, damage) else { return };
        self.start = self.start.or(Some(Span { file: id, start: 0, end: 0 }));
        let mut table = toml_file::parse(self.files.sources.file(id), diags, damage);
        if let Some(own) = take_units(&mut table, root::UNITS, diags) {
            self.units.insert(id, own);
        }
        self.root.merge(table, "", diags);
    }

    /// Reads a file as an hourly table.
    fn hourly(&mut self, folder: &Path, path: &str) -> Option<HourlyFile> {
        let Self { diags, damage, .. } = self;
        let loaded = Loaded::of(folder, path);
        let id = self.files.add_or_lose(path, &loaded, diags, damage)?;
        hourly::parse(self.files.sources.file(id), diags)
    }

    fn add_table(&mut self, folder: &Path, path: &str, others: &[String]) {
        let Self { diags, damage, .. } = self;
        let found = folder::table_of(path, others, &self.root, diags);
        let found = found.map(|(table, level)| (table, level.to_owned()));
        let loaded = Loaded::of(folder, path);
        let Some(id) = self.files.add_or_lose(path, &loaded, diags, damage) else { return };
        let file = self.files.sources.file(id);
        match found {
            Some((table, level)) => {
                tables::add(table, &level, file, &mut self.root, diags, damage);
            }
            None => damage.text(&file.text),
        }
    }

    /// The scenarios of the model, `base` first.
    ///
    /// Files that cannot be read are listed with their name as label: applying such a scenario
    /// says what is wrong with it.
    pub fn scenarios(&self) -> Vec<Scenario> {
        scenario::scenarios(&self.scenarios)
    }

    /// The tree with a scenario applied, and all it builds on, or with several (`one+other`); `None`
    /// or `base` for the model as it is. What is wrong with them is said with all else.
    #[must_use]
    pub fn scenario(mut self, name: Option<&str>) -> Self {
        let name = &*composed(name.unwrap_or(BASE));
        let Self { root, scenarios, files, units, changes, diags, damage, .. } = &mut self;
        let lineage = scenario::lineage(scenarios, name, files, units, diags, damage);
        changes.extend(scenario::apply(&lineage, root, units, diags, damage));
        Self { scenario: name.to_owned(), scenario_label: lineage.label, ..self }
    }

    /// The tree with further changes, on top of what is there.
    #[must_use]
    pub fn with(&self, changes: &[Change]) -> Self {
        let mut tree = self.clone();
        let steps = scenario::given(changes, &mut tree.files.sources);
        let Self { root, changes: changed, units, diags, damage, .. } = &mut tree;
        changed.extend(scenario::apply(&steps, root, units, diags, damage));
        tree
    }

    /// The model that the tree describes, or everything that is wrong with it.
    pub fn input(&self) -> Input {
        self.clone().into_input()
    }

    fn into_input(self) -> Input {
        let Self { mut root, start, files, units, scenario, scenario_label, .. } = self;
        let (mut diags, mut damage) = (self.diags, self.damage);
        structure::check(&mut root, &mut diags, &mut damage);
        provenance::check(&root, &mut diags);
        let changes = self.changes;
        let steps = changes.iter().map(|change| change.step(&files.sources)).collect();
        let mut input = Input { changes: steps, files: files.read, ..Input::default() };
        if let Some(start) = start {
            let mut rd = Reader::new(&root, &self.hourly, units, diags, damage);
            let removed = changes.iter().filter(|change| change.does == StepDoes::Remove);
            for (change, path) in
                removed.flat_map(|c| c.paths.iter().map(move |path| (c, path)))
            {
                if let Some((_, name)) = path.split_once('.') {
                    rd.removed.insert(name.to_owned(), change.place);
                }
            }
            let built = build::build(&mut rd, start, &scenario);
            check::check(&mut rd, &built, start, &self.named);
            // what a scenario changes may be what the model's reason is for
            if changes.is_empty() && !rd.diags.has_errors() {
                rd.report_waivers_without_need();
            }
            if let Some(diagnostic) = unsaid(&rd) {
                rd.diags.push(diagnostic);
            }
            diags = rd.diags;
            input.defaults = rd.defaults;
            if !diags.has_errors() {
                let inputs = inputs::inputs(&root, &rd.file_units, &changes, &files.sources);
                let changes = input.changes.clone();
                let model = Model { scenario_label, inputs, changes, ..built.model };
                // until here emissions are in Mt, as other masses are
                input.model = Some(model.with_emissions_in_their_units());
            }
        }
        diags.sort(&files.sources);
        input.diagnostics = scenario::with_scaling(&diags, &changes);
        input.sources = files.sources;
        input
    }

    /// The values at and under a path: where each is written, where it comes from, and which
    /// scenario put it there. What formulas come to, and the value of a milestone year between
    /// given ones, are those of the model.
    pub fn trace(&self, path: &str) -> Trace {
        let Self { mut root, start, files, units, scenario, changes, mut diags, .. } =
            self.clone();
        let mut damage = self.damage.clone();
        let (mut values, mut known) = trace::collect(&root, path, &units, &changes);
        let may_follow = !values.is_empty() || trace::may_follow(&root, path);
        if let Some(start) = start.filter(|_| may_follow && !diags.has_errors()) {
            // what is wrong with the rest of the model is for `input` to say
            structure::check(&mut root, &mut Diagnostics::default(), &mut damage);
            let mut rd =
                Reader::new(&root, &self.hourly, units, Diagnostics::default(), damage);
            build::build(&mut rd, start, &scenario);
            let following = trace::Following { rd: &rd, changes: &changes };
            following.complete(path, &mut values, &mut known);
        }
        diags.sort(&files.sources);
        Trace { values, sources: files.sources, diagnostics: diags, known }
    }
}

/// What is said where items could not be read and nothing else says why: without them the model
/// would be another one.
fn unsaid(rd: &Reader<'_>) -> Option<Diagnostic> {
    if rd.diags.has_errors() {
        return None;
    }
    let path = rd.failed.iter().next()?;
    let message = format!("`{path}` cannot be read, and kzleap does not say why");
    let hint = "this is a mistake of kzleap; please report it with these files";
    Some(Diagnostic::error_overall("unread", message).hint(hint))
}

/// In place of a unit that could not be read.
const UNREADABLE: &str = "";

/// Takes `[units]` out of a file's tree, since it holds for that file alone.
pub(crate) fn take_units(
    table: &mut Table,
    field: Field<Units>,
    diags: &mut Diagnostics,
) -> Option<BTreeMap<String, (String, Span)>> {
    let entry = table.remove(&field.key())?;
    let Value::Table(units) = entry.node.value else {
        let message = format!("`units` is {}, not a table", entry.node.value.kind());
        let hint = "it is written as `[units]`, with lines such as `capital_cost = \"USD/kW\"`";
        diags.push(Diagnostic::error("wrong-type", message, entry.node.span, "").hint(hint));
        return None;
    };
    let mut known = BTreeMap::new();
    for unit in units.iter() {
        match unit.node.text() {
            Some(UNREADABLE) => {
                let message = format!("`{}` has no unit", unit.key);
                let diagnostic = Diagnostic::error("unknown-unit", message, unit.node.span, "");
                diags.push(diagnostic.hint("write one, or leave the line out"));
                known.insert(unit.key.clone(), (UNREADABLE.to_owned(), unit.node.span));
            }
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
