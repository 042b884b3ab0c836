//! Primary, secondary and final energy and trade, EJ a year: sums over the rows of the energy
//! balance.

use std::collections::{BTreeMap, BTreeSet};

use kzleap_accounts::Accounts;
use kzleap_accounts::balance::Entry;
use kzleap_model::{CommodityIx, Model, Process, RegionIx, RowKind};

use super::frame::Frame;
use super::made::{Conversion, conversions};
use super::mapping::{Carrier, final_carrier, sectors, traded};
use crate::kinds::{Kind, Source, captures, sector};

const UNIT: &str = "EJ/yr";
const PJ_PER_EJ: f64 = 1000.0;

/// Adds all variables of energy.
pub(super) fn add(accounts: &Accounts<'_>, frame: &mut Frame<'_>) {
    let model = accounts.model;
    let entries = accounts.energy_balance();
    let internal = made_and_used_up(model, entries);
    for entry in entries.iter().filter(|entry| entry.region.is_some()) {
        let Some(kind) = Kind::of(model, entry.commodity) else { continue };
        supply(entry, kind, frame);
        if !internal.contains(&key(entry)) || kind == Kind::Electricity {
            final_use(model, entry, kind, frame);
        }
    }
    for ((p, _, year), conversion) in conversions(accounts) {
        made_by(model, &model.processes[p], year, &conversion, frame);
    }
}

/// Adds an amount in PJ of an entry to a variable.
fn add_of(frame: &mut Frame<'_>, entry: &Entry, variable: &str, petajoules: f64) {
    let Some(region) = entry.region else { return };
    frame.add(region, variable, UNIT, entry.year, petajoules / PJ_PER_EJ);
}

/// What is brought, what is traded, and what is lost or thrown away.
fn supply(entry: &Entry, kind: Kind, frame: &mut Frame<'_>) {
    let Some(row) = RowKind::of(&entry.flow) else { return };
    let carrier = Carrier::of(kind);
    let mut add = |variable: &str, value: f64| add_of(frame, entry, variable, value);
    let is_fuel = matches!(kind, Kind::Fuel(..));
    // fuel that nobody takes is no consumption
    if row.is_supply() || (row == RowKind::Surplus && is_fuel) {
        match kind {
            Kind::Fuel(source, _) => primary(source, entry.value, &mut add),
            Kind::Unknown => primary(Source::Other, entry.value, &mut add),
            Kind::Electricity | Kind::Heat | Kind::Hydrogen if row != RowKind::Production => {
                add("Primary Energy", entry.value);
                add("Primary Energy|Secondary Energy Trade", entry.value);
            }
            // made, or taken from nature: counted as what is made of it
            _ => {}
        }
    }
    if let (RowKind::Import | RowKind::Export | RowKind::Exchange, Some(variable)) =
        (row, traded(kind))
    {
        add(&variable, -entry.value);
    }
    if row == RowKind::Bunkers {
        add("Final Energy|Bunkers", -entry.value);
    }
    let named = match carrier {
        Some(carrier @ (Carrier::Electricity | Carrier::Heat)) => carrier.name(),
        _ => return,
    };
    match row {
        RowKind::Losses => add(&format!("kzleap|Losses|{named}"), -entry.value),
        RowKind::Surplus => add(&format!("kzleap|Surplus|{named}"), -entry.value),
        RowKind::Production | RowKind::Transformation | RowKind::OwnUse => {
            // what is left of it beside what is made: see `made_by`
            add(&format!("kzleap|Own Use|{named}"), -entry.value);
        }
        _ => {}
    }
}

/// Adds to a primary source and to all of them.
fn primary(source: Source, value: f64, add: &mut impl FnMut(&str, f64)) {
    add("Primary Energy", value);
    add(&format!("Primary Energy|{}", source.name()), value);
    if source.is_fossil() {
        add("Primary Energy|Fossil", value);
    } else if source.is_direct() && source != Source::Nuclear {
        add("Primary Energy|Non-Biomass Renewables", value);
    }
}

/// What end users take, by carrier and by sector.
fn final_use(model: &Model, entry: &Entry, kind: Kind, frame: &mut Frame<'_>) {
    if RowKind::of(&entry.flow) == Some(RowKind::Final) {
        for variable in final_variables(model, &entry.flow, kind) {
            add_of(frame, entry, &variable, -entry.value);
        }
    }
}

