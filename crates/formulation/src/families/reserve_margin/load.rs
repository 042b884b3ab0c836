//! Firm capacity for the load that the plan makes, slice by slice.

use kzleap_model::policy::{Load, ReserveIx, ReserveRequirement};
use kzleap_model::standby::Standby;
use kzleap_model::units::{Energy, PJ_PER_GWH, Per, Power};
use kzleap_model::{CommodityIx, Model, ProcessIx, Series, SliceIx, Tier, Time, YearIx};

use super::{add_firm, key};
use crate::Variables;
use crate::build::Rows;
use crate::columns::Run;
use crate::row::LpRow;

/// Adds the rows of a year.
pub(super) fn add(rows: &mut Rows<'_, '_>, at: ReserveIx, y: YearIx) {
    let (model, vars) = (rows.model, rows.vars);
    let reserve = &model.reserves[at];
    let ReserveRequirement::Load { load, margin, available, counts_arriving, .. } =
        &reserve.requirement
    else {
        return;
    };
    let factor = 1.0 + margin[y.get()];
    if factor <= 0.0 {
        return;
    }
    let plan = PlanLoad {
        model,
        vars,
        y,
        users: users(model, load),
        ends: ends(model, load, *counts_arriving),
        tier: model.commodities[load.commodity].tier,
        hours: Hours::new(&model.time, y),
    };
    let standing_by: Vec<ProcessIx> = (vars.standing_by.processes.iter().copied())
        .filter(|p| load.regions.contains(&model.processes[*p].region))
        .collect();
    let by_share = (available.iter())
        .filter(|(k, _)| !vars.standing_by.capacities.contains(k))
        .collect::<Vec<_>>();
    for s in model.time.slices.ixs().filter(|s| model.time.hours(*s, y) > 0.0) {
        let mut row = rows.begin::<Power>(key(at, Some(s), y));
        add_firm(vars, reserve, y, &mut row);
        for (k, share) in &by_share {
            if let Some(capacity) = vars.capacity(*k, y) {
                row += share.at(s, y) * capacity;
            }
        }
        for p in &standing_by {
            plan.add_standing_by((*p, load.commodity), s, &mut row);
        }
        plan.subtract_used(s, factor, &mut row);
        plan.subtract_links(s, factor, &mut row);
        for demand in load.demands(model) {
            let of_one = Per::new(factor * load.of_amount(model, demand.1, 1.0, (s, y)));
            vars.forgone(demand, y).for_each(|forgone| row += of_one * forgone);
        }

        // Σ_k credit · capacity[k,y] + Σ_k available[k,s,y] · capacity[k,y]
        //     + Σ_p (given - taken)[p,s,y] - (1 + margin) · (used + leaving - arriving)[s,y]
        //     ≥ (1 + margin) · (demand[s,y] - Σ forgone)
        row.at_least(factor * load.of_demand(model, s, y));
    }
}

/// A process that uses it, with the mode, what one unit of activity uses, and 1, or -1 where that is
/// taken away.
type User<'m> = (ProcessIx, usize, &'m Series, f64);

/// Processes that use it, or that take shifted load away.
fn users<'m>(model: &'m Model, load: &Load) -> Vec<User<'m>> {
    let inside = model.processes.iter_ix().filter(|(_, p)| load.regions.contains(&p.region));
    inside
        .flat_map(|(p, process)| {
            let modes = process.modes.iter().enumerate();
            let shifts = model.shifts(p);
            // what fills a storage is no load
            let modes = modes.filter(move |(_, mode)| mode.charges.is_empty() || shifts);
            modes.flat_map(move |(m, mode)| {
                let taken_away = mode.outputs.iter().filter(move |_| shifts);
                let all = mode.inputs.iter().map(|flow| (flow, 1.0));
                let all = all.chain(taken_away.map(|flow| (flow, -1.0)));
                let of_load = all.filter(|((of, _), _)| *of == load.commodity);
                of_load.map(move |((_, ratio), sign)| (p, m, ratio, sign))
            })
        })
        .collect()
}

/// One direction of a link at the border, with what one unit sent adds to the load.
type End = (kzleap_model::LinkIx, usize, f64);

fn ends(model: &Model, load: &Load, counts_arriving: bool) -> Vec<End> {
    let mut ends = Vec::new();
    for (l, out, other) in load.border(model) {
        ends.push((l, out, 1.0));
        if counts_arriving && load.is_held_by_another(model, other) {
            ends.push((l, 1 - out, model.links[l].loss - 1.0));
        }
    }
    ends
}

/// The load that the plan makes in a year, in columns.
struct PlanLoad<'a> {
    model: &'a Model,
    vars: &'a Variables,
    y: YearIx,
    users: Vec<User<'a>>,
    ends: Vec<End>,
    /// Of the commodity.
    tier: Tier,
    hours: Hours,
}

impl PlanLoad<'_> {
    /// Adds what a process that is on standby could give in a slice, less what it would take, GW.
    fn add_standing_by(
        &self,
        (p, commodity): (ProcessIx, CommodityIx),
        s: SliceIx,
        row: &mut LpRow<'_, Power>,
    ) {
        let process = &self.model.processes[p];
        for m in 0..process.modes.len() {
            let given = Standby::given(process, m, commodity, s, self.y);
            if let Some(moved) = self.vars.run(Run::Standby, p, m, s, self.y)
                && given != 0.0
            {
                *row += (self.rate(Tier::Slice, s) * given) * moved;
            }
        }
    }

    /// Subtracts `factor` times what processes use in a slice, GW; what one of a coarser tier uses
    /// is even over its node. What one on standby could do is in place of what it does, so that only
    /// the margin on its use is left.
    fn subtract_used(&self, s: SliceIx, factor: f64, row: &mut LpRow<'_, Power>) {
        for (p, m, ratio, sign) in &self.users {
            let on_standby = self.vars.standing_by.processes.contains(p);
            let factor = if on_standby { factor - 1.0 } else { factor };
            let tier = self.model.processes[*p].tier;
            let node = self.model.time.node_of(tier, s);
            if let Some(activity) = self.vars.activity(*p, *m, node, self.y) {
                let ratio = self.model.time.mean_at(ratio, tier, node, self.y);
                *row -= (self.rate(tier, s) * (factor * (sign * ratio))) * activity;
            }
        }
    }

    /// Subtracts `factor` times what links take out of the regions, less what counts as brought, GW.
    fn subtract_links(&self, s: SliceIx, factor: f64, row: &mut LpRow<'_, Power>) {
        let node = self.model.time.node_of(self.tier, s);
        for (l, direction, part) in &self.ends {
            if let Some(flow) = self.vars.flow(*l, *direction, node, self.y) {
                *row -= (self.rate(self.tier, s) * (factor * part)) * flow;
            }
        }
    }

    /// GW for one PJ a year in the node of a tier that a slice is in.
    fn rate(&self, tier: Tier, s: SliceIx) -> Per<Power, Energy> {
        let node = self.model.time.node_of(tier, s);
        Per::new(1.0 / (self.hours.0[tier as usize][node] * PJ_PER_GWH))
    }
}

/// Hours of a year in every node, by tier.
struct Hours([Vec<f64>; 3]);

impl Hours {
    fn new(time: &Time, y: YearIx) -> Self {
        let of = |tier| -> Vec<f64> {
            let hours = |s| time.hours(SliceIx::new(s), y);
            time.nodes(tier).into_iter().map(|node| node.slices.map(hours).sum()).collect()
        };
        Self([of(Tier::Annual), of(Tier::Season), of(Tier::Slice)])
    }
}
