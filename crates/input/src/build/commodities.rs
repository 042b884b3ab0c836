//! Commodities and emissions.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{
    Balance, ByYear, Commodity, Emission, FuelUnit, Gas, HeatValue, MassUnit, RegionIx, Tier,
};

use super::Build;
use super::declare::label;
use super::kinds::{self, colour};
use crate::reader::{Item, Reader};
use crate::registry::{
    Amount, ByYear as OfYears, Field, Name, VALUE, commodity, emission, root,
};
use crate::tree::{Node, Table};
use crate::values::is_reserved;

/// Reads both.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for mut item in rd.items(root::COMMODITIES) {
        item.amount = amount(rd, &item);
        if let Some(amount) = item.amount {
            rd.sets.amounts.insert(item.name.to_owned(), amount);
        }
        let heat_value = heat_value(rd, &mut item);
        let commodity = commodity(rd, &item, heat_value);
        build.model.commodities.push(commodity);
        let at = build.model.commodities.len() - 1;
        if !item.has(commodity::EMISSIONS) {
            continue;
        }
        for (r, region) in build.model.regions.iter().enumerate() {
            let factors = rd.map(&item, commodity::EMISSIONS, Some(&region.name));
            build.factors.insert((at, r), factors);
        }
    }
    for item in rd.items(root::EMISSIONS) {
        let emission = emission(rd, build, &item);
        build.model.emissions.push(emission);
    }
}

/// Counts an item in the `commodity` it names, as far as that is known.
pub(super) fn count<'a>(rd: &Reader<'a>, item: &mut Item<'a>, field: Field<Name>) {
    let commodity = item.get(field).and_then(Node::text);
    rd.count_in(item, commodity.unwrap_or_default());
}

/// What a commodity is counted in; `None` if its unit is none of those a commodity may have.
fn amount<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> Option<Amount> {
    if !item.has(commodity::UNIT) {
        return Some(Amount::Energy);
    }
    let text = rd.text(item, commodity::UNIT)?;
    let place = item.value_place(commodity::UNIT);
    let diagnostic = match rd.parse_unit(text) {
        Ok(unit) => {
            for amount in Amount::ALL {
                if rd.own_unit(amount.unit()).is_some_and(|own| own.powers == unit.powers) {
                    return Some(amount);
                }
            }
            let message =
                format!("`{text}` is {}, which is no unit of a commodity", unit.noun());
            Diagnostic::error("wrong-unit", message, place, "")
        }
        Err(error) => rd.unit_error(text, place, &error),
    };
    let units: Vec<String> =
        Amount::ALL.iter().map(|amount| format!("`{}`", amount.unit())).collect();
    let diagnostic = if diagnostic.hint.is_some() {
        diagnostic
    } else {
        diagnostic.hint(format!("write one of {}", units.join(", ")))
    };
    rd.fail(item, diagnostic);
    None
}

fn commodity<'a>(
    rd: &mut Reader<'a>,
    item: &Item<'a>,
    heat_value: Option<HeatValue>,
) -> Commodity {
    let label = label(rd, item, commodity::LABEL);
    let tier = rd.choice(item, commodity::TIER).and_then(Tier::named).unwrap_or(Tier::Slice);
    let balance = rd.choice(item, commodity::BALANCE).and_then(Balance::named);
    let balance = balance.unwrap_or(Balance::Surplus);
    let (kind, family) = kinds::of_commodity(rd, item);
    Commodity {
        name: item.name.to_owned(),
        label,
        kind,
        family,
        colour: colour(rd, item, commodity::COLOUR),
        tier,
        just_in_time: rd.flag(item, commodity::JUST_IN_TIME).unwrap_or(false),
        balance,
        unserved_cost: rd.by_year(item, commodity::UNSERVED_COST, None),
        amount: Some(item.amount.unwrap_or(Amount::Energy)),
        heat_value,
    }
}

