//! What is made and not used, where it matters who made it: PJ a year.

use kzleap_model::units::Energy;
use kzleap_model::{CommodityIx, Model, NodeIx, RegionIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::balances::Balance;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A commodity in a region, at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which region.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// At which node of its tier.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { region, commodity, node, year } = *self;
        format!("surplus[{}]", names.balance(region, commodity, node, year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, _: f64, _: &Formulation<'_>, _: &mut Solution) {}
}

impl Variables {
    /// What is made and not used in the balance at this position; `None` where nobody asks.
    pub fn surplus(&self, balance: usize, node: NodeIx, year: YearIx) -> Option<Var<Energy>> {
        at(self.surplus[balance][year.get()], node)
    }
}

/// Adds the columns; none where nobody may have made what is thrown away.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    let years = model.time.years.len();
    columns.vars.surplus = vec![vec![None; years]; columns.balances.len()];
    for (at, wasters) in columns.wasters.iter().enumerate() {
        if wasters.as_ref().is_some_and(|wasters| !wasters.is_empty()) {
            let Balance { region, commodity, .. } = columns.balances[at];
            let nodes = 0..model.time.node_count(model.commodities[commodity].tier);
            for year in model.time.years.ixs() {
                let key = |node| ColumnKey::Surplus(Key { region, commodity, node, year });
                columns.vars.surplus[at][year.get()] = columns.add_free(nodes.clone().map(key));
            }
        }
    }
}
