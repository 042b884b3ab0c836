//! Capacity in service and built.

use super::{Context, Sheet, Variable, f, r, s, t, y};
use crate::parameters::{Dimension, P};

const RTY: &[&str] = &["r", "t", "y"];
const RSY: &[&str] = &["r", "s", "y"];

/// The variables of this file.
pub(super) const VARIABLES: &[Variable] = &[
    Variable { name: "vnewcapacity", columns: RTY, fill: new },
    Variable { name: "vaccumulatednewcapacity", columns: RTY, fill: accumulated },
    Variable { name: "vtotalcapacityannual", columns: RTY, fill: total },
    Variable { name: "vnumberofnewtechnologyunits", columns: RTY, fill: units },
    Variable { name: "vnewstoragecapacity", columns: RSY, fill: new_storage },
    Variable {
        name: "vaccumulatednewstoragecapacity",
        columns: RSY,
        fill: accumulated_storage,
    },
    Variable { name: "vstorageupperlimit", columns: RSY, fill: storage_upper },
    Variable { name: "vstoragelowerlimit", columns: RSY, fill: storage_lower },
    Variable {
        name: "vtotalcapacityinreservemargin",
        columns: &["r", "f", "y"],
        fill: reserve,
    },
];

/// Rows of something for each technology that has a capacity: in service, built.
fn technologies(
    context: &Context<'_>,
    sheet: &mut Sheet<'_>,
    value: impl Fn((usize, usize, usize), f64, f64) -> f64,
) {
    let solution = &context.group.solution;
    for (at, region, technology) in context.in_regions(Dimension::Technology) {
        let Some(k) = context.group.imported.map.technologies[at].capacity else { continue };
        for (year, of) in context.years() {
            let place = (k.get(), year);
            let value = value(
                (region, technology, of),
                solution.capacity[place],
                solution.new_capacity[place],
            );
            sheet.push(&[r(region), t(technology), y(of)], value);
        }
    }
}

fn new(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    technologies(context, sheet, |_, _, new| new);
}

fn total(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    technologies(context, sheet, |_, total, _| total);
}

fn accumulated(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    technologies(context, sheet, |(r, t, y), total, _| {
        total - context.data.or_zero(P::ResidualCapacity, &[r, t, y])
    });
}

fn units(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    technologies(context, sheet, |(r, t, y), _, new| {
        let size = context.data.or_zero(P::CapacityOfOneTechnologyUnit, &[r, t, y]);
        if size == 0.0 { 0.0 } else { (new / size).round() }
    });
}

fn storages(
    context: &Context<'_>,
    sheet: &mut Sheet<'_>,
    value: impl Fn((usize, usize, usize), f64, f64) -> f64,
) {
    let solution = &context.group.solution;
    for (at, region, storage) in context.in_regions(Dimension::Storage) {
        let Some(k) = context.group.imported.map.storages[at].capacity else { continue };
        for (year, of) in context.years() {
            let place = (k.get(), year);
            let key = (region, storage, of);
            let value = value(key, solution.capacity[place], solution.new_capacity[place]);
            sheet.push(&[r(region), s(storage), y(of)], value);
        }
    }
}

fn new_storage(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    storages(context, sheet, |_, _, new| new);
}

fn accumulated_storage(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    storages(context, sheet, |(r, s, y), total, _| {
        total - context.data.or_zero(P::ResidualStorageCapacity, &[r, s, y])
    });
}

fn storage_upper(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    storages(context, sheet, |_, total, _| total);
}

fn storage_lower(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    storages(context, sheet, |(r, s, y), total, _| {
        total * context.data.or_zero(P::MinStorageCharge, &[r, s, y])
    });
}

fn reserve(context: &Context<'_>, sheet: &mut Sheet<'_>) {
    let data = context.data;
    for (_, region, fuel) in context.in_regions(Dimension::Fuel) {
        if !data.timesliced[fuel] {
            continue;
        }
        for (year, of) in context.years() {
            let sum = (0..data.count(Dimension::Technology))
                .filter_map(|technology| {
                    let tag = data.or_zero(
                        P::ReserveMarginTagTechnology,
                        &[region, technology, fuel, of],
                    );
                    let map = context.group.imported.map.technology(data, region, technology);
                    let k = map.capacity.filter(|_| tag != 0.0)?;
                    let unit = data.or_zero(P::CapacityToActivityUnit, &[region, technology]);
                    Some(context.group.solution.capacity[(k.get(), year)] * tag * unit)
                })
                .sum();
            sheet.push(&[r(region), f(fuel), y(of)], sum);
        }
    }
}
