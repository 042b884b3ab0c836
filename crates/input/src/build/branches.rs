//! Drivers, and the tree of demand that follows them.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::demand_tree::{Branch, Driver};
use kzleap_model::kind::DriverKind;
use kzleap_model::{CommodityIx, Demand};

use super::declare::label;
use super::demands::{burn, profile};
use super::{Build, answers, commodities, flow, shifts};
use crate::reader::{Item, Reader};
use crate::registry::{branch, driver, root};
use crate::units::Unit;

/// Reads every driver and every branch.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    for item in rd.items(root::DRIVERS) {
        driver(rd, build, item);
    }
    let items = rd.items(root::BRANCHES);
    let mut own_rows = Vec::new();
    for item in &items {
        own_rows.push(flow::read(rd, item, branch::FLOW));
        branch(rd, build, item);
    }
    rings(rd, build, &items);
    let rows = rows(build, &own_rows);
    for (item, row) in items.into_iter().zip(rows) {
        needs(rd, build, item, row.as_deref());
    }
}

/// The row of each branch: its own, or else that of the nearest branch above it.
fn rows(build: &Build, own: &[Option<String>]) -> Vec<Option<String>> {
    let branches = &build.model.demand_tree.branches;
    let row_of = |start: usize| {
        let mut at = start;
        // a ring has been reported
        for _ in 0..branches.len() {
            if own[at].is_some() {
                break;
            }
            let Some(parent) = branches[at].parent else { break };
            at = parent;
        }
        own[at].clone()
    };
    (0..branches.len()).map(row_of).collect()
}

fn driver<'a>(rd: &mut Reader<'a>, build: &mut Build, mut item: Item<'a>) {
    let label = label(rd, &item, driver::LABEL);
    let Some(unit) = rd.unit_of_driver(&mut item) else { return };
    let to_own = Unit::base(unit.powers).to(unit);
    let mut values = Vec::new();
    if rd.is_regional(item.name) {
        let domestic = |(_, region): &(_, &kzleap_model::Region)| region.domestic;
        let regions: Vec<_> = (build.model.regions.iter_ix().filter(domestic))
            .map(|(ix, region)| (ix, region.name.clone()))
            .collect();
        for (ix, region) in regions {
            values.push((Some(ix), rd.driver(item.name, Some(&region))));
        }
    } else {
        values.push((None, rd.driver(item.name, None)));
    }
    let values = values
        .into_iter()
        .filter_map(|(region, amounts)| {
            let values = amounts?.values.into_iter().map(|value| to_own.apply(value)).collect();
            Some((region, values))
        })
        .collect();
    let kind = super::kinds::word(rd, &item, driver::KIND).and_then(DriverKind::named);
    let (name, unit) =
        (item.name.to_owned(), item.written_unit.as_ref().map_or("", |(text, _)| text));
    let unit = if unit == "1" { String::new() } else { unit.to_owned() };
    let extensive = rd.flag(&item, driver::EXTENSIVE).unwrap_or(kind.is_some());
    build.model.demand_tree.drivers.push(Driver { name, label, kind, unit, extensive, values });
}

fn branch<'a>(rd: &mut Reader<'a>, build: &mut Build, item: &Item<'a>) {
    let label = label(rd, item, branch::LABEL);
    let parent = if item.has(branch::PARENT) { rd.name(item, branch::PARENT) } else { None };
    let mut branch = Branch {
        name: item.name.to_owned(),
        label,
        parent: parent.map(|(at, _)| at),
        commodity: None,
        non_energy_use: false,
        annual: Vec::new(),
    };
    if item.has(branch::COMMODITY) {
        branch.commodity = rd.name(item, branch::COMMODITY).map(|(at, _)| CommodityIx::new(at));
        if !item.has(branch::ANNUAL) {
            rd.missing(item, branch::ANNUAL);
        }
    } else if let Some(field) = item.first_of(&[
        branch::ANNUAL.key(),
        branch::PROFILE.key(),
        branch::REGIONS.key(),
        branch::NON_ENERGY_USE.key(),
        branch::STEPS.key(),
        branch::ELASTICITY.key(),
        branch::REFERENCE_PRICE.key(),
        branch::SHIFT.key(),
    ]) {
        let message = format!("`{}` has `{field}` but does not say what it needs", item.path);
        let diagnostic = Diagnostic::error("missing-field", message, item.place_of(field), "")
            .hint("add `commodity`, or leave the branch to gather others");
        rd.fail(item, diagnostic);
    }
    build.model.demand_tree.branches.push(branch);
}

/// What a branch needs, as demand of each of its regions.
fn needs<'a>(rd: &mut Reader<'a>, build: &mut Build, mut item: Item<'a>, row: Option<&str>) {
    let at = build.model.demand_tree.branches.iter().position(|b| b.name == item.name);
    let commodity = at.and_then(|at| build.model.demand_tree.branches[at].commodity);
    let (Some(at), Some(commodity), true) = (at, commodity, item.has(branch::ANNUAL)) else {
        return;
    };
    commodities::count(rd, &mut item, branch::COMMODITY);
    let shape = profile(rd, build, &item, branch::PROFILE, commodity);
    for region in build.regions_of(rd, &item, branch::REGIONS) {
        let name = build.region(region).name.clone();
        let annual = rd.by_year(&item, branch::ANNUAL, Some(&name));
        let answers = answers::read(rd, &item, branch::ANSWERS, &name, annual.as_ref());
        let shift = shifts::read(rd, &item, branch::ANSWERS, &name);
        let Some(annual) = annual else { continue };
        build.model.demand_tree.branches[at].annual.push((region, annual.clone()));
        let mut demand = Demand::new(region, commodity, annual, shape.clone());
        item.name.clone_into(&mut demand.name);
        if let Some(row) = row {
            row.clone_into(&mut demand.flow);
        }
        let burnt = burn(rd, build, &item, branch::NON_ENERGY_USE, &mut demand);
        build.model.demand_tree.branches[at].non_energy_use = !burnt;
        answers.of(&mut demand);
        if let Some(shift) = shift {
            shift.of(rd, build, &mut demand);
        }
        build.push_demand(demand, &item.path);
    }
}

/// A branch that is a part of itself.
fn rings(rd: &mut Reader<'_>, build: &Build, items: &[Item<'_>]) {
    let branches = &build.model.demand_tree.branches;
    for (start, item) in items.iter().enumerate() {
        let mut at = branches[start].parent;
        for _ in 0..branches.len() {
            match at {
                Some(parent) if parent == start => {
                    let message = format!("`{}` is a part of itself", item.path);
                    let place = item.value_place(branch::PARENT);
                    rd.fail(item, Diagnostic::error("ring", message, place, ""));
                    return;
                }
                Some(parent) => at = branches[parent].parent,
                None => break,
            }
        }
    }
}
