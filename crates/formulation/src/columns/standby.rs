//! What a storage, a plant or what brings its fuel could do for reserves: PJ a year.
//!
//! It is a second run beside that of the plan, with the same capacity, content, losses and order of
//! slices. It costs nothing and is not part of the balances of the plan.

use kzleap_model::units::Energy;
use kzleap_model::{Model, ProcessIx, SliceIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::expressions::InService;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// Which run of a storage, a plant or a supplier.
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

/// A mode of a process that is on standby, in a slice.
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
        let (mode, slice, year) =
            (names.mode(process, mode), names.slice(slice), names.year(year));
        format!("standby[{mode},{slice},{year}]")
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let Self { process, mode, slice, year } = *self;
        solution.standby[process.get()][(mode, slice.get(), year.get())] = value;
    }
}

impl Variables {
    /// What a process that runs by slice does in one of its runs; `None` where it cannot run, or
    /// does not stand by.
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
            Run::Standby => at(self.standby.get(&(process, mode, year)).copied(), slice.get()),
        }
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for process in columns.vars.standing_by.processes.clone() {
        let data = &model.processes[process];
        for year in model.time.years.ixs() {
            let stands: Vec<bool> = (data.rated().iter())
                .map(|rated| {
                    let vars = &columns.vars;
                    let part = |k| InService::new(model, vars, k, rated.of, year).is_some();
                    data.capacity.is_none_or(part)
                })
                .collect();
            for (mode, of) in data.modes.iter().enumerate() {
                if !stands[of.part] {
                    continue; // what can have no capacity counts for nothing
                }
                let key = move |slice| Key { process, mode, slice, year };
                let keys = model.time.slices.ixs().map(|slice| ColumnKey::Standby(key(slice)));
                if let Some(first) = columns.add_free(keys) {
                    columns.vars.standby.insert((process, mode, year), first);
                }
            }
        }
    }
}
