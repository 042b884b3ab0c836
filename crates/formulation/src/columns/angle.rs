//! Voltage angle of a region, where a line follows angles: radians.

use kzleap_lp::Bounds;
use kzleap_model::{Model, NodeIx, RegionIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A region in a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which region.
    pub region: RegionIx,
    /// In which slice.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { region, node, year } = *self;
        let slice = names.node(kzleap_model::Tier::Slice, node);
        format!("angle[{},{slice},{}]", names.region(region), names.year(year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let Self { region, node, year } = *self;
        solution.angle[(region.get(), node, year.get())] = value;
    }
}

impl Variables {
    /// Voltage angle of a region; `None` where no line follows angles.
    pub fn angle(&self, region: RegionIx, node: NodeIx, year: YearIx) -> Option<Var<f64>> {
        at(self.angle[region.get()][year.get()], node)
    }
}

/// Adds the columns, between -π and π: no node is the reference, since only differences count.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    let slices = model.time.slices.len();
    for region in model.regions.ixs() {
        let wanted = model.network.has_angle(&model.links, region);
        let mut by_year = Vec::new();
        for year in model.time.years.ixs() {
            let mut first = None;
            for node in (0..slices).filter(|_| wanted) {
                let bounds = Bounds::between(-std::f64::consts::PI, std::f64::consts::PI);
                let col =
                    columns.add(ColumnKey::Angle(Key { region, node, year }), 0.0, bounds);
                first = first.or(Some(col));
            }
            by_year.push(first);
        }
        columns.vars.angle.push(by_year);
    }
}
