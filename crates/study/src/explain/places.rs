//! Where the number of a rule is written, and in which unit.

use kzleap_model::finance::Convention;
use kzleap_model::policy::{ActivityWindow, CapacityKind};
use kzleap_model::{CapacityIx, Input, Model, ProcessIx, RegionIx};

use super::rules::RuleKind;

/// Where a number is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Its path in the files, or the parameter of another tool's model.
    pub(super) path: Option<String>,
    /// The file and the line, where they are known.
    pub(super) line: Option<(String, usize)>,
    /// The unit it is written in.
    pub(super) unit: String,
    /// What one of that unit is in the model's.
    pub(super) worth: f64,
}

/// The collections that name processes and capacities.
const OWNERS: [&str; 4] = ["processes", "storages", "resources", "links"];

/// Where the number of a rule is written, and in which unit.
pub(super) fn place(model: &Model, kind: RuleKind, least: bool) -> Place {
    let kept = unit(model, kind);
    let imported = !matches!(model.finance.convention, Convention::Annuity);
    if imported {
        let path = parameter(model, kind, least);
        return Place { path, line: None, unit: kept, worth: 1.0 };
    }
    let (region, year) = (region(model, kind), year(model, kind));
    let paths = paths(model, kind, least);
    let mut written: Vec<&Input> =
        paths.iter().find_map(|path| of_path(model, path, region, year)).into_iter().collect();
    if let RuleKind::Demand(r, c, _) = kind {
        let branches = (model.demand_tree.branches.iter())
            .filter(|branch| branch.commodity == Some(c))
            .filter(|branch| branch.annual.iter().any(|(region, _)| *region == r));
        written.extend(branches.filter_map(|branch| {
            of_path(model, &format!("branches.{}.annual", branch.name), region, year)
        }));
    }
    // several entries of one demand add up
    let several = matches!(kind, RuleKind::Demand(..)) && written.len() > 1;
    let Some(input) = written.first() else {
        return Place { path: None, line: None, unit: kept, worth: 1.0 };
    };
    let same_unit = written.iter().all(|other| other.unit == input.unit);
    let own = input.unit.as_deref().filter(|_| same_unit);
    let worth = own.and_then(|own| Some((own, kzleap_input::worth(own, &kept)?)));
    let (unit, worth) = match worth {
        Some((own, worth)) => (a_year(own, &kept, kind), worth),
        None => (kept, 1.0),
    };
    let line = (!several).then(|| (input.file.clone(), input.line));
    Place { path: (!several).then(|| input.path.clone()), line, unit, worth }
}

/// The unit as it is meant: building is by calendar year, also where it is written in the unit of
/// the capacity alone.
fn a_year(own: &str, kept: &str, kind: RuleKind) -> String {
    let years = |unit: &str| unit.matches("/a").count();
    let building = matches!(
        kind,
        RuleKind::NewCapacity(..) | RuleKind::GrowthSeed(..) | RuleKind::CapacityLimit(..)
    );
    let missing = building && years(own) < years(kept);
    format!("{own}{}", if missing { "/a" } else { "" })
}

/// The unit the model keeps a number in.
fn unit(model: &Model, kind: RuleKind) -> String {
    let capacity = |k: CapacityIx| model.capacities[k].unit.text().to_owned();
    match kind {
        RuleKind::Demand(_, c, _) => model.commodities[c].unit().to_owned(),
        RuleKind::GrowthSeed(k) => format!("{}/a", capacity(k)),
        RuleKind::ActivityLimit(at, _) => {
            let first = model.activity_limits[at].processes.first();
            first.map(|(p, _)| activity(model, *p)).unwrap_or_default()
        }
        RuleKind::Capacity(k, _) => capacity(k),
        RuleKind::NewCapacity(k, _) => match model.finance.convention {
            Convention::Annuity => format!("{}/a", capacity(k)),
            _ => capacity(k),
        },
        RuleKind::CapacityLimit(at, _) => {
            let limit = &model.capacity_limits[at];
            let unit = limit.capacities.first().map(|k| capacity(*k)).unwrap_or_default();
            match (limit.of, &model.finance.convention) {
                (CapacityKind::New, Convention::Annuity) => format!("{unit}/a"),
                _ => unit,
            }
        }
        RuleKind::EmissionCap(at, _) => model.emission_caps[at].unit_text(model).to_owned(),
        RuleKind::MinimumLoad(..)
        | RuleKind::Ramp(..)
        | RuleKind::Share(..)
        | RuleKind::ReserveMargin(..)
        | RuleKind::UserRow(..)
        | RuleKind::Row(..)
        | RuleKind::Bounds(..) => String::new(),
    }
}

