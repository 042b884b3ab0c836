#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::storage::Side;
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{Solution, StorageIx, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::columns::Run;
use crate::expressions::{add_levels, net_charge};
use crate::families::{Earning, Family, Full, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;
use crate::row::{LpRow, Var};

/// The content of a storage at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which run of it.
    pub run: Run,
    /// Which storage.
    pub storage: StorageIx,
    /// When in the year.
    pub moment: Moment,
    /// In which milestone year.
    pub year: YearIx,
    /// Whether it is the minimum; else it is the size.
    pub least: bool,
}

/// A moment at which the content of a storage is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A point of its chronology, by position.
    Point(usize),
    /// A check of its chronology, by position.
    Check(usize),
    /// A point of an envelope of its chronology: positions of the envelope and in it.
    Envelope(usize, usize),
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { run, storage, moment, year, least } = *self;
        let side = if least { "minimum" } else { "size" };
        let year = names.year(year);
        match moment {
            Moment::Point(at) => {
                let row = run.name("storage");
                format!("{row}_{side}[{},{year}]", names.storage_point(storage, at))
            }
            Moment::Check(at) => {
                let check = &names.0.storages[storage].chronology.checks[at].name;
                let row = run.name("storage_check");
                format!("{row}_{side}[{},{check},{year}]", names.storage(storage))
            }
            Moment::Envelope(envelope, at) => {
                let point = names.0.storages[storage].chronology.envelopes[envelope].of[at];
                let row = run.name("storage_highest");
                format!("{row}[{},{year}]", names.storage_point(storage, point))
            }
        }
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what a storage can do
    }

    fn full(&self, formulation: &Formulation<'_>, row: Row) -> Option<(Full, YearIx, f64)> {
        let Self { storage, year, least, .. } = *self;
        let capacity = formulation.model.storages[storage].capacity;
        let moved = formulation.moved_by(row, capacity, year)?;
        (!least).then_some((Full::Storage(storage), year, moved))
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Content, names.0.storages[self.storage].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    Run::ALL.into_iter().for_each(|run| add_run(rows, run));
}

fn add_run(rows: &mut Rows<'_, '_>, run: Run) {
    let (model, vars) = (rows.model, rows.vars);
    for (z, storage) in model.storages.iter_ix() {
        let chronology = &storage.chronology;
        for y in model.time.years.ixs() {
            if run == Run::Standby && vars.level(run, z, 0, y).is_none() {
                continue; // it does not stand by
            }
            let part = chronology.size_shares.get(y.get()).copied().unwrap_or(1.0);
            let size = Per::<Energy, Power>::new(storage.content_per_capacity * part);
            let minimum = size * storage.minimum_level[y.get()];
            // a storage without capacity holds nothing
            let capacity = vars.capacity(storage.capacity, y);
            for point in 0..chronology.points.len() {
                let Some(level) = vars.level(run, z, point, y) else { continue };
                if chronology.free_points.contains(&point) || chronology.is_relative(point) {
                    continue;
                }
                // level ≤ size
                let mut row =
                    rows.begin::<Energy>(key((run, z), Moment::Point(point), y, false));
                row += 1.0 * level;
                subtract(size, capacity, &mut row);
                row.at_most(0.0);
                if minimum.get() > 0.0 {
                    // level ≥ minimum_level · size
                    let mut row =
                        rows.begin::<Energy>(key((run, z), Moment::Point(point), y, true));
                    row += 1.0 * level;
                    subtract(minimum, capacity, &mut row);
                    row.at_least(0.0);
                }
            }
            for (at, check) in chronology.checks.iter().enumerate() {
                if check.side != Some(Side::Minimum) {
                    // Σ factor · level + Σ_s weight · net charge[s] ≤ size
                    let mut row =
                        rows.begin::<Energy>(key((run, z), Moment::Check(at), y, false));
                    add_levels(vars, (run, z), &check.from, y, 1.0, &mut row);
                    net_charge(model, vars, (run, z), &check.net_charge, y, 1.0, &mut row);
                    subtract(size, capacity, &mut row);
                    row.at_most(0.0);
                }
                if check.side != Some(Side::Size) {
                    // … ≥ minimum_level · size
                    let mut row =
                        rows.begin::<Energy>(key((run, z), Moment::Check(at), y, true));
                    add_levels(vars, (run, z), &check.from, y, 1.0, &mut row);
                    net_charge(model, vars, (run, z), &check.net_charge, y, 1.0, &mut row);
                    subtract(minimum, capacity, &mut row);
                    row.at_least(0.0);
                }
            }
            for (at, envelope) in chronology.envelopes.iter().enumerate() {
                let Some(highest) = vars.level(run, z, envelope.highest, y) else { continue };
                for (n, point) in envelope.of.iter().enumerate() {
                    let Some(level) = vars.level(run, z, *point, y) else { continue };
                    // highest ≥ level
                    let moment = Moment::Envelope(at, n);
                    let mut row = rows.begin::<Energy>(key((run, z), moment, y, false));
                    row += 1.0 * highest;
                    row -= 1.0 * level;
                    row.at_least(0.0);
                }
            }
        }
    }
}

fn subtract(
    size: Per<Energy, Power>,
    capacity: Option<Var<Power>>,
    row: &mut LpRow<'_, Energy>,
) {
    if let Some(capacity) = capacity {
        *row -= size * capacity;
    }
}

const fn key(
    (run, storage): (Run, StorageIx),
    moment: Moment,
    year: YearIx,
    least: bool,
) -> RowKey {
    RowKey::StorageBounds(Key { run, storage, moment, year, least })
}
