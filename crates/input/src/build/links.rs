//! Links between regions.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, EmissionIx, Link, RegionIx, Series};

use super::capacity::{self, Which};
use super::commodities::count;
use super::declare::given;
use super::{Build, power_flow};
use crate::reader::{Item, Reader};
use crate::registry::{OF_LINK, link, root};

/// Reads every link.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items(root::LINKS) {
        count(rd, &mut item, link::COMMODITY);
        let has_capacity =
            item.has(link::CAPACITY) && capacity::read_unit(rd, &mut item, link::CAPACITY);
        given(rd, &item, link::LABEL);
        let from = rd.name(&item, link::FROM).map(|(at, _)| RegionIx::new(at));
        let to = rd.name(&item, link::TO).map(|(at, _)| RegionIx::new(at));
        let commodity = rd.name(&item, link::COMMODITY).map(|(at, _)| CommodityIx::new(at));
        let (Some(from), Some(to), Some(commodity)) = (from, to, commodity) else { continue };
        if from == to {
            let message = format!("`{}` leads from a region to itself", item.path);
            let diagnostic =
                Diagnostic::error("link-to-itself", message, item.value_place(link::TO), "")
                    .also(item.value_place(link::FROM), "the same region")
                    .hint("links join two regions; losses within one belong in a process");
            rd.fail(&item, diagnostic);
            continue;
        }
        let link = one(rd, build, &item, (from, to), commodity, has_capacity);
        let link = build.model.links.push(link);
        if item.has(link::REACTANCE) {
            power_flow::read(rd, build, &item, link);
        }
    }
}

fn one<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    (from, to): (RegionIx, RegionIx),
    commodity: CommodityIx,
    has_capacity: bool,
) -> Link {
    let name = item.name.to_owned();
    let mut capacity = None;
    if has_capacity {
        let which =
            Which { name: &name, payer: from, region: None, unit: item.unit, fields: &OF_LINK };
        let read = capacity::read(rd, build, item, &which);
        capacity = Some(build.push_capacity(read, &item.path, &OF_LINK));
    } else if !item.has(link::CAPACITY) {
        needs_capacity(rd, item);
    }
    let availability =
        rd.series(item, link::AVAILABILITY, None).unwrap_or(Series::Constant(1.0));
    let reverse_availability = if rd.flag(item, link::TWO_WAY).unwrap_or(true) {
        rd.series(item, link::REVERSE_AVAILABILITY, None)
            .unwrap_or_else(|| availability.clone())
    } else {
        one_way(rd, item);
        Series::Constant(0.0)
    };
    Link {
        name,
        from,
        to,
        commodity,
        capacity,
        capacity_to_activity: item.unit.to_activity(),
        availability,
        reverse_availability,
        loss: rd.number(item, link::LOSS, None).unwrap_or(0.0),
        variable_cost: rd
            .series(item, link::VARIABLE_COST, None)
            .unwrap_or(Series::Constant(0.0)),
        emissions: emissions(rd, item),
    }
}

/// What counts as emitted where it arrives.
fn emissions<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Vec<(EmissionIx, Series)> {
    if !item.has(link::EMISSIONS) {
        return Vec::new();
    }
    let factors = rd.map(item, link::EMISSIONS, None).into_iter();
    factors.map(|(at, factor)| (EmissionIx::new(at), factor)).collect()
}

fn one_way(rd: &mut Reader<'_>, item: &Item<'_>) {
    if !item.has(link::REVERSE_AVAILABILITY) {
        return;
    }
    let message = format!("`{}` goes one way, but has `reverse_availability`", item.path);
    let diagnostic = Diagnostic::error(
        "reverse-of-one-way",
        message,
        item.place_of(link::REVERSE_AVAILABILITY),
        "",
    )
    .also(item.place_of(link::TWO_WAY), "one way")
    .hint("leave one of the two out");
    rd.fail(item, diagnostic);
}

fn needs_capacity(rd: &mut Reader<'_>, item: &Item<'_>) {
    let fields = [
        link::CAPITAL_COST.key(),
        link::FIXED_COST.key(),
        link::RESIDUAL_CAPACITY.key(),
        link::COMMISSIONED.key(),
        link::MIN_CAPACITY.key(),
        link::MAX_CAPACITY.key(),
        link::MIN_NEW_CAPACITY.key(),
        link::MAX_NEW_CAPACITY.key(),
        link::GROWTH.key(),
    ];
    let Some(field) = item.first_of(&fields) else { return };
    let message =
        format!("`{}` has `{field}` but does not say in what its capacity is", item.path);
    let diagnostic = Diagnostic::error("no-capacity-unit", message, item.place_of(field), "")
        .hint(format!("add `capacity = \"{}\"`", capacity::usual(item)));
    rd.fail_missing(item, diagnostic);
}
