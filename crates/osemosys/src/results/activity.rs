//! Activity, production, use, demand and trade.

use super::Sink;
use super::context::Context;
use crate::parameters::{P, SetId};
use crate::to_model::Technology;

/// Whether what is made or what is used is asked for.
#[derive(Clone, Copy)]
enum Side {
    Made,
    Used,
}

impl Side {
    const fn ratio(self) -> P {
        match self {
            Self::Made => P::OutputActivityRatio,
            Self::Used => P::InputActivityRatio,
        }
    }
}

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
    by_slice(c, Side::Made, false, sink);
}

pub(super) fn used(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_slice(c, Side::Used, false, sink);
}

pub(super) fn rate_made(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_slice(c, Side::Made, true, sink);
}

pub(super) fn rate_used(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_slice(c, Side::Used, true, sink);
}

pub(super) fn rate_made_by_mode(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_mode(c, Side::Made, sink);
}

pub(super) fn rate_used_by_mode(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_mode(c, Side::Used, sink);
}

pub(super) fn made_annual(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_year(c, Side::Made, sink);
}

pub(super) fn used_annual(c: &Context<'_>, sink: &mut Sink<'_>) {
    by_year(c, Side::Used, sink);
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

/// Ratios of a mode (by position in the process), by year.
type ModeRatios = (usize, Vec<f64>);

/// For each fuel on one side of a technology, the ratios of the modes that touch it.
fn fuels(c: &Context<'_>, side: Side, r: usize, t: usize) -> Vec<(usize, Vec<ModeRatios>)> {
    let of = c.technology(r, t);
    let mut fuels: Vec<(usize, Vec<ModeRatios>)> = Vec::new();
    for (at, ratios) in c.data.table(side.ratio()).rows(&[r, t]) {
        let Some(mode) = of.modes.iter().position(|m| *m == at[1]) else { continue };
        match fuels.last_mut() {
            Some((fuel, modes)) if *fuel == at[0] => modes.push((mode, ratios)),
            _ => fuels.push((at[0], vec![(mode, ratios)])),
        }
    }
    fuels
}

fn by_slice(c: &Context<'_>, side: Side, as_rate: bool, sink: &mut Sink<'_>) {
    let all: Vec<_> = c.technologies().iter().map(|(r, t)| fuels(c, side, *r, *t)).collect();
    each_slice(c, &mut |c, (r, l, t), of| {
        for (fuel, modes) in &all[r * c.count(SetId::Technology) + t] {
            for y in 0..c.years.len() {
                let energy: f64 = modes
                    .iter()
                    .map(|(mode, ratios)| ratios[y] * c.activity(of, *mode, l, y))
                    .sum();
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Timeslice, l),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Fuel, *fuel),
                    c.year(y),
                ];
                sink(&names, if as_rate { energy * c.per_share(l, y) } else { energy });
            }
        }
    });
}

fn by_mode(c: &Context<'_>, side: Side, sink: &mut Sink<'_>) {
    let all: Vec<_> = c.technologies().iter().map(|(r, t)| fuels(c, side, *r, *t)).collect();
    each_slice(c, &mut |c, (r, l, t), of| {
        for (position, m) in of.modes.iter().enumerate() {
            for (fuel, modes) in &all[r * c.count(SetId::Technology) + t] {
                for (_, ratios) in modes.iter().filter(|(mode, _)| *mode == position) {
                    for (y, ratio) in ratios.iter().enumerate() {
                        let energy = ratio * c.activity(of, position, l, y);
                        let names = [
                            c.name(SetId::Region, r),
                            c.name(SetId::Timeslice, l),
                            c.name(SetId::Technology, t),
                            c.name(SetId::Mode, *m),
                            c.name(SetId::Fuel, *fuel),
                            c.year(y),
                        ];
                        sink(&names, energy * c.per_share(l, y));
                    }
                }
            }
        }
    });
}

fn by_year(c: &Context<'_>, side: Side, sink: &mut Sink<'_>) {
    for (r, t) in c.technologies() {
        let of = c.technology(r, t);
        for (fuel, modes) in fuels(c, side, r, t) {
            for y in 0..c.years.len() {
                let energy = modes
                    .iter()
                    .map(|(mode, ratios)| ratios[y] * c.annual_activity(of, *mode, y))
                    .sum();
                let names = [
                    c.name(SetId::Region, r),
                    c.name(SetId::Technology, t),
                    c.name(SetId::Fuel, fuel),
                    c.year(y),
                ];
                sink(&names, energy);
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
