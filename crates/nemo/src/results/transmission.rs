//! Lines: built, standing, and what flows over them.

use std::collections::BTreeMap;

use super::{Context, Sheet, Variable, f, l, n, tr, y};
use crate::parameters::P;
use crate::to_model::LineMap;

const TRLFY: &[&str] = &["tr", "l", "f", "y"];

/// The variables of this file.
pub(super) const VARIABLES: &[Variable] = &[
    Variable { name: "vtransmissionbuilt", columns: &["tr", "y"], fill: built },
    Variable { name: "vtransmissionexists", columns: &["tr", "y"], fill: exists },
    Variable { name: "vtransmissionbyline", columns: TRLFY, fill: by_line },
    Variable { name: "vtransmissionbylineneg", columns: TRLFY, fill: turned },
    Variable { name: "vtransmissionannual", columns: &["n", "f", "y"], fill: annual },
    Variable { name: "vvoltageangle", columns: &["n", "l", "y"], fill: angle },
    Variable {
        name: "vtransmissionenergyreceived",
        columns: &["tr", "l", "f", "y", "n"],
        fill: received,
    },
    Variable {
        name: "vtransmissionlosses",
        columns: &["n", "tr", "l", "f", "y"],
        fill: losses,
    },
    Variable { name: "vvariablecosttransmissionbyts", columns: TRLFY, fill: variable_cost },
];

fn lines<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (usize, &'a crate::TransmissionLine, &'a LineMap)> + use<'a> {
    let maps = &context.group.imported.map.lines;
    context
        .data
        .lines
        .iter()
        .zip(maps)
        .enumerate()
        .filter_map(|(at, (line, map))| Some((at, line, map.as_ref()?)))
}

fn built(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for (at, _, map) in lines(context) {
        for (year, of) in context.years() {
            let built = context.group.solution.new_capacity[(map.capacity.get(), year)];
            sheet.push(&[tr(at), y(of)], built);
        }
    }
}

fn exists(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    for (at, _, map) in lines(context) {
        for (year, of) in context.years() {
            let exists = context.group.solution.capacity[(map.capacity.get(), year)];
            sheet.push(&[tr(at), y(of)], exists);
        }
    }
}

/// Visits every slice of every line in use: energy sent forward and back, by year and slice.
fn each(
    context: &Context<'_>,
    mut visit: impl FnMut((usize, &crate::TransmissionLine), [usize; 2], f64, [f64; 2]),
) {
    for (at, line, map) in lines(context) {
        let flow = &context.group.solution.flow[map.link.get()];
        let loss = context.group.imported.model.links[map.link].loss;
        for (year, of) in context.years().filter(|(year, _)| map.years[*year]) {
            for (slice, of_scenario) in context.slices() {
                let sent = [flow[(0, slice, year)], flow[(1, slice, year)]];
                visit((at, line), [of_scenario, of], loss, sent);
            }
        }
    }
}

fn by_line(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    let data = context.data;
    each(context, |(at, line), [slice, year], _, [forward, back]| {
        let r = data.node_region[line.from];
        let unit = data.or_zero(P::TransmissionCapacityToActivityUnit, &[r, line.fuel])
            * context.split(slice, year);
        let megawatt = if unit > 0.0 { (forward - back) / unit } else { 0.0 };
        sheet.push(&[tr(at), l(slice), f(line.fuel), y(year)], megawatt);
    });
}

/// Where power flows against a line's direction: said of lines with losses or a cost only.
fn turned(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    each(context, |(at, line), [slice, year], loss, [forward, back]| {
        let said = loss > 0.0 || line.variable_cost > 0.0;
        let turned = said && back - forward > super::NOISE;
        sheet.push(&[tr(at), l(slice), f(line.fuel), y(year)], f64::from(u8::from(turned)));
    });
}

/// Net of what is sent and received, by node.
fn annual(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    let mut sums: BTreeMap<(usize, usize, usize), f64> = BTreeMap::new();
    each(context, |(_, line), [_, year], loss, [forward, back]| {
        let arrives = 1.0 - loss;
        *sums.entry((line.from, line.fuel, year)).or_default() += forward - arrives * back;
        *sums.entry((line.to, line.fuel, year)).or_default() += back - arrives * forward;
    });
    for ((node, fuel, year), sum) in sums {
        sheet.push(&[n(node), f(fuel), y(year)], sum);
    }
}

fn received(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    each(context, |(at, line), [slice, year], loss, [forward, back]| {
        for (node, energy) in [(line.to, forward), (line.from, back)] {
            let key = [tr(at), l(slice), f(line.fuel), y(year), n(node)];
            sheet.push(&key, (1.0 - loss) * energy);
        }
    });
}

/// Losses count at the node that receives, as a number below zero.
fn losses(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    each(context, |(at, line), [slice, year], loss, [forward, back]| {
        if loss > 0.0 {
            for (node, energy) in [(line.to, forward), (line.from, back)] {
                let key = [n(node), tr(at), l(slice), f(line.fuel), y(year)];
                sheet.push(&key, -loss * energy);
            }
        }
    });
}

fn variable_cost(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    each(context, |(at, line), [slice, year], _, [forward, back]| {
        let cost = line.variable_cost.max(0.0) * (forward + back);
        sheet.push(&[tr(at), l(slice), f(line.fuel), y(year)], cost);
    });
}

fn angle(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    let (data, angles) = (context.data, &context.group.solution.angle);
    let regions = data.count(crate::parameters::Dimension::Region);
    if angles.is_empty() {
        return;
    }
    for node in 0..data.node_region.len() {
        for (slice, of_scenario) in context.slices() {
            for (year, of) in context.years() {
                let value = angles[(regions + node, slice, year)];
                sheet.push(&[n(node), l(of_scenario), y(of)], value);
            }
        }
    }
}
