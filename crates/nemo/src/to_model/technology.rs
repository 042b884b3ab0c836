//! Processes: a technology in its region, and at the nodes its fuels are balanced at.

use kzleap_model::policy::Sense;
use kzleap_model::user_rows::{Quantity, UserTerm};
use kzleap_model::{
    CommodityIx, EmissionIx, Mode, Process, ProcessIx, Series, StorageIx, Tier, YearIx,
};

use super::map::ProcessMap;
use super::{Making, commodity, node_region, region, yearly};
use crate::parameters::{Dimension, P};

/// A mode of a technology, with values by year of the group.
struct ModeData {
    m: usize,
    inputs: Vec<(usize, Vec<f64>)>,
    outputs: Vec<(usize, Vec<f64>)>,
    /// In which years it uses or makes anything.
    runs: Vec<bool>,
    /// In which years that is balanced at nodes.
    nodal: Vec<bool>,
}

/// Adds the processes of every technology.
pub(super) fn add(making: &mut Making<'_>) {
    for (r, t) in making.in_regions(Dimension::Technology) {
        let modes = modes(making, r, t);
        if modes.is_empty() {
            continue;
        }
        let years = making.period.years.len();
        let nodes: Vec<(usize, Vec<f64>)> = making
            .data
            .nodes_of(r)
            .map(|n| (n, making.by_year(|y| node_share(making, n, t, y))))
            .filter(|(_, shares)| shares.iter().any(|share| *share > 0.0))
            .collect();
        let at_nodes = |mode: &ModeData, at: usize| {
            mode.nodal[at] && nodes.iter().any(|(_, shares)| shares[at] > 0.0)
        };
        let place = |on: &dyn Fn(&ModeData, usize) -> bool| -> Vec<Vec<bool>> {
            modes
                .iter()
                .map(|mode| (0..years).map(|at| mode.runs[at] && on(mode, at)).collect())
                .collect()
        };
        let whole = vec![1.0; years];
        let regional = place(&|mode, at| !at_nodes(mode, at));
        let somewhere_else: Vec<bool> =
            (0..years).map(|at| modes.iter().any(|mode| at_nodes(mode, at))).collect();
        add_process(making, (r, t), None, &modes, &regional, &whole, &somewhere_else);
        for (n, shares) in &nodes {
            let here = place(&|mode, at| mode.nodal[at] && shares[at] > 0.0);
            add_process(making, (r, t), Some(*n), &modes, &here, shares, &vec![false; years]);
        }
        add_joint_capacity(making, (r, t), &nodes, &regional, &somewhere_else);
    }
}

fn node_share(making: &Making<'_>, n: usize, t: usize, y: usize) -> f64 {
    making.data.or_zero(P::NodalDistributionTechnologyCapacity, &[n, t, y]).max(0.0)
}

/// Every mode with anything made or used in a year of the group.
fn modes(making: &Making<'_>, r: usize, t: usize) -> Vec<ModeData> {
    let data = making.data;
    let inputs = ratios(making, P::InputActivityRatio, r, t);
    let outputs = ratios(making, P::OutputActivityRatio, r, t);
    let years = making.period.years.len();
    let mut modes = Vec::new();
    for m in 0..data.count(Dimension::Mode) {
        let of_mode = |all: &[(usize, usize, Vec<f64>)]| -> Vec<(usize, Vec<f64>)> {
            let of = all.iter().filter(|(_, mode, _)| *mode == m);
            of.map(|(f, _, values)| (*f, values.clone())).collect()
        };
        let (inputs, outputs) = (of_mode(&inputs), of_mode(&outputs));
        let any = |at: usize, count: &dyn Fn(usize) -> bool| {
            inputs.iter().chain(&outputs).any(|(f, values)| values[at] != 0.0 && count(*f))
        };
        let runs: Vec<bool> = (0..years).map(|at| any(at, &|_| true)).collect();
        let nodal = (0..years)
            .map(|at| any(at, &|f| making.map.nodal(data, r, f, at).is_some()))
            .collect();
        if runs.contains(&true) {
            modes.push(ModeData { m, inputs, outputs, runs, nodal });
        }
    }
    modes
}

/// Ratios of a technology by fuel and mode, those that are not zero in every year.
fn ratios(making: &Making<'_>, p: P, r: usize, t: usize) -> Vec<(usize, usize, Vec<f64>)> {
    let data = making.data;
    let mut pairs: Vec<(usize, usize)> = if data.table(p).default.is_some() {
        let modes = data.count(Dimension::Mode);
        (0..data.count(Dimension::Fuel)).flat_map(|f| (0..modes).map(move |m| (f, m))).collect()
    } else {
        data.table(p).rows_under(&[r, t]).map(|(key, _)| (key[2], key[3])).collect()
    };
    pairs.dedup();
    pairs
        .into_iter()
        .map(|(f, m)| (f, m, making.by_year(|y| data.or_zero(p, &[r, t, f, m, y]))))
        .filter(|(_, _, values)| values.iter().any(|value| *value != 0.0))
        .collect()
}

