#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{Solution, StorageIx, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::columns::Run;
use crate::expressions::{add_levels, net_charge};
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A step of the chronology of a storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which run of it.
    pub run: Run,
    /// Which storage.
    pub storage: StorageIx,
    /// Position of the step.
    pub step: usize,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { run, storage, step, year } = *self;
        let to = names.0.storages[storage].chronology.steps[step].to;
        let point = names.storage_point(storage, to);
        let row = run.name("storage_level");
        format!("{row}[{point},{step},{}]", names.year(year))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what a storage can do
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
        for y in model.time.years.ixs() {
            for (at, step) in storage.chronology.steps.iter().enumerate() {
                let Some(to) = vars.level(run, z, step.to, y) else { continue };
                let first = y == YearIx::new(0);
                let mut row = rows.begin::<Energy>(RowKey::StorageLevel(Key {
                    run,
                    storage: z,
                    step: at,
                    year: y,
                }));
                row += 1.0 * to;
                let carried = !storage.chronology.breaks.contains(&y);
                let from: Vec<_> = step
                    .from
                    .iter()
                    .filter(|term| carried || !term.year_before)
                    .copied()
                    .collect();
                add_levels(vars, (run, z), &from, y, -1.0, &mut row);
                net_charge(model, vars, (run, z), &step.net_charge, y, -1.0, &mut row);
                let mut initial = step.initial.filter(|_| first).unwrap_or(0.0);
                let arrivals = storage.chronology.arrivals.iter();
                for arrival in
                    arrivals.filter(|arrival| (arrival.step, arrival.year) == (at, y))
                {
                    initial += arrival.content;
                    if let Some(new) = vars.new_capacity(storage.capacity, y) {
                        row -= Per::<Energy, Power>::new(arrival.per_new_capacity) * new;
                    }
                }

                // level[to] - Σ factor · level[from] - Σ_s weight · net charge[s]
                //     - arriving with new capacity = initial
                row.equals(initial);
            }
        }
    }
}
