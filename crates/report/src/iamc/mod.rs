//! The wide table that scenario databases (pyam, IIASA Scenario Explorer) read.
//!
//! Energy is in EJ/yr, capacity in GW, emissions in Mt (N2O in kt). The list wants money in
//! USD of 2010; a model has no deflator for that, so money goes under `kzleap|…` in the model's
//! own currency rather than by an invented one. Neighbouring regions are left out.

mod frame;
mod mapping;

use std::io;

use kzleap_model::solution::{CostKind, CostOwner};
use kzleap_model::{Commodity, Model, Process, Solution, YearIx};

use self::frame::Frame;
use self::mapping::{Source, carrier};
use crate::flows::{Balance, Side, balances, each_mode_flow};
use crate::tables::{annual_costs, emissions, price};
use crate::{RunInfo, changes, owners};

const ENERGY: &str = "EJ/yr";
const PJ_PER_EJ: f64 = 1000.0;

/// Writes the table as CSV.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    model: &Model,
    solution: &Solution,
    info: &RunInfo,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut frame = Frame::new(model);
    energy(model, solution, &mut frame);
    capacity(model, solution, &mut frame);
    emitted(model, solution, &mut frame);
    prices(model, solution, &mut frame);
    money(model, solution, &mut frame);
    frame.write(info, out)
}

/// Primary, secondary and final energy, EJ a year.
fn energy(model: &Model, solution: &Solution, frame: &mut Frame<'_>) {
    each_mode_flow(model, solution, Side::Outputs, |flow| {
        let process = &model.processes[flow.process];
        let commodity = &model.commodities[flow.commodity];
        if flow.storage {
            return;
        }
        if !commodity.is_energy() {
            if commodity.is_other() {
                let variable = format!("kzleap|Production|{}", commodity.name);
                let unit = format!("{}/yr", commodity.unit);
                frame.add(process.region, &variable, &unit, flow.year, flow.amount);
            }
            return;
        }
        let value = flow.amount / PJ_PER_EJ;
        let mut add = |variable: &str| {
            frame.add(process.region, variable, ENERGY, flow.year, value);
        };
        let carrier_made = carrier(&commodity.name);
        if mapping::is_trade(process) && carrier_made.is_some() {
            // bought from outside: neither made here nor primary energy
            add(&format!("kzleap|Import|{}", commodity.name));
            return;
        }
        if let Some(carrier) = carrier_made {
            let stem = format!("Secondary Energy|{carrier}");
            add(&stem);
            secondary(model, process, carrier, &stem).iter().for_each(|v| add(v));
        }
        let primary = match carrier_made {
            // direct equivalent: what wind, water, sun and uranium give counts as it is made
            Some(carrier) => Source::of(model, process, carrier)
                .map(|source| source.name)
                .filter(|name| mapping::DIRECT.contains(name)),
            // fuels count where they come from: a mine, an import
            None if process.modes.iter().all(|mode| mode.inputs.is_empty()) => {
                Source::of_fuel(&commodity.name).filter(|name| mapping::FUELS.contains(name))
            }
            None => None,
        };
        if let Some(source) = primary {
            add("Primary Energy");
            add(&format!("Primary Energy|{source}"));
        }
    });
    for balance in balances(model, solution) {
        let commodity = &model.commodities[balance.commodity];
        let Some(carrier) = carrier(&commodity.name).filter(|_| commodity.is_energy()) else {
            continue;
        };
        let variable = format!("Final Energy|{carrier}");
        for y in 0..model.time.years.len() {
            let served =
                Balance::annual(&balance.demand, y) - Balance::annual(&balance.unserved, y);
            if served > 0.0 {
                frame.add(balance.region, &variable, ENERGY, y, served / PJ_PER_EJ);
            }
        }
    }
}

/// The variables below a stem that a process's output counts under.
fn secondary(model: &Model, process: &Process, carrier: &str, stem: &str) -> Vec<String> {
    match Source::of(model, process, carrier) {
        Some(source) => source.variables(stem, carrier == "Electricity", true),
        None => vec![format!("kzleap|{stem}|{}", process.category)],
    }
}

