//! Parts of regions, with their shares.

use std::collections::BTreeMap;

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{CommodityIx, OwnerShare, Region, RegionIx, RegionPart, RegionSplit, Set};

use super::declare::{given, is_good_name, label};
use crate::names::suggest;
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{
    Field, Items, Key, Number, Of, demand_share, owner_share, region_level, region_part, root,
};
use crate::tree::{Node, Table, join};

/// Where processes, storages and resources are named.
const OWNERS: [Field<Items>; 3] =
    [region_part::PROCESSES, region_part::STORAGES, region_part::RESOURCES];

/// How far the shares of a region in one thing may be from 1 together.
const NEARLY: f64 = 1e-6;

/// What shares of a region are of, by path: each part (by position) with its share and where.
type Given = BTreeMap<(RegionIx, String), Vec<(usize, f64, Span)>>;

/// Reads the parts of a level; `None` if it has none.
pub(super) fn read<'a>(
    rd: &mut Reader<'a>,
    regions: &Set<Region>,
    level: &Item<'a>,
) -> Option<RegionSplit> {
    let local = if level.has(region_level::LOCAL) {
        rd.names(level, region_level::LOCAL)
    } else {
        None
    };
    let table = level.get(region_level::PARTS).and_then(Node::table);
    given(rd, level, region_level::SPLIT);
    let Some(table) = table else {
        missing_parts(rd, level);
        return None;
    };
    let mut parts: Vec<(RegionPart, Span)> = Vec::new();
    let mut given = Given::new();
    let before = rd.mistakes;
    for entry in table.iter() {
        let path = join(&level.path_of(region_level::PARTS), &entry.key);
        let Some(item) = level.within(&region_part::TABLE, path, entry) else { continue };
        if let Some(part) = one(rd, regions, &item, parts.len(), &mut given) {
            parts.push((part, item.place));
        }
    }
    if rd.mistakes == before {
        add_up(rd, regions, level, &given);
        has_other_names(rd, regions, level, &parts);
    }
    let mut parts: Vec<RegionPart> = parts.into_iter().map(|(part, _)| part).collect();
    share_out(rd, &mut parts, &given);
    let commodities = rd.known(Of::Commodities);
    let place = |name: &str| commodities.iter().position(|known| *known == name);
    let local = local.unwrap_or_default().into_iter().filter_map(|(name, _)| place(name));
    Some(RegionSplit { parts, local: local.map(CommodityIx::new).collect() })
}

/// Says what is missing of a level that speaks of parts and has none.
fn missing_parts(rd: &mut Reader<'_>, level: &Item<'_>) {
    let fields = [region_level::SPLIT.key(), region_level::LOCAL.key()];
    let Some(field) = level.first_of(&fields) else { return };
    if rd.damage.may_declare() {
        rd.fail_silently(level);
        return;
    }
    let message = format!("`{}` has no parts", level.path);
    let file = level.get(region_level::SPLIT).and_then(Node::text);
    let hint = match file {
        Some(file) => format!("`{file}` is not in the folder of the model, or has no rows"),
        None => "name the CSV file that holds them: `split = \"parts.csv\"`".to_owned(),
    };
    let diagnostic = Diagnostic::error("missing-field", message, level.value_place(field), "");
    rd.fail(level, diagnostic.hint(hint));
}

/// One part with its own share; what else it has shares of goes to `given`.
fn one<'a>(
    rd: &mut Reader<'a>,
    regions: &Set<Region>,
    item: &Item<'a>,
    at: usize,
    given: &mut Given,
) -> Option<RegionPart> {
    let is_good = is_good_name(rd, item.name, item.place);
    let label = label(rd, item, region_part::LABEL);
    let share = rd.number(item, region_part::SHARE, None);
    if !item.has(region_part::SHARE) {
        rd.missing(item, region_part::SHARE);
    }
    let (region, _) = rd.name(item, region_part::REGION)?;
    let region = RegionIx::new(region);
    debug_assert!(regions.len() > region.get(), "regions are known in their order");
    let mut note = |path: String, share: f64, place: Span| {
        given.entry((region, path)).or_default().push((at, share, place));
    };
    if let Some(share) = share {
        note(String::new(), share, item.value_place(region_part::SHARE));
    }
    for collection in OWNERS {
        for owner in shares(rd, item, collection) {
            for field in [owner_share::SHARE, owner_share::RESIDUAL_CAPACITY] {
                let of = path_of(collection.key(), owner.name, field.key());
                if let Some(share) = number(rd, &owner, field) {
                    note(of, share, owner.value_place(field));
                }
            }
        }
    }
    for demand in shares(rd, item, region_part::DEMANDS) {
        let field = demand_share::SHARE;
        if let Some(share) = number(rd, &demand, field) {
            let of = path_of(region_part::DEMANDS.key(), demand.name, field.key());
            note(of, share, demand.value_place(field));
        }
    }
    let (demands, owners) = (BTreeMap::new(), BTreeMap::new());
    let name = item.name.to_owned();
    (is_good && share.is_some()).then(|| RegionPart {
        region,
        name,
        label,
        share: share.unwrap_or(0.0),
        demands,
        owners,
    })
}

fn number<'a>(rd: &mut Reader<'a>, item: &Item<'a>, field: Field<Number>) -> Option<f64> {
    if item.has(field) { rd.number(item, field, None) } else { None }
}

