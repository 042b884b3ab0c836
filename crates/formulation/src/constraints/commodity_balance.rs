#![doc = include_str!("commodity_balance.md")]

use kzleap_model::units::Energy;
use kzleap_model::{Balance as Surplus, NodeIx, YearIx};

use crate::build::Rows;
use crate::expressions::net_supply;
use crate::keys::RowKey;
use crate::row::LpRow;

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars, balances) = (rows.model, rows.vars, rows.balances);
    for (at, balance) in balances.iter().enumerate() {
        let commodity = &model.commodities[balance.commodity];
        let nodes = model.time.nodes(commodity.tier);
        for y in model.time.years.ixs() {
            let at_any_time = balance.demand_at_any_time(model, y);
            // what may be met at any time is used in some slice: then only the year is exact
            let exact_in_year = at_any_time > 0.0;
            // with a column for what is left, or nobody who may have made it, nothing else is
            let nobody = rows.wasters[at].as_ref().is_some_and(Vec::is_empty);
            let counted = nobody || vars.surplus(at, 0, y).is_some();
            let balanced = if counted { Surplus::Exact } else { commodity.balance };
            let by_node = if exact_in_year { Surplus::Surplus } else { balanced };
            for (n, node) in nodes.iter().enumerate() {
                let key = RowKey::CommodityBalance(balance.region, balance.commodity, n, y);
                let mut row = rows.begin::<Energy>(key);
                net_supply(model, vars, balance, n, y, &mut row);
                add_rest(vars, at, n, y, &mut row);

                // made - used + arriving - leaving + unserved - surplus ≥ demand
                let demand = balance.right_hand_side(model, node, y);
                end(row, by_node, demand);
            }
            if exact_in_year {
                let key = RowKey::AnnualBalance(balance.region, balance.commodity, y);
                let mut row = rows.begin::<Energy>(key);
                let mut demand = at_any_time;
                for (n, node) in nodes.iter().enumerate() {
                    net_supply(model, vars, balance, n, y, &mut row);
                    add_rest(vars, at, n, y, &mut row);
                    demand += balance.demand_of_node(node, y);
                }

                // the same over the year ≥ demand of all slices + demand at any time
                end(row, balanced, demand);
            }
        }
    }
}

/// Adds what is not served, and takes off what is thrown away.
fn add_rest(
    vars: &crate::Variables,
    balance: usize,
    node: NodeIx,
    year: YearIx,
    row: &mut LpRow<'_, Energy>,
) {
    if let Some(unserved) = vars.unserved(balance, node, year) {
        *row += 1.0 * unserved;
    }
    if let Some(surplus) = vars.surplus(balance, node, year) {
        *row -= 1.0 * surplus;
    }
}

fn end(row: LpRow<'_, Energy>, balance: Surplus, demand: f64) {
    match balance {
        Surplus::Surplus => row.at_least(demand),
        Surplus::Exact => row.equals(demand),
    }
}
