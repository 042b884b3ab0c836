//! A model that somebody gave us: of which tool it is does not matter from here on.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kzleap_diagnostics::{Diagnostic, Diagnostics, Sources};
use kzleap_input::{DefaultUsed, FileRead, Input, Tree};
use kzleap_model::policy::CapWindow;
use kzleap_model::{Model, Periods, RegionChange};
use kzleap_osemosys::{Data, Imported, Map};

use crate::combinations::combinations;
use crate::foreign::{not_read, what_it_is};
use crate::{Kind, RunSpec};

/// A model that was read once, of which variants are made without reading it again.
pub enum Given {
    /// A model folder of ours.
    Folder(Box<Tree>),
    /// An OSeMOSYS model.
    Osemosys(Box<GivenOsemosys>),
    /// A NEMO scenario database.
    Nemo(Box<GivenNemo>),
    /// Nothing that is read; the finding says what it is instead.
    Nothing(Box<Diagnostic>),
}

/// A NEMO scenario database as it was read.
pub struct GivenNemo {
    /// The scenario; `None` if it has errors.
    data: Option<Arc<kzleap_nemo::Data>>,
    findings: Diagnostics,
}

/// An OSeMOSYS model as it was read.
pub struct GivenOsemosys {
    /// Its data; `None` if it has errors.
    data: Option<Data>,
    sources: Sources,
    findings: Diagnostics,
}

/// A variant of a model, with all that was found in making it.
#[derive(Debug, Default)]
pub struct Read {
    /// The model; `None` if it has errors. Of a NEMO database the first group of years.
    pub model: Option<Model>,
    /// Findings, files and defaults.
    pub input: Input,
    /// What it was made from, if it is an OSeMOSYS model.
    pub osemosys: Option<(Data, Map)>,
    /// The scenario it was made from, if it is a NEMO database.
    pub nemo: Option<Arc<kzleap_nemo::Data>>,
    /// What was merged or split of what is written.
    pub resolution: Resolved,
}

/// What became of the resolution that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The level of regions; `None` for the regions as written.
    pub regions: Option<String>,
    /// Whether that level splits regions; else it merges them.
    pub split: bool,
    /// How many time slices are left of more; `None` for the slices as written.
    pub slices: Option<usize>,
    /// How the hours of a year were cut into those slices; `None` for slices as written.
    pub periods: Option<Periods>,
}

impl Given {
    /// Reads the model of a run, whatever it is.
    pub fn open(spec: &RunSpec) -> Self {
        let path = &spec.model;
        match Kind::of(path) {
            Kind::Osemosys => Self::Osemosys(Box::new(GivenOsemosys::open(spec))),
            Kind::Nemo => {
                let kzleap_nemo::Reading { data, diagnostics } = kzleap_nemo::read(path);
                let data = data.map(Arc::new);
                Self::Nemo(Box::new(GivenNemo { data, findings: diagnostics }))
            }
            Kind::Folder if !path.is_dir() || what_it_is(path).is_some() => {
                Self::Nothing(Box::new(not_read(path)))
            }
            Kind::Folder => Self::Folder(Box::new(Tree::read(path))),
        }
    }

    /// Names of its scenarios, `base` first.
    pub fn scenarios(&self) -> Vec<String> {
        match self {
            Self::Folder(tree) => tree.scenarios().into_iter().map(|one| one.name).collect(),
            _ => vec!["base".to_owned()],
        }
    }

    /// What a scenario is about; empty if its file does not say.
    pub fn description(&self, scenario: &str) -> String {
        let Self::Folder(tree) = self else { return String::new() };
        let found = tree.scenarios().into_iter().find(|one| one.name == scenario);
        found.map(|one| one.description).unwrap_or_default()
    }

    /// The scenarios, or combinations of them (`one+other`), that a name with `*` for any letters
    /// stands for. `base` is meant by its own name alone.
    ///
    /// # Errors
    /// If no scenario has such a name.
    pub fn scenarios_named(&self, asked: &str) -> Result<Vec<String>, String> {
        combinations(&self.scenarios(), asked)
    }

    /// The variant that a run describes; nothing is read for it.
    pub fn read(&self, spec: &RunSpec) -> Read {
        match self {
            Self::Folder(tree) => of_tree(tree, spec),
            Self::Osemosys(given) => given.read(spec),
            Self::Nemo(given) => given.read(spec),
            Self::Nothing(finding) => {
                let mut read = Read::default();
                read.input.diagnostics.push((**finding).clone());
                read
            }
        }
    }
}

fn of_tree(tree: &Tree, spec: &RunSpec) -> Read {
    let tree = tree.clone().scenario(spec.scenario.as_deref());
    let tree = if spec.changes.is_empty() { tree } else { tree.with(&spec.changes) };
    let mut input = tree.input();
    let at_resolution = input.model.take().and_then(|written| {
        let resolved = Resolved::of(&written, spec);
        let (hours, stated) =
            (written.time.slices.len(), written.time.cutting.below_caps.clone());
        match spec.resolution.of(written) {
            Ok(mut model) => {
                // what it keeps of them is what was done
                model.time.cutting.below_caps.clear();
                if model.time.slices.len() < hours {
                    plan_below_caps(&mut model, &stated, spec, &mut input);
                }
                spec.settled.apply(&mut model, &mut input.defaults);
                Some(resolved(model))
            }
            Err(findings) => {
                input.diagnostics.extend(&findings);
                None
            }
        }
    });
    let (model, resolution) = at_resolution.unzip();
    Read { model, input, resolution: resolution.unwrap_or_default(), ..Read::default() }
}

