//! Lines between nodes, and trade between regions.

use kzleap_model::finance::nemo::Terms;
use kzleap_model::network::{Candidate, Line, OneWay};
use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserTerm};
use kzleap_model::{Capacity, CapacityIx, CapacityUnit, Investment, Link, Series, YearIx};

use super::map::{LineMap, TradeMap};
use super::technology_capacity::push_terms;
use super::{Making, commodity, node_region, region, yearly};
use crate::carried::Carried;
use crate::data::TransmissionLine;
use crate::parameters::{Dimension, P};

/// What NEMO takes for the power no angle reaches, MW. It matters where lines may be built in
/// part, since then it loosens the law of angles.
const LARGE: f64 = 500_000.0;

/// Adds every line that is in use in any year of the group.
pub(super) fn add(making: &mut Making<'_>) {
    for (at, line) in making.data.lines.iter().enumerate() {
        let kinds: Vec<Option<u8>> =
            (0..making.period.years.len()).map(|y| kind(making, line, y)).collect();
        let added =
            kinds.iter().any(Option::is_some).then(|| add_line(making, at, line, &kinds));
        making.map.lines.push(added);
    }
    add_one_way(making);
    add_node_pairs(making);
}

/// How a line carries in a year of the group: both its ends must be enabled in the same way.
fn kind(making: &Making<'_>, line: &TransmissionLine, at: usize) -> Option<u8> {
    let data = making.data;
    let of = |n: usize| making.map.nodal(data, data.node_region[n], line.fuel, at);
    of(line.from).filter(|kind| of(line.to) == Some(*kind))
}

fn add_line(
    making: &mut Making<'_>,
    at: usize,
    line: &TransmissionLine,
    kinds: &[Option<u8>],
) -> LineMap {
    let data = making.data;
    let r = data.node_region[line.from];
    let name = making.name(Dimension::Line, at).to_owned();
    let energy = data.or_zero(P::TransmissionCapacityToActivityUnit, &[r, line.fuel]);
    let other = data.or_zero(
        P::TransmissionCapacityToActivityUnit,
        &[data.node_region[line.to], line.fuel],
    );
    if energy != other {
        making.warn(
            "energy-units-differ",
            format!("the regions at the ends of line `{name}` have different units of energy; that of the first is taken"),
            "use one unit of energy in all regions that are joined by lines",
        );
    }
    let most = line.max_flow.unwrap_or(0.0);
    let capacity = add_capacity(making, at, line, (r, kinds));
    let part = |l: usize, y: usize| {
        let said = data.get(P::TransmissionAvailabilityFactor, &[at, l, y]);
        if making.options.correct { Some(said.unwrap_or(1.0)) } else { said }
    };
    let position = |y: usize| making.period.years.iter().position(|other| *other == y);
    let in_use = |y: usize| position(y).is_some_and(|at| kinds[at].is_some());
    let ceiling = angle_ceiling(making, line, kinds);
    let availability = making
        .series(|l, y| if in_use(y) { part(l, y).unwrap_or(0.0).min(ceiling) } else { 0.0 });
    let loses = line.efficiency.filter(|share| *share < 1.0 && kinds.contains(&Some(3)));
    let link = making.model.links.push(Link {
        name,
        from: node_region(data, line.from),
        to: node_region(data, line.to),
        commodity: commodity(line.fuel),
        capacity: Some(capacity),
        capacity_to_activity: most * energy,
        availability: availability.clone(),
        reverse_availability: availability,
        loss: 1.0 - loses.unwrap_or(1.0),
        variable_cost: Series::Constant(line.variable_cost.max(0.0)),
        emissions: Vec::new(),
    });
    if kinds.iter().any(|kind| matches!(kind, Some(1 | 2))) {
        let present = making.series(|l, y| {
            let by_angle = position(y).is_some_and(|at| matches!(kinds[at], Some(1 | 2)));
            f64::from(u8::from(by_angle && part(l, y).is_some()))
        });
        let reactance = line.reactance.unwrap_or(1.0);
        let candidate = line.built_in.is_none().then(|| {
            let most_power =
                if making.options.continuous_transmission && !making.options.correct {
                    LARGE
                } else {
                    // what is not there carries nothing, and no angle asks for more than this
                    LARGE.min(2.0 * std::f64::consts::PI / reactance)
                };
            Candidate { capacity: 1.0, most_power }
        });
        if candidate.is_some()
            && making.options.continuous_transmission
            && kinds.contains(&Some(1))
        {
            let name = making.name(Dimension::Line, at);
            making.warn(
                "bilinear",
                format!("line `{name}` may be built in part; with transmission type 1 its flow is a product of two unknowns, and type 2 is taken"),
                "set type 2, or build whole lines",
            );
        }
        making.model.network.lines.push(Line {
            link,
            reactance,
            power_to_energy: energy,
            present,
            candidate,
        });
    }
    LineMap { link, capacity, years: kinds.iter().map(Option::is_some).collect() }
}

