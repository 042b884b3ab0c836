//! Whose a capacity is, and what a process is chiefly for: how reports gather things.

use kzleap_model::{CommodityIx, Mode, Model, Process, ProcessIx, StorageIx};

/// What owns a capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerKind {
    /// A process; of a storage, its power.
    Process,
    /// What a storage holds.
    Storage,
    /// A link.
    Link,
}

impl OwnerKind {
    /// As tables write it.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Storage => "storage",
            Self::Link => LINK,
        }
    }
}

/// What a capacity belongs to, for reports.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// What the owner is.
    pub kind: OwnerKind,
    /// What reports gather it under.
    pub category: &'a str,
    /// The name shown to people.
    pub label: &'a str,
    /// The process, where it is one.
    pub process: Option<ProcessIx>,
    /// What the process chiefly makes, the storage holds or the link carries.
    pub commodity: Option<CommodityIx>,
}

/// The category of all links.
pub const LINK: &str = "link";

/// The owner of every capacity, in the order of [`Model::capacities`].
pub fn owners(model: &Model) -> Vec<Owner<'_>> {
    let mut owners: Vec<Owner<'_>> = model
        .capacities
        .iter()
        .map(|capacity| Owner {
            kind: OwnerKind::Process,
            category: &capacity.name,
            label: &capacity.name,
            process: None,
            commodity: None,
        })
        .collect();
    for (_, link) in model.links.iter_ix() {
        if let Some(capacity) = link.capacity {
            let owner = &mut owners[capacity.get()];
            owner.kind = OwnerKind::Link;
            owner.category = LINK;
            owner.commodity = Some(link.commodity);
        }
    }
    for (z, storage) in model.storages.iter_ix() {
        let owner = &mut owners[storage.capacity.get()];
        owner.kind = OwnerKind::Storage;
        if let Some(process) = storage_process(model, z) {
            owner.category = &process.category;
            owner.label = &process.label;
            owner.commodity = main_output(process);
        }
    }
    // last: power that an energy content is tied to is reported as the process's
    for (p, process) in model.processes.iter_ix() {
        if let Some(capacity) = process.capacity {
            owners[capacity.get()] = Owner {
                kind: OwnerKind::Process,
                category: &process.category,
                label: &process.label,
                process: Some(p),
                commodity: main_output(process),
            };
        }
    }
    owners
}

/// The first output of the first mode that has one.
pub fn main_output(process: &Process) -> Option<CommodityIx> {
    process.modes.iter().find_map(|mode| mode.outputs.first()).map(|(commodity, _)| *commodity)
}

/// The process that empties a storage, or else fills it.
pub fn storage_process(model: &Model, storage: StorageIx) -> Option<&Process> {
    let uses = |links: &[(StorageIx, f64)]| links.iter().any(|(z, _)| *z == storage);
    let find = |is: &dyn Fn(&Mode) -> bool| {
        model.processes.iter().find(|process| process.modes.iter().any(is))
    };
    find(&|mode| uses(&mode.discharges)).or_else(|| find(&|mode| uses(&mode.charges)))
}

/// Which commodities each storage is filled with, in the order of [`Model::storages`].
///
/// What comes out of a storage is generation only where it was not the same commodity before: a
/// battery gives back electricity, a reservoir makes it.
pub(crate) fn filled_with(model: &Model) -> Vec<Vec<CommodityIx>> {
    let mut filled = vec![Vec::new(); model.storages.len()];
    for mode in model.processes.iter().flat_map(|process| &process.modes) {
        for (storage, _) in &mode.charges {
            filled[storage.get()].extend(mode.inputs.iter().map(|(commodity, _)| *commodity));
        }
    }
    filled
}

/// Which commodities come out of each storage, in the order of [`Model::storages`].
pub(crate) fn emptied_of(model: &Model) -> Vec<Vec<CommodityIx>> {
    let mut emptied = vec![Vec::new(); model.storages.len()];
    for mode in model.processes.iter().flat_map(|process| &process.modes) {
        for (storage, _) in &mode.discharges {
            emptied[storage.get()].extend(mode.outputs.iter().map(|(commodity, _)| *commodity));
        }
    }
    emptied
}
