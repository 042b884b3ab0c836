//! Whether a link may carry from its start to its end (1) or back (0), and others with it.

use kzleap_lp::Bounds;
use kzleap_model::{LinkIx, Model, NodeIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A link at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which link, the first of those that share the choice.
    pub link: LinkIx,
    /// At which node of the tier of what it carries.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { link, node, year } = *self;
        let (name, when) = (&names.0.links[link].name, names.link_node(link, node));
        format!("direction[{name},{when},{}]", names.year(year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

/// Its bounds: one way or the other.
pub(crate) const BOUNDS: Bounds = Bounds { lower: 0.0, upper: 1.0 };

impl Variables {
    /// Whether a link that carries one way only carries from its start to its end.
    pub fn direction(&self, one_way: usize, node: NodeIx, year: YearIx) -> Option<Var<f64>> {
        at(self.direction[one_way][year.get()], node)
    }
}

/// Adds the columns of links that share a choice from the start.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for one_way in &model.network.one_way {
        let (link, _) = one_way.links[0];
        let tier = model.commodities[model.links[link].commodity].tier;
        let mut by_year = Vec::new();
        for year in model.time.years.ixs() {
            let carries =
                |(link, _): &(LinkIx, bool)| columns.vars.flow(*link, 0, 0, year).is_some();
            let said = one_way.years[year.get()] && one_way.links.iter().any(carries);
            let mut first = None;
            for node in (0..model.time.node_count(tier)).filter(|_| said) {
                let key = ColumnKey::Direction(Key { link, node, year });
                first = first.or(Some(columns.add_whole(key, BOUNDS)));
            }
            by_year.push(first);
        }
        columns.vars.direction.push(by_year);
    }
}
