#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{Model, ProcessIx, Solution, YearIx, stated};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::{InService, capacity_used};
use crate::families::{Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides, owned_paths, process_text};

/// A process over a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which process.
    pub process: ProcessIx,
    /// Of which of its parts, where it has any.
    pub part: Option<usize>,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let process = names.process_part((self.process, self.part));
        let year = names.year(self.year);
        format!("annual_minimum_load[{process},{year}]")
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        Some((RuleKind::AnnualMinimumLoad(self.process, self.year), Enters::Factor))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (p, process) in model.processes.iter_ix() {
        let Some(k) = process.capacity else { continue };
        for rated in process.rated() {
            let Some(least) = rated.annual_minimum_load else { continue };
            for y in model.time.years.ixs().filter(|y| least[y.get()] > 0.0) {
                let Some(capacity) = InService::new(model, vars, k, rated.of, y) else {
                    continue;
                };
                let least =
                    Per::<Energy, Power>::new(process.capacity_to_activity) * least[y.get()];
                let key = Key { process: p, part: rated.part, year: y };
                let mut row = rows.begin::<Energy>(RowKey::AnnualMinimumLoad(key));
                for n in 0..model.time.node_count(process.tier) {
                    capacity_used(model, vars, (p, rated.part), n, y, &mut row);
                }

                // Σ_m Σ_s capacity_use · activity ≥ annual_minimum_load · full load · capacity
                capacity.subtract(least, &mut row);
                row.at_least(capacity.given(least));
            }
        }
    }
}

/// Least use over the year, a share of capacity.
pub(crate) fn facts(model: &Model, p: ProcessIx, y: YearIx) -> Facts {
    let process = &model.processes[p];
    let value = process.annual_minimum_load.as_ref().map_or(0.0, |least| least[y.get()]);
    let year = model.time.years[y].milestone;
    Facts {
        word: "annual_minimum_load",
        name: format!("annual minimum load of {} {year}", process_text(model, p)),
        value: Sides::both(value),
        range: (0.0, f64::INFINITY),
        ratio: true,
        two_sides: false,
        building: false,
        unit: String::new(),
        region: Some(process.region),
        year: Some(y),
        paths: Sides::both(owned_paths(&process.name, stated::ANNUAL_MINIMUM_LOAD)),
        parameter: Sides::both(None),
    }
}
