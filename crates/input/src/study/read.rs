//! Reading a study file.

use std::path::Path;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Span};

use super::{Correlation, Does, Method, Sampling, Study, StudyInput, StudyRead};
use crate::damage::Damage;
use crate::folder::Files;
use crate::names::suggest;
use crate::registry::{
    Choice, Field, Key, Kind, Names, Number, TableKind, Text, correlation, input, sampling,
    study,
};
use crate::scenario::unknown_keys;
use crate::toml_file;
use crate::tree::{Entry, Node, Table, Value};

mod distribution;

/// Samples of a study where its file does not say how many.
const FEW: usize = 2;

/// Reads a study file. Everything that is wrong with it is found at once.
pub fn read_study(file: &Path) -> StudyRead {
    let mut found = StudyRead::default();
    let mut files = Files::default();
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let id = files.add(folder, &name, &mut found.diagnostics);
    if let Some(id) = id {
        let text = files.sources.file(id);
        let mut table = toml_file::parse(text, &mut found.diagnostics, &mut Damage::default());
        let start = Span { file: id, start: 0, end: 0 };
        let mut reader = Reader { diags: &mut found.diagnostics, folder, start };
        found.study = reader.study(&mut table);
    }
    if found.diagnostics.has_errors() {
        found.study = None;
    }
    found.diagnostics.sort(&files.sources);
    found.sources = files.sources;
    found
}

struct Reader<'r> {
    diags: &'r mut Diagnostics,
    folder: &'r Path,
    /// The beginning of the file.
    start: Span,
}