/// The heat value, which is then known for all that is counted in the commodity.
fn heat_value<'a>(rd: &mut Reader<'a>, item: &mut Item<'a>) -> Option<HeatValue> {
    if !item.has(commodity::HEAT_VALUE) {
        return None;
    }
    let petajoules = rd.number(item, commodity::HEAT_VALUE, None)?;
    if item.amount.is_some_and(|amount| amount != Amount::Energy) {
        let message = "`heat_value` is for what is counted in energy";
        let place = item.place_of(commodity::HEAT_VALUE);
        let hint = "leave `heat_value` or `unit` out";
        rd.fail(item, Diagnostic::error("both-given", message, place, "").hint(hint));
        return None;
    }
    let written = rd.written_in(item, commodity::HEAT_VALUE)?;
    let per = FuelUnit::ALL.into_iter().find(|per| {
        rd.own_unit(&format!("PJ/({})", per.text()))
            .is_some_and(|unit| unit.powers == written.powers)
    })?;
    let one = rd.own_unit(&format!("PJ/({})", per.text()))?;
    let heat = one.multiple(petajoules);
    item.heat = Some(heat);
    rd.sets.heat.insert(item.name.to_owned(), heat);
    Some(HeatValue { per, petajoules })
}

fn emission<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Emission {
    let label = label(rd, item, emission::LABEL);
    Emission {
        name: item.name.to_owned(),
        label,
        gas: kinds::word(rd, item, emission::GAS).and_then(Gas::named),
        unit: rd.choice(item, emission::UNIT).map_or(Some(MassUnit::Mt), MassUnit::named),
        part_of: None,
        exogenous: exogenous(rd, build, item),
        price: rates(rd, build, item, emission::PRICE),
        damage: rates(rd, build, item, emission::DAMAGE),
        damage_in_cost: in_cost(rd, item),
    }
}

/// Regions named as keys of a value, if it varies by region.
fn named_regions(build: &Build, node: &Node) -> Vec<RegionIx> {
    let inner = |table: &Table| table.get(&VALUE).and_then(Node::table).cloned();
    let Some(table) = node.table() else { return Vec::new() };
    let table = inner(table).unwrap_or_else(|| table.clone());
    build
        .model
        .regions
        .iter_ix()
        .filter(|(_, region)| table.keys().any(|key| key == region.name && !is_reserved(key)))
        .map(|(ix, _)| ix)
        .collect()
}

fn exogenous<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
) -> Vec<(RegionIx, ByYear)> {
    let Some(node) = item.get(emission::EXOGENOUS) else { return Vec::new() };
    let mut regions = named_regions(build, node);
    if regions.is_empty() {
        let domestic: Vec<RegionIx> = domestic(build);
        if domestic.len() > 1 {
            let message =
                format!("`{}` does not say in which region", item.path_of(emission::EXOGENOUS));
            let names: Vec<&str> =
                domestic.iter().map(|r| build.region(*r).name.as_str()).collect();
            let diagnostic = Diagnostic::error("which-region", message, node.span, "").hint(
                format!("write `{{ {} = … }}`; the regions are {}", names[0], names.join(", ")),
            );
            rd.fail(item, diagnostic);
            return Vec::new();
        }
        regions = domestic;
    }
    regions
        .into_iter()
        .filter_map(|region| {
            let name = build.region(region).name.clone();
            Some((region, rd.by_year(item, emission::EXOGENOUS, Some(&name))?))
        })
        .collect()
}

/// What a unit of an emission costs, by region: in all domestic ones where none is named.
fn rates<'a>(
    rd: &mut Reader<'a>,
    build: &Build,
    item: &Item<'a>,
    field: Field<OfYears>,
) -> Vec<(RegionIx, ByYear)> {
    let Some(node) = item.get(field) else { return Vec::new() };
    let mut regions = named_regions(build, node);
    if regions.is_empty() {
        regions = domestic(build);
    }
    regions
        .into_iter()
        .filter_map(|region| {
            let name = build.region(region).name.clone();
            Some((region, rd.by_year(item, field, Some(&name))?))
        })
        .collect()
}

/// Whether the damage is minimised with the costs.
fn in_cost<'a>(rd: &mut Reader<'a>, item: &Item<'a>) -> bool {
    let in_cost = rd.flag(item, emission::DAMAGE_IN_COST).unwrap_or(false);
    if in_cost && !item.has(emission::DAMAGE) {
        let message = "`damage_in_cost` goes with `damage`";
        let place = item.place_of(emission::DAMAGE_IN_COST);
        let diagnostic = Diagnostic::error("missing-field", message, place, "")
            .hint("give the damage of a unit, or take it out");
        rd.fail(item, diagnostic);
    }
    in_cost
}

fn domestic(build: &Build) -> Vec<RegionIx> {
    build.model.regions.iter_ix().filter(|(_, r)| r.domestic).map(|(ix, _)| ix).collect()
}
