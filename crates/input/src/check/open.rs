//! What a model with mistakes may have beside what could be read of it: rules about what is not
//! there pass over what may be among it.

use std::collections::BTreeSet;

use kzleap_model::CommodityIx;

use crate::build::Build;
use crate::reader::Reader;
use crate::registry::{Field, Items, PROVENANCE, process, root};
use crate::tree::{Node, Table, Value, join};

/// What parts with a mistake may make, use or limit.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Anything at all.
    all: bool,
    /// Names that stand in parts with a mistake: these may be made, used or limited there.
    names: BTreeSet<String>,
    /// Those of parts that make something.
    made: BTreeSet<String>,
    /// Whether it is not known what some of them use and make.
    flows: bool,
    /// Collections with such parts.
    collections: BTreeSet<String>,
}

impl Open {
    pub(super) fn new(rd: &Reader<'_>, build: &Build) -> Self {
        let sets = &rd.sets;
        let mut open = Self {
            all: rd.damage.may_declare()
                || rd.damage.lost_scenario()
                || sets.regions_unknown
                || sets.years_unknown,
            ..Self::default()
        };
        let known =
            |name: &str| build.model.commodities.iter().any(|commodity| commodity.name == name);
        open.names.extend(rd.damage.names().cloned());
        // what a row says that could not be read may be all that a process lacks
        let damaged = [root::PROCESSES, root::RESOURCES, root::STORAGES, root::LINKS]
            .iter()
            .flat_map(|kind| open.names.iter().map(|name| join(kind.name(), name)))
            .filter(|path| table_at(rd.root, path).is_some());
        let damaged: BTreeSet<String> = damaged.collect();
        for path in rd.failed.union(&damaged) {
            let Some((collection, name)) = path.split_once('.') else { continue };
            open.collections.insert(collection.to_owned());
            open.names.extend(name.split('.').map(ToOwned::to_owned));
            let Some(table) = table_at(rd.root, path) else { continue };
            if collection == root::PROCESSES.name() {
                let mut own = build.model.processes.iter().zip(&build.process_paths);
                open.flows |= own.all(|(p, own)| own != path || p.modes.is_empty());
            }
            let mut own = BTreeSet::new();
            collect(table, &mut own);
            let makes = [root::PROCESSES, root::RESOURCES, root::LINKS];
            if makes.iter().any(|own| own.name() == collection) {
                // what it makes may be what could not be read
                open.all |= !own.iter().any(|name| known(name));
                open.made.extend(own.iter().cloned());
            }
            open.names.extend(own);
        }
        open
    }

    /// Whether there may be more of a commodity than could be read.
    pub(super) fn may_make(&self, build: &Build, commodity: CommodityIx) -> bool {
        self.all || self.made.contains(&build.model.commodities[commodity].name)
    }

    /// Whether a part with a mistake may name something.
    pub(super) fn may_name(&self, name: &str) -> bool {
        self.all || self.names.contains(name)
    }

    /// Whether a process may use or make what it was not read to.
    pub(super) const fn flows_unknown(&self) -> bool {
        self.all || self.flows
    }

    /// Whether a part with a mistake may take emissions out of the air.
    pub(super) fn may_remove(&self, build: &Build) -> bool {
        let emits = |name: &str| self.names.contains(name);
        let removes = || build.removes_by_fuel() && self.may_hold(root::PROCESSES);
        self.may_hold(root::EMISSIONS)
            || emits(process::EMISSIONS.name())
            || emits(process::CAPTURE.name())
            || removes()
    }

    /// Whether there may be more in a collection than could be read.
    pub(super) fn may_hold(&self, collection: Field<Items>) -> bool {
        self.all || self.collections.contains(collection.name())
    }
}

fn table_at<'t>(root: &'t Table, path: &str) -> Option<&'t Table> {
    path.split('.').try_fold(root, |table, step| table.get(step)?.table())
}

/// Every text and key of a part: all that it may name.
fn collect(table: &Table, names: &mut BTreeSet<String>) {
    for entry in table.iter().filter(|entry| !PROVENANCE.contains(&entry.key.as_str())) {
        names.insert(entry.key.clone());
        match &entry.node.value {
            Value::Text(text) => {
                names.insert(text.clone());
            }
            Value::List(nodes) => {
                names.extend(nodes.iter().filter_map(Node::text).map(ToOwned::to_owned));
            }
            Value::Table(inner) => collect(inner, names),
            _ => {}
        }
    }
}
