//! Outputs that may not be thrown away: those a process is paid to make, and what passes them on.

use std::collections::BTreeSet;

use kzleap_model::policy::Sense;
use kzleap_model::trading::{Allocation, Claim};
use kzleap_model::user_rows::Quantity;
use kzleap_model::{CommodityIx, Mode, Model, ProcessIx, UserRow};

use super::Build;
use crate::reader::Reader;

/// Marks them, once all of the model is read.
pub(super) fn mark(rd: &mut Reader<'_>, build: &mut Build) {
    let model = &mut build.model;
    let used = used(model);
    let mut counted: BTreeSet<CommodityIx> = (model.shares.iter())
        .filter(|rule| model.time.years.ixs().any(|y| rule.of_use(y).is_some()))
        .filter_map(|rule| rule.whole.first().map(|(_, commodity)| *commodity))
        .collect();
    for p in model.processes.ixs() {
        for m in 0..model.processes[p].modes.len() {
            let process = &model.processes[p];
            let mode = &process.modes[m];
            let mut marked: BTreeSet<CommodityIx> = mode.to_be_used.iter().copied().collect();
            let why = reward(model, p, mode);
            if let Some(why) = &why {
                marked.extend(mode.outputs.iter().map(|(commodity, _)| *commodity));
                if mode.outputs.iter().any(|(commodity, _)| used.contains(commodity)) {
                    let path = &build.process_paths[p.get()];
                    rd.default_used(path.clone(), "what it makes must be used", why.clone());
                }
            }
            marked.retain(|commodity| used.contains(commodity));
            counted.extend(&marked);
            model.processes[p].modes[m].to_be_used = marked.into_iter().collect();
        }
    }
    while pass_on(model, &used, &mut counted) {}
}

/// What somebody uses; the rest is made only to be counted.
fn used(model: &Model) -> BTreeSet<CommodityIx> {
    let by_processes = (model.processes.iter())
        .filter(|process| !process.is_storage())
        .flat_map(|process| process.modes.iter().flat_map(|mode| &mode.inputs))
        .map(|(commodity, _)| *commodity);
    by_processes.chain(model.demands.iter().map(|demand| demand.commodity)).collect()
}

/// What a mode is paid for, if it is paid to run.
fn reward(model: &Model, p: ProcessIx, mode: &Mode) -> Option<String> {
    let region = model.processes[p].region;
    if mode.variable_cost.range().0 < 0.0 {
        return Some("its cost of running is below zero".to_owned());
    }
    let counts = |emission| {
        let priced = model.emissions[emission]
            .price
            .iter()
            .any(|(r, price)| *r == region && price.iter().any(|price| *price > 0.0));
        let mut terms = model.counted_terms();
        let capped =
            terms.any(|term| term.emission == emission && term.regions.contains(&region));
        let own = [Quantity::Emissions(emission, region), Quantity::EmissionsOf(p, emission)];
        let held = |row: &UserRow| {
            let mut own = row.all_terms().filter(|term| own.contains(&term.quantity));
            row.sense != Sense::AtLeast
                && !row.is_indicator()
                && own.any(|term| term.weight.range().1 > 0.0)
        };
        let given = |of: &Allocation| matches!(of.claim, Claim::ForOutput { emission: e, at_own_price: true } if e == emission);
        let credited = model.trading.iter().flat_map(|scheme| &scheme.allocations).any(given);
        priced || capped || credited || model.user_rows.iter().any(held)
    };
    let (emission, _) = (mode.emissions.iter())
        .find(|(emission, factor)| factor.range().0 < 0.0 && counts(*emission))?;
    let name = &model.emissions[*emission].name;
    Some(format!("it takes more {name} away than it emits, and that has a price or a cap"))
}

/// Marks what is made of nothing else than commodities that count; whether there was more of it.
fn pass_on(
    model: &mut Model,
    used: &BTreeSet<CommodityIx>,
    counted: &mut BTreeSet<CommodityIx>,
) -> bool {
    let mut more = false;
    for p in model.processes.ixs() {
        if model.processes[p].is_storage() {
            continue;
        }
        for mode in &mut model.processes[p].modes {
            let ([(input, _)], [(output, _)]) = (&mode.inputs[..], &mode.outputs[..]) else {
                continue;
            };
            if counted.contains(input) && used.contains(output) && mode.to_be_used.is_empty() {
                mode.to_be_used.push(*output);
                more |= counted.insert(*output);
            }
        }
    }
    more
}
