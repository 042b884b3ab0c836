//! Storages: a process that fills and empties, and the content between.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::chronology::{Cycle, repeating};
use kzleap_model::units::{HOURS_PER_YEAR, PJ_PER_GWH};
use kzleap_model::{
    CapacityIx, Category, CommodityIx, Family, Mode, Process, RegionIx, Series, Storage,
    StorageIx, Tier,
};

use super::capacity::{self, Which};
use super::commodities::count;
use super::declare::label;
use super::{Build, kinds};
use crate::reader::{Item, Reader};
use crate::registry::{
    Amount, CapacityUnit, OF_CHARGE, OF_ENERGY, OF_POWER, SIZE_OF_CHARGE, root, storage,
};

/// Reads every storage.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items(root::STORAGES) {
        count(rd, &mut item, storage::COMMODITY);
        if let Some(amount) = item.amount.filter(|amount| *amount != Amount::Energy) {
            item.unit = CapacityUnit::PerYear(amount);
        }
        let unit_is_sound = !item.has(storage::CAPACITY)
            || capacity::read_unit(rd, &mut item, storage::CAPACITY);
        let label = label(rd, &item, storage::LABEL);
        let name = item.name.to_owned();
        let itself = Category {
            name: name.clone(),
            label: label.clone(),
            family: Some(Family::Storage),
            colour: None,
        };
        let category = kinds::category(rd, build, &item, storage::CATEGORY, itself);
        let commodity = rd.name(&item, storage::COMMODITY).map(|(at, _)| CommodityIx::new(at));
        let cycle = rd.choice(&item, storage::CYCLE).and_then(Cycle::named);
        let sized = is_sized(rd, &item);
        let (Some(commodity), Some(cycle), true, true) =
            (commodity, cycle, unit_is_sound, sized)
        else {
            continue;
        };
        for region in build.regions_of(rd, &item, storage::REGIONS) {
            let process = Process {
                name: name.clone(),
                label: label.clone(),
                category: category.name.clone(),
                family: category.family,
                captures: false,
                flow: None,
                region,
                tier: Tier::Slice,
                modes: Vec::new(),
                capacity: None,
                capacity_to_activity: item.unit.to_activity(),
                parts: Vec::new(),
                availability: Series::Constant(1.0),
                annual_availability: None,
                annual_minimum_load: None,
                minimum_load: None,
                ramp_per_hour: None,
            };
            one(rd, build, &item, process, commodity, cycle);
        }
    }
}

/// Whether it is sized one way: by `hours`, or by fields of its energy.
fn is_sized(rd: &mut Reader<'_>, item: &Item<'_>) -> bool {
    let of_energy = [
        storage::ENERGY_CAPITAL_COST.key(),
        storage::ENERGY_RESIDUAL_CAPACITY.key(),
        storage::ENERGY_COMMISSIONED.key(),
        storage::ENERGY_FIXED_COST.key(),
        storage::ENERGY_LIFE.key(),
        storage::ENERGY_MIN_CAPACITY.key(),
        storage::ENERGY_MAX_CAPACITY.key(),
        storage::ENERGY_MIN_NEW_CAPACITY.key(),
        storage::ENERGY_MAX_NEW_CAPACITY.key(),
    ];
    let own = item.first_of(&of_energy);
    match (item.has(storage::HOURS), own) {
        (true, Some(field)) => {
            let message = format!("`{}` has both `hours` and `{field}`", item.path);
            let diagnostic = Diagnostic::error("both-given", message, item.place_of(field), "")
                .also(item.place_of(storage::HOURS), "energy is tied to power here")
                .hint("leave `hours` out to size energy on its own");
            rd.fail(item, diagnostic);
            false
        }
        (false, None) => {
            let message = format!("`{}` does not say how much energy it holds", item.path);
            let diagnostic = Diagnostic::error("missing-field", message, item.place, "").hint(
                "add `hours` of full power, or `energy_capital_cost` to size it on its own",
            );
            rd.fail_missing(item, diagnostic);
            false
        }
        _ => true,
    }
}

