//! Emissions of each gas, of all greenhouse gases together, and by sector as far as it is known.

use kzleap_accounts::Accounts;
use kzleap_accounts::emissions::Source;
use kzleap_model::{EmissionIx, Gas, Model, Process, RowKind, SectorKind, Solution};

use super::frame::Frame;
use super::mapping::{self, KYOTO, KYOTO_GASES, demand_emissions};
use crate::kinds::{Kind, sector};

/// Adds all variables of emissions.
pub(super) fn add(accounts: &Accounts<'_>, frame: &mut Frame<'_>) {
    let Accounts { model, solution, .. } = *accounts;
    // parts are in their wholes
    let whole = |e: &EmissionIx| model.emissions[*e].part_of.is_none();
    for e in model.emissions.ixs().filter(whole) {
        let Named { name, unit, factor, is_listed } = named(model, e);
        for r in model.regions.ixs() {
            for y in 0..model.time.years.len() {
                let value = solution.emissions[(e.get(), r.get(), y)];
                frame.add(model.network.home(r), &name, &unit, y, value * factor);
            }
        }
        for one in accounts.emitted_of(e) {
            for (y, value) in one.by_year.iter().enumerate() {
                let below = match one.source {
                    Source::Process(p) => below(model, &model.processes[p], *value),
                    Source::Demand(row) if burns_energy(model, row) => below_row(model, row),
                    Source::Demand(_) | Source::Link(_) | Source::Exogenous => Vec::new(),
                };
                for below in below {
                    // the list has no such sum of industry
                    let own = if below == INDUSTRY && is_listed { "kzleap|" } else { "" };
                    let variable = format!("{own}{name}|{below}");
                    let region = model.network.home(one.region);
                    frame.add(region, &variable, &unit, y, value * factor);
                }
            }
        }
    }
    kyoto(model, solution, frame);
}

/// Emissions of industry, of fuel and of materials together.
const INDUSTRY: &str = "Energy and Industrial Processes|Industry";

/// An emission in the list.
struct Named {
    name: String,
    unit: String,
    /// What one of the model's unit is in it.
    factor: f64,
    /// Whether the list has it; else the name is our own.
    is_listed: bool,
}

/// The name, unit and factor of an emission: those of the list where it has it and its mass is
/// known, else our own.
fn named(model: &Model, e: EmissionIx) -> Named {
    let emission = &model.emissions[e];
    match (emission.gas.map(mapping::emission), mapping::megatonnes(emission.unit)) {
        (Some((name, unit, factor)), Some(mass)) => Named {
            name: format!("Emissions|{name}"),
            unit: unit.to_owned(),
            factor: factor * mass,
            is_listed: true,
        },
        _ => Named {
            name: format!("kzleap|Emissions|{}", emission.name),
            unit: format!("{}/yr", emission.unit_text()),
            factor: 1.0,
            is_listed: false,
        },
    }
}

/// The variables below that of an emission that those of a process count under: by the row of the
/// energy balance it belongs to. What neither takes nor makes energy, such as farming, is in
/// the total alone.
fn below(model: &Model, process: &Process, value: f64) -> Vec<String> {
    let flows = process.modes.iter().flat_map(|mode| mode.inputs.iter().chain(&mode.outputs));
    let kinds: Vec<Kind> = flows.filter_map(|(c, _)| Kind::of(model, *c)).collect();
    if kinds.is_empty() {
        return Vec::new();
    }
    let row = model.flow_of(process);
    if RowKind::of(&row) == Some(RowKind::Final) {
        return below_row(model, &row);
    }
    // what takes carbon from the air without burning any
    let burns = kinds.iter().any(|kind| matches!(kind, Kind::Fuel(..)));
    if value < 0.0 && !burns {
        return vec!["Other Capture and Removal".to_owned()];
    }
    below_row(model, &row)
}

/// Whether what demand in a row of the energy balance burns is all energy: what farms or works
/// emit without burning any is in the total alone.
fn burns_energy(model: &Model, row: &str) -> bool {
    let mut burnt = model.demands.iter();
    burnt.all(|demand| {
        demand.flow != row
            || demand.emissions.is_empty()
            || Kind::of(model, demand.commodity).is_some()
    })
}