/// Lowers yearly caps by what the model says, and by what the hours of an earlier plan were above
/// them; says so among what was assumed.
fn plan_below_caps(
    model: &mut Model,
    stated: &BTreeMap<String, Vec<Option<f64>>>,
    spec: &RunSpec,
    input: &mut Input,
) {
    let years: Vec<i32> = model.time.years.iter().map(|year| year.milestone).collect();
    let mut lowered = Vec::new();
    for cap in model.emission_caps.iter_mut() {
        let CapWindow::EachYear(limits) = &mut cap.window else { continue };
        let (stated, found) = (stated.get(&cap.name), spec.below_caps.get(&cap.name));
        for (at, (year, limit)) in years.iter().zip(limits).enumerate() {
            let stated = stated.and_then(|by_year| by_year.get(at).copied().flatten());
            let found = found.and_then(|by_year| by_year.get(year).copied());
            let below = stated.unwrap_or_default() + found.unwrap_or_default();
            if let Some(limit) = limit.as_mut().filter(|_| below > 0.0) {
                *limit -= below;
                lowered.push((cap.name.clone(), *year, below));
                let done = &mut model.time.cutting.below_caps;
                done.entry(cap.name.clone()).or_insert_with(|| vec![None; years.len()])[at] =
                    Some(below);
            }
        }
    }
    input.defaults.extend(lowered.into_iter().map(|(name, year, below)| DefaultUsed {
        path: format!("emission_caps.{name}.limit.{year}"),
        value: format!("planned lower by {below:.3}, in its unit"),
        reason: "the hours of such a plan were above it by so much".to_owned(),
    }));
}

impl Resolved {
    /// What is said of a model once it is at the resolution asked for, derived from how it is written.
    fn of(written: &Model, spec: &RunSpec) -> impl FnOnce(Model) -> (Model, Self) + use<> {
        let slices = written.time.slices.len();
        let level = spec.resolution.regions.as_ref().and_then(|name| {
            let level = written.region_levels.iter().find(|level| level.name == *name)?;
            match &level.change {
                RegionChange::Merge(groups) if groups.is_empty() => None,
                RegionChange::Merge(_) => Some((name.clone(), false)),
                RegionChange::Split(_) => Some((name.clone(), true)),
            }
        });
        move |model| {
            let left = model.time.slices.len();
            let fewer = left < slices;
            let of_hours = fewer && !model.time.calendar.is_empty();
            let resolved = Self {
                split: level.as_ref().is_some_and(|(_, split)| *split),
                regions: level.map(|(name, _)| name),
                slices: fewer.then_some(left),
                periods: of_hours.then(|| Periods::of(&model.time)),
            };
            (model, resolved)
        }
    }
}

/// What is wrong with asking a model of another tool for a scenario or a change.
fn without_scenarios(spec: &RunSpec, what: &str) -> Input {
    let mut input = Input::default();
    if let Some(name) = spec.scenario.as_ref().filter(|name| *name != "base") {
        let message = format!("there is no scenario `{name}`: {what} has none");
        input.diagnostics.push(Diagnostic::error_overall("unknown-scenario", message));
    }
    if let Some(change) = spec.changes.first() {
        let message = format!("`{}` cannot be changed: {what} has no paths", change.path);
        input.diagnostics.push(Diagnostic::error_overall("path-leads-nowhere", message));
    }
    input
}

impl GivenNemo {
    /// The model of the first group of years, as if nothing had been calculated before it.
    fn read(&self, spec: &RunSpec) -> Read {
        let mut input = without_scenarios(spec, "a NEMO database");
        let found = &mut input.diagnostics;
        found.extend(&self.findings);
        let course = self.data.as_ref().map(|data| kzleap_nemo::Course::new(data, &spec.nemo));
        let model = match course {
            Some(Ok(mut course)) => {
                let first = course.next_model();
                found.extend(&course.outcome().diagnostics);
                first.map(|imported| imported.model)
            }
            Some(Err(finding)) => {
                found.push(*finding);
                None
            }
            None => None,
        };
        let model = model.filter(|_| !found.has_errors());
        Read { model, input, nemo: self.data.clone(), ..Read::default() }
    }
}

impl GivenOsemosys {
    fn open(spec: &RunSpec) -> Self {
        let (mut sources, mut findings) = (Sources::default(), Diagnostics::default());
        let path: &Path = &spec.model;
        let data = kzleap_osemosys::read(path, &spec.osemosys, &mut sources, &mut findings);
        let data = data.unwrap_or_else(|error| {
            let message = format!("`{}` cannot be read: {error}", path.display());
            findings.push(Diagnostic::error_overall("unreadable", message));
            None
        });
        Self { data, sources, findings }
    }

    fn read(&self, spec: &RunSpec) -> Read {
        let mut input = without_scenarios(spec, "an OSeMOSYS model");
        input.diagnostics.extend(&self.findings);
        input.sources = self.sources.clone();
        let file = |file: &kzleap_diagnostics::SourceFile| FileRead {
            path: file.path.clone(),
            bytes: file.text.as_bytes().into(),
        };
        input.files = self.sources.iter().map(file).collect();
        let usable = !input.diagnostics.has_errors();
        let Some(data) = self.data.clone().filter(|_| usable) else {
            return Read { input, ..Read::default() };
        };
        let Imported { model, map } = kzleap_osemosys::to_model(&data);
        let absent = data.absent.iter().map(|absent| DefaultUsed {
            path: absent.parameter.to_owned(),
            value: absent.taken(),
            reason: "not given".to_owned(),
        });
        let notes = data.notes.iter().map(|note| DefaultUsed {
            path: model.name.clone(),
            value: note.clone(),
            reason: note.clone(),
        });
        input.defaults = absent.chain(notes).collect();
        let osemosys = Some((data, map));
        Read { model: Some(model), input, osemosys, ..Read::default() }
    }
}
