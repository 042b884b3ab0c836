//! Scenarios: single values of the tree changed, each with its reason.

mod apply;
mod arithmetic;
mod between;
mod changed;
mod conflicts;
mod given;
mod lineage;
mod paths;
mod steps;

use kzleap_diagnostics::{Diagnostics, Span};

pub(crate) use apply::apply;
pub(crate) use changed::{Changed, with_scaling};
pub(crate) use given::steps as given;
pub use given::{Change, Operation, Plain};
pub(crate) use lineage::{Lineage, lineage, refuse_reserved_names};
pub(crate) use steps::unknown_keys;

use crate::damage::Damage;
use crate::folder::{Files, ScenarioFiles, scenario_path};
use crate::registry::{Field, Text, scenario};
use crate::toml_file;
use crate::tree::{Node, Table};

/// The name of the model without any scenario.
pub(crate) const BASE: &str = "base";

/// A scenario of a model, as its file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Name of its file without `.toml`, or `base`.
    pub name: String,
    /// The name shown to people.
    pub label: String,
    /// What it is about.
    pub description: String,
    /// The scenarios it builds on; none for `base`.
    pub parents: Vec<String>,
}

/// What joins the names of scenarios that are read together.
pub(crate) const AND: char = '+';

/// One path of a `[[set]]` or `[[remove]]`.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) scenario: String,
    /// As it is written, with `*` for any name.
    pub(crate) path: String,
    pub(crate) place: Span,
    pub(crate) action: Action,
    /// The other entries of the table.
    pub(crate) table: Table,
    pub(crate) reason: String,
}

/// What a step does at its path.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Puts a value.
    Put(Node),
    /// Puts a value in the unit of what is there.
    PutInUnitThere(Node),
    /// Multiplies what is there.
    Multiply(f64),
    /// Adds to what is there.
    Add(f64),
    /// Takes out what is there.
    Remove,
}

/// The scenarios of a model, `base` first.
///
/// Files that cannot be read are listed with their name as label: reading such a scenario says
/// what is wrong with it.
pub(crate) fn scenarios(all: &ScenarioFiles) -> Vec<Scenario> {
    let base = Scenario {
        name: BASE.to_owned(),
        label: "Base".to_owned(),
        description: String::new(),
        parents: Vec::new(),
    };
    let others = all.names().map(|name| {
        let (mut files, mut diags) = (Files::default(), Diagnostics::default());
        let table = all
            .get(name)
            .and_then(|loaded| files.take(&scenario_path(name), loaded, &mut diags))
            .map(|id| {
                let file = files.sources.file(id);
                toml_file::parse(file, &mut diags, &mut Damage::default())
            })
            .unwrap_or_default();
        let text = |field: Field<Text>| {
            table.get(&field.key()).and_then(Node::text).map(ToOwned::to_owned)
        };
        Scenario {
            label: text(scenario::LABEL).unwrap_or_else(|| name.to_owned()),
            description: text(scenario::DESCRIPTION).unwrap_or_default(),
            parents: match lineage::parents(&table) {
                Some(parents) if !parents.is_empty() => {
                    parents.into_iter().map(|(name, _)| name).collect()
                }
                _ => vec![BASE.to_owned()],
            },
            name: name.to_owned(),
        }
    });
    std::iter::once(base).chain(others).collect()
}