/// Capacity in service and added, GW; of materials and services in their unit a year.
fn capacity(model: &Model, solution: &Solution, frame: &mut Frame<'_>) {
    for (k, capacity, owner) in owners::each(model) {
        let of = owner.commodity.map(|c| &model.commodities[c]);
        let other = of.filter(|commodity| {
            commodity.is_other() && capacity.unit == crate::tables::yearly(&commodity.unit)
        });
        if capacity.unit != "GW" && other.is_none() {
            continue;
        }
        let unit = other.map_or("GW".to_owned(), |commodity| format!("{}/yr", commodity.unit));
        let (stem, variables) = match owner.process.map(|p| &model.processes[p]) {
            Some(process) if other.is_some() && !process.is_storage() => {
                let name = &other.map_or(String::new(), |commodity| commodity.name.clone());
                (None, vec![format!("kzleap|{name}|{}", process.category)])
            }
            Some(process) if !process.is_storage() => {
                let Some(carrier) =
                    owner.commodity.and_then(|c| carrier(&model.commodities[c].name))
                else {
                    continue;
                };
                let electricity = carrier == "Electricity";
                let below = match Source::of(model, process, carrier) {
                    Some(source) => source.variables(carrier, electricity, electricity),
                    None => vec![format!("kzleap|{carrier}|{}", process.category)],
                };
                (Some(carrier), below)
            }
            Some(process) => (None, vec![format!("kzleap|Storage|{}", process.category)]),
            None => (None, vec![format!("kzleap|Link|{}", capacity.name)]),
        };
        let changes = changes::changes(model, solution, k);
        for (y, year) in model.time.years.iter_ix() {
            let all =
                stem.iter().map(|stem| (*stem).to_owned()).chain(variables.iter().cloned());
            for below in all {
                let (own, below) = match below.strip_prefix("kzleap|") {
                    Some(below) => ("kzleap|", below),
                    None => ("", below.as_str()),
                };
                let in_service = solution.capacity[(k.get(), y.get())];
                let change = changes[y.get()];
                let added = (change.built + change.committed) / year.length();
                let mut add = |what: &str, unit: &str, value: f64| {
                    let variable = format!("{own}{what}|{below}");
                    frame.add(capacity.region, &variable, unit, y.get(), value);
                };
                add("Capacity", &unit, in_service);
                add("Capacity Additions", &format!("{unit}/yr"), added);
            }
        }
    }
}

/// Emissions in total and of the making of secondary energy.
fn emitted(model: &Model, solution: &Solution, frame: &mut Frame<'_>) {
    for (e, emission) in model.emissions.iter_ix() {
        let (name, unit, factor) = match mapping::emission(&emission.name) {
            Some((name, unit, factor)) if emission.unit == "Mt" => {
                (format!("Emissions|{name}"), unit.to_owned(), factor)
            }
            _ => {
                let name = format!("kzleap|Emissions|{}", emission.name);
                (name, format!("{}/yr", emission.unit), 1.0)
            }
        };
        for (r, y) in
            model.regions.ixs().flat_map(|r| model.time.years.ixs().map(move |y| (r, y)))
        {
            let value = solution.emissions[(e.get(), r.get(), y.get())];
            frame.add(r, &name, &unit, y.get(), value * factor);
        }
        for (p, process) in model.processes.iter_ix() {
            let Some(values) = emissions::of_process(model, solution, e, p) else { continue };
            let made = owners::main_output(process).map(|c| &model.commodities[c]);
            let made = made.filter(|made| !made.is_other());
            let Some(carrier) = made.and_then(|made| carrier(&made.name)) else { continue };
            for (y, value) in values.iter().enumerate() {
                for level in ["Energy|Supply", &format!("Energy|Supply|{carrier}")] {
                    let variable = format!("{name}|{level}");
                    frame.add(process.region, &variable, &unit, y, value * factor);
                }
            }
        }
    }
}