/// The name of what a share is of, as the table of parts has it.
fn path_of(collection: Key, name: &str, field: Key) -> String {
    let whole = collection.path(name);
    if field == owner_share::SHARE.key() { whole } else { join(&whole, &field) }
}

/// The tables of a part below one collection; says which name nothing.
fn shares<'a>(rd: &mut Reader<'a>, part: &Item<'a>, collection: Field<Items>) -> Vec<Item<'a>> {
    let Some(table) = part.get(collection).and_then(Node::table) else {
        return Vec::new();
    };
    let Items(kind) = collection.holds;
    // which of the model's collections it speaks of, and what one of those is called
    let (declared, what) = [
        (region_part::PROCESSES, root::PROCESSES, "process"),
        (region_part::STORAGES, root::STORAGES, "storage"),
        (region_part::RESOURCES, root::RESOURCES, "resource"),
    ]
    .into_iter()
    .find(|(own, ..)| own.key() == collection.key())
    .map_or((root::COMMODITIES, "commodity"), |(_, declared, what)| (declared, what));
    let known: Vec<&str> = rd.collection(declared).into_iter().flat_map(Table::keys).collect();
    let mut shares = Vec::new();
    for entry in table.iter() {
        let path = join(&part.path_of(collection), &entry.key);
        let Some(item) = part.within(kind, path, entry) else { continue };
        if known.contains(&entry.key.as_str()) {
            shares.push(item);
            continue;
        }
        let message = format!("there is no {what} `{}`", entry.key);
        let mut diagnostic =
            Diagnostic::error("unknown-name", message, entry.key_span, "not declared");
        if let Some(removed) = rd.removed.get(&entry.key) {
            let removed = *removed;
            diagnostic = diagnostic.also(removed, "removed here").hint(crate::fields::REMOVED);
        } else if let Some(hint) = suggest(&entry.key, known.iter().copied()) {
            diagnostic = diagnostic.hint(hint);
        }
        rd.fail(part, diagnostic);
    }
    shares
}

/// Shares of a region in one thing that are not 1 together.
fn add_up(rd: &mut Reader<'_>, regions: &Set<Region>, level: &Item<'_>, given: &Given) {
    for ((region, of), shares) in given {
        let sum: f64 = shares.iter().map(|(_, share, _)| share).sum();
        let mut names = of.split('.').chain([regions[*region].name.as_str()]);
        let lost = names.any(|name| rd.damage.may_hold(name));
        if lost || (sum - 1.0).abs() <= NEARLY {
            continue;
        }
        let what = match of.as_str() {
            "" => String::new(),
            of => format!(" in `{of}`"),
        };
        let region = &regions[*region].name;
        let sum = shown((sum * 1e6).round() / 1e6);
        let message =
            format!("the shares of the parts of `{region}`{what} add up to {sum}, not to 1");
        let (_, _, place) = shares[0];
        let diagnostic =
            Diagnostic::error("shares-do-not-add-up", message, place, "the first of them")
                .hint("a part that is not named has none of it");
        rd.fail(level, diagnostic);
    }
}

/// Refuses a part with the name of a region that it is not a part of.
fn has_other_names(
    rd: &mut Reader<'_>,
    regions: &Set<Region>,
    level: &Item<'_>,
    parts: &[(RegionPart, Span)],
) {
    for (part, place) in parts {
        let namesake = regions.position(|region| region.name == part.name);
        if namesake.is_some_and(|region| region != part.region) {
            let message =
                format!("`{}` is a region already, and not the one it is a part of", part.name);
            let diagnostic = Diagnostic::error("name-used-twice", message, *place, "")
                .hint("choose another name for the part");
            rd.fail(level, diagnostic);
        }
    }
}

/// Gives each part its share of all that any part of its region has a share of. Shares that add up
/// to nearly 1 are scaled to it, so that totals are exact.
fn share_out(rd: &Reader<'_>, parts: &mut [RegionPart], given: &Given) {
    let commodities = rd.known(Of::Commodities);
    for ((region, of), shares) in given {
        let sum: f64 = shares.iter().map(|(_, share, _)| share).sum();
        let scaled = |part: usize| {
            let own = shares.iter().find(|(at, ..)| *at == part);
            own.map_or(0.0, |(_, share, _)| share / sum.max(f64::MIN_POSITIVE))
        };
        // the share of everything comes before those of single things
        let mut steps = of.split('.');
        let (collection, name, field) = (steps.next(), steps.next(), steps.next());
        for (at, part) in parts.iter_mut().enumerate().filter(|(_, p)| p.region == *region) {
            let share = scaled(at);
            let Some(name) = name else {
                part.share = share;
                continue;
            };
            if collection == Some(region_part::DEMANDS.name()) {
                let place = commodities.iter().position(|known| *known == name);
                if let Some(commodity) = place.map(CommodityIx::new) {
                    part.demands.insert(commodity, share);
                }
                continue;
            }
            let otherwise = OwnerShare { limits: part.share, residual: part.share };
            // `processes.P` comes before `processes.P.residual_capacity`
            let owner = part.owners.entry(name.to_owned()).or_insert(otherwise);
            match field {
                None => *owner = OwnerShare { limits: share, residual: share },
                Some(_) => owner.residual = share,
            }
        }
    }
}