/// Every variable of final energy that something taken in a row of the balance counts under.
fn final_variables(model: &Model, row: &str, kind: Kind) -> Vec<String> {
    let (carrier, finer) = final_carrier(kind);
    let mut all = vec!["Final Energy".to_owned(), "Final Energy (w/o bunkers)".to_owned()];
    let mut stems = vec!["Final Energy".to_owned()];
    for sector in sector(model, row).map_or(&[][..], sectors) {
        let stem = format!("Final Energy|{sector}");
        all.push(stem.clone());
        stems.push(stem);
    }
    for stem in stems {
        all.extend(finer.map(|finer| format!("{stem}|{carrier}|{finer}")));
        all.push(format!("{stem}|{carrier}"));
    }
    all
}

/// Where, when and what of an entry.
type Key = (Option<RegionIx>, usize, CommodityIx);

fn key(entry: &Entry) -> Key {
    (entry.region, entry.year, entry.commodity)
}

/// Commodities that rows of final use make and use up among themselves: useful heat and services.
/// They are nothing in all, but would move energy from the sector of a device to that of a demand.
fn made_and_used_up(model: &Model, entries: &[Entry]) -> BTreeSet<Key> {
    let mut sums: BTreeMap<Key, (f64, f64)> = BTreeMap::new();
    let is_energy = |entry: &&Entry| model.commodities[entry.commodity].is_energy();
    let in_final =
        entries.iter().filter(|entry| RowKind::of(&entry.flow) == Some(RowKind::Final));
    for entry in in_final.filter(is_energy) {
        let sum = sums.entry(key(entry)).or_default();
        *sum = (sum.0 + entry.value, sum.1 + entry.value.abs());
    }
    let nothing = |(net, gross): (f64, f64)| net.abs() <= 1e-9 * gross;
    sums.into_iter().filter(|(_, sum)| nothing(*sum)).map(|(key, _)| key).collect()
}

/// What a technology makes of each carrier, by source; the primary energy of what needs no fuel,
/// or one that counts as what is made of it; and materials and services.
fn made_by(
    model: &Model,
    process: &Process,
    year: usize,
    conversion: &Conversion,
    frame: &mut Frame<'_>,
) {
    let name = model.flow_of(process);
    let row = RowKind::of(&name);
    let region = model.network.home(process.region);
    let of_nothing = !conversion.takes_energy(model);
    let mut add = |variable: &str, value: f64| {
        frame.add(region, variable, UNIT, year, value / PJ_PER_EJ);
    };
    for carrier in Carrier::ALL.into_iter().filter(|carrier| carrier.counts_in(row)) {
        let made = conversion.generation(model, carrier);
        if made <= 0.0 {
            continue;
        }
        let stem = format!("Secondary Energy|{}", carrier.name());
        add(&stem, made);
        for (source, finer, share) in conversion.sources(model, process, carrier) {
            let part = made * share;
            for variable in
                carrier.variables(&stem, source, finer, Some(captures(model, process)))
            {
                add(&variable, part);
            }
            let is_primary = source.is_direct() || (of_nothing && source == Source::Other);
            if is_primary && carrier != Carrier::Liquids {
                primary(source, part, &mut add);
            }
        }
        if row == Some(RowKind::Final) {
            // in the balance it offsets what is taken there
            for variable in final_variables(model, &name, Kind::Electricity) {
                add(&variable, made);
            }
        } else if matches!(carrier, Carrier::Electricity | Carrier::Heat) {
            add(&format!("kzleap|Own Use|{}", carrier.name()), made);
        }
    }
    for (commodity, made) in &conversion.made {
        match Kind::of(model, *commodity) {
            // what plants make of nothing is as primary as what is mined
            Some(Kind::Fuel(source, _))
                if of_nothing && row == Some(RowKind::Transformation) =>
            {
                primary(source, *made, &mut add);
            }
            Some(Kind::Unknown) if of_nothing && row == Some(RowKind::Transformation) => {
                primary(Source::Other, *made, &mut add);
            }
            _ => {}
        }
    }
    for (commodity, made) in &conversion.made {
        let commodity = &model.commodities[*commodity];
        if commodity.is_other() && row != Some(RowKind::Import) {
            let variable = format!("kzleap|Production|{}", commodity.name);
            frame.add(region, &variable, &format!("{}/yr", commodity.unit()), year, *made);
        }
    }
}
