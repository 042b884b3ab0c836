//! Levels of regions: which become one at a coarser resolution, which become several at a finer.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{Region, RegionChange, RegionGroup, RegionIx, RegionLevel, Set};

use super::declare::{is_good_name, label};
use super::region_parts;
use crate::reader::{Item, Reader};
use crate::registry::{PROVENANCE, region_group, region_level, root};
use crate::tree::{Entry, join};

/// Reads every level.
pub(super) fn read(rd: &mut Reader<'_>, regions: &Set<Region>) -> Vec<RegionLevel> {
    let mut levels = Vec::new();
    for item in rd.items(root::REGION_LEVELS) {
        if !is_good_name(rd, item.name, item.place) {
            continue;
        }
        let split = region_parts::read(rd, regions, &item);
        let mut groups: Vec<RegionGroup> = Vec::new();
        let mut taken: Vec<(RegionIx, Span)> = Vec::new();
        let is_group = |entry: &&Entry| {
            let key = entry.key.as_str();
            !PROVENANCE.contains(&key) && item.kind.field(key).is_none()
        };
        for entry in item.table.iter().filter(is_group) {
            let path = join(&item.path, &entry.key);
            let Some(group) = Item::new(&region_group::TABLE, path, entry) else { continue };
            groups.extend(one(rd, regions, &group, &mut taken));
            if let Some(field) =
                item.first_of(&[region_level::SPLIT.key(), region_level::PARTS.key()])
            {
                let message =
                    format!("`{}` both takes regions together and takes them apart", item.path);
                let diagnostic =
                    Diagnostic::error("both-given", message, entry.key_span, "together")
                        .also(item.place_of(field), "apart")
                        .hint("make two levels of it");
                rd.fail(&item, diagnostic);
            }
        }
        let change = split.map_or(RegionChange::Merge(groups), RegionChange::Split);
        levels.push(RegionLevel { name: item.name.to_owned(), change });
    }
    levels
}

fn one<'a>(
    rd: &mut Reader<'a>,
    regions: &Set<Region>,
    item: &Item<'a>,
    taken: &mut Vec<(RegionIx, Span)>,
) -> Option<RegionGroup> {
    let label = label(rd, item, region_group::LABEL);
    let is_good = is_good_name(rd, item.name, item.place);
    let mut members = Vec::new();
    for (name, place) in rd.names(item, region_group::REGIONS)? {
        let region = regions.position(|region| region.name == name)?;
        if let Some((_, first)) = taken.iter().find(|(other, _)| *other == region) {
            let message = format!("`{name}` is in two groups of one level");
            let diagnostic = Diagnostic::error("region-in-two-groups", message, place, "again")
                .also(*first, "first here")
                .hint("a region becomes part of one other");
            rd.fail(item, diagnostic);
        }
        taken.push((region, place));
        members.push((region, place));
    }
    let (first, _) = *members.first()?;
    let domestic = regions[first].domestic;
    if let Some((other, place)) =
        members.iter().find(|(region, _)| regions[*region].domestic != domestic)
    {
        let (inside, outside) = if domestic { (first, *other) } else { (*other, first) };
        let message = format!(
            "`{}` is a neighbour, but `{}` is not: they cannot be one",
            regions[outside].name, regions[inside].name
        );
        let diagnostic = Diagnostic::error("neighbour-in-group", message, *place, "")
            .hint("a neighbour is left out of totals and caps; group them apart");
        rd.fail(item, diagnostic);
    }
    let namesake = regions.position(|region| region.name == item.name);
    if namesake.is_some_and(|region| members.iter().all(|(member, _)| *member != region)) {
        let message = format!("`{}` is a region already, and none of this group", item.name);
        let diagnostic = Diagnostic::error("name-used-twice", message, item.place, "")
            .hint("choose another name for the regions together");
        rd.fail(item, diagnostic);
    }
    let members = members.into_iter().map(|(region, _)| region).collect();
    is_good.then(|| RegionGroup { name: item.name.to_owned(), label, members })
}
