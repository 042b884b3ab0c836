#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::Balance as Surplus;
use kzleap_model::units::Energy;
use kzleap_model::{CommodityIx, Model, NodeIx, RegionIx, Solution, YearIx, stated};

use crate::Formulation;
use crate::balances::Balance;
use crate::build::Rows;
use crate::expressions::net_supply;
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::{Enters, Facts, Sides};
use crate::row::LpRow;

/// A commodity in a region: at a node of its tier, or over the year where some demand may be met at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// In which region.
    pub region: RegionIx,
    /// Of what.
    pub commodity: CommodityIx,
    /// At which node of its tier; `None` is the whole year.
    pub node: Option<NodeIx>,
    /// In which milestone year.
    pub year: YearIx,
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { region, commodity, node, year } = *self;
        match node {
            Some(node) => {
                format!("commodity_balance[{}]", names.balance(region, commodity, node, year))
            }
            None => format!(
                "annual_balance[{},{},{}]",
                names.region(region),
                names.commodity(commodity),
                names.year(year)
            ),
        }
    }

    fn number(&self, formulation: &Formulation<'_>, row: Row) -> Option<(RuleKind, Enters)> {
        let Self { region, commodity, year, .. } = *self;
        let of_row = formulation.lp.row_bounds[row.get()].lower;
        let of_year = demand(formulation.model, region, commodity, year);
        // what nobody demands must only balance
        (of_row > 0.0 && of_year > 0.0).then(|| {
            (RuleKind::Demand(region, commodity, year), Enters::Bound(of_row / of_year))
        })
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        Some((Earning::Commodity, names.commodity(self.commodity).to_owned()))
    }

    /// The price; one unit more at any time also counts in the year.
    fn read_back(&self, dual: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let Self { region, commodity, node, year } = *self;
        let Some(balance) = formulation.balance_position(region, commodity) else { return };
        let price = dual / formulation.model.flow_present_value(region, year);
        let prices = solution.balances[balance].price.column_mut(year.get()).into_iter();
        let here = prices.enumerate().filter(|(at, _)| node.is_none_or(|node| node == *at));
        here.for_each(|(_, value)| *value += price);
    }
}

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
                let key = key(balance, Some(n), y);
                let mut row = rows.begin::<Energy>(key);
                net_supply(model, vars, balance, n, y, &mut row);
                add_rest(vars, at, n, y, &mut row);
                for demand in &balance.demands {
                    let part = demand.1.part_in(commodity.tier, node, y);
                    vars.forgone(*demand, y).for_each(|forgone| row += part * forgone);
                }

                // made - used + arriving - leaving + unserved + Σ share · forgone - surplus ≥ demand
                let demand = balance.right_hand_side(model, node, y);
                end(row, by_node, demand);
            }
            if exact_in_year {
                let key = key(balance, None, y);
                let mut row = rows.begin::<Energy>(key);
                let mut demand = at_any_time;
                for (n, node) in nodes.iter().enumerate() {
                    net_supply(model, vars, balance, n, y, &mut row);
                    add_rest(vars, at, n, y, &mut row);
                    demand += balance.demand_of_node(node, y);
                }
                for demand in &balance.demands {
                    vars.forgone(*demand, y).for_each(|forgone| row += 1.0 * forgone);
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
    for (_, unserved) in vars.unserved(balance, node, year) {
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

fn key(balance: &Balance<'_>, node: Option<NodeIx>, year: YearIx) -> RowKey {
    let (region, commodity) = (balance.region, balance.commodity);
    RowKey::CommodityBalance(Key { region, commodity, node, year })
}

/// All that is asked for of a commodity in a region and year.
fn demand(model: &Model, r: RegionIx, c: CommodityIx, y: YearIx) -> f64 {
    (model.demands.iter())
        .filter(|demand| demand.region == r && demand.commodity == c)
        .map(|demand| demand.annual[y.get()])
        .sum()
}

/// Demand of a commodity over a year; its slices follow it.
pub(crate) fn facts(model: &Model, r: RegionIx, c: CommodityIx, y: YearIx) -> Facts {
    let (region, commodity) = (&model.regions[r].name, &model.commodities[c].name);
    let year = model.time.years[y].milestone;
    let mut profiles = (model.demands.iter())
        .filter(|demand| demand.region == r && demand.commodity == c)
        .map(|demand| demand.profile.is_some());
    let parameter = match (profiles.next(), profiles.next()) {
        (Some(true), None) => Some("SpecifiedAnnualDemand"),
        (Some(false), None) => Some("AccumulatedAnnualDemand"),
        _ => None, // several could hold it
    };
    let home = &model.regions[model.network.home(r)].name;
    let parameter = parameter.map(|name| (name.to_owned(), format!("{home},{commodity}")));
    Facts {
        word: "demand",
        name: format!("demand of {commodity} in {region} {year}"),
        value: Sides::both(demand(model, r, c, y)),
        range: (0.0, f64::INFINITY),
        ratio: false,
        two_sides: false,
        building: false,
        unit: model.commodities[c].unit().to_owned(),
        region: Some(r),
        year: Some(y),
        paths: Sides::both(vec![format!(
            "{}.{commodity}.{region}.{}",
            stated::DEMANDS,
            stated::ANNUAL
        )]),
        parameter: Sides::both(parameter),
    }
}
