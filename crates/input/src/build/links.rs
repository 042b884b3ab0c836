//! Links between regions.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, Link, RegionIx, Series};

use super::capacity::{self, Which};
use super::commodities::{count, kind_of};
use super::{Build, power_flow};
use crate::reader::{Item, Reader};

/// Reads every link.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items("links", kind_of("links")) {
        count(rd, &mut item);
        let has_capacity = item.has("capacity") && capacity::read_unit(rd, &mut item);
        if item.has("label") {
            rd.text(&item, "label");
        }
        let from = rd.name(&item, "from").map(|(at, _)| RegionIx::new(at));
        let to = rd.name(&item, "to").map(|(at, _)| RegionIx::new(at));
        let commodity = rd.name(&item, "commodity").map(|(at, _)| CommodityIx::new(at));
        let (Some(from), Some(to), Some(commodity)) = (from, to, commodity) else { continue };
        if from == to {
            let message = format!("`{}` leads from a region to itself", item.path);
            let diagnostic =
                Diagnostic::error("link-to-itself", message, item.value_place("to"), "")
                    .also(item.value_place("from"), "the same region")
                    .hint("links join two regions; losses within one belong in a process");
            rd.fail(&item, diagnostic);
            continue;
        }
        let link = one(rd, build, &item, (from, to), commodity, has_capacity);
        let link = build.model.links.push(link);
        if item.has("reactance") {
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
            Which { name: &name, payer: from, region: None, unit: item.unit, prefix: "" };
        let read = capacity::read(rd, build, item, &which);
        capacity = Some(build.push_capacity(read, &item.path, ""));
    } else if !item.has("capacity") {
        needs_capacity(rd, item);
    }
    let availability = rd.series(item, "availability", None).unwrap_or(Series::Constant(1.0));
    let reverse_availability = if rd.flag(item, "two_way").unwrap_or(true) {
        rd.series(item, "reverse_availability", None).unwrap_or_else(|| availability.clone())
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
        loss: rd.number(item, "loss", None).unwrap_or(0.0),
        variable_cost: rd.series(item, "variable_cost", None).unwrap_or(Series::Constant(0.0)),
    }
}

fn one_way(rd: &mut Reader<'_>, item: &Item<'_>) {
    if !item.has("reverse_availability") {
        return;
    }
    let message = format!("`{}` goes one way, but has `reverse_availability`", item.path);
    let diagnostic = Diagnostic::error(
        "reverse-of-one-way",
        message,
        item.place_of("reverse_availability"),
        "",
    )
    .also(item.place_of("two_way"), "one way")
    .hint("leave one of the two out");
    rd.fail(item, diagnostic);
}

fn needs_capacity(rd: &mut Reader<'_>, item: &Item<'_>) {
    let fields = [
        "capital_cost",
        "fixed_cost",
        "residual_capacity",
        "min_capacity",
        "max_capacity",
        "min_new_capacity",
        "max_new_capacity",
        "growth",
    ];
    let Some(field) = fields.into_iter().find(|field| item.has(field)) else { return };
    let message =
        format!("`{}` has `{field}` but does not say in what its capacity is", item.path);
    let diagnostic = Diagnostic::error("no-capacity-unit", message, item.place_of(field), "")
        .hint(format!("add `capacity = \"{}\"`", capacity::usual(item)));
    rd.fail_missing(item, diagnostic);
}