fn one<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    mut process: Process,
    commodity: CommodityIx,
    cycle: Cycle,
) {
    let region_name = build.region(process.region).name.clone();
    let region = Some(region_name.as_str());
    let name = process.name.clone();
    let which = Which {
        name: &name,
        payer: process.region,
        region,
        unit: item.unit,
        fields: &OF_POWER,
    };
    let power = capacity::read(rd, build, item, &which);
    let power = build.push_capacity(power, &item.path, &OF_POWER);
    process.capacity = Some(power);
    process.availability =
        rd.series(item, storage::AVAILABILITY, region).unwrap_or(Series::Constant(1.0));
    let storage = StorageIx::new(build.model.storages.len());
    let (charge, discharge) = modes(rd, item, commodity, storage, region);
    let charging = item.first_of(&SIZE_OF_CHARGE).map(|_| {
        let name = charging(&name);
        let which = Which { name: &name, fields: &OF_CHARGE, ..which };
        let capacity = capacity::read(rd, build, item, &which);
        let capacity = Some(build.push_capacity(capacity, &item.path, &OF_CHARGE));
        Process {
            label: name.clone(),
            name,
            capacity,
            modes: vec![charge.clone()],
            ..process.clone()
        }
    });
    process.modes = if charging.is_some() { vec![discharge] } else { vec![charge, discharge] };
    let credit = if item.has(storage::CAPACITY_CREDIT) {
        rd.by_year(item, storage::CAPACITY_CREDIT, region).unwrap_or_default()
    } else {
        Vec::new()
    };
    let (capacity, content_per_capacity) =
        content(rd, build, item, (power, process.region), &region_name);
    let minimum_level = rd.by_year(item, storage::MINIMUM_LEVEL, region);
    let minimum_level = minimum_level.unwrap_or_else(|| build.every_year(0.0));
    cushion(rd, build, item, region, (capacity, content_per_capacity, &minimum_level));
    let self_discharge = rd.number(item, storage::SELF_DISCHARGE, region).unwrap_or(0.0);
    let chronology = repeating(&build.model.time, cycle, self_discharge);
    build.model.storages.push(Storage {
        name,
        region: process.region,
        capacity,
        content_per_capacity,
        minimum_level,
        chronology,
    });
    build.push_process(process, item, credit);
    if let Some(charging) = charging {
        build.push_process(charging, item, Vec::new());
    }
}

/// Adds what its first filling up to `minimum_level` costs to that of building it.
fn cushion<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    region: Option<&str>,
    (capacity, content, minimum_level): (CapacityIx, f64, &[f64]),
) {
    let Some(cost) = rd.by_year(item, storage::CUSHION_COST, region) else { return };
    let field = storage::CUSHION_COST;
    let lacking = if build.model.capacities[capacity].investment.is_none() {
        Some("is never built: only what is built is filled at a cost")
    } else if minimum_level.iter().all(|level| *level <= 0.0) {
        Some("has no `minimum_level`, so nothing must stay in it")
    } else {
        None
    };
    if let Some(lacking) = lacking {
        let message = format!("`{}` has `{field}` but {lacking}", item.path);
        let diagnostic =
            Diagnostic::error("cushion-of-nothing", message, item.place_of(field), "").hint(
                format!(
                    "give `{}` and the cost of building it, or leave `{field}` out",
                    storage::MINIMUM_LEVEL
                ),
            );
        rd.fail_missing(item, diagnostic);
        return;
    }
    let unit = match item.amount {
        Some(Amount::Energy) | None => PJ_PER_GWH,
        Some(_) => 1.0,
    };
    let investment = build.model.capacities[capacity].investment.as_mut();
    let overnight =
        investment.into_iter().flat_map(|investment| &mut investment.overnight_cost);
    for ((overnight, cost), level) in overnight.zip(cost).zip(minimum_level) {
        *overnight += level * cost * content / unit;
    }
}

/// The name of what charges a storage, where that is sized on its own.
pub(super) fn charging(storage: &str) -> String {
    format!("{storage}.charge")
}

/// How it is charged, and how it gives back.
fn modes<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    commodity: CommodityIx,
    storage: StorageIx,
    region: Option<&str>,
) -> (Mode, Mode) {
    let in_ratio = rd.number(item, storage::CHARGE_EFFICIENCY, region).unwrap_or(1.0);
    let out_ratio = rd.number(item, storage::DISCHARGE_EFFICIENCY, region).unwrap_or(1.0);
    let mut charge = Mode::new("charge");
    charge.inputs.push((commodity, Series::Constant(1.0)));
    charge.charges.push((storage, in_ratio));
    let mut discharge = Mode::new("discharge");
    discharge.outputs.push((commodity, Series::Constant(1.0)));
    discharge.discharges.push((storage, 1.0 / out_ratio));
    if let Some(cost) = rd.series(item, storage::VARIABLE_COST, region) {
        discharge.variable_cost = cost;
    }
    (charge, discharge)
}

/// What its size is measured by, and the content one unit of that holds.
///
/// `hours` are those of full output, so the content is larger by what discharging loses.
fn content<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    (power, payer): (CapacityIx, RegionIx),
    region: &str,
) -> (CapacityIx, f64) {
    if item.has(storage::HOURS) {
        let hours = rd.number(item, storage::HOURS, Some(region)).unwrap_or(1.0);
        let efficiency =
            rd.number(item, storage::DISCHARGE_EFFICIENCY, Some(region)).unwrap_or(1.0);
        return (power, hours * item.unit.to_activity() / HOURS_PER_YEAR / efficiency);
    }
    let name = format!("{}.energy", item.name);
    let (unit, content) = match item.amount {
        Some(amount) if amount != Amount::Energy => (CapacityUnit::Content(amount), 1.0),
        _ => (CapacityUnit::Content(Amount::Energy), PJ_PER_GWH),
    };
    let which = Which { name: &name, payer, region: Some(region), unit, fields: &OF_ENERGY };
    let energy = capacity::read(rd, build, item, &which);
    (build.push_capacity(energy, &item.path, &OF_ENERGY), content)
}
