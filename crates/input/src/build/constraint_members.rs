//! Of whom a term of a constraint counts something.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::user_rows::Quantity;
use kzleap_model::{CapacityIx, CommodityIx, EmissionIx, LinkIx, ProcessIx, RegionIx};

use super::Build;
use super::constraint_terms::per;
use super::declare::belongs;
use super::limits::{capacities, common};
use crate::reader::{Item, Reader};
use crate::registry::{Counted, Direction, Key, term};

/// What may say of whom a quantity is, by quantity.
const SELECTORS: &[(Counted, &[Key])] = {
    const BY: [Key; 2] = [term::PROCESSES.key(), term::CATEGORIES.key()];
    &[
        (Counted::Capacity, &[BY[0], BY[1], term::LINKS.key()]),
        (Counted::NewCapacity, &[BY[0], BY[1], term::LINKS.key()]),
        (Counted::StorageSize, &BY),
        (Counted::Activity, &BY),
        (Counted::Output, &[term::COMMODITY.key(), BY[0], BY[1]]),
        (Counted::Input, &[term::COMMODITY.key(), BY[0], BY[1]]),
        (Counted::Flow, &[term::LINKS.key(), term::DIRECTION.key()]),
        (Counted::Emissions, &[term::EMISSION.key(), BY[0], BY[1]]),
    ]
};

/// Of whom something is counted, each with the region that its weight is for.
pub(super) struct Selected {
    pub(super) of: Vec<(Quantity, Option<RegionIx>)>,
    /// Units of it that the constraint may count on, that of the model first.
    pub(super) units: Vec<String>,
}

/// Whether everything said of a term belongs to what it counts.
pub(super) fn fits(rd: &mut Reader<'_>, item: &Item<'_>, quantity: Counted) {
    let all: Vec<Key> = SELECTORS.iter().flat_map(|(_, fields)| *fields).copied().collect();
    let own = SELECTORS.iter().find(|(one, _)| *one == quantity).map_or(&[][..], |(_, f)| f);
    belongs(rd, item, &all, own, &format!("quantity = \"{}\"", quantity.text()));
}

/// Of whom a term counts something, and in which units.
pub(super) fn select<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    term: &mut Item<'a>,
    quantity: Counted,
    horizon: bool,
) -> Option<Selected> {
    let model = &build.model;
    let of_process = |p: ProcessIx| Some(model.processes[p].region);
    match quantity {
        Counted::Capacity | Counted::NewCapacity | Counted::StorageSize => {
            let capacities = match quantity {
                Counted::StorageSize => sizes(rd, build, term)?,
                _ if term.has(term::LINKS) => of_links(rd, build, term)?,
                _ => capacities(rd, build, term, &term::MEMBERS)?,
            };
            let first = model.capacities[*capacities.first()?].unit;
            let new = quantity == Counted::NewCapacity;
            let units = match (new, horizon) {
                (true, false) => vec![per(first.text(), "a"), first.text().to_owned()],
                (false, true) => vec![format!("({})*a", first.text()), first.text().to_owned()],
                (true, true) | (false, false) => vec![first.text().to_owned()],
            };
            let count = |k| if new { Quantity::New(k) } else { Quantity::InService(k) };
            let region =
                |k: CapacityIx| (!term.has(term::LINKS)).then(|| model.capacities[k].region);
            Some(Selected {
                of: capacities.iter().map(|k| (count(*k), region(*k))).collect(),
                units,
            })
        }
        Counted::Activity => {
            let members = build.members(rd, term, &term::MEMBERS)?;
            let field = term::MEMBERS.written(term);
            let amount = common(rd, build, term, &members, field)?;
            let of = members.iter().map(|p| (Quantity::Activity(*p, None), of_process(*p)));
            Some(Selected { of: of.collect(), units: yearly(amount.unit(), horizon) })
        }
        Counted::Output | Counted::Input => {
            if !term.has(term::COMMODITY) {
                rd.missing(term, term::COMMODITY);
                return None;
            }
            let (at, _) = rd.name(term, term::COMMODITY)?;
            let commodity = CommodityIx::new(at);
            let makers = makers(rd, build, term, commodity, quantity)?;
            let count = |p| match quantity {
                Counted::Output => Quantity::Output(p, commodity),
                _ => Quantity::Input(p, commodity),
            };
            let of = makers.iter().map(|p| (count(*p), of_process(*p))).collect();
            let unit = model.commodities[commodity].unit();
            Some(Selected { of, units: yearly(unit, horizon) })
        }
        Counted::Flow => flows(rd, build, term, horizon),
        Counted::Emissions => emissions(rd, build, term, horizon),
    }
}

