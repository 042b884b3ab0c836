//! Categories and sectors that the model lists and nothing is in.

use std::collections::BTreeSet;

use kzleap_diagnostics::Diagnostic;

use super::Check;
use crate::names::nearest;
use crate::registry::root;

pub(super) fn check(check: &mut Check<'_, '_>) {
    let model = check.model();
    let categories: BTreeSet<&str> =
        model.processes.iter().map(|p| p.category.as_str()).collect();
    let rows = model.processes.iter().map(|process| model.flow_of(process).into_owned());
    let rows: Vec<String> =
        rows.chain(model.demands.iter().map(|demand| demand.flow.clone())).collect();
    let sectors: BTreeSet<&str> = rows.iter().filter_map(|row| row.split('/').nth(1)).collect();
    let categories = (root::CATEGORIES, categories, "no process is of the category");
    let sectors = (root::SECTORS, sectors, "no row of the energy balance names the sector");
    let of_categories = model.categories.iter().map(|category| (&categories, &category.name));
    let of_sectors = model.sectors.iter().map(|sector| (&sectors, &sector.name));
    let listed: Vec<_> = of_categories.chain(of_sectors).collect();
    for ((collection, used, what), name) in listed {
        // another scenario may have what is in it, and so may what could not be read
        let elsewhere = check.named.in_scenario(name);
        if used.contains(name.as_str()) || elsewhere || check.open.may_name(name) {
            continue;
        }
        let place = check.item_place(&collection.key().path(name));
        let diagnostic =
            Diagnostic::warning("unused-kind", format!("{what} `{name}`"), place, "");
        let diagnostic = match nearest(name, used.iter().copied()) {
            Some(near) => diagnostic.hint(format!("`{near}` is: is one meant for the other?")),
            None => diagnostic.hint("take it out, or correct its name"),
        };
        check.report(diagnostic);
    }
}
