//! Activity, production, use, demand and trade.

use kzleap_accounts::flows::{Flow, Side};

use super::Sink;
use super::context::Context;
use crate::parameters::{P, SetId};
use crate::to_model::Technology;

pub(super) fn rate(c: &Context<'_>, sink: &mut Sink<'_>) {
    each_slice(c, &mut |c, (r, l, t), of| {
        for (mode, m) in of.modes.iter().enumerate() {
            for y in 0..c.years.len() {
                let rate = c.activity(of, mode, l, y) * c.per_share(l, y);
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Timeslice, l),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Mode, *m),
                    c.year(y),
                ];
                sink(&names, rate);
            }
        }
    });
}

pub(super) fn annual_by_mode(c: &Context<'_>, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        let of = c.technology(r, t);
        for (mode, m) in of.modes.iter().enumerate() {
            for y in 0..c.years.len() {
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Mode, *m),
                    c.year(y),
                ];
                sink(&names, c.annual_activity(of, mode, y));
            }
        }
    }
}

fn of_year(c: &Context<'_>, of: &Technology, y: usize) -> f64 {
    (0..of.modes.len()).map(|mode| c.annual_activity(of, mode, y)).sum()
}

pub(super) fn annual(c: &Context<'_>, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        let of = c.technology(r, t);
        for y in 0..c.years.len() {
            let names = [c.name(SetId::Region, r), c.name(SetId::Technology, t), c.year(y)];
            sink(&names, of_year(c, of, y));
        }
    }
}

pub(super) fn period(c: &Context<'_>, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        let of = c.technology(r, t);
        let names = [c.name(SetId::Region, r), c.name(SetId::Technology, t)];
        sink(&names, (0..c.years.len()).map(|y| of_year(c, of, y)).sum());
    }
}

pub(super) fn made(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_slice(c, Side::Outputs, false, sink);
}

pub(super) fn used(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_slice(c, Side::Inputs, false, sink);
}

pub(super) fn rate_made(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_slice(c, Side::Outputs, true, sink);
}

pub(super) fn rate_used(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_slice(c, Side::Inputs, true, sink);
}

pub(super) fn rate_made_by_mode(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_mode(c, Side::Outputs, sink);
}

pub(super) fn rate_used_by_mode(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_mode(c, Side::Inputs, sink);
}

pub(super) fn made_annual(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_year(c, Side::Outputs, sink);
}

pub(super) fn used_annual(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_year(c, Side::Inputs, sink);
}

type EachSlice<'e, 'c> = dyn FnMut(&Context<'c>, (usize, usize, usize), &'c Technology) + 'e;

fn each_slice<'c>(c: &Context<'c>, then: &mut EachSlice<'_, 'c>) {
    for r in 0..c.count(SetId::Region) {
        for l in 0..c.count(SetId::Timeslice) {
            for t in 0..c.count(SetId::Technology) {
                then(c, (r, l, t), c.technology(r, t));
            }
        }
    }
}

/// Flows on one side of a technology by fuel, in the order of the fuels and within each of the
/// modes.
fn fuels<'c>(c: &'c Context<'_>, side: Side, of: &Technology) -> Vec<Vec<&'c Flow>> {
    let Some(process) = of.process else { return Vec::new() };
    let mut flows: Vec<&Flow> = c.accounts.flows_of(side, process).iter().collect();
    flows.sort_by_key(|flow| flow.commodity); // stable: modes stay in their order
    flows.chunk_by(|a, b| a.commodity == b.commodity).map(<[_]>::to_vec).collect()
}

/// Flows of every technology of every region.
fn all_fuels<'c>(c: &'c Context<'_>, side: Side) -> Vec<Vec<Vec<&'c Flow>>> {
    c.technologies().iter().map(|(r, t)| fuels(c, side, c.technology(*r, *t))).collect()
}

fn by_slice(c: &Context<'_>, side: Side, as_rate: bool, sink: &mut Sink<'_>) {
    let all = all_fuels(c, side);
    each_slice(c, &mut |c, (r, l, t), _| {
        for flows in &all[r * c.count(SetId::Technology) + t] {
            for y in 0..c.years.len() {
                let energy: f64 = flows.iter().map(|flow| flow.amounts[(l, y)]).sum();
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Timeslice, l),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Fuel, flows[0].commodity.get()),
                    c.year(y),
                ];
                sink(&names, if as_rate { energy * c.per_share(l, y) } else { energy });
            }
        }
    });
}

fn by_mode(c: &Context<'_>, side: Side, sink: &mut Sink<'_>) {
    let all = all_fuels(c, side);
    each_slice(c, &mut |c, (r, l, t), of| {
        let flows = all[r * c.count(SetId::Technology) + t].iter().flatten();
        for (mode, m) in of.modes.iter().enumerate() {
            for flow in flows.clone().filter(|flow| flow.mode == mode) {
                for y in 0..c.years.len() {
                    let names = [
                        c.name(SetId::Region, r),
                        c.name(SetId::Timeslice, l),
                        c.name(SetId::Technology, t),
                        c.name(SetId::Mode, *m),
                        c.name(SetId::Fuel, flow.commodity.get()),
                        c.year(y),
                    ];
                    sink(&names, flow.amounts[(l, y)] * c.per_share(l, y));
                }
            }
        }
    });
}

fn by_year(c: &Context<'_>, side: Side, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        for flows in fuels(c, side, c.technology(r, t)) {
            for y in 0..c.years.len() {
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Fuel, flows[0].commodity.get()),
                    c.year(y),
                ];
                sink(&names, flows.iter().map(|flow| flow.annual(y)).sum());
            }
        }
    }
}

pub(super) fn demand(c: &Context<'_>, sink: &mut Sink<'_>) {
    for r in 0..c.count(SetId::Region) {
        for l in 0..c.count(SetId::Timeslice) {
            for f in 0..c.count(SetId::Fuel) {
                let annual = c.data.along(P::SpecifiedAnnualDemand, &[r, f]);
                if annual.iter().all(|demand| *demand == 0.0) {
                    continue;
                }
                let profile = c.data.along(P::SpecifiedDemandProfile, &[r, f, l]);
                for (y, (annual, share)) in annual.iter().zip(profile).enumerate() {
                    let names = [
                        c.name(SetId::Region, r),
                        c.name(SetId::Timeslice, l),
                        c.name(SetId::Fuel, f),
                        c.year(y),
                    ];
                    sink(&names, annual * share);
                }
            }
        }
    }
}

/// Net trade from the first region to the second.
pub(super) fn trade(c: &Context<'_>, sink: &mut Sink<'_>) {
    for r in 0..c.count(SetId::Region) {
        for other in 0..c.count(SetId::Region) {
            for l in 0..c.count(SetId::Timeslice) {
                for (link, [a, b, f]) in &c.map.links {
                    let sign = match (*a == r && *b == other, *a == other && *b == r) {
                        (true, _) => 1.0,
                        (_, true) => -1.0,
                        _ => continue,
                    };
                    let flow = &c.solution.flow[link.get()];
                    for y in 0..c.years.len() {
                        let names = [
                            c.name(SetId::Region, r),
                            c.name(SetId::Region, other),
                            c.name(SetId::Timeslice, l),
                            c.name(SetId::Fuel, *f),
                            c.year(y),
                        ];
                        sink(&names, sign * (flow[(0, l, y)] - flow[(1, l, y)]));
                    }
                }
            }
        }
    }
}
