//! Demand left unserved, where a price for that is given: PJ a year.

use kzleap_lp::Bounds;
use kzleap_model::units::Energy;
use kzleap_model::{CommodityIx, Model, NodeIx, RegionIx, Solution, YearIx};

use super::{ColumnKey, Columns, Family, Variables, at};
use crate::Formulation;
use crate::balances::Balance;
use crate::families::RuleKind;
use crate::names::Names;
use crate::number::Enters;
use crate::row::Var;

/// A lot of the demand for a commodity in a region, at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which region.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// Which of the lots of [`Model::lots`].
    pub lot: usize,
    /// At which node of its tier.
    pub node: NodeIx,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { region, commodity, lot, node, year } = *self;
        let place = names.balance(region, commodity, node, year);
        match lot {
            0 => format!("unserved[{place}]"),
            other => format!("unserved[{place},{other}]"),
        }
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let Self { region, commodity, lot, node, year } = *self;
        if let Some(balance) = formulation.balance_position(region, commodity) {
            solution.balances[balance].unserved_lots[lot][(node, year.get())] = value;
        }
    }
}

impl Variables {
    /// Demand left unserved in the balance at this position, by lot; none where it must be served.
    pub fn unserved(
        &self,
        balance: usize,
        node: NodeIx,
        year: YearIx,
    ) -> impl Iterator<Item = (usize, Var<Energy>)> {
        let lots = self.unserved[balance].iter().enumerate();
        lots.filter_map(move |(lot, by_year)| Some((lot, at(by_year[year.get()], node)?)))
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for balance in columns.balances {
        let Balance { region, commodity, .. } = *balance;
        let nodes = model.time.nodes(model.commodities[commodity].tier);
        let mut lots = vec![vec![None; model.time.years.len()]; balance.lots.len()];
        for year in model.time.years.ixs() {
            for (lot, of_lot) in balance.lots.iter().enumerate() {
                if of_lot.annual(model, year) <= 0.0 {
                    continue;
                }
                let cost = of_lot.cost[year.get()] * model.flow_present_value(region, year);
                let mut first = None;
                for (node, slices) in nodes.iter().enumerate() {
                    let most = balance.most_of(model, of_lot, slices, year);
                    let key = ColumnKey::Unserved(Key { region, commodity, lot, node, year });
                    let col = columns.add(key, cost, Bounds::between(0.0, most));
                    first = first.or(Some(col));
                }
                lots[lot][year.get()] = first;
            }
        }
        columns.vars.unserved.push(lots);
    }
}