/// Adds a process for the modes that run at a place in any year.
fn add_process(
    making: &mut Making<'_>,
    (r, t): (usize, usize),
    node: Option<usize>,
    modes: &[ModeData],
    on: &[Vec<bool>],
    shares: &[f64],
    joint: &[bool],
) {
    let used: Vec<usize> = (0..modes.len()).filter(|at| on[*at].contains(&true)).collect();
    if used.is_empty() {
        return;
    }
    let data = making.data;
    let technology = making.map.technology(data, r, t);
    let (capacity, sliced) = (technology.capacity, technology.sliced);
    let works: Vec<bool> =
        (0..shares.len()).map(|at| used.iter().any(|mode| on[*mode][at])).collect();
    let to_activity = data.get(P::CapacityToActivityUnit, &[r, t]);
    let factor = |l: usize, y: usize| availability_factor(making, (r, t), l, y);
    let position = |y: usize| making.period.years.iter().position(|other| *other == y);
    let part = |y: usize| position(y).filter(|at| works[*at]).map_or(0.0, |at| shares[at]);
    let available = |l: usize, y: usize| match (part(y), to_activity) {
        (0.0, _) => 0.0,
        (_, None) => f64::INFINITY, // without it NEMO says nothing about capacity
        (part, Some(_)) => match factor(l, y) {
            Some(factor) => part * factor / whole_year(making, sliced, y),
            None => f64::INFINITY,
        },
    };
    let says_minimum =
        (sliced || making.options.correct) && !data.table(P::MinimumUtilization).says_nothing();
    let minimum = |l: usize, y: usize| {
        let at = position(y).filter(|at| works[*at] && !joint[*at]);
        let factors = at.and_then(|at| {
            let utilization = data.get(P::MinimumUtilization, &[r, t, l, y])?;
            let factor = factor(l, y)? / whole_year(making, sliced, y);
            to_activity.map(|_| shares[at] * utilization * factor)
        });
        factors.unwrap_or(0.0)
    };
    let availability = making.series(available);
    let unbound = !making.options.correct
        && to_activity.is_some()
        && (making.years())
            .filter(|(at, _)| works[at.get()])
            .any(|(_, y)| making.map.slices.iter().any(|l| factor(*l, y).is_none()));
    let minimum_load = says_minimum.then(|| making.series(minimum)).filter(|s| !s.is_zero());
    if unbound {
        let (name, place) =
            (making.name(Dimension::Technology, t), making.name(Dimension::Region, r));
        making.warn(
            "no-availability",
            format!("`{name}` in region `{place}` has slices without an `AvailabilityFactor`: there it runs without capacity"),
            "NEMO lets it run too; add rows or a default, or use `--correct`, which takes 1",
        );
    }
    let made: Vec<Mode> =
        used.iter().map(|at| mode(making, (r, t), node, &modes[*at])).collect();
    let process = making.model.processes.push(Process {
        name: making.name(Dimension::Technology, t).to_owned(),
        label: making.name(Dimension::Technology, t).to_owned(),
        category: making.name(Dimension::Technology, t).to_owned(),
        family: None,
        captures: false,
        flow: None,
        region: node.map_or_else(|| region(r), |n| node_region(data, n)),
        tier: if sliced { Tier::Slice } else { Tier::Annual },
        modes: made,
        capacity,
        capacity_to_activity: to_activity.unwrap_or(1.0),
        parts: Vec::new(),
        availability,
        annual_availability: None,
        annual_minimum_load: None,
        minimum_load,
        ramp_per_hour: None,
    });
    let names: Vec<usize> = used.iter().map(|at| modes[*at].m).collect();
    let technologies = data.count(Dimension::Technology);
    let entry = &mut making.map.technologies[r * technologies + t];
    entry.processes.push(ProcessMap { process, node, modes: names });
    let on: Vec<&[bool]> = used.iter().map(|at| on[*at].as_slice()).collect();
    let_modes_rest(making, process, &works, &on);
}

/// Holds modes at zero in years in which they rest and others run.
fn let_modes_rest(making: &mut Making<'_>, process: ProcessIx, works: &[bool], on: &[&[bool]]) {
    for (at, on) in on.iter().enumerate() {
        for (y, works) in works.iter().enumerate() {
            if *works && !on[y] {
                let term =
                    UserTerm::new(Quantity::Activity(process, Some(at)), YearIx::new(y), 1.0);
                let name = format!("rests.{}.{y}", making.model.processes[process].name);
                making.rule(name, vec![term], Sense::AtMost, 0.0);
            }
        }
    }
}

