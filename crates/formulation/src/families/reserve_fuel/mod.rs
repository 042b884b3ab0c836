#![doc = include_str!("page.md")]

use kzleap_lp::Row;
use kzleap_model::policy::{ActivityLimit, ActivityWindow};
use kzleap_model::units::{Energy, Per, Power};
use kzleap_model::{CommodityIx, LinkIx, RegionIx, SliceIx, Solution, Tier, YearIx};

use crate::Formulation;
use crate::balances::Balance;
use crate::build::Rows;
use crate::columns::Run;
use crate::expressions::{flow_times, full_load};
use crate::families::{Earning, Family, RowKey, RuleKind};
use crate::names::Names;
use crate::number::Enters;
use crate::row::LpRow;

/// One of its rows, in a slice of a milestone year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it is of.
    pub of: Of,
    /// In which slice.
    pub slice: SliceIx,
    /// In which milestone year.
    pub year: YearIx,
}

/// What a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A fuel in a region.
    Fuel(RegionIx, CommodityIx),
    /// A link that brings it, in a direction.
    Link(LinkIx, usize),
    /// A limit of the year on what has no capacity, by position in the model.
    Limit(usize),
}

impl Family for Key {
    fn name(&self, names: Names<'_>) -> String {
        let Self { of, slice, year } = *self;
        let (in_slice, in_year) = (names.slice(slice), names.year(year));
        match of {
            Of::Fuel(region, commodity) => {
                let (region, commodity) = (names.region(region), names.commodity(commodity));
                format!("standby_commodity_balance[{region},{commodity},{in_slice},{in_year}]")
            }
            Of::Link(link, direction) => {
                let link = names.link_in(link, direction, slice, year);
                format!("standby_link_capacity[{link}]")
            }
            Of::Limit(at) => {
                let limit = &names.0.activity_limits[at].name;
                format!("standby_activity_limit[{limit},{in_slice},{in_year}]")
            }
        }
    }

    fn number(&self, _: &Formulation<'_>, _: Row) -> Option<(RuleKind, Enters)> {
        None // what can be delivered
    }

    fn conflict(&self, names: Names<'_>) -> Option<String> {
        let Of::Fuel(region, commodity) = self.of else { return None };
        let (region, commodity) = (names.region(region), names.commodity(commodity));
        Some(format!(
            "delivery of {commodity} in {region} to plants that stand by for reserves"
        ))
    }

    fn earning(&self, names: Names<'_>) -> Option<(Earning, String)> {
        let name = match self.of {
            Of::Fuel(_, commodity) => names.commodity(commodity),
            Of::Link(link, _) => &names.0.links[link].name,
            Of::Limit(at) => &names.0.activity_limits[at].name,
        };
        Some((Earning::Reserve, name.to_owned()))
    }

    /// The price of the ability to deliver.
    fn read_back(&self, dual: f64, formulation: &Formulation<'_>, solution: &mut Solution) {
        let Self { of: Of::Fuel(region, commodity), slice, year } = *self else { return };
        if let Some(prices) = solution.fuel_price.get_mut(&(region, commodity)) {
            prices[(slice.get(), year.get())] +=
                dual / formulation.model.flow_present_value(region, year);
        }
    }
}

/// Adds the rows.
pub(crate) fn add(rows: &mut Rows<'_, '_>) {
    let (model, vars, balances) = (rows.model, rows.vars, rows.balances);
    let slices_of = |y: YearIx| {
        let taken = move |s: &SliceIx| model.time.hours(*s, y) > 0.0;
        model.time.slices.ixs().filter(taken)
    };
    for (at, balance) in balances.iter().enumerate() {
        let (region, commodity) = (balance.region, balance.commodity);
        if !vars.standing_by.fuels.contains(&(region, commodity)) {
            continue;
        }
        for y in model.time.years.ixs() {
            for s in slices_of(y) {
                let of = Of::Fuel(region, commodity);
                let mut row = rows.begin::<Energy>(key(of, s, y));
                add_standing_by(vars, model, balance, (s, y), &mut row);
                let taken = subtract_others(vars, model, (at, balance), (s, y), &mut row);

                // Σ_p (made - used)[standby] + arriving - leaving - what others take ≥ demand
                row.at_least(taken);
            }
        }
    }
    for l in &vars.standing_by.links {
        for y in model.time.years.ixs() {
            slices_of(y).for_each(|s| add_link(rows, *l, s, y));
        }
    }
    for (at, limit) in model.activity_limits.iter().enumerate() {
        let mut processes = limit.processes.iter();
        let without_capacity = processes.any(|(p, _)| {
            vars.standing_by.processes.contains(p) && model.processes[*p].capacity.is_none()
        });
        let ActivityWindow::EachYear { upper, .. } = &limit.window else { continue };
        if !without_capacity || !delivers(model, limit) {
            continue;
        }
        for (y, most) in model.time.years.ixs().zip(upper).filter(|(_, most)| most.is_finite())
        {
            slices_of(y).for_each(|s| add_limit(rows, (at, limit), *most, s, y));
        }
    }
}

