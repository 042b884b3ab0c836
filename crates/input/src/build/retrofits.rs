//! Retrofits: what capacity may become, and at what cost.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::policy::{CapacityKind, CapacityLimit};
use kzleap_model::{CapacityIx, Process, RegionIx, Retrofit};

use super::declare::given;
use super::{Build, commissioned, construction};
use crate::reader::{Item, Reader};
use crate::registry::{Field, Name, process, retrofit, root};
use crate::tree::Node;

/// Whether a retrofit may make other capacity into that of a process.
pub(super) fn makes(rd: &Reader<'_>, process: &str) -> bool {
    let to = |item: Item<'_>| item.get(retrofit::TO).and_then(Node::text) == Some(process);
    rd.items(root::RETROFITS).into_iter().any(to)
}

/// Reads every retrofit.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::RETROFITS) {
        given(rd, &item, retrofit::LABEL);
        let places = places(rd, build, &item);
        for (region, from, to) in &places {
            build.model.capacities[*to].by_conversion = true;
            let found = one(rd, build, &item, (*region, *from, *to));
            build.model.retrofits.extend(found);
        }
        let from: Vec<CapacityIx> = places.into_iter().map(|(_, from, _)| from).collect();
        most(rd, build, &item, from);
    }
}

/// The most that is converted, in all regions together.
fn most<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    capacities: Vec<CapacityIx>,
) {
    let Some(unit) = capacities.first().map(|k| build.model.capacities[*k].unit) else {
        return;
    };
    let own = &Item { unit, amount: unit.amount(), ..item.clone() };
    let Some(most) = rd.by_year(own, retrofit::MAX_CONVERTED, None) else { return };
    let upper = most.iter().zip(build.lengths()).map(|(most, length)| most * length);
    build.model.capacity_limits.push(CapacityLimit {
        name: item.name.to_owned(),
        capacities,
        of: CapacityKind::Converted,
        lower: build.every_year(0.0),
        upper: upper.collect(),
    });
}

/// Where it can be, with what it converts and what that becomes; reports where that is nowhere.
fn places<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Vec<(RegionIx, CapacityIx, CapacityIx)> {
    let regions = build.regions_of(rd, item, retrofit::REGIONS);
    let from = rd.name(item, retrofit::FROM).is_some();
    let to = rd.name(item, retrofit::TO).is_some();
    if !from || !to {
        for field in
            [retrofit::FROM, retrofit::TO].into_iter().filter(|field| !item.has(*field))
        {
            rd.missing(item, field);
        }
        return Vec::new();
    }
    let named = |field: Field<Name>| item.get(field).and_then(Node::text).unwrap_or_default();
    let (from, to) = (named(retrofit::FROM), named(retrofit::TO));
    // what exists of it by its years of commissioning is of it too
    let all_in_region = |name: &str, region: RegionIx| -> Vec<CapacityIx> {
        let processes = build.by_name.get(name).into_iter().flatten();
        let here = processes.map(|p| &build.model.processes[*p]);
        let is_it = |p: &&Process| p.name == name || commissioned::is_of(&p.name, name);
        let here = here.filter(|p| p.region == region && !p.is_storage()).filter(is_it);
        here.filter_map(|p| p.capacity).collect()
    };
    let in_region = |name: &str, region: RegionIx| {
        let named = |k: &CapacityIx| build.model.capacities[*k].name == name;
        all_in_region(name, region).into_iter().find(named)
    };
    let both = |region| {
        let into = in_region(to, region);
        let each = move |from| Some((region, from, into?));
        all_in_region(from, region).into_iter().filter_map(each)
    };
    let found: Vec<_> = regions.into_iter().flat_map(both).collect();
    let lost = [from, to].iter().any(|name| {
        let path = root::PROCESSES.key().path(name);
        let anywhere =
            build.model.regions.ixs().any(|region| in_region(name, region).is_some());
        rd.unplaced.contains(&path) || (rd.failed.contains(&path) && !anywhere)
    });
    if found.is_empty() && lost {
        rd.fail_silently(item);
    } else if found.is_empty() {
        let message =
            format!("no region of `{}` has a capacity of both `{from}` and `{to}`", item.path);
        let place = item.value_place(retrofit::TO);
        let diagnostic = Diagnostic::error("retrofit-of-nothing", message, place, "")
            .hint("both are processes of one region, and have `capacity`; check `regions`");
        rd.fail(item, diagnostic);
    }
    if from == to && !item.has(retrofit::LIFE) {
        let message = format!("`{}` makes `{from}` of `{from}`", item.path);
        let place = item.value_place(retrofit::TO);
        let diagnostic = Diagnostic::error("retrofit-of-itself", message, place, "")
            .hint("give the `life` it has from then on, if it is to be in service for longer");
        rd.fail(item, diagnostic);
        return Vec::new();
    }
    found
}

fn one<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    (region, from, to): (RegionIx, CapacityIx, CapacityIx),
) -> Option<Retrofit> {
    let units = [from, to].map(|k| build.model.capacities[k].unit);
    if units[0] != units[1] {
        let [from, to] = units.map(kzleap_model::CapacityUnit::text);
        let message = format!("what is converted is in {from}, what it becomes in {to}");
        let place = item.value_place(retrofit::TO);
        let diagnostic = Diagnostic::error("mixed-capacity-units", message, place, "")
            .hint("give both the same kind of `capacity`");
        rd.fail(item, diagnostic);
        return None;
    }
    let item = &Item { unit: units[0], amount: units[0].amount(), ..item.clone() };
    let name = build.region(region).name.as_str();
    let overnight_cost = rd.by_year(item, retrofit::CAPITAL_COST, Some(name));
    let life = rd.number(item, retrofit::LIFE, Some(name));
    let own = rd.number(item, retrofit::ECONOMIC_LIFE, Some(name));
    let given = item.has(retrofit::LIFE) || item.has(retrofit::ECONOMIC_LIFE);
    if !given {
        let message = format!("`{}` does not say over how many years it is paid", item.path);
        let diagnostic = Diagnostic::error("missing-field", message, item.place, "")
            .hint("add `economic_life`, or `life` if it begins a new one");
        rd.fail_missing(item, diagnostic);
        return None;
    }
    let rate = rd.number(item, retrofit::COST_OF_CAPITAL, Some(name));
    let rate = rate.unwrap_or(build.cost_of_capital[region.get()]);
    let lead_time = rd.number(item, retrofit::LEAD_TIME, Some(name));
    let fields = (retrofit::LEAD_TIME, retrofit::SPENDING);
    let interest = construction::interest(rd, item, fields, lead_time, rate);
    if let Some(lead_time) = lead_time {
        let lead_time = (retrofit::LEAD_TIME, lead_time);
        construction::never_ready(rd, build, item, lead_time, process::RESIDUAL_CAPACITY.key());
    }
    Some(Retrofit {
        name: item.name.to_owned(),
        from,
        to,
        kept: rd.number(item, retrofit::KEPT, Some(name)).unwrap_or(1.0),
        overnight_cost: overnight_cost?,
        economic_life: own.or(life)?,
        cost_of_capital: rate,
        interest,
        lead_time: lead_time.unwrap_or(0.0),
        life,
    })
}