/// The share of a capacity that can run; `None` where NEMO does not bind it to its capacity.
fn availability_factor(
    making: &Making<'_>,
    (r, t): (usize, usize),
    l: usize,
    y: usize,
) -> Option<f64> {
    let said = making.data.get(P::AvailabilityFactor, &[r, t, l, y]);
    if making.options.correct { Some(said.unwrap_or(1.0)) } else { said }
}

/// The shares of the slices of a year together, by which NEMO divides for the mean availability
/// of a technology that is not dispatched by slice.
fn whole_year(making: &Making<'_>, sliced: bool, y: usize) -> f64 {
    if sliced {
        return 1.0;
    }
    let data = making.data;
    let sum: f64 = making.map.slices.iter().map(|l| data.or_zero(P::YearSplit, &[*l, y])).sum();
    if sum > 0.0 { sum } else { 1.0 }
}

fn mode(
    making: &Making<'_>,
    (r, t): (usize, usize),
    node: Option<usize>,
    of: &ModeData,
) -> Mode {
    let data = making.data;
    let flows = |list: &[(usize, Vec<f64>)]| -> Vec<(CommodityIx, Series)> {
        list.iter().map(|(f, values)| (commodity(*f), yearly(values.clone()))).collect()
    };
    let emissions = (0..data.count(Dimension::Emission))
        .filter_map(|e| {
            let values =
                making.by_year(|y| data.or_zero(P::EmissionActivityRatio, &[r, t, e, of.m, y]));
            let any = values.iter().any(|value| *value != 0.0);
            any.then(|| (EmissionIx::new(e), yearly(values)))
        })
        .collect();
    let moves = |flags: P, any: bool| -> Vec<(StorageIx, f64)> {
        (0..data.count(Dimension::Storage))
            .filter(|s| any && data.get(flags, &[r, t, *s, of.m]) == Some(1.0))
            .flat_map(|s| making.map.storage(data, r, s).places.iter())
            .filter(|place| place.node == node)
            .map(|place| (place.storage, 1.0))
            .collect()
    };
    Mode {
        inputs: flows(&of.inputs),
        outputs: flows(&of.outputs),
        variable_cost: yearly(
            making.by_year(|y| data.or_zero(P::VariableCost, &[r, t, of.m, y])),
        ),
        emissions,
        charges: moves(P::TechnologyToStorage, !of.inputs.is_empty()),
        discharges: moves(P::TechnologyFromStorage, !of.outputs.is_empty()),
        ..Mode::new(making.name(Dimension::Mode, of.m))
    }
}

/// Where shares of nodes do not simply divide the capacity, all activity together respects it.
fn add_joint_capacity(
    making: &mut Making<'_>,
    (r, t): (usize, usize),
    nodes: &[(usize, Vec<f64>)],
    regional: &[Vec<bool>],
    elsewhere: &[bool],
) {
    let data = making.data;
    let Some(to_activity) = data.get(P::CapacityToActivityUnit, &[r, t]) else { return };
    let technology = making.map.technology(data, r, t).clone();
    let (Some(k), true) = (technology.capacity, technology.sliced) else { return };
    for (at, y) in making.years().collect::<Vec<_>>() {
        let sum: f64 = nodes.iter().map(|(_, shares)| shares[at.get()]).sum();
        let mixed = regional.iter().any(|mode| mode[at.get()]);
        if !elsewhere[at.get()] || (!mixed && (sum - 1.0).abs() < 1e-9) {
            continue;
        }
        for (s, l) in making.map.slices.clone().into_iter().enumerate() {
            let slice = kzleap_model::SliceIx::new(s);
            let Some(factor) = availability_factor(making, (r, t), l, y) else { continue };
            let full = factor * to_activity * data.or_zero(P::YearSplit, &[l, y]);
            let mut terms: Vec<UserTerm> = technology
                .processes
                .iter()
                .flat_map(|process| {
                    let of = process.process;
                    (0..process.modes.len()).map(move |mode| {
                        UserTerm::new(Quantity::ActivityInSlice(of, mode, slice), at, 1.0)
                    })
                })
                .collect();
            let rest = terms.len();
            let mut against =
                |making: &mut Making<'_>, name: &str, weight: f64, sense: Sense| {
                    terms.truncate(rest);
                    let quantity = Quantity::InService(k);
                    terms.push(UserTerm::new(quantity, at, -weight));
                    let technology = making.name(Dimension::Technology, t);
                    let name =
                        format!("{name}.{technology}.{}", making.name(Dimension::Slice, l));
                    making.rule(name, terms.clone(), sense, 0.0);
                };
            if mixed || sum > 1.0 {
                against(making, "capacity", full, Sense::AtMost);
            }
            if let Some(least) = data.get(P::MinimumUtilization, &[r, t, l, y]) {
                against(making, "minimum_utilization", full * least, Sense::AtLeast);
            }
        }
    }
}