/// The variables below that of an emission that what is burnt in a row of the energy balance
/// counts under.
fn below_row(model: &Model, row: &str) -> Vec<String> {
    if RowKind::of(row) == Some(RowKind::Final) {
        let Some(sector) = sector(model, row) else { return Vec::new() };
        let mut all: Vec<String> = (demand_emissions(sector).iter())
            .map(|name| format!("Energy|Demand|{name}"))
            .collect();
        if sector == SectorKind::Industry {
            all.push(INDUSTRY.to_owned());
        }
        return all;
    }
    match RowKind::of(row) {
        Some(RowKind::Bunkers) => vec!["Energy|Demand|Bunkers".to_owned()],
        Some(RowKind::Export) => Vec::new(),
        _ => vec!["Energy|Supply".to_owned()],
    }
}

/// All greenhouse gases, with the weights of the model's own caps: those that have more than one
/// of them must agree, and weigh every one that the model counts. Otherwise it is left out.
fn kyoto(model: &Model, solution: &Solution, frame: &mut Frame<'_>) {
    let is_sum = |e: EmissionIx| {
        model.emissions[e].gas == Some(Gas::GreenhouseGases) && named(model, e).is_listed
    };
    if model.emissions.ixs().any(is_sum) {
        return; // counted by the model itself
    }
    let Some(weights) = weights(model) else { return };
    for (e, weight) in weights {
        let Some(mass) = mapping::megatonnes(model.emissions[e].unit) else { return };
        for r in model.regions.ixs() {
            for y in 0..model.time.years.len() {
                let value = solution.emissions[(e.get(), r.get(), y)] * weight * mass;
                frame.add(model.network.home(r), KYOTO.0, KYOTO.1, y, value);
            }
        }
    }
}

/// The weight of each greenhouse gas against CO2; `None` where no cap tells, or they differ, or
/// a gas is counted in what is no mass.
pub(super) fn weights(model: &Model) -> Option<Vec<(EmissionIx, f64)>> {
    let gas = |e: EmissionIx| model.emissions[e].gas;
    let is_kyoto = |e: EmissionIx| gas(e).is_some_and(|gas| KYOTO_GASES.contains(&gas));
    let mut found: Option<Vec<(EmissionIx, f64)>> = None;
    for cap in model.emission_caps.iter() {
        let mut weights: Vec<(EmissionIx, f64)> = Vec::new();
        for term in &cap.terms {
            // tonnes for tonnes, whatever each is kept in
            let mass = |e: EmissionIx| mapping::megatonnes(model.emissions[e].unit);
            let ratio = mass(cap.terms[0].emission)? / mass(term.emission)?;
            let weight = term.weight * ratio;
            match weights.iter().find(|(e, _)| *e == term.emission) {
                Some((_, known)) if (known - weight).abs() > 1e-12 * weight => return None,
                Some(_) => {}
                None => weights.push((term.emission, weight)),
            }
        }
        weights.sort_by_key(|(e, _)| *e);
        let co2 = weights.iter().find(|(e, _)| gas(*e) == Some(Gas::Co2));
        let is_basket = weights.len() > 1 && co2.is_some_and(|(_, w)| (w - 1.0).abs() < 1e-12);
        if !is_basket {
            continue;
        }
        match &found {
            Some(known) if differ(known, &weights) => return None,
            _ => found = Some(weights),
        }
    }
    let found = found?;
    let whole = model.emissions.ixs().filter(|e| is_kyoto(*e));
    whole.into_iter().all(|e| found.iter().any(|(known, _)| *known == e)).then_some(found)
}

fn differ(known: &[(EmissionIx, f64)], weights: &[(EmissionIx, f64)]) -> bool {
    let alike = |((e, one), (f, other)): (&(EmissionIx, f64), &(EmissionIx, f64))| {
        e == f && (one - other).abs() <= 1e-12 * one.abs()
    };
    known.len() != weights.len() || !known.iter().zip(weights).all(alike)
}