/// The unit of a process's activity: that of the flow whose ratio is 1.
fn activity(model: &Model, p: ProcessIx) -> String {
    let first = model.processes[p].modes.iter().find_map(|mode| {
        let mut flows = mode.outputs.iter().chain(&mode.inputs);
        flows.find(|(_, ratio)| ratio.range() == (1.0, 1.0))
    });
    first.map_or(String::new(), |(c, _)| model.commodities[*c].unit().to_owned())
}

fn region(model: &Model, kind: RuleKind) -> Option<RegionIx> {
    match kind {
        RuleKind::Demand(r, ..) => Some(r),
        RuleKind::MinimumLoad(p, ..) | RuleKind::Ramp(p) => Some(model.processes[p].region),
        RuleKind::GrowthSeed(k) | RuleKind::Capacity(k, _) | RuleKind::NewCapacity(k, _) => {
            Some(model.capacities[k].region)
        }
        RuleKind::ActivityLimit(at, _) => {
            let first = model.activity_limits[at].processes.first();
            first.map(|(p, _)| model.processes[*p].region)
        }
        _ => None,
    }
}

fn year(model: &Model, kind: RuleKind) -> Option<i32> {
    let y = match kind {
        RuleKind::Demand(_, _, y)
        | RuleKind::MinimumLoad(_, _, y)
        | RuleKind::Capacity(_, y)
        | RuleKind::NewCapacity(_, y)
        | RuleKind::CapacityLimit(_, y)
        | RuleKind::Share(_, y)
        | RuleKind::ReserveMargin(_, y) => Some(y),
        RuleKind::ActivityLimit(_, y) | RuleKind::EmissionCap(_, y) => y,
        RuleKind::Ramp(..)
        | RuleKind::GrowthSeed(..)
        | RuleKind::UserRow(..)
        | RuleKind::Row(..)
        | RuleKind::Bounds(..) => None,
    }?;
    Some(model.time.years[y].milestone)
}

/// Paths at which a number may stand, the likeliest first.
fn paths(model: &Model, kind: RuleKind, least: bool) -> Vec<String> {
    let side = |low: &str, high: &str| if least { low.to_owned() } else { high.to_owned() };
    let owned = |name: &str, field: &str| -> Vec<String> {
        // of regions aggregated, what differs keeps its region: `boiler@north`
        let name = name.split_once('@').map_or(name, |(name, _)| name);
        let own = OWNERS.iter().map(|owner| format!("{owner}.{name}.{field}"));
        own.chain([format!("defaults.{field}")]).collect()
    };
    let of_capacity = |k: CapacityIx, field: &str| {
        let name = &model.capacities[k].name;
        // the energy of a storage is a capacity of its own
        match name.split_once('.') {
            Some((storage, "energy")) => vec![format!("storages.{storage}.energy_{field}")],
            _ => owned(name, field),
        }
    };
    match kind {
        RuleKind::Demand(r, c, _) => {
            let (region, commodity) = (&model.regions[r].name, &model.commodities[c].name);
            vec![format!("demands.{commodity}.{region}.annual")]
        }
        RuleKind::MinimumLoad(p, ..) => owned(&model.processes[p].name, "minimum_load"),
        RuleKind::Ramp(p) => owned(&model.processes[p].name, "ramp"),
        RuleKind::GrowthSeed(k) => owned(&model.capacities[k].name, "growth.seed"),
        RuleKind::Capacity(k, _) => of_capacity(k, &side("min_capacity", "max_capacity")),
        RuleKind::NewCapacity(k, _) => {
            of_capacity(k, &side("min_new_capacity", "max_new_capacity"))
        }
        RuleKind::ActivityLimit(at, _) => {
            let limit = &model.activity_limits[at];
            let total = matches!(limit.window, ActivityWindow::Horizon { .. });
            let (own, of_process, of_resource) = match (total, least) {
                (true, _) => ("max_total", "max_total_activity", "reserve"),
                (false, true) => ("min", "min_activity", "min"),
                (false, false) => ("max", "max_activity", "max"),
            };
            let name = &limit.name;
            // a step of a resource has a name of two parts
            let step = match name.split_once('.') {
                Some((resource, step)) => format!("resources.{resource}.steps.{step}"),
                None => format!("resources.{name}"),
            };
            let mut paths = vec![format!("activity_limits.{name}.{own}")];
            paths.push(format!("{step}.{of_resource}"));
            paths.extend(owned(name, of_process));
            paths
        }
        RuleKind::CapacityLimit(at, _) => {
            let limit = &model.capacity_limits[at];
            let field = match limit.of {
                CapacityKind::InService => side("min", "max"),
                CapacityKind::New => side("min_new", "max_new"),
            };
            vec![format!("capacity_limits.{}.{field}", limit.name)]
        }
        RuleKind::Share(at, _) => {
            vec![format!("shares.{}.{}", model.shares[at].name, side("at_least", "at_most"))]
        }
        RuleKind::ReserveMargin(at, _) => {
            vec![format!("reserve_margins.{}.margin", model.reserves[at].name)]
        }
        RuleKind::EmissionCap(at, y) => {
            let field = if y.is_some() { "limit" } else { "budget" };
            vec![format!("emission_caps.{}.{field}", model.emission_caps[at].name)]
        }
        RuleKind::UserRow(..) | RuleKind::Row(..) | RuleKind::Bounds(..) => Vec::new(),
    }
}