/// Prices in the model's own currency.
fn prices(model: &Model, solution: &Solution, frame: &mut Frame<'_>) {
    let years = model.time.years.len();
    let mut weighted = vec![(0.0, 0.0); years * model.commodities.len()];
    for balance in balances(model, solution) {
        let commodity = &model.commodities[balance.commodity];
        if !commodity.is_energy() && !commodity.is_other() {
            continue;
        }
        let unit = price_unit(model, commodity);
        let variable = price_variable(commodity);
        let means = price::mean_prices(model, solution, &balance);
        for (y, mean) in means.into_iter().enumerate() {
            let Some(mean) = mean else { continue };
            frame.set(Some(balance.region), &variable, &unit, y, mean);
            if model.regions[balance.region].domestic {
                let weight =
                    Balance::annual(&balance.demand, y) + Balance::annual(&balance.used, y);
                let sum = &mut weighted[balance.commodity.get() * years + y];
                *sum = (sum.0 + mean * weight, sum.1 + weight);
            }
        }
    }
    for (c, commodity) in model.commodities.iter_ix() {
        for y in 0..years {
            let (sum, weight) = weighted[c.get() * years + y];
            if weight > 0.0 {
                let unit = price_unit(model, commodity);
                frame.set(None, &price_variable(commodity), &unit, y, sum / weight);
            }
        }
    }
    for (c, cap) in model.emission_caps.iter_ix() {
        let variable = format!("kzleap|Price|Carbon|{}", cap.name);
        for (y, value) in solution.emission_price[c.get()].iter().enumerate().take(years) {
            frame.set(None, &variable, &format!("{}/t CO2", model.currency), y, *value);
        }
    }
}

fn price_variable(commodity: &Commodity) -> String {
    match carrier(&commodity.name).filter(|_| commodity.is_energy()) {
        Some(carrier) => format!("kzleap|Price|Secondary Energy|{carrier}"),
        None => format!("kzleap|Price|{}", commodity.name),
    }
}

/// `USD2022/GJ` of energy; else millions for each of the unit kept, such as `MUSD2022/Mt`.
fn price_unit(model: &Model, commodity: &Commodity) -> String {
    if commodity.is_energy() {
        format!("{}/GJ", model.currency)
    } else {
        format!("M{}/{}", model.currency, commodity.unit)
    }
}

/// Investment and yearly cost in the model's own currency, billions a year.
fn money(model: &Model, solution: &Solution, frame: &mut Frame<'_>) {
    let unit = format!("billion {}/yr", model.currency);
    let owners = owners::owners(model);
    for cost in solution.costs.iter().filter(|cost| cost.kind == CostKind::Investment) {
        let CostOwner::Capacity(k) = cost.owner else { continue };
        let owner = owners[k.get()];
        let made = owner.commodity.map(|c| &model.commodities[c]);
        let other = made.filter(|made| made.is_other());
        let carrier = match (made, other) {
            (Some(made), None) => carrier(&made.name).unwrap_or("Other"),
            _ => "Other",
        };
        let storage = owner.kind == "storage"
            || owner.process.is_some_and(|p| model.processes[p].is_storage());
        let below = match owner.process.map(|p| &model.processes[p]) {
            _ if owner.kind == "link" => "Transmission and Distribution",
            _ if storage => "Storage",
            Some(process) => Source::of(model, process, carrier)
                .map_or(process.category.as_str(), |s| s.name),
            None => owner.category,
        };
        let value = cost.amount / model.time.years[YearIx::new(cost.year)].length() / 1000.0;
        let stem = match other {
            Some(made) => format!("kzleap|Investment|{}", made.name),
            None => "kzleap|Investment|Energy Supply".to_owned(),
        };
        let levels = if other.is_some() {
            vec![String::new(), format!("|{below}")]
        } else {
            vec![String::new(), format!("|{carrier}"), format!("|{carrier}|{below}")]
        };
        for level in levels {
            let variable = format!("{stem}{level}");
            frame.add(cost.region, &variable, &unit, cost.year, value);
        }
    }
    for cost in annual_costs::annual_costs(model, solution) {
        for level in ["", &format!("|{}", cost.name())] {
            let variable = format!("kzleap|Annual Cost{level}");
            frame.add(cost.region, &variable, &unit, cost.year, cost.value / 1000.0);
        }
    }
}
