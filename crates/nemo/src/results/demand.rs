//! Demand, in regions and at nodes.

use super::{Context, Key, Sheet, Variable, f, l, n, r, y};
use crate::parameters::{Dimension, P};

/// The variables of this file.
pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "vdemandnn",
        columns: &["r", "l", "f", "y"],
        fill: |context, sheet| in_slices(context, sheet, false, false),
    },
    Variable {
        name: "vrateofdemandnn",
        columns: &["r", "l", "f", "y"],
        fill: |context, sheet| in_slices(context, sheet, false, true),
    },
    Variable {
        name: "vdemandnodal",
        columns: &["n", "l", "f", "y"],
        fill: |context, sheet| in_slices(context, sheet, true, false),
    },
    Variable {
        name: "vdemandannualnn",
        columns: &["r", "f", "y"],
        fill: |context, sheet| in_years(context, sheet, false),
    },
    Variable {
        name: "vdemandannualnodal",
        columns: &["n", "f", "y"],
        fill: |context, sheet| in_years(context, sheet, true),
    },
];

/// Demand of a time-sliced fuel in a slice, as energy.
pub(super) fn of_slice(
    context: &Context<'_>,
    region: usize,
    slice: usize,
    fuel: usize,
    year: usize,
) -> f64 {
    let data = context.data;
    data.or_zero(P::SpecifiedAnnualDemand, &[region, fuel, year])
        * data.or_zero(P::SpecifiedDemandProfile, &[region, fuel, slice, year])
}

/// Where a fuel of a region is needed in a year of the group: place, share.
pub(super) fn places(
    context: &Context<'_>,
    region: usize,
    fuel: usize,
    (at, year): (usize, usize),
    at_nodes: bool,
) -> Vec<(Key<'static>, f64)> {
    let data = context.data;
    match (context.nodal(region, fuel, at), at_nodes) {
        (false, false) => vec![(r(region), 1.0)],
        (true, true) => data
            .nodes_of(region)
            .map(|node| {
                (n(node), data.or_zero(P::NodalDistributionDemand, &[node, fuel, year]))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn in_slices(context: &Context<'_>, sheet: &mut Sheet<'_>, at_nodes: bool, rate: bool) {
    for (_, region, fuel) in context.in_regions(Dimension::Fuel) {
        if !context.data.timesliced[fuel] {
            continue;
        }
        for (at, year) in context.years() {
            for (place, share) in places(context, region, fuel, (at, year), at_nodes) {
                for (_, slice) in context.slices() {
                    let energy = share * of_slice(context, region, slice, fuel, year);
                    let split = context.split(slice, year);
                    let value = match rate {
                        true if split > 0.0 => energy / split,
                        true => 0.0,
                        false => energy,
                    };
                    sheet.push(&[place, l(slice), f(fuel), y(year)], value);
                }
            }
        }
    }
}

fn in_years(context: &Context<'_>, sheet: &mut Sheet<'_>, at_nodes: bool) {
    for (_, region, fuel) in context.in_regions(Dimension::Fuel) {
        if !context.data.timesliced[fuel] {
            continue;
        }
        for (at, year) in context.years() {
            let sum: f64 = context
                .slices()
                .map(|(_, slice)| of_slice(context, region, slice, fuel, year))
                .sum();
            for (place, share) in places(context, region, fuel, (at, year), at_nodes) {
                sheet.push(&[place, f(fuel), y(year)], share * sum);
            }
        }
    }
}
