//! Activity of technologies, and trade.

use std::collections::BTreeMap;

use super::{Context, Sheet, Variable, f, l, m, n, r, t, y};
use crate::parameters::Dimension;

/// The variables of this file.
pub(super) const VARIABLES: &[Variable] = &[
    Variable { name: "vrateofactivity", columns: &["r", "l", "t", "m", "y"], fill: rate },
    Variable {
        name: "vrateofactivitynodal",
        columns: &["n", "l", "t", "m", "y"],
        fill: rate_nodal,
    },
    Variable { name: "vrateoftotalactivity", columns: &["r", "t", "l", "y"], fill: total_rate },
    Variable {
        name: "vrateoftotalactivitynodal",
        columns: &["n", "t", "l", "y"],
        fill: total_rate_nodal,
    },
    Variable {
        name: "vtotalannualtechnologyactivitybymode",
        columns: &["r", "t", "m", "y"],
        fill: annual_by_mode,
    },
    Variable {
        name: "vtotaltechnologyannualactivity",
        columns: &["r", "t", "y"],
        fill: annual,
    },
    Variable {
        name: "vtotaltechnologymodelperiodactivity",
        columns: &["r", "t"],
        fill: model_period,
    },
    Variable {
        name: "vtrade",
        columns: &["r", "rr", "l", "f", "y"],
        fill: |context, sheet| trade(context, sheet, false),
    },
    Variable {
        name: "vtradeannual",
        columns: &["r", "rr", "f", "y"],
        fill: |context, sheet| trade(context, sheet, true),
    },
];

/// Activity of one process in one mode, slice and year, as a rate.
struct Rate {
    r: usize,
    t: usize,
    m: usize,
    l: usize,
    y: usize,
    node: Option<usize>,
    rate: f64,
}

fn each(context: &Context<'_>, mut visit: impl FnMut(&Rate)) {
    for (at, r, t) in context.in_regions(Dimension::Technology) {
        let technology = &context.group.imported.map.technologies[at];
        if !technology.sliced {
            continue;
        }
        for process in &technology.processes {
            let activity = &context.group.solution.activity[process.process.get()];
            for (mode, m) in process.modes.iter().enumerate() {
                for (at, y) in context.years() {
                    for (slice, l) in context.slices() {
                        let energy = activity[(mode, slice, at)];
                        let split = context.split(l, y);
                        let rate = if split > 0.0 { energy / split } else { 0.0 };
                        visit(&Rate { r, t, m: *m, l, y, node: process.node, rate });
                    }
                }
            }
        }
    }
}

fn sums<const K: usize>(
    context: &Context<'_>,
    key: impl Fn(&Rate) -> Option<[usize; K]>,
) -> BTreeMap<[usize; K], f64> {
    let mut sums = BTreeMap::new();
    each(context, |rate| {
        if let Some(key) = key(rate) {
            *sums.entry(key).or_insert(0.0) += rate.rate;
        }
    });
    sums
}

fn rate(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for ([rr, ll, tt, mm, yy], value) in sums(context, |a| Some([a.r, a.l, a.t, a.m, a.y])) {
        sheet.push(&[r(rr), l(ll), t(tt), m(mm), y(yy)], value);
    }
}

fn rate_nodal(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for ([nn, ll, tt, mm, yy], value) in
        sums(context, |a| a.node.map(|node| [node, a.l, a.t, a.m, a.y]))
    {
        sheet.push(&[n(nn), l(ll), t(tt), m(mm), y(yy)], value);
    }
}

fn total_rate(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for ([rr, tt, ll, yy], value) in sums(context, |a| Some([a.r, a.t, a.l, a.y])) {
        sheet.push(&[r(rr), t(tt), l(ll), y(yy)], value);
    }
}

fn total_rate_nodal(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for ([nn, tt, ll, yy], value) in sums(context, |a| a.node.map(|node| [node, a.t, a.l, a.y]))
    {
        sheet.push(&[n(nn), t(tt), l(ll), y(yy)], value);
    }
}

fn annual_by_mode(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for (at, region, technology) in context.in_regions(Dimension::Technology) {
        let map = &context.group.imported.map.technologies[at];
        for mode in 0..context.data.count(Dimension::Mode) {
            for (year, of) in context.years() {
                let activity = crate::costs::activity(&context.accounts, map, mode, year);
                sheet.push(&[r(region), t(technology), m(mode), y(of)], activity);
            }
        }
    }
}

fn annual(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for (at, region, technology) in context.in_regions(Dimension::Technology) {
        for (year, of) in context.years() {
            sheet.push(&[r(region), t(technology), y(of)], all_modes(context, at, year));
        }
    }
}

fn all_modes(context: &Context<'_>, technology: usize, year: usize) -> f64 {
    let map = &context.group.imported.map.technologies[technology];
    let modes = 0..context.data.count(Dimension::Mode);
    modes.map(|mode| crate::costs::activity(&context.accounts, map, mode, year)).sum()
}

/// Of the last group, as NEMO has it: each group's calculation replaces the one before.
fn model_period(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    if !context.last {
        return;
    }
    let (weights, before) = context.group.period.horizon_weights(context.data);
    for (at, region, technology) in context.in_regions(Dimension::Technology) {
        let earlier: f64 = (0..context.data.count(Dimension::Mode))
            .filter_map(|m| context.group.carried.activity.get(&(region, technology, m)))
            .sum();
        let own: f64 =
            context.years().map(|(year, _)| weights[year] * all_modes(context, at, year)).sum();
        sheet.push(&[r(region), t(technology)], own + before * earlier);
    }
}

fn trade(context: &Context<'_>, sheet: &mut Sheet<'_>, by_year: bool) {
    let data = context.data;
    for route in &context.group.imported.map.trade {
        let flow = &context.group.solution.flow[route.link.get()];
        for (at, of) in context.years() {
            if by_year {
                let sum = flow.slice(ndarray::s![0, .., at]).sum();
                sheet.push(&[r(route.from), r(route.to), f(route.fuel), y(of)], sum);
            } else if data.timesliced[route.fuel] {
                for (slice, of_scenario) in context.slices() {
                    let key =
                        [r(route.from), r(route.to), l(of_scenario), f(route.fuel), y(of)];
                    sheet.push(&key, flow[(0, slice, at)]);
                }
            }
        }
    }
}
