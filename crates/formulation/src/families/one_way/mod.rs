#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::units::{Energy, Per};
use kzleap_model::{LinkIx, NodeIx, Solution, YearIx};

use crate::Formulation;
use crate::build::Rows;
use crate::expressions::full_load;
use crate::families::{Earning, Family, RowKey, RuleKind};
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
        format!("one_way[{}]", names.link_at(link, direction, node, year))
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what a line can do
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Limit, names.0.links[self.link].name.clone()))
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let model = rows.model;
    for (at, one_way) in model.network.one_way.iter().enumerate() {
        for (link, turned) in &one_way.links {
            for y in model.time.years.ixs() {
                add_link(rows, at, (*link, *turned), one_way.most, y);
            }
        }
    }
}

fn add_link(
    rows: &mut Rows<'_, '_>,
    at: usize,
    (link, turned): (LinkIx, bool),
    capacity: f64,
    y: YearIx,
) {
    let (model, vars) = (rows.model, rows.vars);
    let data = &model.links[link];
    let nodes = model.time.nodes(model.commodities[data.commodity].tier);
    for (n, node) in nodes.iter().enumerate() {
        let Some(forward) = vars.direction(at, n, y) else { continue };
        let full = full_load(model, data.capacity_to_activity, node, y).get();
        for direction in 0..2 {
            let Some(flow) = vars.flow(link, direction, n, y) else { continue };
            let available = model.time.node_mean(data.availability(direction), node, y);
            let most = Per::<Energy, f64>::new(full * available * capacity);
            let mut row =
                rows.begin::<Energy>(RowKey::OneWay(Key { link, direction, node: n, year: y }));
            row += 1.0 * flow;
            if (direction == 0) != turned {
                // flow ≤ most · forward
                row -= most * forward;
                row.at_most(0.0);
            } else {
                // flow back ≤ most · (1 - forward)
                row += most * forward;
                row.at_most(most.get());
            }
        }
    }
}