/// The entry of a path that speaks of a region and year, or the first: values that come from
/// several places stand apart.
fn of_path<'m>(
    model: &'m Model,
    path: &str,
    region: Option<RegionIx>,
    year: Option<i32>,
) -> Option<&'m Input> {
    let region = region.map(|r| model.regions[r].name.as_str());
    let year = year.map(|year| year.to_string());
    let names = |input: &Input| {
        let keys = input.value.split("; ").filter_map(|part| part.split_once(": "));
        let mut words = keys.flat_map(|(key, _)| key.split(' '));
        let of_region = words.clone().any(|word| Some(word) == region);
        let of_year = words.any(|word| Some(word) == year.as_deref());
        2 * u8::from(of_region) + u8::from(of_year)
    };
    let found = model.inputs.iter().filter(|input| input.path == path);
    found.max_by_key(|input| (names(input), std::cmp::Reverse(input.line)))
}

/// The parameter of OSeMOSYS or NEMO that holds a number, with what it is of; `None` where several
/// could.
fn parameter(model: &Model, kind: RuleKind, least: bool) -> Option<String> {
    let nemo = matches!(model.finance.convention, Convention::Nemo(_));
    let side = if least { "Min" } else { "Max" };
    let limit = if least { "Lower" } else { "Upper" };
    let year = year(model, kind).map(|year| format!(",{year}")).unwrap_or_default();
    let of_region = |r: RegionIx| model.regions[model.network.home(r)].name.clone();
    let of_capacity = |k: CapacityIx| {
        let capacity = &model.capacities[k];
        let technology = model.processes.iter().any(|process| process.capacity == Some(k));
        // storages and lines have parameters of their own
        technology.then(|| format!("{},{}", of_region(capacity.region), capacity.name))
    };
    let (name, of) = match kind {
        RuleKind::Demand(r, c, _) => {
            let mut profiles = (model.demands.iter())
                .filter(|demand| demand.region == r && demand.commodity == c)
                .map(|demand| demand.profile.is_some());
            let name = match (profiles.next()?, profiles.next()) {
                (true, None) => "SpecifiedAnnualDemand",
                (false, None) => "AccumulatedAnnualDemand",
                _ => return None,
            };
            (name.to_owned(), format!("{},{}", of_region(r), model.commodities[c].name))
        }
        RuleKind::Capacity(k, _) => (format!("TotalAnnual{side}Capacity"), of_capacity(k)?),
        RuleKind::NewCapacity(k, _) => {
            (format!("TotalAnnual{side}CapacityInvestment"), of_capacity(k)?)
        }
        RuleKind::ActivityLimit(at, y) => {
            let [(p, mode)] = model.activity_limits[at].processes[..] else { return None };
            let process = &model.processes[p];
            let of = format!("{},{}", of_region(process.region), process.name);
            match (mode, y) {
                (Some(mode), _) => (
                    format!("TechnologyActivityByMode{limit}Limit"),
                    format!("{of},{}", process.modes[mode].name),
                ),
                (None, Some(_)) => (format!("TotalTechnologyAnnualActivity{limit}Limit"), of),
                (None, None) => (format!("TotalTechnologyModelPeriodActivity{limit}Limit"), of),
            }
        }
        RuleKind::EmissionCap(at, y) => {
            let term = model.emission_caps[at].terms.first()?;
            let emission = &model.emissions[term.emission].name;
            let name =
                if y.is_some() { "AnnualEmissionLimit" } else { "ModelPeriodEmissionLimit" };
            (name.to_owned(), format!("{},{emission}", of_region(*term.regions.first()?)))
        }
        RuleKind::Share(at, _) if !nemo => {
            let (p, _) = model.shares[at].whole.first()?;
            ("REMinProductionTarget".to_owned(), of_region(model.processes[*p].region))
        }
        RuleKind::ReserveMargin(at, _) => {
            let (k, _) = model.reserves[at].members.first()?;
            ("ReserveMargin".to_owned(), of_region(model.capacities[*k].region))
        }
        RuleKind::Share(..)
        | RuleKind::MinimumLoad(..)
        | RuleKind::Ramp(..)
        | RuleKind::GrowthSeed(..)
        | RuleKind::CapacityLimit(..)
        | RuleKind::UserRow(..)
        | RuleKind::Row(..)
        | RuleKind::Bounds(..) => return None,
    };
    Some(format!("{name}[{of}{year}]"))
}
