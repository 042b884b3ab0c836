//! Demands by commodity and region.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, Demand, EmissionIx, RegionIx, RowKind, Series, Tier};

use super::{Build, answers, flow, shifts};
use crate::reader::{Item, Reader};
use crate::registry::{BySlice, FORMULA, Field, Flag, Of, UNIT, VALUE, demand, root};
use crate::tree::join;
use crate::values::is_reserved;

/// Reads every demand.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::DEMANDS) {
        let name = item.name.to_owned();
        let Some(commodity) = rd.look_up(&item, Of::Commodities, &name, item.place) else {
            continue;
        };
        if let Some(odd) = item
            .table
            .iter()
            .find(|entry| [VALUE, FORMULA, UNIT].iter().any(|own| **own == entry.key))
        {
            let message = format!("`{}` is where regions belong", odd.key);
            let diagnostic = Diagnostic::error("mixed-keys", message, odd.key_span, "")
                .hint("write `REGION = { annual = … }`");
            rd.fail(&item, diagnostic);
        }
        for entry in item.table.iter().filter(|entry| !is_reserved(&entry.key)) {
            let Some(region) = rd.look_up(&item, Of::Regions, &entry.key, entry.key_span)
            else {
                continue;
            };
            let path = join(&item.path, &entry.key);
            if let Some(mut demand) = Item::new(&demand::TABLE, path, entry) {
                demand.region = Some(&entry.key);
                rd.count_in(&mut demand, &name);
                one(rd, build, &demand, CommodityIx::new(commodity), RegionIx::new(region));
            }
        }
    }
}

fn one<'a>(
    rd: &mut Reader<'a>,
    build: &mut Build,
    item: &Item<'a>,
    commodity: CommodityIx,
    region: RegionIx,
) {
    let annual = rd.by_year(item, demand::ANNUAL, None);
    let profile = profile(rd, build, item, demand::PROFILE, commodity);
    let name = build.region(region).name.clone();
    let answers = answers::read(rd, item, demand::ANSWERS, &name, annual.as_ref());
    let shift = shifts::read(rd, item, demand::ANSWERS, &name);
    if let Some(annual) = annual {
        let mut demand = Demand::new(region, commodity, annual, profile);
        demand.name.clone_from(&build.model.commodities[commodity].name);
        burn(rd, build, item, demand::NON_ENERGY_USE, &mut demand);
        answers.of(&mut demand);
        if let Some(shift) = shift {
            shift.of(rd, build, &mut demand);
        }
        build.push_demand(demand, &item.path);
    }
}

/// Gives a demand what burning it emits, unless it says that it is not burnt; whether it is.
pub(super) fn burn<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    field: Field<Flag>,
    demand: &mut Demand,
) -> bool {
    let stated = if item.has(field) { rd.flag(item, field) } else { None };
    let of_row = flow::burns(&build.model, Some(&demand.flow), false);
    // what a demand says of itself counts before what its sector says of all
    let in_use = RowKind::of(&demand.flow) == Some(RowKind::Final);
    let burnt = match stated {
        Some(not_burnt) if in_use || not_burnt => !not_burnt,
        _ => of_row,
    };
    if !burnt {
        return !(in_use || stated == Some(true));
    }
    demand.emissions = (build.factors_of(demand.commodity, demand.region))
        .filter(|(_, factor)| !factor.is_zero())
        .map(|(emission, factor)| (EmissionIx::new(*emission), rd.expand(factor)))
        .collect();
    true
}

/// Names that say when a demand is to be met without a profile of that name.
pub(super) const WORDS: [&str; 2] = ["flat", "flexible"];

/// Shares of the year's demand by slice: rates times hours, scaled to add up to 1; `None` for a
/// demand that may be met at any time.
pub(super) fn profile<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    field: Field<BySlice>,
    commodity: CommodityIx,
) -> Option<Series> {
    let time = &build.model.time;
    let commodity = &build.model.commodities[commodity];
    let Some(node) = item.get(field) else {
        if time.node_count(commodity.tier) < 2 {
            return None;
        }
        let reason = "not given: even over the year; one that may be met at any time of it says \
                      `profile = \"flexible\"`";
        rd.default_used(item.path_of(field), "flat", reason);
        return Some(time.year_split.clone());
    };
    if commodity.tier == Tier::Annual {
        let name = &commodity.name;
        let message =
            format!("`{name}` is balanced over the year, so this profile changes nothing");
        let diagnostic = Diagnostic::warning("profile-without-effect", message, node.span, "")
            .hint(format!("leave it out, or set `tier` of `{name}`"));
        rd.diags.push(diagnostic);
    }
    match node.text() {
        Some("flat") => return Some(time.year_split.clone()),
        Some("flexible") => return None,
        _ => {}
    }
    let rates = match rd.series(item, field, None)? {
        Series::BySlice(rates) => rates,
        _ => {
            rd.wrong_type(item, field, node, "the name of a profile, `flat` or `flexible`");
            return None;
        }
    };
    let energy: Vec<f64> =
        rates.iter().zip(&rd.sets.hours).map(|(rate, hours)| rate * hours).collect();
    let sum: f64 = energy.iter().sum();
    if sum <= 0.0 {
        let diagnostic = Diagnostic::error(
            "empty-profile",
            "this profile is zero in every slice, so it says nothing about when",
            node.span,
            "",
        );
        rd.fail(item, diagnostic);
        return None;
    }
    Some(Series::BySlice(energy.iter().map(|value| value / sum).collect()))
}
