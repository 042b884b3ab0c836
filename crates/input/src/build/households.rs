//! Groups of households.

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{CommodityIx, Households};

use super::Build;
use super::declare::{given, label};
use crate::names::suggest;
use crate::numbers::shown;
use crate::reader::{Item, Reader};
use crate::registry::{household, root};

/// How far a sum of shares may be off one.
const ROUNDING: f64 = 1e-6;

/// Reads all of them.
pub(super) fn read(rd: &mut Reader<'_>, build: &mut Build) {
    let items = rd.items(root::HOUSEHOLDS);
    let groups: Vec<Households> =
        items.iter().filter_map(|item| group(rd, build, item)).collect();
    if let Some(last) = items.last().filter(|_| groups.len() == items.len()) {
        for what in wrong_sums(build, &groups) {
            let diagnostic = Diagnostic::error("shares-of-households", what, last.place, "");
            rd.fail(last, diagnostic.hint("change one of these shares"));
        }
    }
    build.model.households = groups;
}

fn group<'a>(rd: &mut Reader<'a>, build: &Build, item: &Item<'a>) -> Option<Households> {
    let label = label(rd, item, household::LABEL);
    if !item.has(household::SECTOR) {
        rd.missing(item, household::SECTOR);
    }
    let sector = given(rd, item, household::SECTOR)?.to_owned();
    let known = sectors(build);
    if !known.contains(&sector.as_str()) {
        let message = format!("no row of the energy balance has a sector `{sector}`");
        let place = item.value_place(household::SECTOR);
        let mut diagnostic = Diagnostic::error("unknown-name", message, place, "");
        if let Some(hint) = suggest(&sector, known.iter().copied()) {
            diagnostic = diagnostic.hint(hint);
        }
        rd.fail(item, diagnostic);
        return None;
    }
    let heads = rd.number(item, household::HEADS, None)?;
    let income = match item.has(household::INCOME) {
        true => Some(rd.by_year(item, household::INCOME, None)?),
        false => None,
    };
    let mut uses = Vec::new();
    if item.has(household::USES) {
        for (name, place, share) in rd.open_map(item, household::USES, None)? {
            let known = build.model.commodities.position(|of| of.name == name);
            let Some(commodity) = known else {
                let message = format!("`{name}` is no commodity");
                let mut diagnostic = Diagnostic::error("unknown-name", message, place, "");
                let all = build.model.commodities.iter().map(|of| of.name.as_str());
                if let Some(hint) = suggest(&name, all) {
                    diagnostic = diagnostic.hint(hint);
                }
                rd.fail(item, diagnostic);
                return None;
            };
            uses.push((commodity, share?.range().0));
        }
    }
    let given_back = rd.number(item, household::GIVEN_BACK, None).unwrap_or(0.0);
    let name = item.name.to_owned();
    Some(Households { name, label, sector, heads, income, uses, given_back })
}

/// Sectors that rows of processes and of demand name.
fn sectors(build: &Build) -> Vec<&str> {
    let model = &build.model;
    let rows = model.processes.iter().filter_map(|process| process.flow.as_deref());
    let rows = rows.chain(model.demands.iter().map(|demand| demand.flow.as_str()));
    rows.filter_map(|row| row.split('/').nth(1)).collect()
}

/// Which shares are not one together, in words.
fn wrong_sums(build: &Build, groups: &[Households]) -> Vec<String> {
    let mut wrong = Vec::new();
    let off = |sum: f64| (sum - 1.0).abs() > ROUNDING;
    let mut sectors: Vec<&str> = groups.iter().map(|group| group.sector.as_str()).collect();
    sectors.sort_unstable();
    sectors.dedup();
    for sector in sectors {
        let all = || groups.iter().filter(|group| group.sector == sector);
        let heads: f64 = all().map(|group| group.heads).sum();
        if off(heads) {
            wrong.push(format!(
                "the groups of `{sector}` have `heads` of {}, not 1",
                shown(heads)
            ));
        }
        let mut named: Vec<CommodityIx> =
            all().flat_map(|group| &group.uses).map(|(commodity, _)| *commodity).collect();
        named.sort_unstable();
        named.dedup();
        for commodity in named {
            let sum: f64 = all().map(|group| group.share_of(commodity)).sum();
            if off(sum) {
                let name = &build.model.commodities[commodity].name;
                let sum = shown(sum);
                wrong.push(format!("the groups of `{sector}` use {sum} of `{name}`, not 1"));
            }
        }
    }
    let given_back: f64 = groups.iter().map(|group| group.given_back).sum();
    if given_back > 1.0 + ROUNDING {
        let sum = shown(given_back);
        wrong.push(format!("`given_back` is {sum} of what the public receives, more than 1"));
    }
    wrong
}
