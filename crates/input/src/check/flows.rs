//! Commodities that nobody makes, or nobody uses.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostic;
use kzleap_model::{Balance, CommodityIx, ProcessIx, RegionIx};

use super::Check;
use crate::registry::{commodity, root};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let demanded: BTreeSet<CommodityIx> =
        check.model().demands.iter().map(|demand| demand.commodity).collect();
    for ix in check.model().commodities.ixs() {
        one(check, ix, demanded.contains(&ix));
    }
    regions(check);
}

fn one(check: &mut Check<'_, '_>, ix: CommodityIx, demanded: bool) {
    let commodity = check.model().commodities[ix].clone();
    let name = &commodity.name;
    if check.open.may_name(name) {
        return;
    }
    let place_of = |(p, _): (ProcessIx, _)| check.item_place(&check.path_of(p));
    let maker = check.makers(ix).next().map(place_of);
    let user = check.users(ix).next().map(place_of);
    if check.open.flows_unknown() && (maker.is_some() || user.is_none()) {
        return;
    }
    let place = check.item_place(&root::COMMODITIES.key().path(name));
    match (maker, user, demanded) {
        (None, None, false) => check.report(
            Diagnostic::warning(
                "unused-commodity",
                format!("nothing makes or uses `{name}`"),
                place,
                "",
            )
            .hint("take it out, or check the names in processes and demands"),
        ),
        (None, Some(user), _) => check.report(
            Diagnostic::error("nobody-makes", format!("nothing makes `{name}`"), place, "")
                .also(user, "used here")
                .hint("add a resource, an import or a process that has it as its output"),
        ),
        // a demand that nobody serves is reported with its region and its reason
        (None, None, true) => {}
        (Some(maker), None, false) if commodity.balance == Balance::Exact => check.report(
            Diagnostic::error(
                "nobody-uses",
                format!(
                    "`{name}` must be used up (`balance = \"exact\"`), but nothing uses it"
                ),
                check.place(&root::COMMODITIES.key().path(name), commodity::BALANCE),
                "",
            )
            .also(maker, "made here")
            .hint("add a demand or an export, or leave `balance` out"),
        ),
        (Some(maker), None, false) => check.report(
            Diagnostic::warning("nobody-uses", format!("nothing uses `{name}`"), place, "")
                .also(maker, "made here")
                .hint("add a demand or an export, or take it out"),
        ),
        _ => {}
    }
}

/// Regions in which nothing happens.
fn regions(check: &mut Check<'_, '_>) {
    let model = check.model();
    let mut used: BTreeSet<RegionIx> = model.processes.iter().map(|p| p.region).collect();
    used.extend(model.demands.iter().map(|demand| demand.region));
    used.extend(model.links.iter().flat_map(|link| [link.from, link.to]));
    let empty: Vec<String> = model
        .regions
        .iter_ix()
        .filter(|(ix, _)| !used.contains(ix))
        .map(|(_, region)| region.name.clone())
        .filter(|name| !check.open.may_name(name))
        .collect();
    // what is in all regions does not name them
    if [root::PROCESSES, root::RESOURCES, root::STORAGES]
        .iter()
        .any(|kind| check.open.may_hold(*kind))
    {
        return;
    }
    for name in empty {
        let place = check.item_place(&root::REGIONS.key().path(&name));
        let message = format!("nothing happens in region `{name}`");
        check.report(
            Diagnostic::warning("empty-region", message, place, "")
                .hint("it has no processes, demands or links: take it out"),
        );
    }
}