/// The share of its most that a line can carry at any angles: a line that is there carries
/// what they say. Said beforehand, it leaves the solver fewer halves of lines to look at.
fn angle_ceiling(making: &Making<'_>, line: &TransmissionLine, kinds: &[Option<u8>]) -> f64 {
    let by_angle = kinds.iter().flatten().all(|kind| matches!(kind, 1 | 2));
    let whole = line.built_in.is_some() || !making.options.continuous_transmission;
    match (line.max_flow, line.reactance) {
        (Some(most), Some(reactance)) if by_angle && whole && most > 0.0 && reactance > 0.0 => {
            2.0 * std::f64::consts::PI / reactance / most
        }
        _ => f64::INFINITY,
    }
}

/// The capacity of a line, which counts lines: it exists (1) or not (0).
fn add_capacity(
    making: &mut Making<'_>,
    at: usize,
    line: &TransmissionLine,
    (r, kinds): (usize, &[Option<u8>]),
) -> CapacityIx {
    let years = making.period.years.len();
    let name = making.name(Dimension::Line, at).to_owned();
    let stands = |year: i32| match line.built_in {
        Some(built) => f64::from(u8::from(built <= year && year < built + line.life)),
        None => Carried::standing(&making.carried.built, &at, line.life, year),
    };
    let residual = making.by_year(|y| stands(making.calendar(y)));
    let whole = !making.options.continuous_transmission;
    let investment = line.built_in.is_none().then(|| building(making, at, line, whole));
    let candidate = investment.is_some();
    let k = making.model.capacities.push(Capacity {
        name: name.clone(),
        region: region(r),
        unit: CapacityUnit::Line,
        residual,
        investment,
        // a line that exists anyway costs the same whatever the plan is
        fixed_cost_of_new: Vec::new(),
        fixed_cost: kinds
            .iter()
            .map(|kind| if candidate && kind.is_some() { line.fixed_cost } else { 0.0 })
            .collect(),
        lower: vec![0.0; years],
        upper: vec![f64::INFINITY; years],
        early_retirement: false,
        decommissioning_cost: None,
        early_retirement_cost: None,
        by_conversion: false,
    });
    let interest = vec![line.interest; years];
    push_terms(making, Terms { interest, at_once: candidate && whole });
    if candidate {
        let built: f64 =
            making.carried.built.get(&at).map_or(0.0, |list| list.iter().map(|(_, n)| n).sum());
        let terms = making
            .years()
            .map(|(year, _)| UserTerm::new(Quantity::New(k), year, 1.0))
            .collect();
        making.rule(format!("built_once.{name}"), terms, Sense::AtMost, 1.0 - built);
    }
    k
}

fn building(
    making: &Making<'_>,
    at: usize,
    line: &TransmissionLine,
    whole: bool,
) -> Investment {
    let data = making.data;
    let most = line.max_flow.unwrap_or(0.0);
    let share = |megawatt: f64| if most > 0.0 { megawatt / most } else { 0.0 };
    let years: Vec<(YearIx, usize)> = making.years().collect();
    let upper = years.iter().map(|(year, y)| {
        let limit = data.get(P::TransmissionAnnualMaxCapacityInvestment, &[at, *y]);
        limit.map_or(1.0, |limit| share(limit * making.scale(*year)).clamp(0.0, 1.0))
    });
    let lower = years.iter().map(|(_, y)| {
        share(data.or_zero(P::TransmissionAnnualMinCapacityInvestment, &[at, *y]))
    });
    Investment {
        overnight_cost: vec![line.capital_cost; years.len()],
        technical_life: f64::from(line.life),
        survival: None,
        interest: 0.0,
        economic_life: f64::from(line.life.max(1)),
        cost_of_capital: 0.0,
        lower: lower.collect(),
        upper: upper.collect(),
        growth: None,
        unit_size: whole.then(|| vec![1.0; years.len()]),
    }
}

