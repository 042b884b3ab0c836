//! Commodities that nobody makes, or nobody uses.

use kzleap_diagnostics::{Diagnostic, Span};
use kzleap_model::{Balance, CommodityIx};

use super::Check;
use crate::registry::{commodity, root};

pub(super) fn check(check: &mut Check<'_, '_>) {
    let commodities: Vec<CommodityIx> = check.model().commodities.ixs().collect();
    for ix in commodities {
        one(check, ix);
    }
    regions(check);
}

fn one(check: &mut Check<'_, '_>, ix: CommodityIx) {
    let commodity = check.model().commodities[ix].clone();
    let name = &commodity.name;
    if check.open.may_name(name) {
        return;
    }
    let made = process_place(check, ix, true).is_some();
    if check.open.flows_unknown() && (made || process_place(check, ix, false).is_none()) {
        return;
    }
    let maker = process_place(check, ix, true);
    let user = process_place(check, ix, false);
    let demanded = check.model().demands.iter().any(|demand| demand.commodity == ix);
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

/// Where the first process that makes (or uses) a commodity is declared.
fn process_place(check: &Check<'_, '_>, commodity: CommodityIx, makes: bool) -> Option<Span> {
    let model = check.model();
    let (ix, _) = model.processes.iter_ix().find(|(_, process)| {
        // a storage makes nothing: what it gives was made before
        let counts = !makes || !process.is_storage();
        counts
            && process.modes.iter().any(|mode| {
                let flows = if makes { &mode.outputs } else { &mode.inputs };
                flows.iter().any(|(flow, _)| *flow == commodity)
            })
    })?;
    Some(check.item_place(&check.path_of(ix)))
}

/// Regions in which nothing happens.
fn regions(check: &mut Check<'_, '_>) {
    let model = check.model();
    let empty: Vec<String> = model
        .regions
        .iter_ix()
        .filter(|(ix, _)| {
            !model.processes.iter().any(|process| process.region == *ix)
                && !model.demands.iter().any(|demand| demand.region == *ix)
                && !model.links.iter().any(|link| link.from == *ix || link.to == *ix)
        })
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
