//! What belongs to a technology: its capacities, and the columns that only it has.

use std::collections::BTreeSet;

use kzleap_formulation::ColumnKey;
use kzleap_model::{CapacityIx, LinkIx, Mode, Model, ProcessIx, StorageIx, YearIx};

/// A capacity with what runs on it, and the storages that nothing else fills or empties.
pub(super) struct Technology {
    pub(super) main: CapacityIx,
    capacities: BTreeSet<CapacityIx>,
    processes: BTreeSet<ProcessIx>,
    storages: BTreeSet<StorageIx>,
    links: BTreeSet<LinkIx>,
    /// Positions of subsidies on its building.
    subsidies: BTreeSet<usize>,
}

impl Technology {
    pub(super) fn of(model: &Model, main: CapacityIx) -> Self {
        let mut own = Self {
            main,
            capacities: BTreeSet::from([main]),
            processes: BTreeSet::new(),
            storages: BTreeSet::new(),
            links: BTreeSet::new(),
            subsidies: BTreeSet::new(),
        };
        while own.grow(model) {}
        let links = model.links.iter_ix().filter(|(_, link)| link.capacity == Some(main));
        own.links.extend(links.map(|(l, _)| l));
        let subsidies = model.support.subsidies.iter().enumerate();
        let paid = subsidies.filter(|(_, subsidy)| own.capacities.contains(&subsidy.capacity));
        own.subsidies = paid.map(|(at, _)| at).collect();
        own
    }

    /// Adds what runs on its capacities, and storages whose capacities can be built with it; whether
    /// there was more.
    fn grow(&mut self, model: &Model) -> bool {
        let before = (self.capacities.len(), self.processes.len(), self.storages.len());
        let runs = |(p, process): (ProcessIx, &kzleap_model::Process)| {
            process.capacity.is_some_and(|k| self.capacities.contains(&k)).then_some(p)
        };
        self.processes.extend(model.processes.iter_ix().filter_map(runs).collect::<Vec<_>>());
        for (z, storage) in model.storages.iter_ix() {
            let moves = |mode: &Mode| {
                mode.charges.iter().chain(&mode.discharges).any(|(of, _)| *of == z)
            };
            let users: Vec<(ProcessIx, Option<CapacityIx>)> = (model.processes.iter_ix())
                .filter(|(_, process)| process.modes.iter().any(moves))
                .map(|(p, process)| (p, process.capacity))
                .collect();
            let sizes = users.iter().filter_map(|(_, k)| *k).chain([storage.capacity]);
            let sizes: Vec<CapacityIx> = sizes.collect();
            let together = users.iter().all(|(_, k)| k.is_some())
                && sizes.iter().all(|k| {
                    *k == self.main
                        || model.time.years.ixs().any(|y| model.capacities[*k].can_build(y))
                });
            if together && users.iter().any(|(p, _)| self.processes.contains(p)) {
                self.storages.insert(z);
                self.capacities.extend(sizes);
            }
        }
        before != (self.capacities.len(), self.processes.len(), self.storages.len())
    }

    /// Whether a column is one of its own.
    pub(super) fn owns(&self, key: ColumnKey) -> bool {
        match key {
            ColumnKey::Capacity(key) => self.capacities.contains(&key.capacity),
            ColumnKey::NewCapacity(key) => self.capacities.contains(&key.capacity),
            ColumnKey::NewUnits(key) => self.capacities.contains(&key.capacity),
            ColumnKey::Retirement(key) => self.capacities.contains(&key.capacity),
            ColumnKey::Activity(key) => self.processes.contains(&key.process),
            ColumnKey::Standby(key) => self.processes.contains(&key.process),
            ColumnKey::Level(key) => self.storages.contains(&key.storage),
            ColumnKey::Flow(key) => self.links.contains(&key.link),
            ColumnKey::Subsidy(key) => self.subsidies.contains(&key.at),
            // of capacities of two technologies, or of none
            ColumnKey::Conversion(_)
            | ColumnKey::StandbyFlow(_)
            | ColumnKey::Emissions(_)
            | ColumnKey::Allowances(_)
            | ColumnKey::Unserved(_)
            | ColumnKey::Forgone(_)
            | ColumnKey::Surplus(_)
            | ColumnKey::Wasted(_)
            | ColumnKey::Angle(_)
            | ColumnKey::Direction(_) => false,
        }
    }
}

/// The milestone year in which a column is run; `None` of building and what follows from it.
pub(super) const fn runs_in(key: ColumnKey) -> Option<YearIx> {
    match key {
        ColumnKey::Capacity(key) => Some(key.year),
        ColumnKey::Activity(key) => Some(key.year),
        ColumnKey::Standby(key) => Some(key.year),
        ColumnKey::Level(key) => Some(key.year),
        ColumnKey::Flow(key) => Some(key.year),
        _ => None,
    }
}
