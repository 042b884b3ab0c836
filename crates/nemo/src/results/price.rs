//! Prices of fuels: what one unit more would cost, in money of its year.
//!
//! The duals of the balance in a slice and over the year, added up and divided by what a unit
//! of yearly cost weighs in the objective. Slices in which nothing is made or needed have none.

use std::collections::BTreeMap;

use kzleap_model::RegionIx;

use super::demand::{of_slice, places};
use super::flow::each;
use super::{Context, Key, NOISE, Sheet, Variable, f, l, n, r, y};
use crate::parameters::{Dimension, P};

/// The variables of this file.
pub(super) const VARIABLES: &[Variable] = &[
    Variable {
        name: "vfuelprice",
        columns: &["r", "l", "f", "y"],
        fill: |context, sheet| in_slices(context, sheet, false),
    },
    Variable {
        name: "vfuelpricenodal",
        columns: &["n", "l", "f", "y"],
        fill: |context, sheet| in_slices(context, sheet, true),
    },
    Variable {
        name: "vfuelpriceannualreceived",
        columns: &["r", "f", "y"],
        fill: |context, sheet| of_years(context, sheet, false, Side::Received),
    },
    Variable {
        name: "vfuelpriceannualpaid",
        columns: &["r", "f", "y"],
        fill: |context, sheet| of_years(context, sheet, false, Side::Paid),
    },
    Variable {
        name: "vfuelpricenodalannualreceived",
        columns: &["n", "f", "y"],
        fill: |context, sheet| of_years(context, sheet, true, Side::Received),
    },
    Variable {
        name: "vfuelpricenodalannualpaid",
        columns: &["n", "f", "y"],
        fill: |context, sheet| of_years(context, sheet, true, Side::Paid),
    },
];

/// For whom an average is calculated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Who makes it.
    Received,
    /// Who needs it.
    Paid,
}

/// A balance in one slice (or year): what is made and needed at what price.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    made: f64,
    needed: f64,
    price: f64,
}

/// Where a balance is: region, node.
type At = (usize, Option<usize>);

/// Balances by place, fuel, year and slice (`None` for a fuel that is balanced by the year).
type Book = BTreeMap<(At, usize, usize, Option<usize>), Entry>;

fn book(context: &Context<'_>) -> Book {
    let data = context.data;
    let mut book = Book::new();
    let slice = |f: usize, l: Option<usize>| if data.timesliced[f] { l } else { None };
    each(context, true, |flow| {
        if flow.counts {
            let key = ((flow.r, flow.node), flow.f, flow.y, slice(flow.f, flow.l));
            book.entry(key).or_default().made += flow.energy;
        }
    });
    each(context, false, |flow| {
        let when = slice(flow.f, flow.l);
        if flow.node.is_none() && context.nodal(flow.r, flow.f, flow.at) {
            // what technologies without nodes use is spread over the nodes
            for node in data.nodes_of(flow.r) {
                let share = data.or_zero(P::NodalDistributionDemand, &[node, flow.f, flow.y]);
                let key = ((flow.r, Some(node)), flow.f, flow.y, when);
                book.entry(key).or_default().needed += share * flow.energy;
            }
        } else {
            let key = ((flow.r, flow.node), flow.f, flow.y, when);
            book.entry(key).or_default().needed += flow.energy;
        }
    });
    add_demands(context, &mut book);
    add_prices(context, &mut book);
    book
}

fn add_demands(context: &Context<'_>, book: &mut Book) {
    let data = context.data;
    for (_, region, fuel) in context.in_regions(Dimension::Fuel) {
        for (at, year) in context.years() {
            let all = [false, true]
                .into_iter()
                .flat_map(|nodal| places(context, region, fuel, (at, year), nodal));
            for (place, share) in all {
                let node = match place {
                    Key::Of(Dimension::Node, node) => Some(node),
                    _ => None,
                };
                let mut add = |l: Option<usize>, demand: f64| {
                    if demand != 0.0 {
                        let key = ((region, node), fuel, year, l);
                        book.entry(key).or_default().needed += share * demand;
                    }
                };
                if data.timesliced[fuel] {
                    for (_, l) in context.slices() {
                        add(Some(l), of_slice(context, region, l, fuel, year));
                    }
                } else {
                    add(None, data.or_zero(P::SpecifiedAnnualDemand, &[region, fuel, year]));
                    add(None, data.or_zero(P::AccumulatedAnnualDemand, &[region, fuel, year]));
                }
            }
        }
    }
}

fn add_prices(context: &Context<'_>, book: &mut Book) {
    let data = context.data;
    let regions = data.count(Dimension::Region);
    let order = &context.group.imported.map.slices;
    let years = &context.group.period.years;
    for (((region, node), fuel, year, l), entry) in book.iter_mut() {
        let place = RegionIx::new(node.map_or(*region, |node| regions + node));
        let balances = &context.group.solution.balances;
        let found =
            balances.binary_search_by_key(&(place, *fuel), |b| (b.region, b.commodity.get()));
        let at = years.iter().position(|y| y == year);
        let slice = match l {
            Some(l) => order.iter().position(|of| of == l),
            None => Some(0),
        };
        if let (Ok(found), Some(at), Some(slice)) = (found, at, slice) {
            entry.price = balances[found].price[(slice, at)];
        }
    }
}

fn in_slices(context: &Context<'_>, sheet: &mut Sheet<'_>, nodal: bool) {
    for (((region, node), fuel, year, slice), entry) in book(context) {
        let (place, Some(slice)) = (place_key(region, node), slice) else { continue };
        let nothing = entry.made.abs() < NOISE && entry.needed.abs() < NOISE;
        if node.is_some() == nodal && !nothing {
            sheet.push(&[place, l(slice), f(fuel), y(year)], entry.price);
        }
    }
}

fn place_key(region: usize, node: Option<usize>) -> Key<'static> {
    node.map_or_else(|| r(region), n)
}

/// The mean over slices (and for a region over its nodes), weighted by what is made or needed.
fn of_years(context: &Context<'_>, sheet: &mut Sheet<'_>, nodal: bool, side: Side) {
    let mut sums: BTreeMap<(At, usize, usize), (f64, f64)> = BTreeMap::new();
    for (((region, node), fuel, year, _), entry) in book(context) {
        if nodal && node.is_none() {
            continue;
        }
        let weight = if side == Side::Received { entry.made } else { entry.needed };
        let at = (region, node.filter(|_| nodal));
        let sum = sums.entry((at, fuel, year)).or_default();
        sum.0 += weight * entry.price;
        sum.1 += weight;
    }
    for (((region, node), fuel, year), (sum, weight)) in sums {
        if weight > NOISE {
            sheet.push(&[place_key(region, node), f(fuel), y(year)], sum / weight);
        }
    }
}