/// Units of what is counted over a year, or over the horizon.
fn yearly(unit: &str, horizon: bool) -> Vec<String> {
    let mut units = vec![unit.to_owned()];
    if !horizon {
        units.insert(0, format!("{unit}/a"));
    }
    units
}

/// The sizes of storages.
fn sizes<'a>(rd: &mut Reader<'a>, build: &Build, term: &Item<'a>) -> Option<Vec<CapacityIx>> {
    let model = &build.model;
    let mut sizes = Vec::new();
    let members = build.members(rd, term, &term::MEMBERS)?;
    for p in build.giving(rd, term, term::MEMBERS.written(term), members) {
        let process = &model.processes[p];
        let modes = process.modes.iter();
        let storages = modes.flat_map(|mode| mode.charges.iter().chain(&mode.discharges));
        let power = process.capacity;
        let size =
            storages.map(|(z, _)| model.storages[*z].capacity).find(|k| Some(*k) != power);
        let Some(size) = size else {
            let message = format!("`{}` is no storage that is sized on its own", process.name);
            let place = term.value_place(term::MEMBERS.written(term));
            let hint = "of a storage of so many `hours`, weigh the `capacity`";
            let diagnostic = Diagnostic::error("limit-without-capacity", message, place, "");
            rd.fail(term, diagnostic.hint(hint));
            return None;
        };
        sizes.push(size);
    }
    Some(sizes)
}

/// The links a term names.
fn links<'a>(rd: &mut Reader<'a>, build: &Build, term: &Item<'a>) -> Option<Vec<LinkIx>> {
    if !term.has(term::LINKS) {
        rd.missing(term, term::LINKS);
        return None;
    }
    let names = rd.names(term, term::LINKS)?;
    let named =
        |(name, _): &(&str, Span)| build.model.links.position(|link| link.name == *name);
    let links: Vec<LinkIx> = names.iter().filter_map(named).collect();
    if links.len() < names.len() {
        rd.fail_silently(term); // what is wrong with it was reported
        return None;
    }
    Some(links)
}

/// The capacities of the links a term names.
fn of_links<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    term: &Item<'a>,
) -> Option<Vec<CapacityIx>> {
    let model = &build.model;
    let mut capacities: Vec<CapacityIx> = Vec::new();
    for link in links(rd, build, term)? {
        let capacity = model.links[link].capacity;
        let first = capacities.first().map(|k| model.capacities[*k].unit);
        let fits =
            capacity.filter(|k| first.is_none_or(|first| model.capacities[*k].unit == first));
        let Some(fits) = fits else {
            let name = &model.links[link].name;
            let message = match capacity {
                Some(_) => {
                    format!("the capacity of `{name}` is in another unit than the others")
                }
                None => format!("`{name}` has no capacity"),
            };
            let place = term.value_place(term::LINKS);
            rd.fail(term, Diagnostic::error("limit-without-capacity", message, place, ""));
            return None;
        };
        capacities.push(fits);
    }
    Some(capacities)
}

/// The processes that make or use a commodity: those named, or all in the regions but storages.
fn makers<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    term: &Item<'a>,
    commodity: CommodityIx,
    quantity: Counted,
) -> Option<Vec<ProcessIx>> {
    let model = &build.model;
    let mut members = members_or_all(rd, build, term)?;
    let known = members.clone();
    members.retain(|p| {
        model.processes[*p].modes.iter().any(|mode| {
            let side = if quantity == Counted::Output { &mode.outputs } else { &mode.inputs };
            side.iter().any(|(of, _)| *of == commodity)
        })
    });
    if members.is_empty() {
        let name = &model.commodities[commodity].name;
        let does = if quantity == Counted::Output { "make" } else { "use" };
        let message = format!("none of these processes {does} `{name}`");
        return nobody(rd, build, term, &known, message, term::COMMODITY.key());
    }
    Some(members)
}

