//! Capacity in service and added, GW; of materials and services in their unit a year.

use kzleap_accounts::Accounts;
use kzleap_accounts::owners::OwnerKind;
use kzleap_model::{CapacityUnit, Model, Process, RowKind, YearIx};

use super::frame::Frame;
use super::made::{Conversion, keeps};
use super::mapping::Carrier;
use crate::kinds::captures;

/// What one GW that runs all year makes, PJ.
const PJ_PER_GW: f64 = 31.536;

/// Adds all variables of capacity: of what makes electricity, heat and hydrogen, by source; of
/// storages and links under names of our own. Networks and devices have none.
pub(super) fn add(accounts: &Accounts<'_>, frame: &mut Frame<'_>) {
    let Accounts { model, solution, .. } = *accounts;
    for (k, capacity, owner) in accounts.plants_and_stores() {
        let process = owner.process.map(|p| &model.processes[p]);
        let is_storage = process
            .is_some_and(|process| process.is_storage() && !generates(accounts, process));
        let changes = accounts.changes(k);
        let in_gigawatts = capacity.unit == CapacityUnit::Gigawatt;
        for (y, year) in model.time.years.iter_ix() {
            let in_service = solution.capacity[(k.get(), y.get())];
            let change = changes[y.get()];
            let added = (change.built + change.committed + change.arrived) / year.length();
            let mut add = |own: &str, below: &str, unit: &str, factor: f64| {
                for (what, unit, value) in [
                    ("Capacity", unit.to_owned(), in_service),
                    ("Capacity Additions", format!("{unit}/yr"), added),
                ] {
                    let variable = format!("{own}{what}|{below}");
                    let region = model.network.home(capacity.region);
                    frame.add(region, &variable, &unit, y.get(), value * factor);
                }
            };
            let of = owner.commodity.map(|c| &model.commodities[c]);
            match process {
                Some(process) if !is_storage && in_gigawatts => {
                    for (carrier, gigawatts, variables) in generating(model, process, y) {
                        add("", carrier.name(), "GW", gigawatts);
                        for below in variables {
                            add("", &below, "GW", gigawatts);
                        }
                    }
                }
                Some(process) if !is_storage => {
                    let of = of.filter(|commodity| {
                        commodity.is_other()
                            && commodity.amount.map(CapacityUnit::PerYear)
                                == Some(capacity.unit)
                    });
                    if let Some(of) = of {
                        let below = format!("{}|{}", of.name, process.category);
                        add("kzleap|", &below, &format!("{}/yr", of.unit()), 1.0);
                    }
                }
                _ if !in_gigawatts => {}
                Some(process) => {
                    add("kzleap|", &format!("Storage|{}", process.category), "GW", 1.0);
                }
                None if owner.kind == OwnerKind::Link => {
                    add("kzleap|", &format!("Link|{}", capacity.name), "GW", 1.0);
                }
                None => {}
            }
        }
    }
}

/// Whether it makes a carrier of anything else.
pub(super) fn generates(accounts: &Accounts<'_>, process: &Process) -> bool {
    !keeps(accounts, process) && !generating(accounts.model, process, YearIx::new(0)).is_empty()
}

/// Each carrier that a process makes, with the GW of it that one GW of capacity can make, and the
/// variables it counts under: of combined heat and power both.
fn generating(
    model: &Model,
    process: &Process,
    year: YearIx,
) -> Vec<(Carrier, f64, Vec<String>)> {
    let row = RowKind::of(&model.flow_of(process));
    let carriers = [Carrier::Electricity, Carrier::Heat, Carrier::Hydrogen];
    let mut all = Vec::new();
    for carrier in carriers.into_iter().filter(|carrier| carrier.counts_in(row)) {
        let modes = process.modes.iter().filter(|mode| mode.capacity_use > 0.0).map(|mode| {
            let conversion = Conversion::of_mode(model, mode, year);
            (conversion.generation(model, carrier) / mode.capacity_use, conversion)
        });
        let Some((most, conversion)) = modes.max_by(|a, b| a.0.total_cmp(&b.0)) else {
            continue;
        };
        if most <= 0.0 {
            continue;
        }
        let captured = (carrier == Carrier::Electricity).then(|| captures(model, process));
        let mut variables: Vec<String> = Vec::new();
        // a plant of several fuels counts whole under the first of them
        let sources = conversion.sources(model, process, carrier);
        let largest = sources.into_iter().max_by(|a, b| a.2.total_cmp(&b.2));
        if let Some((source, finer, _)) = largest {
            variables = carrier.variables(carrier.name(), source, finer, captured);
        }
        all.push((carrier, most * process.capacity_to_activity / PJ_PER_GW, variables));
    }
    all
}
