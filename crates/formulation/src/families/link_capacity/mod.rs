#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::Energy;
use kzleap_model::{LinkIx, NodeIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::full_load;
use crate::families::{Family, Full, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;

/// A link at a node, one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which link.
    pub link: LinkIx,
    /// Which way; 0 is from its start to its end.
    pub direction: usize,
    /// At which node of its tier.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { link, direction, node, year } = *self;
        format!("link_capacity[{}]", names.link_at(link, direction, node, year))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what a line can do
    }

    fn full(&self, formulation: &Formulation<'_>, row: Row) -> Option<(Full, YearIx, f64)> {
        let Self { link, direction, year, .. } = *self;
        let moved = formulation.moved_by(row, formulation.model.links[link].capacity?, year)?;
        Some((Full::Link(link, direction), year, moved))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars) = (rows.model, rows.vars);
    for (l, link) in model.links.iter_ix() {
        let Some(k) = link.capacity else { continue };
        let nodes = model.time.nodes(model.commodities[link.commodity].tier);
        for y in model.time.years.ixs() {
            let Some(capacity) = vars.capacity(k, y) else { continue };
            for direction in 0..2 {
                for (n, node) in nodes.iter().enumerate() {
                    let available = model.time.node_mean(link.availability(direction), node, y);
                    let Some(flow) = vars.flow(l, direction, n, y).filter(|_| available > 0.0)
                    else {
                        continue; // the column is fixed at zero
                    };
                    let most = full_load(model, link.capacity_to_activity, node, y) * available;
                    let key =
                        RowKey::LinkCapacity(Key { link: l, direction, node: n, year: y });
                    let mut row = rows.begin::<Energy>(key);

                    // flow ≤ availability · full load · capacity
                    row += 1.0 * flow;
                    row -= most * capacity;
                    row.at_most(0.0);
                }
            }
        }
    }
}
