//! Resources: processes without inputs and capacity, one for each cost step.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::ActivityWindow;
use kzleap_model::{Category, CommodityIx, Mode, Process, RegionIx, Series};

use super::commodities::count;
use super::declare::{given, label};
use super::processes::{finest_tier, push_limit};
use super::{Build, flow, kinds};
use crate::reader::{Item, Reader};
use crate::registry::{SupplyFields, resource, root, step};
use crate::tree::{Node, join};

/// Reads every resource.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items(root::RESOURCES) {
        count(rd, &mut item, resource::COMMODITY);
        let label = label(rd, &item, resource::LABEL);
        let Some((commodity, _)) = rd.name(&item, resource::COMMODITY) else { continue };
        let commodity = CommodityIx::new(commodity);
        let category =
            kinds::category(rd, build, &item, resource::CATEGORY, like(build, commodity));
        let flow = flow::read(rd, &item, resource::FLOW);
        given(rd, &item, resource::FREE);
        let regions = build.regions_of(rd, &item, resource::REGIONS);
        for (step, fields, name, label) in steps(rd, &item, &label) {
            for region in &regions {
                let mut process = blank(build, &name, &label, &category, *region, commodity);
                process.flow.clone_from(&flow);
                one(rd, build, &step, &fields, process);
            }
        }
    }
}

/// The category of what gives a commodity, where it names none: as the commodity is.
fn like(build: &Build, commodity: CommodityIx) -> Category {
    let commodity = &build.model.commodities[commodity];
    Category {
        name: commodity.name.clone(),
        label: commodity.label.clone(),
        family: commodity.family,
        colour: commodity.colour.clone(),
    }
}

/// The steps of a resource with their names and labels; itself if it has none.
fn steps<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    label: &str,
) -> Vec<(Item<'a>, SupplyFields, String, String)> {
    let name = item.name.to_owned();
    if !item.has(resource::STEPS) {
        return vec![(item.clone(), resource::SUPPLY, name, label.to_owned())];
    }
    let Some(table) = item.get(resource::STEPS).and_then(Node::table) else {
        return Vec::new();
    };
    if table.iter().next().is_none() {
        let message = format!("`{}` names no step", item.path_of(resource::STEPS));
        let place = item.place_of(resource::STEPS);
        let diagnostic = Diagnostic::error("empty-list", message, place, "").hint(
            "give a step, or leave `steps` out and give `cost` and `max` of the resource",
        );
        rd.fail(item, diagnostic);
        return Vec::new();
    }
    for field in [resource::COST.key(), resource::MAX.key(), resource::RESERVE.key()] {
        if item.has(field) {
            let message = format!("`{}` has steps, so `{field}` belongs in them", item.path);
            let diagnostic = Diagnostic::error("both-given", message, item.place_of(field), "")
                .also(item.place_of(resource::STEPS), "its steps")
                .hint("move it into a step");
            rd.fail(item, diagnostic);
        }
    }
    let mut steps = Vec::new();
    for entry in table.iter() {
        let path = join(&item.path_of(resource::STEPS), &entry.key);
        let Some(step) = item.within(&step::TABLE, path, entry) else { continue };
        let own_label = given(rd, &step, step::LABEL);
        let label =
            own_label.map_or_else(|| format!("{label}, {}", entry.key), ToOwned::to_owned);
        steps.push((step, step::SUPPLY, format!("{name}.{}", entry.key), label));
    }
    steps
}

fn blank(
    build: &Build,
    name: &str,
    label: &str,
    category: &Category,
    region: RegionIx,
    commodity: CommodityIx,
) -> Process {
    let mut mode = Mode::new("main");
    mode.outputs.push((commodity, Series::Constant(1.0)));
    let modes = vec![mode];
    Process {
        name: name.to_owned(),
        label: label.to_owned(),
        category: category.name.clone(),
        family: category.family,
        captures: false,
        flow: None,
        region,
        tier: finest_tier(build, &modes),
        modes,
        capacity: None,
        capacity_to_activity: 1.0,
        parts: Vec::new(),
        availability: Series::Constant(1.0),
        annual_availability: None,
        annual_minimum_load: None,
        minimum_load: None,
        ramp_per_hour: None,
    }
}

fn one<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    step: &Item<'a>,
    fields: &SupplyFields,
    mut process: Process,
) {
    let region_name = build.region(process.region).name.clone();
    let region = Some(region_name.as_str());
    if let Some(cost) = rd.series(step, fields.cost, region) {
        process.modes[0].variable_cost = cost;
    }
    let max = rd.by_year(step, fields.max, region);
    let reserve = rd.number(step, fields.reserve, region);
    let name = process.name.clone();
    let ix = build.push_process(process, step, Vec::new());
    if let Some(upper) = max {
        let lower = build.every_year(0.0);
        push_limit(build, &name, ix, ActivityWindow::EachYear { lower, upper });
    }
    if let Some(upper) = reserve {
        push_limit(build, &name, ix, ActivityWindow::Horizon { lower: 0.0, upper });
    }
}
