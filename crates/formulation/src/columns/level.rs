//! Content of a storage at a point of its chronology: PJ.

use kzleap_model::units::Energy;
use kzleap_model::{Model, Solution, StorageIx, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A point of the chronology of a storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which storage.
    pub storage: StorageIx,
    /// Position of the point.
    pub point: usize,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { storage, point, year } = *self;
        format!("level[{},{}]", names.storage_point(storage, point), names.year(year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let Self { storage, point, year } = *self;
        solution.level[storage.get()][(point, year.get())] = value;
    }
}

impl Variables {
    /// Content of a storage at a point; `None` where it can hold nothing.
    pub fn level(&self, storage: StorageIx, point: usize, year: YearIx) -> Option<Var<Energy>> {
        at(self.level[storage.get()][year.get()], point)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for (z, storage) in model.storages.iter_ix() {
        let mut by_year = Vec::new();
        for y in model.time.years.ixs() {
            let key = |point| ColumnKey::Level(Key { storage: z, point, year: y });
            by_year.push(columns.add_free((0..storage.chronology.points.len()).map(key)));
        }
        columns.vars.level.push(by_year);
    }
}
