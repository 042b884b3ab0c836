//! Energy sent over a link: PJ a year.

use kzleap_lp::Bounds;
use kzleap_model::units::Energy;
use kzleap_model::{LinkIx, Model, Node, NodeIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A link at a node, one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which link.
    pub link: LinkIx,
    /// Which way; 0 is from its start to its end.
    pub direction: usize,
    /// At which node of the tier of what it carries.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { link, direction, node, year } = *self;
        format!("flow[{}]", names.link_at(link, direction, node, year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, _: &Formulation<'_>, solution: &mut Solution) {
        let Self { link, direction, node, year } = *self;
        solution.flow[link.get()][(direction, node, year.get())] = value;
    }
}

/// Sending one PJ over a link in each year of the period, MUSD per PJ a year.
pub fn cost(model: &Model, l: LinkIx, node: &Node, y: YearIx) -> f64 {
    let link = &model.links[l];
    model.time.node_mean(&link.variable_cost, node, y) * model.flow_present_value(link.from, y)
}

impl Variables {
    /// Energy sent over a link; `None` where it can carry nothing.
    pub fn flow(
        &self,
        link: LinkIx,
        direction: usize,
        node: NodeIx,
        year: YearIx,
    ) -> Option<Var<Energy>> {
        let block = direction * self.flow_node_counts[link.get()] + node;
        at(self.flow[link.get()][year.get()], block)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for (l, link) in model.links.iter_ix() {
        let nodes = model.time.nodes(model.commodities[link.commodity].tier);
        columns.vars.flow_node_counts.push(nodes.len());
        let mut by_year = Vec::new();
        for y in model.time.years.ixs() {
            let possible = link.capacity.is_none_or(|k| columns.vars.capacity(k, y).is_some());
            let mut first = None;
            for direction in (0..2).filter(|_| possible) {
                for (node, slices) in nodes.iter().enumerate() {
                    let available =
                        model.time.node_mean(link.availability(direction), slices, y);
                    let bounds = if available > 0.0 {
                        Bounds::NON_NEGATIVE
                    } else {
                        Bounds::exactly(0.0)
                    };
                    let key = ColumnKey::Flow(Key { link: l, direction, node, year: y });
                    let col = columns.add(key, cost(model, l, slices, y), bounds);
                    first = first.or(Some(col));
                }
            }
            by_year.push(first);
        }
        columns.vars.flow.push(by_year);
    }
}
