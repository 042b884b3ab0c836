//! What a storage could take and give for the reserves that count it so: PJ a year.
//!
//! It is a second run of the storage beside that of the plan, with the same capacity, content,
//! losses and order of slices. It costs nothing and is not part of any balance.

use std::collections::BTreeSet;

use kzleap_model::policy::ReserveRequirement;
use kzleap_model::units::Energy;
use kzleap_model::{Model, ProcessIx, SliceIx, Solution, StorageIx, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// Which run of a storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// What it does.
    Plan,
    /// What it could do for reserves.
    Standby,
}

impl Run {
    /// Both, in the order of the program.
    pub const ALL: [Self; 2] = [Self::Plan, Self::Standby];

    /// The name of a column or row of this run.
    pub(crate) fn name(self, name: &str) -> String {
        match self {
            Self::Plan => name.to_owned(),
            Self::Standby => format!("standby_{name}"),
        }
    }
}

/// A mode of a process of a storage in a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which process.
    pub process: ProcessIx,
    /// Which of its modes.
    pub mode: usize,
    /// In which slice.
    pub slice: SliceIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { process, mode, slice, year } = *self;
        let mode = &names.0.processes[process].modes[mode].name;
        let (process, slice, year) =
            (names.process(process), names.slice(slice), names.year(year));
        format!("standby[{process},{mode},{slice},{year}]")
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let Self { process, mode, slice, year } = *self;
        solution.standby[process.get()][(mode, slice.get(), year.get())] = value;
    }
}

/// The processes of storages that stand by for some reserve.
pub(crate) fn standing_by(model: &Model) -> BTreeSet<ProcessIx> {
    let counted = model.reserves.iter().flat_map(|reserve| match &reserve.requirement {
        ReserveRequirement::Load { storages, .. } => storages.as_slice(),
        _ => &[],
    });
    counted.copied().collect()
}

/// The storages that those processes fill and empty.
pub(super) fn stores(model: &Model) -> BTreeSet<StorageIx> {
    let modes = standing_by(model).into_iter().flat_map(|p| &model.processes[p].modes);
    modes
        .flat_map(|mode| mode.charges.iter().chain(&mode.discharges))
        .map(|(storage, _)| *storage)
        .collect()
}

impl Variables {
    /// What a process of a storage does in one of its runs; `None` where it cannot run, or does not
    /// stand by.
    pub fn run(
        &self,
        run: Run,
        process: ProcessIx,
        mode: usize,
        slice: SliceIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        match run {
            Run::Plan => self.activity(process, mode, slice.get(), year),
            Run::Standby => {
                let block = mode * self.node_counts[process.get()] + slice.get();
                at(self.standby.get(&(process, year)).copied(), block)
            }
        }
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for process in standing_by(model) {
        let data = &model.processes[process];
        for year in model.time.years.ixs() {
            if data.capacity.is_none_or(|k| columns.vars.capacity(k, year).is_none()) {
                continue; // what has no capacity counts for nothing
            }
            let modes = 0..data.modes.len();
            let keys = modes.flat_map(|mode| {
                let key = move |slice| Key { process, mode, slice, year };
                model.time.slices.ixs().map(move |slice| ColumnKey::Standby(key(slice)))
            });
            if let Some(first) = columns.add_free(keys) {
                columns.vars.standby.insert((process, year), first);
            }
        }
    }
}