impl Reader<'_> {
    fn study(&mut self, table: &mut Table) -> Option<Study> {
        unknown_keys(&study::TABLE, table, self.diags);
        let model = self.text(table, study::MODEL, &study::TABLE, self.start);
        let inputs = self.inputs(table);
        let correlations = self.correlations(table, &inputs);
        let sampling = self.sampling(table, &inputs, &correlations);
        let scenarios = self.names(table, study::SCENARIOS).into_iter().map(|(name, _)| name);
        let scenarios: Vec<String> = scenarios.collect();
        Some(Study {
            model: self.folder.join(model?),
            scenarios: if scenarios.is_empty() { vec!["base".to_owned()] } else { scenarios },
            regions: self.optional_text(table, study::REGIONS),
            slices: self.count(table, study::SLICES),
            sampling: sampling?,
            inputs,
            correlations,
        })
    }

    fn inputs(&mut self, table: &mut Table) -> Vec<StudyInput> {
        let Some(node) = table.get_mut(&study::INPUTS.key()) else { return Vec::new() };
        let Value::Table(items) = &mut node.value else {
            self.not_a(&study::INPUTS.key(), node.span, &node.value, "a table", &input::TABLE);
            return Vec::new();
        };
        items.iter_mut().filter_map(|entry| self.input(entry)).collect()
    }

    fn input(&mut self, entry: &mut Entry) -> Option<StudyInput> {
        let Value::Table(table) = &mut entry.node.value else {
            self.not_a(
                &entry.key,
                entry.node.span,
                &entry.node.value,
                "a table",
                &input::TABLE,
            );
            return None;
        };
        unknown_keys(&input::TABLE, table, self.diags);
        let paths = self.names(table, input::PATH);
        if paths.is_empty() && table.get(&input::PATH.key()).is_none() {
            self.missing(input::PATH.name(), &input::TABLE, entry.key_span);
        }
        let does = match self.choice(table, input::CHANGE) {
            Some(1) => Does::Multiply,
            Some(2) => Does::Add,
            _ => Does::Set,
        };
        let unit = self.optional_text(table, input::UNIT);
        if let (Some(unit), Does::Multiply | Does::Add) =
            (table.entry(&input::UNIT.key()), does)
        {
            let message = "`unit` goes with `change = \"set\"` alone";
            let hint = "take it out: what is there keeps its unit";
            self.error("unknown-key", message, unit.key_span, hint);
        }
        let distribution = distribution::read(table, entry.key_span, self.diags)?;
        let paths: Vec<String> = paths.into_iter().map(|(path, _)| path).collect();
        let place =
            Some(table.get(&input::PATH.key()).map_or(entry.key_span, |node| node.span));
        let name = entry.key.clone();
        (!paths.is_empty()).then_some(StudyInput {
            name,
            paths,
            does,
            unit,
            distribution,
            place,
        })
    }

    fn correlations(&mut self, table: &mut Table, inputs: &[StudyInput]) -> Vec<Correlation> {
        let kind = &correlation::TABLE;
        let Some(node) = table.get_mut(&study::CORRELATIONS.key()) else { return Vec::new() };
        let Value::List(nodes) = &mut node.value else {
            let key = study::CORRELATIONS.key();
            self.not_a(&key, node.span, &node.value, "a list of tables", kind);
            return Vec::new();
        };
        let mut all: Vec<Correlation> = Vec::new();
        for node in nodes {
            let place = node.span;
            let Value::Table(table) = &mut node.value else { continue };
            unknown_keys(kind, table, self.diags);
            let rank = self.number(table, correlation::RANK);
            if rank.is_none() && table.get(&correlation::RANK.key()).is_none() {
                self.missing(correlation::RANK.name(), kind, place);
            }
            let named = self.names(table, correlation::INPUTS);
            let at: Vec<usize> = named
                .iter()
                .filter_map(|(name, place)| self.position(name, *place, inputs))
                .collect();
            match at[..] {
                [one, other] if one != other => {
                    let twice = |known: &Correlation| {
                        known.inputs == [one, other] || known.inputs == [other, one]
                    };
                    if all.iter().any(twice) {
                        let message = "these two inputs have a correlation already";
                        self.error("duplicate", message, place, "keep one of the two");
                    }
                    all.extend(rank.map(|rank| Correlation {
                        inputs: [one, other],
                        rank,
                        place,
                    }));
                }
                _ if at.len() < named.len() => {} // an unknown name was reported
                _ => {
                    let message = "a correlation is of two inputs";
                    let hint = "written as `inputs = [\"gas\", \"coal\"]`";
                    self.error("wrong-number", message, place, hint);
                }
            }
        }
        all
    }

    fn position(&mut self, name: &str, place: Span, inputs: &[StudyInput]) -> Option<usize> {
        let found = inputs.iter().position(|input| input.name == name);
        if found.is_none() {
            let message = format!("the study has no input `{name}`");
            let mut diagnostic = Diagnostic::error("unknown-input", message, place, "");
            if let Some(hint) = suggest(name, inputs.iter().map(|input| input.name.as_str())) {
                diagnostic = diagnostic.hint(hint);
            }
            self.diags.push(diagnostic);
        }
        found
    }

    fn sampling(
        &mut self,
        table: &mut Table,
        inputs: &[StudyInput],
        correlations: &[Correlation],
    ) -> Option<Sampling> {
        let mut nothing = Table::default();
        let table = match table.get_mut(&study::SAMPLING.key()) {
            None => &mut nothing,
            Some(Node { value: Value::Table(table), .. }) => table,
            Some(node) => {
                let key = study::SAMPLING.key();
                self.not_a(&key, node.span, &node.value, "a table", &sampling::TABLE);
                return None;
            }
        };
        unknown_keys(&sampling::TABLE, table, self.diags);
        let method = match self.choice(table, sampling::METHOD) {
            Some(1) => Method::OneAtATime,
            Some(2) => Method::LatinHypercube,
            Some(3) => Method::Sobol,
            Some(4) => Method::Morris,
            Some(5) => Method::SobolIndices,
            _ => Method::Grid,
        };
        let place = table.get(&sampling::METHOD.key()).map_or(self.start, |method| method.span);
        let size = self.count(table, sampling::SIZE);
        let chosen = matches!(method, Method::Grid | Method::OneAtATime);
        if !chosen && size.is_none() && table.get(&sampling::SIZE.key()).is_none() {
            self.missing(sampling::SIZE.name(), &sampling::TABLE, place);
        }
        if let (Some(size), true) = (table.entry(&sampling::SIZE.key()), chosen) {
            let message = "`size` is for methods that draw samples";
            self.error("unknown-key", message, size.key_span, "take it out");
        }
        let levels = self.count(table, sampling::LEVELS).unwrap_or(4);
        if let (1, Some(node)) = (levels % 2, table.get(&sampling::LEVELS.key())) {
            let message = format!("`levels` is an even number, not {levels}");
            self.error("out-of-range", &message, node.span, "the usual is 4");
        }
        self.distributions_of(method, inputs);
        if let (Some(first), true) = (correlations.first(), method != Method::LatinHypercube) {
            let message = "correlations go with `method = \"latin_hypercube\"` alone";
            self.error("unknown-key", message, first.place, "leave them out, or choose it");
        }
        let seed = self.number(table, sampling::SEED).unwrap_or(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
        Some(Sampling { method, size: size.unwrap_or(FEW), levels, seed: seed as u64 })
    }

    /// Whether every input has what the method needs: values for a grid, ends for trajectories.
    fn distributions_of(&mut self, method: Method, inputs: &[StudyInput]) {
        for input in inputs {
            let needed = match method {
                Method::Grid if !input.distribution.is_values() => {
                    "a grid takes inputs with `values`"
                }
                Method::Morris if !input.distribution.has_ends() => {
                    "trajectories need a least and a most: `uniform`, `triangular` or `values`"
                }
                _ => continue,
            };
            let message = format!("`{}` is not for this method of sampling", input.name);
            self.error(
                "wrong-distribution",
                &message,
                input.place.unwrap_or(self.start),
                needed,
            );
        }
    }

    fn error(&mut self, code: &'static str, message: &str, place: Span, hint: &str) {
        self.diags.push(Diagnostic::error(code, message, place, "").hint(hint));
    }

    fn missing(&mut self, field: &str, kind: &TableKind, place: Span) {
        let message = format!("`{}` has no `{field}`", kind.written);
        let doc = kind.field(field).map_or("", |field| field.doc);
        self.error("missing-field", &message, place, &format!("say {doc}"));
    }

    fn not_a(&mut self, key: &str, place: Span, value: &Value, what: &str, kind: &TableKind) {
        if !matches!(value, Value::Broken) {
            let message = format!("`{key}` is {}, not {what}", value.kind());
            let hint = format!("it is written as `{}`", kind.written);
            self.error("wrong-type", &message, place, &hint);
        }
    }

    fn wrong_type(&mut self, key: Key, node: &Node, what: &str) {
        if !matches!(node.value, Value::Broken) {
            let message = format!("`{key}` is {}, not {what}", node.value.kind());
            self.diags.push(Diagnostic::error("wrong-type", message, node.span, ""));
        }
    }

    fn text(
        &mut self,
        table: &Table,
        field: Field<Text>,
        kind: &TableKind,
        place: Span,
    ) -> Option<String> {
        if table.get(&field.key()).is_none() {
            self.missing(field.name(), kind, place);
        }
        self.optional_text(table, field)
    }

    fn optional_text(&mut self, table: &Table, field: Field<Text>) -> Option<String> {
        let node = table.get(&field.key())?;
        let text = node.text().map(ToOwned::to_owned);
        if text.is_none() {
            self.wrong_type(field.key(), node, "a text in quotes");
        }
        text
    }

    fn names(&mut self, table: &Table, field: Field<Names>) -> Vec<(String, Span)> {
        let Some(node) = table.get(&field.key()) else { return Vec::new() };
        let named = |node: &Node| Some((node.text()?.to_owned(), node.span));
        let found: Option<Vec<_>> = match &node.value {
            Value::List(nodes) if !nodes.is_empty() => nodes.iter().map(named).collect(),
            _ => named(node).map(|one| vec![one]),
        };
        if found.is_none() {
            self.wrong_type(field.key(), node, "a text or a list of texts");
        }
        found.unwrap_or_default()
    }

    fn choice(&mut self, table: &Table, field: Field<Choice>) -> Option<usize> {
        let node = table.get(&field.key())?;
        let Choice(words) = field.holds;
        let found = node.text().and_then(|text| words.iter().position(|word| *word == text));
        if found.is_none() && !matches!(node.value, Value::Broken) {
            let message = format!("`{field}` is one of {}", words.join(", "));
            let mut diagnostic = Diagnostic::error("unknown-word", message, node.span, "");
            if let Some(hint) =
                node.text().and_then(|text| suggest(text, words.iter().copied()))
            {
                diagnostic = diagnostic.hint(hint);
            }
            self.diags.push(diagnostic);
        }
        found
    }

    fn number(&mut self, table: &Table, field: Field<Number>) -> Option<f64> {
        let node = table.get(&field.key())?;
        let Value::Number(number) = node.value else {
            self.wrong_type(field.key(), node, "a number");
            return None;
        };
        let Kind::Quantity(quantity) = field.listed.kind else { return Some(number) };
        let (low, high) = quantity.hard;
        let whole = !quantity.whole || number.fract() == 0.0;
        if (low..=high).contains(&number) && whole {
            return Some(number);
        }
        let what = if quantity.whole { "a whole number" } else { "a number" };
        let message = format!("`{field}` is {what} from {low} to {high}, not {number}");
        self.diags.push(Diagnostic::error("out-of-range", message, node.span, ""));
        None
    }

    fn count(&mut self, table: &Table, field: Field<Number>) -> Option<usize> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
        self.number(table, field).map(|number| number as usize)
    }
}