/// Lines between nodes of which one must receive a least amount carry one way only.
///
/// What lines between the same two nodes carry by angles has the same sign, so they share the
/// choice.
fn add_one_way(making: &mut Making<'_>) {
    let data = making.data;
    for (at, line) in data.lines.iter().enumerate() {
        let Some(map) = making.map.lines[at].clone() else { continue };
        let least = |n1: usize, n2: usize, y: usize| {
            data.or_zero(P::MinAnnualTransmissionNodes, &[n1, n2, line.fuel, y]) > 0.0
        };
        let years: Vec<bool> = making
            .years()
            .map(|(year, y)| {
                map.years[year.get()]
                    && (least(line.from, line.to, y) || least(line.to, line.from, y))
            })
            .collect();
        if !years.contains(&true) {
            continue;
        }
        let by_angle = (0..years.len())
            .filter(|year| years[*year])
            .all(|year| matches!(kind(making, line, year), Some(1 | 2)));
        let ends = (making.model.links[map.link].from, making.model.links[map.link].to);
        let links = &making.model.links;
        let same = making.model.network.one_way.iter().position(|other| {
            let of = &links[other.links[0].0];
            let joined = [(of.from, of.to), (of.to, of.from)].contains(&ends);
            joined && other.years == years && other.by_angle
        });
        match same.filter(|_| by_angle) {
            Some(same) => {
                let first = making.model.network.one_way[same].links[0].0;
                let turned = making.model.links[first].from != ends.0;
                making.model.network.one_way[same].links.push((map.link, turned));
            }
            None => making.model.network.one_way.push(OneWay {
                links: vec![(map.link, false)],
                years,
                most: 1.0,
                by_angle,
            }),
        }
    }
}

/// Limits on the energy that one node receives from another in a year.
fn add_node_pairs(making: &mut Making<'_>) {
    let data = making.data;
    let nodes = data.count(Dimension::Node);
    let limits = [
        (P::MinAnnualTransmissionNodes, Sense::AtLeast, "least_received"),
        (P::MaxAnnualTransmissionNodes, Sense::AtMost, "most_received"),
    ];
    for (p, sense, name) in limits {
        if data.table(p).says_nothing() {
            continue;
        }
        for n1 in 0..nodes {
            for n2 in (0..nodes).filter(|n2| *n2 != n1) {
                for f in 0..data.count(Dimension::Fuel) {
                    for (year, y) in making.years() {
                        let Some(limit) = data.get(p, &[n1, n2, f, y]) else { continue };
                        let terms = received(making, (n1, n2, f), year);
                        if terms.is_empty() {
                            continue;
                        }
                        let (from, to) = (
                            making.name(Dimension::Node, n1),
                            making.name(Dimension::Node, n2),
                        );
                        let name = format!("{name}.{from}.{to}.{}", making.calendar(y));
                        making.rule(name, terms, sense, limit);
                    }
                }
            }
        }
    }
}

fn received(
    making: &Making<'_>,
    (n1, n2, f): (usize, usize, usize),
    year: YearIx,
) -> Vec<UserTerm> {
    let mut terms = Vec::new();
    for (line, map) in making.data.lines.iter().zip(&making.map.lines) {
        let Some(map) = map.as_ref().filter(|map| line.fuel == f && map.years[year.get()])
        else {
            continue;
        };
        let direction = match (line.from, line.to) {
            ends if ends == (n1, n2) => 0,
            ends if ends == (n2, n1) => 1,
            _ => continue,
        };
        let weight = 1.0 - making.model.links[map.link].loss;
        terms.push(UserTerm::new(Quantity::Flow(map.link, direction), year, weight));
    }
    terms
}

/// Adds trade between regions: without limit, loss or cost, from the region of the row to the
/// other.
pub(super) fn add_trade(making: &mut Making<'_>) {
    let data = making.data;
    let regions = data.count(Dimension::Region);
    if data.table(P::TradeRoute).says_nothing() {
        return;
    }
    for r in 0..regions {
        for rr in (0..regions).filter(|rr| *rr != r) {
            for f in 0..data.count(Dimension::Fuel) {
                let open: Vec<f64> = (making.period.years.iter().enumerate())
                    .map(|(at, y)| {
                        let route = data.get(P::TradeRoute, &[r, rr, f, *y]) == Some(1.0);
                        let nodal = [r, rr]
                            .iter()
                            .any(|region| making.map.nodal(data, *region, f, at).is_some());
                        f64::from(u8::from(route && !nodal))
                    })
                    .collect();
                if open.iter().all(|open| *open == 0.0) {
                    continue;
                }
                let (from, to) =
                    (making.name(Dimension::Region, r), making.name(Dimension::Region, rr));
                let link = making.model.links.push(Link {
                    name: format!("trade.{from}.{to}.{}", making.name(Dimension::Fuel, f)),
                    from: region(r),
                    to: region(rr),
                    commodity: commodity(f),
                    capacity: None,
                    capacity_to_activity: 1.0,
                    availability: yearly(open),
                    reverse_availability: Series::Constant(0.0),
                    loss: 0.0,
                    variable_cost: Series::Constant(0.0),
                    emissions: Vec::new(),
                });
                making.map.trade.push(TradeMap { link, from: r, to: rr, fuel: f });
            }
        }
    }
}