/// Adds what is on standby brings of a fuel in a slice, less what it burns.
fn add_standing_by(
    vars: &crate::Variables,
    model: &kzleap_model::Model,
    balance: &Balance<'_>,
    (s, y): (SliceIx, YearIx),
    row: &mut LpRow<'_, Energy>,
) {
    for (flows, sign) in [(&balance.made, 1.0), (&balance.used, -1.0)] {
        for flow in flows {
            let share = flow.share.as_ref().map_or(1.0, |share| share[y.get()]);
            if let Some(moved) = vars.run(Run::Standby, flow.process, flow.mode, s, y) {
                *row += (sign * share * flow.ratio.at(s, y)) * moved;
            }
        }
    }
    for (l, direction) in &balance.arriving {
        if let Some(flow) = vars.standby_flow(*l, *direction, s, y) {
            *row += (1.0 - model.links[*l].loss) * flow;
        }
    }
    for (l, direction) in &balance.leaving {
        if let Some(flow) = vars.standby_flow(*l, *direction, s, y) {
            *row -= 1.0 * flow;
        }
    }
}

/// Subtracts what others use of a fuel and take away in the plan, which is even over the node of its
/// tier; gives what demand takes.
fn subtract_others(
    vars: &crate::Variables,
    model: &kzleap_model::Model,
    (at, balance): (usize, &Balance<'_>),
    (s, y): (SliceIx, YearIx),
    row: &mut LpRow<'_, Energy>,
) -> f64 {
    let tier = model.commodities[balance.commodity].tier;
    let n = model.time.node_of(tier, s);
    let node = model.time.node(tier, n);
    let in_year = model.time.year_split.at(s, y);
    let part = in_year / model.time.node_share(&node, y);
    for flow in &balance.used {
        if !vars.standing_by.processes.contains(&flow.process) {
            flow_times(-part, model, vars, flow, (tier, n, y), row);
        }
    }
    for (l, direction) in &balance.leaving {
        if !vars.standing_by.links.contains(l)
            && let Some(flow) = vars.flow(*l, *direction, n, y)
        {
            *row -= part * flow;
        }
    }
    for (_, unserved) in vars.unserved(at, n, y) {
        *row += part * unserved;
    }
    for demand in &balance.demands {
        let at_any_time = demand.1.profile.is_none() && tier != Tier::Annual;
        let share = if at_any_time { in_year } else { part * demand.1.part_in(tier, &node, y) };
        vars.forgone(*demand, y).for_each(|forgone| *row += share * forgone);
    }
    part * balance.right_hand_side(model, &node, y)
        + in_year * balance.demand_at_any_time(model, y)
}

fn add_link(rows: &mut Rows<'_, '_>, l: LinkIx, s: SliceIx, y: YearIx) {
    let (model, vars) = (rows.model, rows.vars);
    let link = &model.links[l];
    let Some(capacity) = link.capacity.and_then(|k| vars.capacity(k, y)) else { return };
    let slice = model.time.node(Tier::Slice, s.get());
    for direction in 0..2 {
        let available = link.availability(direction).at(s, y);
        let Some(flow) = vars.standby_flow(l, direction, s, y).filter(|_| available > 0.0)
        else {
            continue; // the column is fixed at zero
        };
        let most: Per<Energy, Power> =
            full_load(model, link.capacity_to_activity, &slice, y) * available;
        let mut row = rows.begin::<Energy>(key(Of::Link(l, direction), s, y));

        // flow ≤ availability · full load · capacity
        row += 1.0 * flow;
        row -= most * capacity;
        row.at_most(0.0);
    }
}

/// Whether a limit is on what must be delivered as it is burned.
fn delivers(model: &kzleap_model::Model, limit: &ActivityLimit) -> bool {
    let outputs = limit
        .processes
        .iter()
        .flat_map(|(p, _)| model.processes[*p].modes.iter().flat_map(|mode| &mode.outputs));
    let mut commodities = outputs.map(|(c, _)| &model.commodities[*c]);
    commodities.any(|commodity| commodity.just_in_time)
}

fn add_limit(
    rows: &mut Rows<'_, '_>,
    (at, limit): (usize, &ActivityLimit),
    most: f64,
    s: SliceIx,
    y: YearIx,
) {
    let (model, vars) = (rows.model, rows.vars);
    let share = model.time.year_split.at(s, y);
    let mut row = rows.begin::<Energy>(key(Of::Limit(at), s, y));
    for (p, only) in &limit.processes {
        let process = &model.processes[*p];
        for m in (0..process.modes.len()).filter(|m| only.is_none_or(|only| only == *m)) {
            if vars.standing_by.processes.contains(p) {
                if let Some(moved) = vars.run(Run::Standby, *p, m, s, y) {
                    row += 1.0 * moved;
                }
                continue;
            }
            for node in 0..model.time.node_count(process.tier) {
                if let Some(activity) = vars.activity(*p, m, node, y) {
                    row += share * activity;
                }
            }
        }
    }

    // Σ_p standby[p,s,y] + share of the year · Σ_p activity[p,y] ≤ share of the year · limit
    row.at_most(share * most);
}

const fn key(of: Of, slice: SliceIx, year: YearIx) -> RowKey {
    RowKey::ReserveFuel(Key { of, slice, year })
}