/// The processes a term names, or all in its regions that are no storages.
fn members_or_all<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    term: &Item<'a>,
) -> Option<Vec<ProcessIx>> {
    if term.has(term::PROCESSES) || term.has(term::CATEGORIES) {
        return build.members(rd, term, &term::MEMBERS);
    }
    let regions = build.regions_of(rd, term, term::REGIONS);
    let processes = build.model.processes.iter_ix();
    let within = processes.filter(|(_, p)| regions.contains(&p.region) && !p.is_storage());
    Some(within.map(|(p, _)| p).collect())
}

/// Says that nobody does what a term counts, unless that may be for another mistake.
fn nobody<T>(
    rd: &mut Reader<'_>,
    build: &Build,
    term: &Item<'_>,
    known: &[ProcessIx],
    message: String,
    field: Key,
) -> Option<T> {
    if known.iter().any(|p| rd.failed.contains(&build.process_paths[p.get()])) {
        rd.fail_silently(term);
    } else {
        let place = term.value_place(field);
        rd.fail(term, Diagnostic::error("nothing-to-count", message, place, ""));
    }
    None
}

fn flows<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    term: &Item<'a>,
    horizon: bool,
) -> Option<Selected> {
    let model = &build.model;
    let links = links(rd, build, term)?;
    let direction = match term.has(term::DIRECTION) {
        true => Some(Direction::named(rd.choice(term, term::DIRECTION)?)?),
        false => None,
    };
    let unit = |link: &LinkIx| model.commodities[model.links[*link].commodity].unit();
    let first = unit(links.first()?);
    if let Some(other) = links.iter().map(unit).find(|unit| *unit != first) {
        let message = format!("some of these flows are in {first}, others in {other}");
        let diagnostic =
            Diagnostic::error("mixed-units", message, term.value_place(term::LINKS), "")
                .hint("make a term of each");
        rd.fail(term, diagnostic);
        return None;
    }
    let ways: &[usize] = match direction {
        None => &[0, 1],
        Some(Direction::Forward) => &[0],
        Some(Direction::Reverse) => &[1],
    };
    let of = links.iter().flat_map(|link| ways.iter().map(|way| Quantity::Flow(*link, *way)));
    Some(Selected { of: of.map(|flow| (flow, None)).collect(), units: yearly(first, horizon) })
}

fn emissions<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    term: &Item<'a>,
    horizon: bool,
) -> Option<Selected> {
    let model = &build.model;
    if !term.has(term::EMISSION) {
        rd.missing(term, term::EMISSION);
        return None;
    }
    let (at, _) = rd.name(term, term::EMISSION)?;
    let e = EmissionIx::new(at);
    // every emission is in Mt until the model is complete
    let units = yearly("Mt", horizon);
    if !term.has(term::PROCESSES) && !term.has(term::CATEGORIES) {
        let regions = build.regions_of(rd, term, term::REGIONS);
        let of = regions.into_iter().map(|r| (Quantity::Emissions(e, r), Some(r)));
        return Some(Selected { of: of.collect(), units });
    }
    let mut members = build.members(rd, term, &term::MEMBERS)?;
    let known = members.clone();
    let emits = |p: &ProcessIx| {
        let mut factors = model.processes[*p].modes.iter().flat_map(|mode| &mode.emissions);
        factors.any(|(of, _)| *of == e)
    };
    members.retain(emits);
    if members.is_empty() {
        let message = format!("none of these processes emit `{}`", model.emissions[e].name);
        return nobody(rd, build, term, &known, message, term::EMISSION.key());
    }
    let region = |p: ProcessIx| Some(model.processes[p].region);
    let of = members.iter().map(|p| (Quantity::EmissionsOf(*p, e), region(*p)));
    Some(Selected { of: of.collect(), units })
}
