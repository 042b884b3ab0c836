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
        format!("unserved[{}]", names.balance(region, commodity, node, year))
    }

    fn number(&self, _: &Model) -> Option<(RuleKind, Enters)> {
        None
    }

    fn read_back(&self, value: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let Self { region, commodity, node, year } = *self;
        if let Some(balance) = formulation.balance_position(region, commodity) {
            solution.balances[balance].unserved[(node, year.get())] = value;
        }
    }
}

/// Leaving one PJ of demand unserved in each year of the period, MUSD per PJ a year; `None` if
/// it must be served or there is none.
pub fn cost(model: &Model, balance: &Balance<'_>, y: YearIx) -> Option<f64> {
    if balance.demands.iter().all(|demand| demand.annual[y.get()] <= 0.0) {
        return None;
    }
    let price = model.commodities[balance.commodity].unserved_cost.as_ref()?;
    Some(price[y.get()] * model.flow_present_value(balance.region, y))
}

impl Variables {
    /// Demand left unserved in the balance at this position; `None` where it must be served.
    pub fn unserved(&self, balance: usize, node: NodeIx, year: YearIx) -> Option<Var<Energy>> {
        at(self.unserved[balance][year.get()], node)
    }
}

/// Adds the columns.
pub(super) fn add(columns: &mut Columns<'_, '_>) {
    let model = columns.model;
    for balance in columns.balances {
        let Balance { region, commodity, .. } = *balance;
        let nodes = model.time.nodes(model.commodities[commodity].tier);
        let mut by_year = Vec::new();
        for year in model.time.years.ixs() {
            let mut first = None;
            if let Some(cost) = cost(model, balance, year) {
                for (node, slices) in nodes.iter().enumerate() {
                    let most = balance.right_hand_side(model, slices, year)
                        + balance.demand_at_any_time(model, year);
                    let key = ColumnKey::Unserved(Key { region, commodity, node, year });
                    let col = columns.add(key, cost, Bounds::between(0.0, most));
                    first = first.or(Some(col));
                }
            }
            by_year.push(first);
        }
        columns.vars.unserved.push(by_year);
    }
}
