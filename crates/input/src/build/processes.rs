//! Processes: one for each technology and region.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{ActivityLimit, ActivityWindow};
use kzleap_model::{
    ByYear, Capacity, Category, Mode, Part, PartOf, Process, ProcessIx, RegionIx, Series, Tier,
    Vintage,
};

use super::capacity::{self, Which};
use super::commissioned::{self, Existing};
use super::declare::{given, label};
use super::{Build, classes, flow, kinds, modes, retrofits};
use crate::reader::{Item, Reader};
use crate::registry::{BUILT, Key, OF_PROCESS, mode, process, root};
use crate::tree::{Node, Table};

/// Fields that say nothing without a capacity.
const OF_CAPACITY: &[Key] = &[
    process::CAPITAL_COST.key(),
    process::CONNECTION_COST.key(),
    process::FIXED_COST.key(),
    process::LIFE.key(),
    process::ECONOMIC_LIFE.key(),
    process::COST_OF_CAPITAL.key(),
    process::RESIDUAL_CAPACITY.key(),
    process::COMMISSIONED.key(),
    process::AVAILABILITY.key(),
    process::ANNUAL_AVAILABILITY.key(),
    process::MINIMUM_LOAD.key(),
    process::ANNUAL_MINIMUM_LOAD.key(),
    process::RAMP.key(),
    process::MIN_CAPACITY.key(),
    process::MAX_CAPACITY.key(),
    process::MIN_NEW_CAPACITY.key(),
    process::MAX_NEW_CAPACITY.key(),
    process::GROWTH.key(),
    process::UNIT_SIZE.key(),
    process::EARLY_RETIREMENT.key(),
    process::EARLY_RETIREMENT_COST.key(),
    process::DECOMMISSIONING_COST.key(),
    process::CAPACITY_CREDIT.key(),
];

/// Reads every process.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items(root::PROCESSES) {
        item.amount = modes::activity(rd, &item);
        item.heat = modes::heat(rd, &item);
        let has_capacity = item.has(process::CAPACITY);
        if has_capacity {
            capacity::read_unit(rd, &mut item, process::CAPACITY);
        }
        let label = label(rd, &item, process::LABEL);
        let name = item.name.to_owned();
        let family = kinds::family(rd, &item, process::FAMILY);
        let itself =
            Category { name: name.clone(), label: label.clone(), family, colour: None };
        let category = kinds::category(rd, build, &item, process::CATEGORY, itself);
        let captures = captures(&item);
        let flow = flow::read(rd, &item, process::FLOW);
        given(rd, &item, process::FREE);
        for (item, name, label) in classes::of(rd, item, &label) {
            if !has_capacity {
                needs_capacity(rd, &item);
            }
            for region in build.regions_of(rd, &item, process::REGIONS) {
                let existing = commissioned::of(rd, build, &item, region);
                // nothing but what exists, where none can be built
                let built = existing.is_empty()
                    || item.has(process::CAPITAL_COST)
                    || retrofits::makes(rd, &name);
                let all = existing.into_iter().map(Some).chain(built.then_some(None));
                for existing in all {
                    let year = existing.as_ref().map(|existing| existing.year);
                    let of_year = |of: &str, between: &str| match year {
                        Some(year) => format!("{of}{between}{year}"),
                        None => of.to_owned(),
                    };
                    let process = Process {
                        name: of_year(&name, "."),
                        label: of_year(&label, ", "),
                        category: category.name.clone(),
                        family: family.or(category.family),
                        captures,
                        flow: flow.clone(),
                        region,
                        tier: Tier::Annual,
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
                    rd.of_commissioned(year, |rd| one(rd, build, &item, process, existing));
                }
            }
        }
    }
}

/// Whether a process, or any of its modes, says what share of its CO2 it captures.
fn captures(item: &Item<'_>) -> bool {
    let modes = item.get(process::MODES).and_then(Node::table);
    let mut modes = modes.into_iter().flat_map(Table::iter);
    let has = |table: &Table| table.get(&mode::CAPTURE.key()).is_some();
    item.has(process::CAPTURE) || modes.any(|mode| mode.node.table().is_some_and(has))
}

/// Says which field needs `capacity`, where that is left out.
fn needs_capacity(rd: &mut Reader<'_>, item: &Item<'_>) {
    let Some(field) = item.first_of(OF_CAPACITY) else { return };
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
    existing: Option<Existing>,
) {
    let (modes, modes_differ) =
        rd.by_vintage(|rd| modes::read(rd, build, item, process.region));
    process.tier = finest_tier(build, &modes);
    process.modes = modes;
    let region_name = build.region(process.region).name.clone();
    let region = Some(region_name.as_str());
    let mut credit = Vec::new();
    if item.has(process::CAPACITY) {
        let which = Which {
            name: &process.name,
            payer: process.region,
            region,
            unit: item.unit,
            fields: &OF_PROCESS,
        };
        let mut capacity = capacity::read(rd, build, item, &which);
        end_of_life(rd, item, region, &mut capacity);
        let is_existing = existing.is_some();
        if let Some(existing) = existing {
            capacity.residual = existing.left;
            (capacity.investment, capacity.fixed_cost_of_new) = (None, Vec::new());
        }
        let may_build = !is_existing
            && (capacity.investment.is_some() || retrofits::makes(rd, &process.name));
        process.capacity = Some(build.push_capacity(capacity, &item.path, &OF_PROCESS));
        let (rating, differ) = rd.by_vintage(|rd| Rating::read(rd, item, region));
        rating.clone().put(&mut process);
        if (differ || modes_differ) && may_build {
            vintages(rd, build, item, &mut process, rating);
        } else if may_build {
            note_calendar(rd, item, &process);
        }
        process.ramp_per_hour = rd.number(item, process::RAMP, region);
        if item.has(process::CAPACITY_CREDIT) {
            credit = rd.by_year(item, process::CAPACITY_CREDIT, region).unwrap_or_default();
        }
    }
    let name = process.name.clone();
    let place = process.region;
    let ix = build.push_process(process, item, credit);
    activity_limits(rd, build, item, ix, &name, place);
}

