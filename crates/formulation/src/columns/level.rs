//! Content of a storage at a point of its chronology: PJ.

use kzleap_model::units::Energy;
use kzleap_model::{Model, Solution, StorageIx, YearIx};

use super::{ColumnKey, Columns, Family, Run, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A point of the chronology of a storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which run of it.
    pub run: Run,
    /// Which storage.
    pub storage: StorageIx,
    /// Position of the point.
    pub point: usize,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { run, storage, point, year } = *self;
        let (level, point) = (run.name("level"), names.storage_point(storage, point));
        format!("{level}[{point},{}]", names.year(year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let Self { run, storage, point, year } = *self;
        if run == Run::Plan {
            solution.level[storage.get()][(point, year.get())] = value;
        }
    }
}

impl Variables {
    /// Content of a storage at a point; `None` where it can hold nothing, or does not stand by.
    pub fn level(
        &self,
        run: Run,
        storage: StorageIx,
        point: usize,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        at(self.level[run as usize][storage.get()][year.get()], point)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>, run: Run) {
    let model = columns.model;
    let standing_by = columns.vars.standing_by.storages(model);
    for (z, storage) in model.storages.iter_ix() {
        let mut by_year = Vec::new();
        for y in model.time.years.ixs() {
            let key = |point| ColumnKey::Level(Key { run, storage: z, point, year: y });
            let points = 0..storage.chronology.points.len();
            let there = run == Run::Plan || standing_by.contains(&z);
            by_year.push(columns.add_free(points.filter(|_| there).map(key)));
        }
        columns.vars.level[run as usize].push(by_year);
    }
}
