//! Processes: one for each technology and region.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{ActivityLimit, ActivityWindow};
use kzleap_model::{Category, Mode, Process, ProcessIx, RegionIx, Series, Tier};

use super::capacity::{self, Which};
use super::commodities::kind_of;
use super::declare::label;
use super::{Build, flow, kinds, modes};
use crate::reader::{Item, Reader};
use crate::tree::{Node, Table};

/// Fields that say nothing without a capacity.
const OF_CAPACITY: &[&str] = &[
    "capital_cost",
    "fixed_cost",
    "life",
    "economic_life",
    "cost_of_capital",
    "residual_capacity",
    "availability",
    "annual_availability",
    "minimum_load",
    "ramp",
    "min_capacity",
    "max_capacity",
    "min_new_capacity",
    "max_new_capacity",
    "growth",
    "unit_size",
    "early_retirement",
    "capacity_credit",
];

/// Reads every process.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items("processes", kind_of("processes")) {
        item.amount = modes::activity(rd, &item);
        item.heat = modes::heat(rd, &item);
        let has_capacity = item.has("capacity");
        if has_capacity {
            capacity::read_unit(rd, &mut item);
        } else {
            needs_capacity(rd, &item);
        }
        let label = label(rd, &item);
        let name = item.name.to_owned();
        let family = kinds::family(rd, &item);
        let itself =
            Category { name: name.clone(), label: label.clone(), family, colour: None };
        let category = kinds::category(rd, build, &item, itself);
        let captures = captures(&item);
        let flow = flow::read(rd, &item);
        if item.has("free") {
            rd.text(&item, "free");
        }
        for region in build.regions_of(rd, &item) {
            let modes = modes::read(rd, build, &item, region);
            let process = Process {
                name: name.clone(),
                label: label.clone(),
                category: category.name.clone(),
                family: family.or(category.family),
                captures,
                flow: flow.clone(),
                region,
                tier: finest_tier(build, &modes),
                modes,
                capacity: None,
                capacity_to_activity: item.unit.to_activity(),
                availability: Series::Constant(1.0),
                annual_availability: None,
                minimum_load: None,
                ramp_per_hour: None,
            };
            one(rd, build, &item, process, has_capacity);
        }
    }
}

/// Whether a process, or any of its modes, says what share of its CO2 it captures.
fn captures(item: &Item<'_>) -> bool {
    let modes = item.table.get("modes").and_then(Node::table);
    let mut modes = modes.into_iter().flat_map(Table::iter);
    let has = |table: &Table| table.get("capture").is_some();
    item.has("capture") || modes.any(|mode| mode.node.table().is_some_and(has))
}

/// Says which field needs `capacity`, where that is left out.
fn needs_capacity(rd: &mut Reader<'_>, item: &Item<'_>) {
    let Some(field) = OF_CAPACITY.iter().find(|field| item.has(field)) else { return };
    let message =
        format!("`{}` has `{field}` but does not say in what its capacity is", item.path);
    let diagnostic = Diagnostic::error("no-capacity-unit", message, item.place_of(field), "")
        .hint(match capacity::usual(item).as_str() {
            "GW" => {
                "add `capacity = \"GW\"`, or `\"PJ/a\"` for what is rated by energy".to_owned()
            }
            usual => format!("add `capacity = \"{usual}\"`"),
        });
    rd.fail_missing(item, diagnostic);
}

fn one<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    mut process: Process,
    has_capacity: bool,
) {
    let region_name = build.region(process.region).name.clone();
    let region = Some(region_name.as_str());
    let mut credit = Vec::new();
    if has_capacity {
        let which = Which {
            name: &process.name,
            payer: process.region,
            region,
            unit: item.unit,
            prefix: "",
        };
        let capacity = capacity::read(rd, build, item, &which);
        process.capacity = Some(build.push_capacity(capacity, &item.path, ""));
        process.availability =
            rd.series(item, "availability", region).unwrap_or(Series::Constant(1.0));
        process.annual_availability = rd.by_year(item, "annual_availability", region);
        process.minimum_load = rd.series(item, "minimum_load", region);
        process.ramp_per_hour = rd.number(item, "ramp", region);
        if item.has("capacity_credit") {
            credit = rd.by_year(item, "capacity_credit", region).unwrap_or_default();
        }
    }
    let name = process.name.clone();
    let place = process.region;
    let ix = build.push_process(process, item, credit);
    activity_limits(rd, build, item, ix, &name, place);
}

/// Limits on the activity of one process in one region.
fn activity_limits<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    process: ProcessIx,
    name: &str,
    region: RegionIx,
) {
    let region = build.region(region).name.clone();
    let lower = rd.by_year(item, "min_activity", Some(&region));
    let upper = rd.by_year(item, "max_activity", Some(&region));
    if lower.is_some() || upper.is_some() {
        let window = ActivityWindow::EachYear {
            lower: lower.unwrap_or_else(|| build.every_year(0.0)),
            upper: upper.unwrap_or_else(|| build.every_year(f64::INFINITY)),
        };
        push_limit(build, name, process, window);
    }
    if let Some(upper) = rd.number(item, "max_total_activity", Some(&region)) {
        push_limit(build, name, process, ActivityWindow::Horizon { lower: 0.0, upper });
    }
}

/// Adds a limit named after its process.
pub(super) fn push_limit(
    build: &mut Build,
    name: &str,
    process: ProcessIx,
    window: ActivityWindow,
) {
    build.model.activity_limits.push(ActivityLimit {
        name: name.to_owned(),
        processes: vec![(process, None)],
        window,
    });
}

/// The finest tier among the commodities of some modes.
pub(super) fn finest_tier(build: &Build, modes: &[Mode]) -> Tier {
    modes
        .iter()
        .flat_map(|mode| mode.inputs.iter().chain(&mode.outputs))
        .map(|(commodity, _)| build.model.commodities[*commodity].tier)
        .max()
        .unwrap_or(Tier::Annual)
}
