//! Fuel that a link could bring to what is on standby for reserves: PJ a year.

use kzleap_lp::Bounds;
use kzleap_model::units::Energy;
use kzleap_model::{LinkIx, Model, SliceIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A link in a slice, one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which link.
    pub link: LinkIx,
    /// Which way; 0 is from its start to its end.
    pub direction: usize,
    /// In which slice.
    pub slice: SliceIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { link, direction, slice, year } = *self;
        format!("standby_flow[{}]", names.link_in(link, direction, slice, year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

impl Variables {
    /// Fuel that a link could bring in a slice; `None` where it can carry nothing, or brings none.
    pub fn standby_flow(
        &self,
        link: LinkIx,
        direction: usize,
        slice: SliceIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        let block = direction * self.slices + slice.get();
        at(self.standby_flow.get(&(link, year)).copied(), block)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for link in columns.vars.standing_by.links.clone() {
        let data = &model.links[link];
        for year in model.time.years.ixs() {
            if data.capacity.is_some_and(|k| columns.vars.capacity(k, year).is_none()) {
                continue;
            }
            let mut first = None;
            for direction in 0..2 {
                for slice in model.time.slices.ixs() {
                    let bounds = if data.availability(direction).at(slice, year) > 0.0 {
                        Bounds::NON_NEGATIVE
                    } else {
                        Bounds::exactly(0.0)
                    };
                    let key = ColumnKey::StandbyFlow(Key { link, direction, slice, year });
                    let col = columns.add(key, 0.0, bounds);
                    first = first.or(Some(col));
                }
            }
            if let Some(first) = first {
                columns.vars.standby_flow.insert((link, year), first);
            }
        }
    }
}