/// What it costs to take down, and to retire early.
fn end_of_life<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    region: Option<&str>,
    capacity: &mut Capacity,
) {
    capacity.decommissioning_cost = rd.by_year(item, process::DECOMMISSIONING_COST, region);
    capacity.early_retirement_cost = rd.by_year(item, process::EARLY_RETIREMENT_COST, region);
    if capacity.early_retirement_cost.is_some() && !capacity.early_retirement {
        let field = process::EARLY_RETIREMENT_COST;
        let message = format!("`{}` has `{field}` but never retires early", item.path);
        let diagnostic =
            Diagnostic::error("no-early-retirement", message, item.place_of(field), "")
                .hint(format!("add `{} = true`", process::EARLY_RETIREMENT));
        rd.fail(item, diagnostic);
    }
}

/// What of a capacity can run, and what must.
#[derive(Clone, PartialEq)]
struct Rating {
    availability: Series,
    annual_availability: Option<ByYear>,
    minimum_load: Option<Series>,
    annual_minimum_load: Option<ByYear>,
}

impl Rating {
    fn read<'a>(rd: &mut Reader<'a>, item: &Item<'a>, region: Option<&str>) -> Self {
        let availability = rd.series(item, process::AVAILABILITY, region);
        Self {
            availability: availability.unwrap_or(Series::Constant(1.0)),
            annual_availability: rd.by_year(item, process::ANNUAL_AVAILABILITY, region),
            minimum_load: rd.series(item, process::MINIMUM_LOAD, region),
            annual_minimum_load: rd.by_year(item, process::ANNUAL_MINIMUM_LOAD, region),
        }
    }

    fn put(self, process: &mut Process) {
        process.availability = self.availability;
        process.annual_availability = self.annual_availability;
        process.minimum_load = self.minimum_load;
        process.annual_minimum_load = self.annual_minimum_load;
    }

    fn of(self, vintages: Vec<Vintage>) -> Part {
        let Self { availability, annual_availability, minimum_load, annual_minimum_load } =
            self;
        let of = PartOf::Built(vintages);
        Part { of, availability, annual_availability, minimum_load, annual_minimum_load }
    }
}

/// Notes that what a plant gives for what it takes changes for those that stand.
fn note_calendar(rd: &mut Reader<'_>, item: &Item<'_>, process: &Process) {
    let by_year = |ratio: &Series| match ratio {
        Series::Constant(_) | Series::BySlice(_) => false,
        Series::ByYear(values) => values.windows(2).any(|pair| pair[0] != pair[1]),
        Series::BySliceAndYear(values) => {
            values.rows().into_iter().any(|row| row.iter().any(|value| *value != row[0]))
        }
    };
    let flows = process.modes.iter().flat_map(|mode| mode.inputs.iter().chain(&mode.outputs));
    if flows.into_iter().any(|(_, ratio)| by_year(ratio)) {
        let given = [process::EFFICIENCY.key(), process::MODES.key(), process::INPUTS.key()];
        let field = item.first_of(&given).unwrap_or(process::OUTPUTS.key());
        let reason = format!(
            "it changes for what was built before, too; `{BUILT}` says it by year of building"
        );
        rd.default_used(item.path_of(field), "by calendar year", reason);
    }
}

/// Divides a process into what was built when, where that runs differently; `residual` is how what
/// exists already is rated.
fn vintages<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    process: &mut Process,
    residual: Rating,
) {
    let region_name = build.region(process.region).name.as_str();
    let mut found = vec![(vec![None], residual, process.modes.clone())];
    for built in build.model.time.years.ixs() {
        let (rating, modes) = rd.of_vintage(built, |rd| {
            let rating = Rating::read(rd, item, Some(region_name));
            (rating, modes::read(rd, build, item, process.region))
        });
        match found.iter_mut().find(|(_, other, those)| (&rating, &modes) == (other, those)) {
            Some((vintages, ..)) => vintages.push(Some(built)),
            None => found.push((vec![Some(built)], rating, modes)),
        }
    }
    if found.len() > 1 {
        let part = |(vintages, rating, modes): (_, Rating, _)| (rating.of(vintages), modes);
        process.divide(found.into_iter().map(part).collect());
    }
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
    let lower = rd.by_year(item, process::MIN_ACTIVITY, Some(&region));
    let upper = rd.by_year(item, process::MAX_ACTIVITY, Some(&region));
    if lower.is_some() || upper.is_some() {
        let window = ActivityWindow::EachYear {
            lower: lower.unwrap_or_else(|| build.every_year(0.0)),
            upper: upper.unwrap_or_else(|| build.every_year(f64::INFINITY)),
        };
        push_limit(build, name, process, window);
    }
    if let Some(upper) = rd.number(item, process::MAX_TOTAL_ACTIVITY, Some(&region)) {
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
